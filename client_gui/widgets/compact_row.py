"""A message in the compact layout: the time at the side, the name and the text below each other,
everybody's on the left, and no bubble.
"""

from PyQt5.QtCore import QPointF, QRectF, QSizeF, Qt
from PyQt5.QtGui import QPainter, QPalette

from client_gui.models.message_list import clock_time
from client_gui.row_words import state_words
from client_gui.widgets.colours import Colours
from client_gui.widgets.message_row import STRIPE, MessageRow

_MARGIN = 10.0
_GAP = 10.0
_PADDING_Y = 2.0
_WIDEST = 900.0
_NARROWEST = 60.0
_WIDE_TIME = 1_700_000_000_000  # in most places an hour of two digits, such as 10:13 PM


class CompactRow(MessageRow):
    """Its body is the row from where the text begins."""

    SPACES = (0.0, 7.0)

    def footer_words(self) -> str:
        """What became of it: the time stands at the side."""
        return state_words(self.entry)

    def inner_width(self) -> float:
        """All of the row but the times, to a width in which lines can be read."""
        return max(_NARROWEST, min(_WIDEST, self._width - self._column() - _MARGIN))

    def _column(self) -> float:
        """Where the names and the texts begin, in every row."""
        return _MARGIN + self._small.horizontalAdvance(clock_time(_WIDE_TIME)) + _GAP

    def place(self, inner: float) -> None:
        """The name if another one speaks, and the text right below it."""
        left, top = self._column(), self._top
        if self._heading.starts_group:
            self._name_rect = QRectF(left, top, inner, self._name_height)
            top += self._name_height
        size = self._content_size(inner)
        self._inside = QRectF(QPointF(left, top + _PADDING_Y), size)
        whole = QSizeF(max(0.0, self._width - left + _GAP / 2), size.height() + 2 * _PADDING_Y)
        self._body = QRectF(QPointF(left - _GAP / 2, top), whole)
        self._chips_corner = QPointF(left, self._body.bottom())
        self.text.fit(size.width())

    def paint_around(self, painter: QPainter, shades: Colours, _palette: QPalette) -> None:
        """The time; and behind one that names us, a colour, with a stripe at its side."""
        first = self._name_rect if self._heading.starts_group else self._body
        if self.entry.mentions_me:
            whole = QRectF(0, first.top(), self._width, self._body.bottom() - first.top())
            painter.fillRect(whole, shades.mention)
            painter.fillRect(QRectF(whole.topLeft(), QSizeF(STRIPE, whole.height())), shades.accent)
        # As high as the first line beside it.
        line = self._name_height if self._heading.starts_group else self.text.line_height
        rect = QRectF(0, first.top(), self._column() - _GAP, line)
        rect.translate(0, 0.0 if self._heading.starts_group else _PADDING_Y)
        painter.setFont(self._fonts.small)
        painter.setPen(shades.muted)
        words = clock_time(self.entry.time)
        painter.drawText(rect, int(Qt.AlignRight | Qt.AlignVCenter | Qt.TextSingleLine), words)
