"""What stands across the list above a row: which day begins, and where what is unread begins."""

from PyQt5.QtCore import QPointF
from PyQt5.QtGui import QPainter, QPalette

from client_gui.models.message_list import Heading
from client_gui.widgets.day_line import DayLine
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.unread_line import UnreadLine


class LinesAbove:
    """As *heading* says, in a row of *width* pixels; often nothing."""

    def __init__(self, heading: Heading, width: float, fonts: Fonts) -> None:
        self._day = DayLine(heading.day, width, fonts)
        self._unread = UnreadLine(width, fonts) if heading.unread else None
        self.height = self._day.height + (self._unread.height if self._unread else 0.0)
        """With the space below them."""

    def paint(self, painter: QPainter, corner: QPointF, palette: QPalette) -> None:
        """Paint them; *corner* is the left end of the row."""
        self._day.paint(painter, corner, palette)
        if self._unread is not None:
            self._unread.paint(painter, corner + QPointF(0, self._day.height), palette)
