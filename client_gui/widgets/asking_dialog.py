"""A dialog that asks for something the server may refuse: what is wrong is said in it."""

from collections.abc import Iterable

from PyQt5.QtCore import Qt, pyqtSlot
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QLayout, QPushButton, QVBoxLayout, QWidget

from client_gui.widgets.note_label import NoteLabel

_SPACING = 8
_WIDTH = 340


class AskingDialog(QDialog):
    """Over its window, and gone when it closes. :attr:`requests` are the codes of the requests
    that it makes.
    """

    def __init__(self, title: str, requests: Iterable[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModal)
        self.setMinimumWidth(_WIDTH)
        self.requests = frozenset(requests)
        self.error = NoteLabel()
        self.error.set_error(True)
        self.error.hide()
        self.buttons = QDialogButtonBox()
        self.buttons.rejected.connect(self.reject)

    def show_error(self, words: str) -> None:
        """It came to nothing because of *words*; try again."""
        self.error.setText(words)
        self.error.show()
        self._set_busy(False)

    def _build(self, content: QLayout | QWidget) -> None:
        """Put *content* above the words and the buttons."""
        column = QVBoxLayout(self)
        column.setSpacing(_SPACING)
        if isinstance(content, QWidget):
            column.addWidget(content, 1)
        else:
            column.addLayout(content, 1)
        column.addWidget(self.error)
        column.addWidget(self.buttons)

    def _add_go(self, words: str) -> QPushButton:
        """Add the button that does it, and one that does not."""
        go = self.buttons.addButton(words, QDialogButtonBox.AcceptRole)
        go.setDefault(True)
        self.buttons.addButton(QDialogButtonBox.Cancel)
        self.buttons.accepted.connect(self._go)
        return go

    @pyqtSlot()
    def _go(self) -> None:
        """Do it; whoever inherits says what."""
        raise NotImplementedError

    def _set_busy(self, busy: bool) -> None:
        """While the server is asked, nothing is asked again."""
        for button in self.buttons.buttons():
            if self.buttons.buttonRole(button) == QDialogButtonBox.AcceptRole:
                button.setEnabled(not busy)
        if busy:
            self.error.hide()
