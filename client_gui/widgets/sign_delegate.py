"""What rows of rooms and of people have in common: a round or square sign, and two lines beside it.

Every row is as high as the next one.
"""

from dataclasses import dataclass

from PyQt5.QtCore import QModelIndex, QRectF, QSize
from PyQt5.QtGui import QColor, QFontMetricsF, QPainter, QPalette
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from client_gui.items import RoomItem
from client_gui.widgets.badges import paint_online, paint_sign
from client_gui.widgets.colours import colours
from client_gui.widgets.fonts import Fonts

_MARGIN = 8.0
_SPACE = 5.0

GAP = 8.0
"""Pixels between the parts of a row."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the lines of a row are painted with."""

    palette: QPalette
    fonts: Fonts
    band: QColor
    """What they are painted on."""


class SignDelegate(QStyledItemDelegate):
    """Whoever inherits says whose sign it is, and paints the lines."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """Two lines, and some space."""
        fonts = Fonts.of(option.font)
        lines = QFontMetricsF(fonts.text).height() + QFontMetricsF(fonts.small).height()
        return QSize(option.rect.width(), round(lines + 2 * _SPACE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint the row, over a band if it is the chosen one, or the pointer is on it."""
        painter.save()
        painter.setRenderHint(QPainter.Antialiasing)
        look = Look(option.palette, Fonts.of(option.font), _paint_band(painter, option))
        rect = QRectF(option.rect).adjusted(_MARGIN, _SPACE, -_MARGIN, -_SPACE)
        square = QRectF(rect.left(), rect.top(), rect.height(), rect.height())
        item, title, online = self._who(index)
        paint_sign(painter, square, item, title, look.fonts)
        if online:
            paint_online(painter, square, look.palette)
        rect.setLeft(square.right() + GAP)
        self._paint_lines(painter, rect, index, look)
        painter.restore()

    def _who(self, index: QModelIndex) -> tuple[RoomItem, str, bool]:
        """The room, or the direct one with somebody; its title; and whether they are online."""
        raise NotImplementedError

    def _paint_lines(self, painter: QPainter, rect: QRectF, index: QModelIndex, look: Look) -> None:
        raise NotImplementedError


def halves(rect: QRectF, fonts: Fonts) -> tuple[QRectF, QRectF]:
    """Return where the upper and the lower line of *rect* are."""
    upper, lower = QRectF(rect), QRectF(rect)
    upper.setBottom(rect.top() + QFontMetricsF(fonts.text).height())
    lower.setTop(upper.bottom())
    return upper, lower


def _paint_band(painter: QPainter, option: QStyleOptionViewItem) -> QColor:
    """Return what the row is painted on."""
    shades = colours(option.palette)
    if option.state & QStyle.State_Selected:
        painter.fillRect(option.rect, shades.own_bubble)
        return shades.own_bubble
    if option.state & QStyle.State_MouseOver:
        painter.fillRect(option.rect, shades.other_bubble)
        return shades.other_bubble
    return option.palette.color(QPalette.Base)
