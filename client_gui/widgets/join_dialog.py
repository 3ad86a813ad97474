"""Asks which public room to join: one of the list, or one whose name is known."""

from PyQt5.QtCore import QCoreApplication, QModelIndex, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from client_gui.items import RoomItem
from client_gui.models.room_list import ROOM_ROLE, RoomListModel
from client_gui.widgets.asking_dialog import AskingDialog
from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.room_delegate import RoomDelegate
from wire.limits import MAX_NAME
from wire.messages import JoinRoom, ListRooms

_HEIGHT = 420

translate = QCoreApplication.translate


class JoinDialog(AskingDialog):
    """The public rooms, and a line that is both a filter and a name.

    Signals:
        join_wanted(room: str): a name, or the reference of a room of the list.
    """

    join_wanted = pyqtSignal(str)

    def __init__(self, parent: QWidget) -> None:
        title = translate("JoinDialog", "Join a room")
        super().__init__(title, [JoinRoom.code, ListRooms.code], parent)
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_NAME)
        self.name.setPlaceholderText(translate("JoinDialog", "Name of a room, or @user"))
        self.name.setAccessibleName(translate("JoinDialog", "Name of a room"))
        self.name.textChanged.connect(self._on_typed)
        self.view = QListView()
        self._rooms = RoomListModel(self.view)
        self.view.setModel(self._rooms)
        self.view.setItemDelegate(RoomDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setAccessibleName(translate("JoinDialog", "Public rooms"))
        self.view.doubleClicked.connect(self._go)
        self.view.selectionModel().currentChanged.connect(self._on_chosen)
        self.note = PlainLabel(translate("JoinDialog", "Asking the server…"))
        self.note.setWordWrap(True)
        self.go = self._add_go(translate("JoinDialog", "&Join"))
        column = QVBoxLayout()
        for part in (self.name, self.view, self.note):
            column.addWidget(part)
        self._build(column)
        self.resize(self.width(), _HEIGHT)
        self._on_typed("")

    def show_rooms(self, rooms: tuple[RoomItem, ...], more: bool) -> None:
        """These are there to be joined, and *more*."""
        self._rooms.set_rooms(rooms)
        if more:
            words = translate("JoinDialog", "There are more; type the name of the one you want.")
        elif not rooms:
            words = translate("JoinDialog", "There are no public rooms yet.")
        else:
            words = ""
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def show_error(self, words: str) -> None:
        """It came to nothing because of *words*."""
        super().show_error(words)
        self.note.hide()

    @pyqtSlot(str)
    def _on_typed(self, text: str) -> None:
        self._rooms.set_filter(text)
        self._on_chosen(self.view.currentIndex())

    @pyqtSlot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        self.go.setEnabled(index.isValid() or bool(self.name.text().strip()))

    @pyqtSlot()
    def _go(self) -> None:
        chosen = self.view.currentIndex()
        name = self.name.text().strip()
        # The only one that is left is meant, whoever wrote how much of its name.
        if not chosen.isValid() and name and self._rooms.rowCount() == 1:
            chosen = self._rooms.index(0)
        wanted = chosen.data(ROOM_ROLE).room if chosen.isValid() else name
        if wanted:
            self._set_busy(True)
            self.join_wanted.emit(wanted)
