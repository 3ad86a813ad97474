"""A text laid out in lines for a width, bounded in lines; for whoever paints it."""

from PyQt5.QtCore import QPointF, QSizeF, Qt
from PyQt5.QtGui import QFont, QPainter, QTextLayout, QTextOption

from client_gui.display import laid_out

MAX_LINES = 400
"""Lines of one message that are shown, so that line feeds build no wall. Copying takes all."""


class TextBlock:
    """*text* in lines of at most *width* pixels."""

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        marks: tuple[QTextLayout.FormatRange, ...] = (),
        most_lines: int = MAX_LINES,
    ) -> None:
        self._width = width
        self._most_lines = most_lines
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirectionAuto)
        self._layout = QTextLayout(laid_out(text), font)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.setFormats(list(marks))
        self.size = self._make_lines()
        """What the lines really take."""

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

    @property
    def last_line_width(self) -> float:
        """Where the last line ends; the whole width if something may not stand behind it."""
        count = self._layout.lineCount()
        if not count:
            return 0.0
        rect = self._layout.lineAt(count - 1).naturalTextRect()
        # A line that runs from right to left ends where the other thing would stand.
        return float(rect.right()) if rect.left() < 1.0 else self._width

    def fit(self, width: float) -> None:
        """Bring lines that were aligned to the width given to a smaller *width*."""
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            if line.naturalTextRect().left() > 1.0:
                line.setPosition(QPointF(width - self._width, line.y()))

    def paint(self, painter: QPainter, corner: QPointF) -> None:
        """Paint it with the painter's pen, its top left at *corner*."""
        self._layout.draw(painter, corner)
