"""Paints a room of the list: a round sign, the name, a line below it, and what is unread."""

from PyQt5.QtCore import QCoreApplication, QModelIndex, QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from client_gui.display import isolated
from client_gui.items import RoomItem
from client_gui.models.room_list import ONLINE_ROLE, ROOM_ROLE, counted, tip
from client_gui.rights import DIRECT, LOBBY
from client_gui.widgets.colours import READABLE, colours, contrast, mixed, name_colour, readable_hue
from client_gui.widgets.fonts import Fonts

_MARGIN = 8.0
_GAP = 8.0
_SPACE = 5.0
_BADGE_PADDING = 6.0
_DOT = 9.0
_GREEN = 1 / 3
_RED = 0.0

translate = QCoreApplication.translate

_ONE_LINE = int(Qt.AlignLeft | Qt.AlignVCenter | Qt.TextSingleLine)


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
        circle = QRectF(rect.left(), rect.top(), size, size)
        _paint_circle(painter, circle, item, index.data() or "", fonts)
        if index.data(ONLINE_ROLE):
            _paint_dot(painter, circle, palette)
        rect.setLeft(circle.right() + _GAP)
        rect.setRight(_paint_badges(painter, rect, item, palette, fonts))
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


def _paint_circle(
    painter: QPainter, circle: QRectF, item: RoomItem, title: str, fonts: Fonts
) -> None:
    white = QColor(Qt.white)
    painter.setPen(Qt.NoPen)
    painter.setBrush(name_colour(item.name if item.kind == DIRECT else item.room, white))
    if item.kind == DIRECT:
        painter.drawEllipse(circle)
    else:
        painter.drawRoundedRect(circle, circle.height() / 4, circle.height() / 4)
    letters = [character for character in title if character.isalnum()]
    sign = "★" if item.kind == LOBBY else (letters[0].upper() if letters else "#")
    painter.setFont(fonts.name)
    painter.setPen(white)
    painter.drawText(circle, int(Qt.AlignCenter | Qt.TextSingleLine), sign)


def _paint_dot(painter: QPainter, circle: QRectF, palette: QPalette) -> None:
    base = palette.color(QPalette.Base)
    dot = QRectF(0, 0, _DOT, _DOT)
    dot.moveBottomRight(circle.bottomRight() + QPointF(1, 1))
    painter.setPen(base)
    painter.setBrush(readable_hue(_GREEN, base))
    painter.drawEllipse(dot)


def _paint_badges(
    painter: QPainter, rect: QRectF, item: RoomItem, palette: QPalette, fonts: Fonts
) -> float:
    """Paint them at the right end of *rect*; return where what is left of it ends."""
    shades, right = colours(palette), rect.right()
    white = QColor(Qt.white)
    if item.unread:
        background = mixed(palette.color(QPalette.Base), shades.text, 0.18)
        pen = shades.text if contrast(shades.text, background) >= READABLE else white
        right = _badge(painter, rect, right, counted(item.unread), background, pen, fonts.small)
    if item.mentions:
        words = "@" if item.mentions == 1 else f"@{counted(item.mentions)}"
        background = readable_hue(_RED, white)
        right = _badge(painter, rect, right, words, background, white, fonts.name)
    return right


def _badge(
    painter: QPainter,
    rect: QRectF,
    right: float,
    words: str,
    background: QColor,
    pen: QColor,
    font: QFont,
) -> float:
    metrics = QFontMetricsF(font)
    height = metrics.height() + 2
    width = max(height, metrics.horizontalAdvance(words) + 2 * _BADGE_PADDING)
    badge = QRectF(right - width, rect.center().y() - height / 2, width, height)
    painter.setPen(Qt.NoPen)
    painter.setBrush(background)
    painter.drawRoundedRect(badge, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(pen)
    painter.drawText(badge, int(Qt.AlignCenter | Qt.TextSingleLine), words)
    return badge.left() - _GAP / 2


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
    name_font.setBold(bool(item.unread))
    upper, lower = QRectF(rect), QRectF(rect)
    upper.setBottom(rect.top() + QFontMetricsF(fonts.text).height())
    lower.setTop(upper.bottom())
    _line(painter, upper, title, name_font, palette.color(QPalette.Text))
    if item.has_draft:
        words = translate("RoomDelegate", "Draft")
        _line(painter, lower, words, fonts.small, readable_hue(_RED, band))
    else:
        _line(painter, lower, isolated(tip(item)), fonts.small, shades.muted)


def _line(painter: QPainter, rect: QRectF, words: str, font: QFont, pen: QColor) -> None:
    painter.setFont(font)
    painter.setPen(pen)
    painter.save()
    painter.setClipRect(rect)
    shown = QFontMetricsF(font).elidedText(words, Qt.ElideRight, rect.width())
    painter.drawText(rect, _ONE_LINE, shown)
    painter.restore()
