"""The line in the middle that says which day begins, and the one that says what changed."""

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QFontMetricsF, QPainter, QPalette

from client_gui.widgets.colours import colours
from client_gui.widgets.fonts import Fonts

_PADDING_X = 11.0
_PADDING_Y = 3.0
_SPACE = 10.0


class DayLine:
    """*words* on one line, elided where they do not fit into *width*; nothing if there are none."""

    def __init__(self, words: str, width: float, fonts: Fonts) -> None:
        self._font = fonts.small
        metrics = QFontMetricsF(fonts.small)
        room = max(0.0, width - 2 * (_PADDING_X + _SPACE))
        self._words = metrics.elidedText(words, Qt.ElideRight, room)
        across = metrics.horizontalAdvance(self._words) + 2 * _PADDING_X
        high = metrics.height() + 2 * _PADDING_Y
        self.rect = QRectF((width - across) / 2, 0.0, across, high)
        """The band behind the words."""
        self.height = high + _SPACE if words else 0.0
        """With the space below it."""

    def paint(self, painter: QPainter, corner: QPointF, palette: QPalette) -> None:
        """Paint it; *corner* is the left end of the row."""
        if not self.height:
            return
        shades, rect = colours(palette), self.rect.translated(corner)
        painter.setPen(Qt.NoPen)
        painter.setBrush(shades.other_bubble)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setFont(self._font)
        painter.setPen(shades.muted)
        painter.drawText(rect, int(Qt.AlignCenter | Qt.TextSingleLine), self._words)
