"""The reactions to a message: chips beside each other, in as many lines as they need."""

from PyQt5.QtCore import QLocale, QPointF, QRectF, Qt
from PyQt5.QtGui import QFontMetricsF, QPainter, QPalette

from client_gui.display import isolated, safe_sign
from client_gui.items import Reaction
from client_gui.widgets.colours import colours
from client_gui.widgets.fonts import Fonts

_GAP = 4.0
_PADDING_X = 8.0
_PADDING_Y = 2.5
_WIDEST = 140.0


class ReactionChips:
    """Of *reactions*, in at most *width* pixels."""

    def __init__(self, reactions: tuple[Reaction, ...], width: float, fonts: Fonts) -> None:
        self._font = fonts.text
        self._metrics = QFontMetricsF(fonts.text)
        self._chips: list[tuple[Reaction, str, QRectF]] = []
        self.width = 0.0
        self.height = 0.0
        """With the space above them; 0 without reactions."""
        self._place(reactions, width)

    def _place(self, reactions: tuple[Reaction, ...], width: float) -> None:
        height = self._metrics.height() + 2 * _PADDING_Y
        left, top = 0.0, _GAP
        for reaction in reactions:
            words = f"{isolated(safe_sign(reaction.sign))} {QLocale().toString(reaction.count)}"
            wanted = self._metrics.horizontalAdvance(words) + 2 * _PADDING_X + 1
            size = min(wanted, _WIDEST, max(height, width))
            if left and left + size > width:
                left, top = 0.0, top + height + _GAP
            self._chips.append((reaction, words, QRectF(left, top, size, height)))
            self.width = max(self.width, left + size)
            left += size + _GAP
        self.height = top + height if reactions else 0.0

    def reaction_at(self, point: QPointF) -> Reaction | None:
        """The one whose chip is at *point*, seen from the corner at which they were painted."""
        return next((r for r, _, rect in self._chips if rect.contains(point)), None)

    def paint(self, painter: QPainter, corner: QPointF, palette: QPalette) -> None:
        """Paint the chips, the first at *corner*."""
        shades = colours(palette)
        painter.setFont(self._font)
        for reaction, words, place in self._chips:
            rect = place.translated(corner)
            painter.setClipRect(rect.adjusted(-1, -1, 1, 1))
            painter.setBrush(shades.own_bubble if reaction.mine else shades.other_bubble)
            painter.setPen(shades.accent if reaction.mine else Qt.NoPen)
            painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
            painter.setPen(shades.text)
            inside = rect.width() - 2 * _PADDING_X + 1
            shown = self._metrics.elidedText(words, Qt.ElideMiddle, inside)
            painter.drawText(rect, int(Qt.AlignCenter | Qt.TextSingleLine), shown)
        painter.setClipping(False)
