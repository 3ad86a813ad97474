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
    """

    members_wanted = pyqtSignal(str)
    topic_wanted = pyqtSignal(str)
    rename_wanted = pyqtSignal(str)
    leave_wanted = pyqtSignal(str)

    def __init__(self, item: RoomItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WA_DeleteOnClose)
        self._room = item.room
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

    def _offer(self, words: str, wanted: pyqtSignal) -> None:
        self.addAction(words).triggered.connect(lambda: wanted.emit(self._room))
