"""The way to a room or a person by name: a line and what fits, over the window."""

from PyQt5.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt5.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PyQt5.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from client_gui.models.places import FOUND_ROLE, PlacesModel
from client_gui.places import Found, Place, Sort
from client_gui.widgets.finding_line import FindingLine
from client_gui.widgets.place_delegate import PlaceDelegate
from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.retranslated import Retranslated
from wire.limits import MAX_NAME

_WIDEST, _HIGHEST = 520, 460
_MARGIN = 12
_SPACING = 8
_VEIL = 90  # of 255: what is behind can still be told

_STEPS = {
    Qt.Key_Up: -1,
    Qt.Key_Backtab: -1,
    Qt.Key_Down: 1,
    Qt.Key_Tab: 1,
    Qt.Key_PageUp: -8,
    Qt.Key_PageDown: 8,
}

translate = QCoreApplication.translate


class Switcher(Retranslated, QWidget):
    """A veil over all of its parent, and the palette on it. No window of its own: that would take
    the keyboard from an input method.

    Signals:
        room_wanted(room: str): show this one, in which we are.
        person_wanted(username: str): open the room with them.
        join_wanted(room: str): become a member of this one.
        opened(): it wants to be told what there is.
    """

    room_wanted = pyqtSignal(str)
    person_wanted = pyqtSignal(str)
    join_wanted = pyqtSignal(str)
    opened = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.panel = QFrame(self)
        self.line = FindingLine()
        self.view = QListView()
        self.places = PlacesModel(self.view)
        self.note = PlainLabel()
        self._chosen: Place | None = None
        """What somebody went to with the arrows or the pointer."""
        self._before: QWidget | None = None
        """What had the keyboard."""
        self._set_up_line()
        self._set_up_view()
        self._build()
        self.retranslate()
        self.hide()
        parent.installEventFilter(self)

    def retranslate(self) -> None:
        """Say the fixed words."""
        words = translate("Switcher", "Find a room or a person")
        self.line.setPlaceholderText(words)
        self.line.setAccessibleName(words)
        self.view.setAccessibleName(translate("Switcher", "What fits"))
        self.note.setText(translate("Switcher", "No room and nobody is called so."))

    def open(self) -> None:
        """Let the person type."""
        self._before = self.window().focusWidget()
        self.line.clear()
        self._lay_out()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.ShortcutFocusReason)
        self.opened.emit()

    @pyqtSlot()
    def close_up(self) -> None:
        """Nothing is to be found any more: the keyboard goes back to where it was."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus()

    # --- building --------------------------------------------------------------------------------

    def _set_up_line(self) -> None:
        self.line.setMaxLength(MAX_NAME)
        self.line.setClearButtonEnabled(True)
        self.line.typed.connect(self._on_typed)
        self.line.pressed.connect(self._on_pressed)
        self.line.left.connect(self.hide)

    def _set_up_view(self) -> None:
        self.view.setModel(self.places)
        self.view.setItemDelegate(PlaceDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setFrameShape(QFrame.NoFrame)
        self.view.setFocusPolicy(Qt.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setEditTriggers(QAbstractItemView.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._go)
        self.view.entered.connect(self._choose)
        self.places.hunted.connect(self._on_hunted)

    def _build(self) -> None:
        self.panel.setFrameShape(QFrame.StyledPanel)
        self.panel.setAutoFillBackground(True)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_SPACING)
        column.addWidget(self.line)
        column.addWidget(self.note)
        column.addWidget(self.view, 1)
        column.addStretch()
        self.setFocusProxy(self.line)

    def _lay_out(self) -> None:
        self.setGeometry(self.parentWidget().rect())
        width = min(_WIDEST, self.width() - 2 * _MARGIN)
        height = min(_HIGHEST, self.height() - 2 * _MARGIN)
        top = max(_MARGIN, (self.height() - height) // 4)
        self.panel.setGeometry(QRect((self.width() - width) // 2, top, width, height))

    # --- what a person does ----------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_typed(self, text: str) -> None:
        self._chosen = None
        self.places.set_typed(text)

    @pyqtSlot(object)
    def _on_pressed(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeypadModifier | Qt.ShiftModifier)
        if event.key() in _STEPS and plain:
            self._step(_STEPS[event.key()])
        elif event.key() in (Qt.Key_Return, Qt.Key_Enter):
            self.places.finish()
            self._go(self.view.currentIndex())
        elif event.key() == Qt.Key_Escape:
            self.close_up()
        else:
            return
        event.accept()

    def _step(self, by: int) -> None:
        rows = self.places.rowCount()
        if not rows:
            return
        row = self.view.currentIndex().row() + by
        # One step beyond an end begins anew at the other one; a page stops there.
        row = row % rows if abs(by) == 1 else max(0, min(rows - 1, row))
        self._choose(self.places.index(row))

    @pyqtSlot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self._chosen = index.data(FOUND_ROLE).place
        self._mark(index)

    def _mark(self, index: QModelIndex) -> None:
        self.view.setCurrentIndex(index)
        # The keyboard stays in the line, so the line says what is chosen.
        self.line.setAccessibleDescription(index.data(Qt.AccessibleTextRole) or "")

    @pyqtSlot(QModelIndex)
    def _go(self, index: QModelIndex) -> None:
        found: Found | None = index.data(FOUND_ROLE)
        if found is None:
            return
        self.close_up()
        wanted = {
            Sort.OURS: self.room_wanted,
            Sort.PERSON: self.person_wanted,
            Sort.PUBLIC: self.join_wanted,
        }
        wanted[found.place.sort].emit(found.place.address)

    @pyqtSlot()
    def _on_hunted(self) -> None:
        self.note.setVisible(not self.places.rowCount())
        self.view.setVisible(bool(self.places.rowCount()))
        self._mark(self.places.index(self.places.row_of(self._chosen)))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Beside the palette: nothing is to be found."""
        self.close_up()

    # --- what is behind --------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over all of the window."""
        if watched is self.parentWidget() and event.type() == QEvent.Resize and self.isVisible():
            self._lay_out()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Let the window fade behind the palette."""
        veil = QColor(self.palette().color(QPalette.Shadow))
        veil.setAlpha(_VEIL)
        QPainter(self).fillRect(self.rect(), veil)
