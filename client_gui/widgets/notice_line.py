"""What changed in a room, as a row of its own: a line in the middle, and what stands
above a row. It answers the same questions as a bubble.
"""

from PyQt5.QtCore import QPointF, QRectF
from PyQt5.QtGui import QPainter, QPalette

from client_gui.items import Entry
from client_gui.models.message_list import Heading
from client_gui.row_words import notice_words
from client_gui.widgets.day_line import DayLine
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.lines_above import LinesAbove
from client_gui.widgets.touched import NOTHING, Touched

_ABOVE = 10.0


class NoticeLine:
    """The layout of the notice *entry* in a row of *width* pixels."""

    def __init__(self, entry: Entry, heading: Heading, width: float, fonts: Fonts) -> None:
        self._lines = LinesAbove(heading, width, fonts)
        self._line = DayLine(notice_words(entry), width, fonts)

    @property
    def height(self) -> float:
        """Pixels from the top of the row to its end."""
        return _ABOVE + self._lines.height + self._line.rect.height()

    def bubble_rect(self, origin: QPointF) -> QRectF:
        """Where the line is when the row begins at *origin*."""
        return self._line.rect.translated(origin + QPointF(0, _ABOVE + self._lines.height))

    def touched(self, _point: QPointF) -> Touched:
        """Nothing of it can be clicked."""
        return NOTHING

    def position_at(self, _point: QPointF) -> int:
        """Nothing of it can be selected alone."""
        return 0

    def paint(
        self, painter: QPainter, origin: QPointF, palette: QPalette, _span: object = None
    ) -> None:
        """Paint the row, which begins at *origin*."""
        painter.save()
        painter.setRenderHint(QPainter.Antialiasing)
        self._lines.paint(painter, origin + QPointF(0, _ABOVE), palette)
        self._line.paint(painter, origin + QPointF(0, _ABOVE + self._lines.height), palette)
        painter.restore()
