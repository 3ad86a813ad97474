"""Paints a place that one may go to: its sign, its names with what was typed, and the badges."""

from PyQt5.QtCore import QCoreApplication, QModelIndex, QRectF, QSize
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QTextCharFormat
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from client_gui.models.places import FOUND_ROLE
from client_gui.places import Found, Sort
from client_gui.widgets.badges import paint_badges, paint_online, paint_sign
from client_gui.widgets.colours import colours, readable_hue
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.marked_line import paint_line

_MARGIN = 8.0
_GAP = 8.0
_SPACE = 5.0

translate = QCoreApplication.translate


class PlaceDelegate(QStyledItemDelegate):
    """Every row is as high as the next one."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """Two lines, and some space."""
        fonts = Fonts.of(option.font)
        lines = QFontMetricsF(fonts.text).height() + QFontMetricsF(fonts.small).height()
        return QSize(option.rect.width(), round(lines + 2 * _SPACE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint the row, over a band if Enter would go there."""
        found: Found = index.data(FOUND_ROLE)
        fonts, palette = Fonts.of(option.font), option.palette
        painter.save()
        painter.setRenderHint(QPainter.Antialiasing)
        band = palette.color(QPalette.Base)
        if option.state & QStyle.State_Selected:
            band = colours(palette).own_bubble
            painter.fillRect(option.rect, band)
        rect = QRectF(option.rect).adjusted(_MARGIN, _SPACE, -_MARGIN, -_SPACE)
        square = QRectF(rect.left(), rect.top(), rect.height(), rect.height())
        paint_sign(painter, square, found.place.item, found.place.title, fonts)
        if found.place.online:
            paint_online(painter, square, palette)
        rect.setLeft(square.right() + _GAP)
        rect.setRight(_paint_end(painter, rect, found, palette, fonts))
        _paint_names(painter, rect, found, band, palette, fonts)
        painter.restore()


def _paint_end(
    painter: QPainter, rect: QRectF, found: Found, palette: QPalette, fonts: Fonts
) -> float:
    """Paint what stands at the right; return where what is left of *rect* ends."""
    if found.place.sort is not Sort.PUBLIC:
        return paint_badges(painter, rect, found.place.item, palette, fonts)
    words = translate("PlaceDelegate", "Join")
    width = QFontMetricsF(fonts.small).horizontalAdvance(words) + 1
    painter.setPen(colours(palette).muted)
    paint_line(
        painter, QRectF(rect.right() - width, rect.top(), width, rect.height()), words, fonts.small
    )
    return rect.right() - width - _GAP


def _paint_names(
    painter: QPainter, rect: QRectF, found: Found, band: QColor, palette: QPalette, fonts: Fonts
) -> None:
    shades = colours(palette)
    typed = QTextCharFormat()
    hue = palette.color(QPalette.Highlight).hueF()
    typed.setForeground(readable_hue(max(0.0, hue), band))
    typed.setFontWeight(QFont.Bold)
    upper, lower = QRectF(rect), QRectF(rect)
    upper.setBottom(rect.top() + QFontMetricsF(fonts.text).height())
    lower.setTop(upper.bottom())
    painter.setPen(shades.text)
    paint_line(painter, upper, found.place.title, fonts.text, found.in_title, typed)
    painter.setPen(shades.muted)
    paint_line(painter, lower, found.place.detail, fonts.small, found.in_detail, typed)
