"""What can be done with a message, as a menu."""

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSignal
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QMenu, QWidget

from client_gui.changes import Delivery, Entry

translate = QCoreApplication.translate


class MessageMenu(QMenu):
    """Of one message; it is gone when it closes.

    Signals:
        copy_wanted(): copy what is selected.
        retry_wanted(key: str): send this refused message again.
        discard_wanted(key: str): take it away.
    """

    copy_wanted = pyqtSignal()
    retry_wanted = pyqtSignal(str)
    discard_wanted = pyqtSignal(str)

    def __init__(self, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WA_DeleteOnClose)
        copy = self.addAction(translate("MessageMenu", "Copy"), self.copy_wanted)
        copy.setShortcut(QKeySequence(QKeySequence.Copy))
        if entry.retryable:
            again = self.addAction(translate("MessageMenu", "Try again"))
            again.triggered.connect(lambda: self.retry_wanted.emit(entry.key))
        if entry.delivery is Delivery.REFUSED:
            remove = self.addAction(translate("MessageMenu", "Remove"))
            remove.triggered.connect(lambda: self.discard_wanted.emit(entry.key))
