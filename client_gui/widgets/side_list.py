"""A list beside the messages: its ground is the window's, so that the messages stand out."""

from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import QFrame, QListView, QWidget

from client_gui.widgets.colours import colours
from client_gui.widgets.restyled import Restyled


class SideList(Restyled, QListView):
    """Rows of one height, of which one at a time is meant."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faint = False
        self.setFrameShape(QFrame.NoFrame)
        self.restyle()

    def set_faint(self, faint: bool) -> None:
        """Whether what it says is not certain."""
        self._faint = faint
        self.restyle()

    def restyle(self) -> None:
        """Take the window's ground, and, where it is to be faint, the colour of lesser words."""
        palette = QPalette()
        palette.setColor(QPalette.Base, palette.color(QPalette.Window))
        if self._faint:
            palette.setColor(QPalette.Text, colours(palette).muted)
        self.setPalette(palette)
