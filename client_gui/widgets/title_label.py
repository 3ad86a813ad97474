"""Words that stand over others: bold, and as much larger as they are more important."""

from PyQt5.QtGui import QFont
from PyQt5.QtWidgets import QWidget

from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.restyled import Restyled


class TitleLabel(Restyled, PlainLabel):
    """*scale* times as large as other words."""

    def __init__(self, text: str = "", scale: float = 1.0, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._scale = scale
        self.restyle()

    def restyle(self) -> None:
        """Follow the size of all words."""
        font = QFont()
        font.setBold(True)
        if font.pointSizeF() > 0 and self._scale != 1.0:
            font.setPointSizeF(font.pointSizeF() * self._scale)
        self.setFont(font)
