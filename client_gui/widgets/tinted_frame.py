"""A frame whose ground has something of the accent: it belongs to what is happening now."""

from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import QFrame, QWidget

from client_gui.widgets.colours import mixed
from client_gui.widgets.restyled import Restyled

_TINT = 0.18


class TintedFrame(Restyled, QFrame):
    """Its words can be read on it in every theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.restyle()

    def restyle(self) -> None:
        """Mix the ground anew."""
        palette = QPalette()
        window, highlight = palette.color(QPalette.Window), palette.color(QPalette.Highlight)
        palette.setColor(QPalette.Window, mixed(window, highlight, _TINT))
        self.setPalette(palette)
