"""What can be done with a room, as a menu."""

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSignal
from PyQt5.QtWidgets import QMenu, QWidget

from client_gui.items import RoomItem
from client_gui.rights import rights

translate = QCoreApplication.translate


class RoomMenu(QMenu):
    """Of one room, by our role in it; it is gone when it closes.

    Signals:
        members_wanted(room: str), topic_wanted(room: str), rename_wanted(room: str),
        leave_wanted(room: str): what is chosen. Inviting is part of the members' dialog.
        pin_wanted(room: str, on: bool), mute_wanted(room: str, on: bool): likewise.
        read_wanted(room: str, seq: int): everything there up to *seq* has been read.
    """

    members_wanted = pyqtSignal(str)
    topic_wanted = pyqtSignal(str)
    rename_wanted = pyqtSignal(str)
    leave_wanted = pyqtSignal(str)
    pin_wanted = pyqtSignal(str, bool)
    mute_wanted = pyqtSignal(str, bool)
    read_wanted = pyqtSignal(str, int)

    def __init__(self, item: RoomItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WA_DeleteOnClose)
        self._room = item.room
        self._offer_our_own(item)
        may = rights(item)
        if may.lists_members:
            invite = translate("RoomMenu", "&Members, invite…")
            look = translate("RoomMenu", "&Members…")
            self._offer(invite if may.invites else look, self.members_wanted)
        if may.sets_topic:
            self._offer(translate("RoomMenu", "&Topic…"), self.topic_wanted)
        if may.renames:
            self._offer(translate("RoomMenu", "&Rename…"), self.rename_wanted)
        if may.leaves:
            self.addSeparator()
            self._offer(translate("RoomMenu", "&Leave"), self.leave_wanted)

    def _offer_our_own(self, item: RoomItem) -> None:
        """What concerns nobody but us."""
        room = item.room
        if item.unread:
            read = self.addAction(translate("RoomMenu", "Mark as r&ead"))
            read.triggered.connect(lambda: self.read_wanted.emit(room, item.last_seq))
        unpin, pin = translate("RoomMenu", "Un&pin"), translate("RoomMenu", "&Pin")
        unmute, mute = translate("RoomMenu", "&Unmute"), translate("RoomMenu", "M&ute")
        pinning = self.addAction(unpin if item.pinned else pin)
        pinning.triggered.connect(lambda: self.pin_wanted.emit(room, not item.pinned))
        muting = self.addAction(unmute if item.muted else mute)
        muting.triggered.connect(lambda: self.mute_wanted.emit(room, not item.muted))
        self.addSeparator()

    def _offer(self, words: str, wanted: pyqtSignal) -> None:
        self.addAction(words).triggered.connect(lambda: wanted.emit(self._room))
