"""The question before something unsent is lost."""

from collections.abc import Callable

from PyQt5.QtCore import QCoreApplication, QLocale, QObject, Qt, pyqtSlot
from PyQt5.QtWidgets import QMessageBox, QWidget

translate = QCoreApplication.translate


class LeaveQuestion(QObject):
    """Asks, over *window*, when messages are unsettled; once at a time, and waits for nobody."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.box: QMessageBox | None = None
        self._go: Callable[[], object] = window.close
        self.unsettled = 0
        """Messages that the server has not taken."""

    def ask(self, go: Callable[[], object]) -> bool:
        """Whether one can leave at once. If not, *go* is called when the answer is yes."""
        if self.unsettled and self.box is None:
            self._open(go)
        return not self.unsettled

    def _open(self, go: Callable[[], object]) -> None:
        self._go = go
        words = translate("LeaveQuestion", "Not everything has been sent (%1). Leave all the same?")
        self.box = QMessageBox(
            QMessageBox.Question,
            translate("LeaveQuestion", "MiniChat"),
            words.replace("%1", QLocale().toString(self.unsettled)),
            QMessageBox.Yes | QMessageBox.No,
            self._window,
        )
        self.box.setTextFormat(Qt.PlainText)
        self.box.setDefaultButton(QMessageBox.No)
        self.box.setAttribute(Qt.WA_DeleteOnClose)
        self.box.accepted.connect(self._on_accepted)
        self.box.finished.connect(self._on_answered)
        self.box.open()

    @pyqtSlot()
    def _on_accepted(self) -> None:
        self.unsettled = 0
        self._go()

    @pyqtSlot()
    def _on_answered(self) -> None:
        self.box = None
