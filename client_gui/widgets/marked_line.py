"""One line of text with some of its characters marked, for whoever paints it."""

from collections.abc import Iterable

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption


def halves(text: str) -> int:
    """Return the length of *text* as Qt counts it: some characters are two of its halves."""
    return len(text) + sum(character > "\uffff" for character in text)


def marks(
    text: str, spans: Iterable[tuple[int, int]], form: QTextCharFormat
) -> list[QTextLayout.FormatRange]:
    """Return *spans* of *text*, starts and lengths in characters, as Qt wants them."""
    ranges = []
    for start, length in spans:
        marked = QTextLayout.FormatRange()
        marked.start = halves(text[:start])
        marked.length = halves(text[start : start + length])
        marked.format = form
        ranges.append(marked)
    return ranges


def paint_line(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    positions: Iterable[int] = (),
    form: QTextCharFormat | None = None,
) -> None:
    """Paint *text* in *rect* with the painter's pen, cut off where it is too long, the characters
    at *positions* in *form*."""
    # Marked letters may be wider: then the end is clipped.
    shown = QFontMetricsF(font).elidedText(text, Qt.ElideRight, rect.width())
    kept = len(shown) if shown == text else max(0, len(shown) - 1)
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.NoWrap)
    layout.setTextOption(option)
    spans = ((at, 1) for at in positions if at < kept)
    layout.setFormats(marks(shown, spans, form or QTextCharFormat()))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width())
    layout.endLayout()
    painter.save()
    painter.setClipRect(rect)
    layout.draw(painter, QPointF(rect.left(), rect.center().y() - line.height() / 2))
    painter.restore()
