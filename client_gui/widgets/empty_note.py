"""What an empty room says: that nothing is missing, and what one does first."""

from PyQt5.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, pyqtSlot

from client_gui.widgets.message_view import MessageView
from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.retranslated import Retranslated

EMPTY_MS = 1_000
"""Milliseconds for which a room must have been empty: its messages may be on their way."""

_MARGIN = 24

translate = QCoreApplication.translate


class EmptyNote(Retranslated, PlainLabel):
    """In the middle of its view while there is nothing in it; a click goes through it."""

    def __init__(self, view: MessageView) -> None:
        super().__init__(parent=view.viewport())
        self._view = view
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignCenter)
        self.setMargin(_MARGIN)
        self.setAttribute(Qt.WA_TransparentForMouseEvents)
        self._timer = QTimer(self, singleShot=True, interval=EMPTY_MS, timeout=self._look)
        model = view.model()
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self._on_rows_changed)
        view.viewport().installEventFilter(self)
        self.retranslate()
        self.hide()
        self._on_rows_changed()

    def retranslate(self) -> None:
        """Say the words."""
        first = translate(
            "EmptyNote",
            "Nobody has said anything here yet. Write something below, and press Enter.",
        )
        then = translate("EmptyNote", "Ctrl+K finds rooms and people, Ctrl+N makes a room.")
        self.setText(f"{first}\n\n{then}")

    @pyqtSlot()
    def _on_rows_changed(self) -> None:
        if self._view.model().rowCount():
            self._timer.stop()
            self.hide()
        elif self.isHidden():
            self._timer.start()

    @pyqtSlot()
    def _look(self) -> None:
        self.setGeometry(self._view.viewport().rect())
        self.setVisible(not self._view.model().rowCount())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle."""
        if event.type() == QEvent.Resize:
            self.setGeometry(self._view.viewport().rect())
        return super().eventFilter(watched, event)
