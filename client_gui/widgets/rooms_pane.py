"""The left side of the chat window: the rooms, and the ways to others."""

from PyQt5.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt5.QtGui import QContextMenuEvent, QKeyEvent
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from client_gui.items import RoomItem
from client_gui.models.room_list import ROOM_ROLE, RoomListModel
from client_gui.widgets.retranslated import Retranslated
from client_gui.widgets.room_delegate import RoomDelegate
from client_gui.widgets.room_menu import RoomMenu
from client_gui.widgets.side_list import SideList

_SPACING = 6
_NARROWEST = 120

translate = QCoreApplication.translate


class RoomsPane(Retranslated, QWidget):
    """The rooms of *model*.

    Signals:
        room_wanted(room: str): show this one.
        left(): the keyboard is wanted back where one writes.
        new_room_wanted(), join_wanted(): the buttons below the list.
        members_wanted(room: str), topic_wanted(room: str), rename_wanted(room: str),
        leave_wanted(room: str), pin_wanted(room: str, on: bool), mute_wanted(room: str, on: bool),
        read_wanted(room: str, seq: int): of a room's menu.
    """

    room_wanted = pyqtSignal(str)
    left = pyqtSignal()
    new_room_wanted = pyqtSignal()
    join_wanted = pyqtSignal()
    members_wanted = pyqtSignal(str)
    topic_wanted = pyqtSignal(str)
    rename_wanted = pyqtSignal(str)
    leave_wanted = pyqtSignal(str)
    pin_wanted = pyqtSignal(str, bool)
    mute_wanted = pyqtSignal(str, bool)
    read_wanted = pyqtSignal(str, int)

    def __init__(self, model: RoomListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._current = ""
        self.view = _RoomView()
        self.new_button = QPushButton()
        self.join_button = QPushButton()
        self._set_up_view()
        self._build()
        self.new_button.clicked.connect(self.new_room_wanted)
        self.join_button.clicked.connect(self.join_wanted)
        model.modelReset.connect(self._mark_current)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words; the list asks its model for those of the rows."""
        self.view.setAccessibleName(translate("RoomsPane", "Rooms"))
        self.view.viewport().update()
        self.new_button.setText(translate("RoomsPane", "&New…"))
        self.new_button.setToolTip(translate("RoomsPane", "Make a new room"))
        self.join_button.setText(translate("RoomsPane", "&Join…"))
        self.join_button.setToolTip(translate("RoomsPane", "Join a public room"))

    def set_current(self, room: str) -> None:
        """*room* is the one in sight."""
        before, self._current = self._current, room
        # Whoever goes through the list with the arrows is not brought back by each message.
        if room != before or not self.view.currentIndex().isValid():
            self._mark_current()

    def step(self, by: int) -> None:
        """Want the room *by* rows below the one in sight; the ends of the list are ends."""
        rows = self._model.rowCount()
        row = self._model.row_of(self._current)
        wanted = 0 if row is None else row + by
        if 0 <= wanted < rows and wanted != row:
            self._open(self._model.index(wanted))

    def step_unread(self, by: int) -> None:
        """Want the next room in which something is unread, *by* 1 below the one in sight or by -1
        above it; behind the end, it goes on from the other one. A muted one must name us."""
        rows = self._model.rowCount()
        here = self._model.row_of(self._current)
        start = here if here is not None else min(-by, 0)
        for distance in range(1, rows + (here is None)):
            index = self._model.index((start + by * distance) % rows)
            if _calls(index.data(ROOM_ROLE)):
                self._open(index)
                return

    def go_to(self, number: int) -> None:
        """Want the room that stands at *number*, from 1, if there is one."""
        self._open(self._model.index(number - 1))

    @pyqtSlot()
    def toggle_pin(self) -> None:
        """Pin the chosen room, or no longer."""
        if item := self._chosen():
            self.pin_wanted.emit(item.room, not item.pinned)

    @pyqtSlot()
    def toggle_mute(self) -> None:
        """Mute the chosen room, or no longer."""
        if item := self._chosen():
            self.mute_wanted.emit(item.room, not item.muted)

    @pyqtSlot()
    def mark_read(self) -> None:
        """All of the chosen room has been read."""
        if item := self._chosen():
            self.read_wanted.emit(item.room, item.last_seq)

    def _chosen(self) -> RoomItem | None:
        """The room that the arrows have led to; else the one in sight."""
        return self.view.currentIndex().data(ROOM_ROLE)

    # --- building --------------------------------------------------------------------------------

    def _set_up_view(self) -> None:
        self.view.setModel(self._model)
        self.view.setItemDelegate(RoomDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setMinimumWidth(_NARROWEST)
        self.view.setSelectionMode(QAbstractItemView.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.view.menu_wanted.connect(self._open_menu)
        self.view.clicked.connect(self._open)
        self.view.installEventFilter(self)

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(_SPACING)
        for button in (self.new_button, self.join_button):
            button.setAutoDefault(False)
            buttons.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)

    # --- what a person does ----------------------------------------------------------------------

    @pyqtSlot()
    def _mark_current(self) -> None:
        row = self._model.row_of(self._current)
        self.view.setCurrentIndex(QModelIndex() if row is None else self._model.index(row))

    @pyqtSlot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        item = index.data(ROOM_ROLE)
        if item is not None:
            self.room_wanted.emit(item.room)

    @pyqtSlot(QModelIndex, QPoint)
    def _open_menu(self, index: QModelIndex, point: QPoint) -> None:
        menu = RoomMenu(index.data(ROOM_ROLE), self)
        for name in ("members", "topic", "rename", "leave", "pin", "mute", "read"):
            getattr(menu, f"{name}_wanted").connect(getattr(self, f"{name}_wanted"))
        menu.aboutToHide.connect(self._mark_current)
        menu.popup(point)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Enter opens a room of the list, Escape leaves it."""
        if event.type() != QEvent.KeyPress:
            return False
        pressed: QKeyEvent = event
        if pressed.key() == Qt.Key_Escape:
            self._mark_current()
            self.left.emit()
        elif pressed.key() in (Qt.Key_Return, Qt.Key_Enter):
            self._open(self.view.currentIndex())
        else:
            return False
        return True


def _calls(item: RoomItem) -> bool:
    return bool(item.mentions or (item.unread and not item.muted))


class _RoomView(SideList):
    """A list whose menu is that of the chosen room when a key asks for it.

    Signals:
        menu_wanted(index: QModelIndex, point: QPoint): of this row, at this place of the screen.
    """

    menu_wanted = pyqtSignal(QModelIndex, QPoint)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Of the row under the pointer, or of the chosen one."""
        by_key = event.reason() == QContextMenuEvent.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            corner = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_wanted.emit(index, corner if by_key else event.globalPos())
