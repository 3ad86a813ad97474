"""A text laid out in lines for a width, bounded in characters and lines; for whoever paints it.

Positions are those of Python in :attr:`TextBlock.text`. Qt counts in halves of characters, where
one needs two.
"""

from collections.abc import Iterable

from PyQt5.QtCore import (
    QCoreApplication,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
    QTextBoundaryFinder,
)
from PyQt5.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from client_gui.display import MAX_SHOWN_LINES, laid_out, shortened
from client_gui.widgets.marked_line import halves
from client_gui.widgets.marked_line import marks as ranges

translate = QCoreApplication.translate

Mark = tuple[int, int, QTextCharFormat]
"""From where to before where, and how that looks."""


class TextBlock:
    """*text* in lines of at most *width* pixels. *marks* look different for good; what is only a
    colour can be given when it is painted.

    Attributes:
        text: what is laid out of it. If that is not all, a line at the end says so.
        size: what the lines really take.
    """

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        marks: Iterable[Mark] = (),
        most_lines: int = MAX_SHOWN_LINES,
        says_more: bool = True,
    ) -> None:
        self._width = width
        self._most_lines = most_lines
        self.text = shown(text)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirectionAuto)
        self._layout = QTextLayout(self.text, font)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.setFormats(self._ranges(marks))
        self.size = self._make_lines()
        self._font, self._more = font, ""
        if says_more and (len(shortened(text)) < len(text) or self._end() < self._halves_of_all()):
            self._add_more_line()

    def _make_lines(self) -> QSizeF:
        width, height = 0.0, 0.0
        self._layout.beginLayout()
        for _ in range(self._most_lines):
            line = self._layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self._width)
            line.setPosition(QPointF(0, height))
            height += line.height()
            width = max(width, line.naturalTextWidth())
        self._layout.endLayout()
        return QSizeF(width, height)

    def _add_more_line(self) -> None:
        metrics = QFontMetricsF(self._font)
        words = translate("TextBlock", "… (it goes on; copying takes all of it)")
        self._more = metrics.elidedText(words, Qt.ElideRight, self._width)
        width = max(self.size.width(), metrics.horizontalAdvance(self._more))
        self.size = QSizeF(min(width, self._width), self.size.height() + metrics.height())

    @property
    def says_more(self) -> bool:
        """Whether there is more of the text than is laid out, and a line says so."""
        return bool(self._more)

    @property
    def last_line_width(self) -> float:
        """Where the last line ends; the whole width if something may not stand behind it."""
        count = self._layout.lineCount()
        if not count:
            return 0.0
        rect = self._layout.lineAt(count - 1).naturalTextRect()
        # A line that runs from right to left ends where the other thing would stand.
        return float(rect.right()) if rect.left() < 1.0 and not self._more else self._width

    @property
    def line_height(self) -> float:
        """Of the first line."""
        return float(self._layout.lineAt(0).height()) if self._layout.lineCount() else 0.0

    def fit(self, width: float) -> None:
        """Bring lines that were aligned to the width given to a smaller *width*."""
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            if line.naturalTextRect().left() > 1.0:
                line.setPosition(QPointF(width - self._width, line.y()))

    # --- where its characters are ----------------------------------------------------------------

    def position_at(self, point: QPointF) -> int:
        """The place between two characters that is nearest to *point*, seen from the top left."""
        if point.y() < 0 or not self._layout.lineCount():
            return 0
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            if point.y() < line.y() + line.height():
                return self._whole(line.xToCursor(point.x()))
        return len(self.text)

    def character_at(self, point: QPointF) -> int | None:
        """The character whose picture is at *point*; None beside the text."""
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            if line.naturalTextRect().contains(point):
                return self._whole(line.xToCursor(point.x(), line.CursorOnCharacter))
        return None

    def word_at(self, position: int) -> tuple[int, int]:
        """Where the word at *position* begins and ends."""
        finder = QTextBoundaryFinder(QTextBoundaryFinder.Word, self.text)
        place = self._halves(position)
        finder.setPosition(min(place + 1, self._halves_of_all()))
        begin = max(0, finder.toPreviousBoundary())
        end = finder.toNextBoundary()
        return self._whole(begin), self._whole(end) if end >= 0 else len(self.text)

    # --- painting --------------------------------------------------------------------------------

    def paint(self, painter: QPainter, corner: QPointF, over: Iterable[Mark] = ()) -> None:
        """Paint it with the painter's pen, its top left at *corner*, and *over* it marks that take
        no other room than the text has already.
        """
        self._layout.draw(painter, corner, self._ranges(over), painter.clipBoundingRect())
        if self._more:
            painter.setFont(self._font)
            rect = QRectF(corner, self.size)
            painter.drawText(rect, int(Qt.AlignLeft | Qt.AlignBottom), self._more)

    def _ranges(self, marks: Iterable[Mark]) -> list[QTextLayout.FormatRange]:
        return [
            found
            for begin, end, form in marks
            for found in ranges(self.text, ((begin, end - begin),), form)
        ]

    # --- Qt's positions --------------------------------------------------------------------------

    def _halves(self, position: int) -> int:
        return halves(self.text[:position])

    def _halves_of_all(self) -> int:
        return halves(self.text)

    def _whole(self, halves: int) -> int:
        text = self.text.encode("utf-16-le", "surrogatepass")
        return len(text[: 2 * halves].decode("utf-16-le", "surrogatepass"))

    def _end(self) -> int:
        """Where the last line ends."""
        count = self._layout.lineCount()
        if not count:
            return 0
        line = self._layout.lineAt(count - 1)
        return int(line.textStart() + line.textLength())


def shown(text: str) -> str:
    """What of *text* is laid out, as it is laid out."""
    return laid_out(shortened(text))
