"""The message that another one answers, as two short lines with a bar at their side."""

from PyQt5.QtCore import QCoreApplication, QRectF, QSizeF, Qt
from PyQt5.QtGui import QFontMetricsF, QPainter, QPalette

from client_gui.display import isolated, safe_name, safe_sentence
from client_gui.items import Quote
from client_gui.widgets.colours import colours
from client_gui.widgets.fonts import Fonts

_BAR = 3.0
_INDENT = 9.0
_SPACE = 5.0

translate = QCoreApplication.translate

_ONE_LINE = int(Qt.AlignLeft | Qt.AlignVCenter | Qt.TextSingleLine)


class QuoteBlock:
    """Of *quote*, in at most *width* pixels."""

    def __init__(self, quote: Quote, width: float, fonts: Fonts) -> None:
        self._fonts = fonts
        self._name_metrics = QFontMetricsF(fonts.name)
        self._text_metrics = QFontMetricsF(fonts.small)
        self._name = safe_name(quote.nickname, "") or translate("QuoteBlock", "Message")
        self._text = quoted_words(quote)
        room = max(0.0, width - _INDENT)
        needed = max(
            self._name_metrics.horizontalAdvance(self._name),
            self._text_metrics.horizontalAdvance(self._text),
        )
        self._lines = self._name_metrics.height() + self._text_metrics.height()
        self.size = QSizeF(min(needed, room) + _INDENT, self._lines + _SPACE)
        """With the space below it."""

    def paint(self, painter: QPainter, rect: QRectF, palette: QPalette) -> None:
        """Paint it into *rect*, which is as large as ``size`` or wider."""
        shades = colours(palette)
        painter.fillRect(QRectF(rect.left(), rect.top(), _BAR, self._lines), shades.accent)
        inside = rect.adjusted(_INDENT, 0, 0, 0)
        name = QRectF(inside.topLeft(), QSizeF(inside.width(), self._name_metrics.height()))
        text = QRectF(name.bottomLeft(), QSizeF(inside.width(), self._text_metrics.height()))
        for area, font, metrics, words, colour in (
            (name, self._fonts.name, self._name_metrics, self._name, shades.accent_text),
            (text, self._fonts.small, self._text_metrics, self._text, shades.muted),
        ):
            painter.setFont(font)
            painter.setPen(colour)
            painter.drawText(
                area, _ONE_LINE, metrics.elidedText(words, Qt.ElideRight, area.width() + 1)
            )


def quoted_words(quote: Quote) -> str:
    """What was said there, on one line; or that it is not known."""
    text = safe_sentence(quote.text)
    return isolated(text) if text else translate("QuoteBlock", "a message that is not here")
