"""Paints a room of the list: its sign, the name, a line below it, its marks, and what is unread."""

from PyQt5.QtCore import QCoreApplication, QModelIndex, QRectF, QSize
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from client_gui.display import isolated
from client_gui.items import RoomItem
from client_gui.models.room_list import ONLINE_ROLE, ROOM_ROLE, tip
from client_gui.widgets.badges import paint_badges, paint_marks, paint_online, paint_sign
from client_gui.widgets.colours import colours, readable_hue
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.marked_line import paint_line

_MARGIN = 8.0
_GAP = 8.0
_SPACE = 5.0
_RED = 0.0

translate = QCoreApplication.translate


class RoomDelegate(QStyledItemDelegate):
    """Every row is as high as the next one."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """Two lines, and some space."""
        fonts = Fonts.of(option.font)
        lines = QFontMetricsF(fonts.text).height() + QFontMetricsF(fonts.small).height()
        return QSize(option.rect.width(), round(lines + 2 * _SPACE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint the row, over a band if it is the room in sight."""
        item: RoomItem = index.data(ROOM_ROLE)
        fonts, palette = Fonts.of(option.font), option.palette
        painter.save()
        painter.setRenderHint(QPainter.Antialiasing)
        band = self._paint_band(painter, option)
        rect = QRectF(option.rect).adjusted(_MARGIN, _SPACE, -_MARGIN, -_SPACE)
        size = rect.height()
        square = QRectF(rect.left(), rect.top(), size, size)
        paint_sign(painter, square, item, index.data() or "", fonts)
        if index.data(ONLINE_ROLE):
            paint_online(painter, square, palette)
        rect.setLeft(square.right() + _GAP)
        _paint_lines(painter, rect, item, index.data() or "", band, palette, fonts)
        painter.restore()

    def _paint_band(self, painter: QPainter, option: QStyleOptionViewItem) -> QColor:
        """Return what the row is painted on."""
        shades = colours(option.palette)
        if option.state & QStyle.State_Selected:
            painter.fillRect(option.rect, shades.own_bubble)
            return shades.own_bubble
        if option.state & QStyle.State_MouseOver:
            painter.fillRect(option.rect, shades.other_bubble)
            return shades.other_bubble
        return option.palette.color(QPalette.Base)


def _paint_lines(
    painter: QPainter,
    rect: QRectF,
    item: RoomItem,
    title: str,
    band: QColor,
    palette: QPalette,
    fonts: Fonts,
) -> None:
    shades = colours(palette)
    name_font = QFont(fonts.text)
    name_font.setBold(bool(item.mentions or (item.unread and not item.muted)))
    upper, lower = QRectF(rect), QRectF(rect)
    upper.setBottom(rect.top() + QFontMetricsF(fonts.text).height())
    lower.setTop(upper.bottom())
    upper.setRight(paint_marks(painter, upper, item, palette))
    lower.setRight(paint_badges(painter, lower, item, palette, fonts))
    painter.setPen(shades.muted if item.muted else shades.text)
    paint_line(painter, upper, title, name_font)
    words = translate("RoomDelegate", "Draft") if item.has_draft else isolated(tip(item))
    painter.setPen(readable_hue(_RED, band) if item.has_draft else shades.muted)
    paint_line(painter, lower, words, fonts.small)
