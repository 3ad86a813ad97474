"""The left side of the chat window: a filter, the rooms, and the ways to others."""

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
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from client_gui.models.room_list import ROOM_ROLE, RoomListModel
from client_gui.widgets.retranslated import Retranslated
from client_gui.widgets.room_delegate import RoomDelegate
from client_gui.widgets.room_menu import RoomMenu
from wire.limits import MAX_NAME

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
        leave_wanted(room: str): of a room's menu.
    """

    room_wanted = pyqtSignal(str)
    left = pyqtSignal()
    new_room_wanted = pyqtSignal()
    join_wanted = pyqtSignal()
    members_wanted = pyqtSignal(str)
    topic_wanted = pyqtSignal(str)
    rename_wanted = pyqtSignal(str)
    leave_wanted = pyqtSignal(str)

    def __init__(self, model: RoomListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._current = ""
        self.filter = QLineEdit()
        self.view = QListView()
        self.new_button = QPushButton()
        self.join_button = QPushButton()
        self._set_up_filter()
        self._set_up_view()
        self._build()
        self.new_button.clicked.connect(self.new_room_wanted)
        self.join_button.clicked.connect(self.join_wanted)
        model.modelReset.connect(self._mark_current)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words; the list asks its model for those of the rows."""
        self.filter.setPlaceholderText(translate("RoomsPane", "Find a room (Ctrl+K)"))
        self.filter.setAccessibleName(translate("RoomsPane", "Find a room"))
        self.view.setAccessibleName(translate("RoomsPane", "Rooms"))
        self.view.viewport().update()
        self.new_button.setText(translate("RoomsPane", "&New…"))
        self.new_button.setToolTip(translate("RoomsPane", "Make a new room"))
        self.join_button.setText(translate("RoomsPane", "&Join…"))
        self.join_button.setToolTip(translate("RoomsPane", "Join a public room"))

    def set_current(self, room: str) -> None:
        """*room* is the one in sight."""
        self._current = room
        self._mark_current()

    def step(self, by: int) -> None:
        """Want the room *by* rows below the one in sight; the ends of the list are ends."""
        rows = self._model.rowCount()
        row = self._model.row_of(self._current)
        wanted = 0 if row is None else row + by
        if 0 <= wanted < rows and wanted != row:
            self._open(self._model.index(wanted))

    def step_unread(self, by: int) -> None:
        """Want the next room with something unread, downwards if *by* is 1, upwards if it is -1;
        after the end of the list, from its other end on.
        """
        rows = self._model.rowCount()
        start = self._model.row_of(self._current) or 0
        for distance in range(1, rows):
            index = self._model.index((start + by * distance) % rows)
            if index.data(ROOM_ROLE).unread:
                self._open(index)
                return

    @pyqtSlot()
    def find(self) -> None:
        """Let the person type a name."""
        self.filter.setFocus(Qt.ShortcutFocusReason)
        self.filter.selectAll()

    # --- building --------------------------------------------------------------------------------

    def _set_up_filter(self) -> None:
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaxLength(MAX_NAME)
        self.filter.textChanged.connect(self._model.set_filter)
        self.filter.returnPressed.connect(self._open_found)
        self.filter.installEventFilter(self)

    def _set_up_view(self) -> None:
        self.view.setModel(self._model)
        self.view.setItemDelegate(RoomDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setFrameShape(QFrame.NoFrame)
        self.view.setMinimumWidth(_NARROWEST)
        self.view.setSelectionMode(QAbstractItemView.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.view.setContextMenuPolicy(Qt.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.clicked.connect(self._open)
        self.view.installEventFilter(self)

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(_SPACING)
        for button in (self.new_button, self.join_button):
            button.setMinimumWidth(_NARROWEST // 2 - _SPACING)
            button.setAutoDefault(False)
            buttons.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addWidget(self.filter)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)

    # --- what a person does ----------------------------------------------------------------------

    @pyqtSlot()
    def _mark_current(self) -> None:
        row = self._model.row_of(self._current)
        # A list that is filtered begins with what is best, for Enter.
        if row is None and self.filter.text() and self._model.rowCount():
            row = 0
        self.view.setCurrentIndex(QModelIndex() if row is None else self._model.index(row))

    @pyqtSlot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        item = index.data(ROOM_ROLE)
        if item is not None:
            self.filter.clear()
            self.room_wanted.emit(item.room)

    @pyqtSlot()
    def _open_found(self) -> None:
        self._open(self.view.currentIndex())

    @pyqtSlot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        index = self.view.indexAt(point)
        index = index if index.isValid() else self.view.currentIndex()
        if not index.isValid():
            return
        menu = RoomMenu(index.data(ROOM_ROLE), self)
        for name in ("members", "topic", "rename", "leave"):
            getattr(menu, f"{name}_wanted").connect(getattr(self, f"{name}_wanted"))
        menu.aboutToHide.connect(self._mark_current)
        if menu.isEmpty():
            menu.close()
        else:
            menu.popup(self.view.viewport().mapToGlobal(point))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens a room of the list, Down leads from the filter there, Escape leaves."""
        if event.type() != QEvent.KeyPress:
            return False
        pressed: QKeyEvent = event
        if pressed.key() == Qt.Key_Escape:
            self.filter.clear()
            self.left.emit()
        elif watched is self.view and pressed.key() in (Qt.Key_Return, Qt.Key_Enter):
            self._open_found()
        elif watched is self.filter and pressed.key() == Qt.Key_Down:
            self.view.setFocus(Qt.OtherFocusReason)
        else:
            return False
        return True
