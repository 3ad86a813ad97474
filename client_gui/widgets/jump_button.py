"""The buttons over the messages: down to the newest one, with the number of those that one has not
had in sight yet; and up to the first unread one.
"""

from PyQt5.QtCore import (
    QCoreApplication,
    QEvent,
    QLocale,
    QObject,
    QPersistentModelIndex,
    Qt,
    pyqtSlot,
)
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QPushButton

from client_gui.widgets.icons import icon
from client_gui.widgets.main_menu import FIRST_UNREAD, NEWEST
from client_gui.widgets.message_view import MessageView
from client_gui.widgets.retranslated import Retranslated

_DISTANCE = 12

translate = QCoreApplication.translate


class _OverView(Retranslated, QPushButton):
    """A button at the right side of *view*, shown when it is of use. *keys*, in the menu of the
    window, do the same.
    """

    def __init__(self, view: MessageView, keys: str, icon_name: str) -> None:
        super().__init__(view)
        self._view, self._keys, self._icon_name = view, keys, icon_name
        self.setIcon(icon(icon_name, self.palette()))
        self.setFocusPolicy(Qt.NoFocus)
        view.verticalScrollBar().valueChanged.connect(self._follow)
        view.verticalScrollBar().rangeChanged.connect(self._follow)
        view.bottom_reached.connect(self._follow)
        view.viewport().installEventFilter(self)
        self.hide()

    @pyqtSlot()
    def _follow(self) -> None:
        """The view has moved, or has other rows."""
        raise NotImplementedError

    def _say(self, text: str, words: str, more: str = "") -> None:
        """Show *text* on the button; *words* are what it does, and *more* how matters stand."""
        self.setText(text)
        keys = QKeySequence(self._keys).toString(QKeySequence.NativeText)
        self.setToolTip(f"{words} ({keys})")
        self.setAccessibleName(f"{words}, {more}" if more else words)
        self.adjustSize()
        self._place()

    def _place(self) -> None:
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours too."""
        super().changeEvent(event)
        if event.type() == QEvent.PaletteChange:
            self.setIcon(icon(self._icon_name, self.palette()))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the messages get more or less room."""
        if event.type() == QEvent.Resize:
            self._place()
        return False


class JumpButton(_OverView):
    """In the lower corner, while the view is not at the bottom."""

    def __init__(self, view: MessageView) -> None:
        self._lowest = QPersistentModelIndex()
        """The last row of those that have been in sight."""
        super().__init__(view, NEWEST, "arrow-down")
        self.clicked.connect(view.jump_to_bottom)
        view.model().rowsInserted.connect(self._follow)
        view.model().rowsRemoved.connect(self._follow)
        view.opened.connect(self._begin_anew)
        self.retranslate()
        self._follow()

    @property
    def below(self) -> int:
        """How many rows stand below all that have been in sight."""
        rows: int = self._view.model().rowCount()
        return rows - 1 - self._lowest.row() if self._lowest.isValid() else 0

    @pyqtSlot()
    def _begin_anew(self) -> None:
        """What the view had in sight for a moment, before it opened elsewhere, was not seen."""
        self._lowest = QPersistentModelIndex()
        self._follow()

    @pyqtSlot()
    def _follow(self) -> None:
        view = self._view
        rows = view.model().rowCount()
        last = rows - 1 if view.at_bottom else (view.rows_in_sight() or range(1))[-1]
        if last > self._lowest.row() and rows:
            self._lowest = QPersistentModelIndex(view.model().index(last, 0))
        self.setVisible(not view.at_bottom)
        if not view.at_bottom:
            self.retranslate()

    def retranslate(self) -> None:
        """Say the number and what the button does."""
        number = QLocale().toString(self.below) if self.below else ""
        more = translate("JumpButton", "%1 new").replace("%1", number) if number else ""
        self._say(number, translate("JumpButton", "Newest messages"), more)

    def _place(self) -> None:
        area = self._view.viewport().geometry()
        corner = area.bottomRight() - self.rect().bottomRight()
        self.move(corner.x() - _DISTANCE, corner.y() - _DISTANCE)


class UnreadButton(_OverView):
    """In the upper corner, while the first unread message is above what is in sight."""

    def __init__(self, view: MessageView) -> None:
        super().__init__(view, FIRST_UNREAD, "arrow-up")
        self.clicked.connect(view.show_unread)
        view.model().dataChanged.connect(self._follow)
        self.retranslate()
        self._follow()

    @pyqtSlot()
    def _follow(self) -> None:
        row = self._view.model().unread_row
        in_sight = self._view.rows_in_sight()
        is_above = row is not None and bool(in_sight) and row < in_sight[0]
        if is_above != self.isVisibleTo(self._view):
            self.setVisible(is_above)
            self._place()

    def retranslate(self) -> None:
        """Say what the button does."""
        words = translate("JumpButton", "First unread message")
        self._say(translate("JumpButton", "Unread"), words)

    def _place(self) -> None:
        area = self._view.viewport().geometry()
        right = area.right() - self.rect().right()
        self.move(right - _DISTANCE, area.top() + _DISTANCE)
