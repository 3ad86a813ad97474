"""An exception that nobody caught is logged and shown, once, and the program goes on.

Without this, PyQt ends the process with ``abort()`` for one mistake in one slot. Install it before
anything else. It may be raised in any thread; the window is made in the GUI's.
"""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PyQt5.QtCore import QCoreApplication, QObject, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QApplication, QMessageBox

translate = QCoreApplication.translate

_log = logging.getLogger(__name__)


class UncaughtExceptions(QObject):
    """The hook. One box at a time: a mistake in a timer's slot would fill the screen."""

    _raised = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._box: QMessageBox | None = None
        self._raised.connect(self._show, Qt.QueuedConnection)

    def install(self) -> None:
        """Take the interpreter's place for what nobody caught."""
        sys.excepthook = self._caught_nowhere
        # Python's own threads do not ask that hook, but this one.
        threading.excepthook = self._ended_a_thread

    def _ended_a_thread(self, uncaught: threading.ExceptHookArgs) -> None:
        if uncaught.exc_value is not None:
            self._caught_nowhere(uncaught.exc_type, uncaught.exc_value, uncaught.exc_traceback)

    def _caught_nowhere(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        _log.critical("an exception that nobody caught:\n%s", text)
        self._raised.emit(text)

    @pyqtSlot(str)
    def _show(self, text: str) -> None:
        if self._box is not None or not isinstance(QApplication.instance(), QApplication):
            return
        self._box = QMessageBox(
            QMessageBox.Critical,
            translate("UncaughtExceptions", "MiniChat"),
            translate(
                "UncaughtExceptions", "Something went wrong in MiniChat. It goes on if it can."
            ),
        )
        self._box.setTextFormat(Qt.PlainText)
        self._box.setDetailedText(text)
        self._box.finished.connect(self._forget)
        self._box.open()

    @pyqtSlot()
    def _forget(self) -> None:
        if self._box is not None:
            self._box.deleteLater()
            self._box = None
