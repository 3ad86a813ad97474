"""The line across the list above the first message that was unread when the room was entered."""

from PyQt5.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt5.QtGui import QFontMetricsF, QPainter, QPalette

from client_gui.widgets.colours import colours
from client_gui.widgets.fonts import Fonts

_MARGIN = 12.0
_GAP = 8.0
_SPACE = 6.0

translate = QCoreApplication.translate


class UnreadLine:
    """In a row of *width* pixels."""

    def __init__(self, width: float, fonts: Fonts) -> None:
        self._width, self._font = width, fonts.small
        metrics = QFontMetricsF(fonts.small)
        words = translate("UnreadLine", "Unread")
        self._words = metrics.elidedText(words, Qt.ElideRight, max(0.0, width - 4 * _MARGIN))
        self._across = metrics.horizontalAdvance(self._words)
        self._line_height = metrics.height()
        self.height = self._line_height + _SPACE
        """With the space below it."""

    def paint(self, painter: QPainter, corner: QPointF, palette: QPalette) -> None:
        """Paint it; *corner* is the left end of the row."""
        shades = colours(palette)
        rect = QRectF(corner.x(), corner.y(), self._width, self._line_height)
        middle, half = rect.center(), self._across / 2 + _GAP
        painter.setPen(shades.accent)
        for left, right in (
            (rect.left() + _MARGIN, middle.x() - half),
            (middle.x() + half, rect.right() - _MARGIN),
        ):
            painter.drawLine(QPointF(left, middle.y()), QPointF(right, middle.y()))
        painter.setFont(self._font)
        painter.setPen(shades.accent_text)
        painter.drawText(rect, int(Qt.AlignCenter | Qt.TextSingleLine), self._words)
