"""The button over the messages that leads back to the newest one, with the number of new ones."""

from PyQt5.QtCore import QCoreApplication, QEvent, QLocale, QModelIndex, QObject, Qt, pyqtSlot
from PyQt5.QtWidgets import QToolButton

from client_gui.widgets.message_view import MessageView
from client_gui.widgets.retranslated import Retranslated

_DISTANCE = 12

translate = QCoreApplication.translate


class JumpButton(Retranslated, QToolButton):
    """In the corner of its view, while that is not at the bottom. Ctrl+End presses it."""

    def __init__(self, view: MessageView) -> None:
        super().__init__(view)
        self._view = view
        self._new = 0
        self.setArrowType(Qt.DownArrow)
        self.setToolButtonStyle(Qt.ToolButtonTextBesideIcon)
        self.setShortcut("Ctrl+End")
        self.setFocusPolicy(Qt.NoFocus)
        self.clicked.connect(view.jump_to_bottom)
        view.bottom_reached.connect(self._on_bottom_reached)
        view.model().rowsInserted.connect(self._on_rows_inserted)
        view.viewport().installEventFilter(self)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say the words; the number too is written as the language does."""
        words = translate("JumpButton", "Newest messages")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self._show_number()

    @pyqtSlot(bool)
    def _on_bottom_reached(self, at_bottom: bool) -> None:
        self._new = 0
        self._show_number()
        self.setVisible(not at_bottom)

    @pyqtSlot(QModelIndex, int, int)
    def _on_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        if not self._view.at_bottom:
            self._new += last + 1 - first
            self._show_number()

    def _show_number(self) -> None:
        # Qt drops the shortcut with the text.
        shortcut = self.shortcut()
        self.setText(QLocale().toString(self._new) if self._new else "")
        self.setShortcut(shortcut)
        self.adjustSize()
        self._place()

    def _place(self) -> None:
        area = self._view.viewport().geometry()
        corner = area.bottomRight() - self.rect().bottomRight()
        self.move(corner.x() - _DISTANCE, corner.y() - _DISTANCE)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the messages get more or less room."""
        if event.type() == QEvent.Resize:
            self._place()
        return False
