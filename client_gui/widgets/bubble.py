"""A message as a bubble: our own on the right, those of others on the left.

From the top: the lines above the row, the name of who speaks (not over our own), and the bubble:
the message that it answers, the text, and at its end, on the same line if there is room, the time
or what became of the message. Below the bubble, the reactions.
"""

from PyQt5.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PyQt5.QtGui import QPainter, QPalette

from client_gui.items import Delivery, Entry
from client_gui.models.message_list import clock_time
from client_gui.row_words import state_words
from client_gui.widgets.colours import Colours
from client_gui.widgets.message_row import STRIPE, MessageRow

_MARGIN = 12.0
_PADDING_X = 11.0
_PADDING_Y = 6.0
_RADIUS = 10.0
_WIDEST = 640.0
_SHARE = 0.78
_NARROWEST = 80.0
_COMFORTABLE = 320.0
_INDENT = 24.0

translate = QCoreApplication.translate


class Bubble(MessageRow):
    """Its body is the bubble."""

    BESIDE_TEXT = 2 * _PADDING_X

    def footer_words(self) -> str:
        """The time, or what became of it."""
        return footer(self.entry)

    def inner_width(self) -> float:
        """In a narrow window, a bubble takes nearly all of the row."""
        row = self._width - 2 * _MARGIN
        room = min(_WIDEST, max(row * _SHARE, min(row - _INDENT, _COMFORTABLE)))
        return max(_NARROWEST, room - 2 * _PADDING_X)

    def place(self, inner: float) -> None:
        """The bubble is as wide as what is in it."""
        own, top = self.entry.own, self._top
        if self._heading.starts_group and not own:
            room = self._width - 2 * _MARGIN
            self._name_rect = QRectF(_MARGIN + 2, top, room, self._name_height)
            top += self._name_height + 2.0
        content = self._content_size(inner)
        size = content + QSizeF(2 * _PADDING_X, 2 * _PADDING_Y)
        left = self._width - _MARGIN - size.width() if own else _MARGIN
        self._body = QRectF(QPointF(left, top), size)
        self._inside = self._body.adjusted(_PADDING_X, _PADDING_Y, -_PADDING_X, -_PADDING_Y)
        chips_left = self._body.right() - self._chips.width if own else left
        self._chips_corner = QPointF(chips_left, self._body.bottom())
        self.text.fit(content.width())

    def paint_around(self, painter: QPainter, shades: Colours, _palette: QPalette) -> None:
        """The bubble; one that names us has another colour, and a stripe at its side."""
        names_us = self.entry.mentions_me
        colour = shades.own_bubble if self.entry.own else shades.other_bubble
        refused = self.entry.delivery is Delivery.REFUSED
        painter.setPen(shades.error if refused else Qt.NoPen)
        painter.setBrush(shades.mention if names_us else colour)
        painter.drawRoundedRect(self._body, _RADIUS, _RADIUS)
        if names_us:
            painter.setClipRect(QRectF(self._body.topLeft(), QSizeF(STRIPE, self._body.height())))
            painter.setPen(Qt.NoPen)
            painter.setBrush(shades.accent)
            painter.drawRoundedRect(self._body, _RADIUS, _RADIUS)
            painter.setClipping(False)


def footer(entry: Entry) -> str:
    """What stands at the end of a message: its time, or what became of it."""
    state = state_words(entry)
    if entry.delivery is not Delivery.STORED or entry.changing:
        return state
    time = clock_time(entry.time)
    return translate("Bubble", "edited %1").replace("%1", time) if entry.edited else time
