"""A line of small, faint words: what is good to know, and never in the way."""

from PyQt5.QtGui import QFont, QPalette
from PyQt5.QtWidgets import QWidget

from client_gui.widgets.colours import colours
from client_gui.widgets.elided_label import ElidedLabel
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.restyled import Restyled


class MutedLine(Restyled, ElidedLabel):
    """One line of plain text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.restyle()

    def restyle(self) -> None:
        """As faint as can be read, and smaller."""
        self.setFont(Fonts.of(QFont()).small)
        palette = QPalette()
        palette.setColor(QPalette.WindowText, colours(palette).muted)
        self.setPalette(palette)
