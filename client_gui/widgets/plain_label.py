"""A label that shows what it is given as plain text, whatever it looks like."""

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """The only label for text that people or servers wrote: Qt's own would obey HTML in it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.PlainText)
        self.setText(text)
