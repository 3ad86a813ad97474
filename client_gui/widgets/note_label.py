"""A label that says how something is, or, in red, what is wrong."""

from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import QWidget

from client_gui.widgets.colours import readable_hue
from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.restyled import Restyled

_RED = 0.0


class NoteLabel(Restyled, PlainLabel):
    """As many lines as it needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._is_error = False
        self.setWordWrap(True)
        self.restyle()

    def set_error(self, is_error: bool) -> None:
        """Whether what is said is wrong."""
        self._is_error = is_error
        self.restyle()

    def restyle(self) -> None:
        """Red enough to be seen, and no redder than can be read."""
        palette = QPalette()
        if self._is_error:
            red = readable_hue(_RED, palette.color(QPalette.Window))
            palette.setColor(QPalette.WindowText, red)
        self.setPalette(palette)
