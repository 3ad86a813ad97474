"""The signs of a room, painted: the round one with a letter, and the badges of what is unread."""

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPalette, QPen

from client_gui.items import RoomItem
from client_gui.models.room_list import counted
from client_gui.rights import DIRECT, LOBBY
from client_gui.widgets.colours import READABLE, colours, contrast, mixed, name_colour, readable_hue
from client_gui.widgets.fonts import Fonts

_GAP = 4.0
_PADDING = 6.0
_DOT = 9.0
_MARK = 11.0
_STROKE = 1.4
_FAINT = 0.12
_GREEN = 1 / 3
_RED = 0.0

_CENTRED = int(Qt.AlignCenter | Qt.TextSingleLine)


def paint_sign(painter: QPainter, square: QRectF, item: RoomItem, title: str, fonts: Fonts) -> None:
    """Paint the sign of *item*: round for a person, with the first letter of the *title*."""
    white = QColor(Qt.white)
    painter.setPen(Qt.NoPen)
    painter.setBrush(name_colour(item.name if item.kind == DIRECT else item.room, white))
    if item.kind == DIRECT:
        painter.drawEllipse(square)
    else:
        painter.drawRoundedRect(square, square.height() / 4, square.height() / 4)
    letters = [character for character in title if character.isalnum()]
    sign = "★" if item.kind == LOBBY else (letters[0].upper() if letters else "#")
    painter.setFont(fonts.name)
    painter.setPen(white)
    painter.drawText(square, _CENTRED, sign)


def paint_online(painter: QPainter, square: QRectF, palette: QPalette) -> None:
    """Paint the dot of somebody who is online at the corner of their sign."""
    base = palette.color(QPalette.Base)
    dot = QRectF(0, 0, _DOT, _DOT)
    dot.moveBottomRight(square.bottomRight() + QPointF(1, 1))
    painter.setPen(base)
    painter.setBrush(readable_hue(_GREEN, base))
    painter.drawEllipse(dot)


def paint_badges(
    painter: QPainter, rect: QRectF, item: RoomItem, palette: QPalette, fonts: Fonts
) -> float:
    """Paint what is unread at the right end of *rect*; return where what is left of it ends. What
    names us looks the same in a muted room, the rest is faint there."""
    right = rect.right()
    if item.unread > item.mentions:
        background, pen = _faint(palette) if item.muted else _accent(palette)
        font = fonts.small if item.muted else fonts.name
        right = _badge(painter, rect, right, counted(item.unread), background, pen, font)
    if item.mentions:
        words = "@" if item.mentions == 1 else f"@{counted(item.mentions)}"
        white = QColor(Qt.white)
        right = _badge(painter, rect, right, words, readable_hue(_RED, white), white, fonts.name)
    return right


def paint_marks(painter: QPainter, rect: QRectF, item: RoomItem, palette: QPalette) -> float:
    """Paint at the right end of *rect* that *item* is muted or pinned; return where what is left of
    it ends. Where there is no room, it is not painted."""
    right = rect.right()
    for is_so, paint in ((item.muted, _paint_crossed_bell), (item.pinned, _paint_pin)):
        if is_so and right - _MARK > rect.left():
            square = QRectF(right - _MARK, rect.center().y() - _MARK / 2, _MARK, _MARK)
            painter.setPen(QPen(colours(palette).muted, _STROKE, cap=Qt.RoundCap))
            painter.setBrush(Qt.NoBrush)
            paint(painter, square)
            right = square.left() - _GAP
    return right


def _paint_pin(painter: QPainter, square: QRectF) -> None:
    head = QRectF(square.center().x() - 3, square.top(), 6, 6)
    painter.drawLine(QPointF(square.center().x(), head.bottom()), square.center() + QPointF(0, 6))
    painter.setBrush(painter.pen().color())
    painter.drawEllipse(head)


def _paint_crossed_bell(painter: QPainter, square: QRectF) -> None:
    bell = QPainterPath(square.bottomLeft() + QPointF(1.5, -3))
    bell.quadTo(
        square.topLeft() + QPointF(2.5, 0), QPointF(square.center().x(), square.top() + 0.5)
    )
    bell.quadTo(square.topRight() + QPointF(-2.5, 0), square.bottomRight() + QPointF(-1.5, -3))
    bell.closeSubpath()
    painter.drawPath(bell)
    painter.drawLine(square.topLeft(), square.bottomRight())


def _accent(palette: QPalette) -> tuple[QColor, QColor]:
    white, hue = QColor(Qt.white), palette.color(QPalette.Highlight).hueF()
    return readable_hue(max(0.0, hue), white), white


def _faint(palette: QPalette) -> tuple[QColor, QColor]:
    shades = colours(palette)
    background = mixed(palette.color(QPalette.Base), shades.text, _FAINT)
    readable = contrast(shades.muted, background) >= READABLE
    return background, shades.muted if readable else shades.text


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
    width = max(height, metrics.horizontalAdvance(words) + 2 * _PADDING)
    badge = QRectF(right - width, rect.center().y() - height / 2, width, height)
    painter.setPen(Qt.NoPen)
    painter.setBrush(background)
    painter.drawRoundedRect(badge, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(pen)
    painter.drawText(badge, _CENTRED, words)
    return badge.left() - _GAP
