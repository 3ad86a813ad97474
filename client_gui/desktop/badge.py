"""The program's icon with a number on it, to be read at 16 pixels, on a panel light or dark."""

from PyQt5.QtCore import QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPixmap, QTransform

from client_gui.widgets.colours import mixed, readable_hue

SIZES = (16, 22, 24, 32, 44, 48, 64, 96)
"""Sides of the pictures in pixels: what panels ask for, at one and at two pixels for each point."""

MOST = 99
"""What is more is shown as a plus: three digits cannot be read at 16 pixels."""

_RED, _BLUE = 0.0, 0.6
_DARK = QColor(Qt.black)
_HEIGHT = 0.62
"""Of the number's plate, as a share of the icon."""
_RING = 1 / 16
"""Around the plate nothing is painted, so that it stands out from the icon on any panel."""
_DIGITS = 0.74
"""Their height, as a share of the plate's."""


def badge_colour(urgent: bool) -> QColor:
    """What white digits are painted on."""
    white = QColor(Qt.white)
    # The icon is blue itself.
    return readable_hue(_RED, white) if urgent else mixed(readable_hue(_BLUE, white), _DARK, 0.5)


def badge_text(count: int) -> str:
    """What is written for *count*; nothing for none."""
    if count <= 0:
        return ""
    return str(count) if count <= MOST else "+"


def counted_icon(icon: QIcon, count: int, urgent: bool) -> QIcon:
    """Return *icon* with *count* on it; *urgent*: something among it names us."""
    counted = QIcon()
    for size in SIZES:
        counted.addPixmap(_counted(icon, size, badge_text(count), badge_colour(urgent)))
    return counted


def _counted(icon: QIcon, size: int, text: str, colour: QColor) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.Antialiasing)
    painter.setRenderHint(QPainter.SmoothPixmapTransform)
    source = icon.pixmap(icon.actualSize(QSize(256, 256)))
    source.setDevicePixelRatio(1)
    painter.drawPixmap(QRectF(0, 0, size, size), source, QRectF(source.rect()))
    if text:
        _paint_badge(painter, size, text, colour)
    painter.end()
    return picture


def _paint_badge(painter: QPainter, size: int, text: str, colour: QColor) -> None:
    digits = _digits(text, size * _HEIGHT * _DIGITS)
    height = size * _HEIGHT
    width = min(float(size), max(height, digits.boundingRect().width() + height * 0.4))
    plate = QRectF(size - width, size - height, width, height)
    ring = max(1.0, size * _RING)
    painter.setPen(Qt.NoPen)
    painter.setCompositionMode(QPainter.CompositionMode_Clear)
    painter.setBrush(Qt.black)
    painter.drawRoundedRect(
        plate.adjusted(-ring, -ring, 0, 0), height / 2 + ring, height / 2 + ring
    )
    painter.setCompositionMode(QPainter.CompositionMode_SourceOver)
    painter.setBrush(colour)
    painter.drawRoundedRect(plate, height / 2, height / 2)
    painter.setBrush(Qt.white)
    painter.translate(plate.center() - digits.boundingRect().center())
    painter.drawPath(digits)


def _digits(text: str, height: float) -> QPainterPath:
    """*text* as a shape: a font's own sizes and margins differ from one system to the next."""
    font = QFont()
    font.setBold(True)
    font.setPixelSize(100)
    path = QPainterPath()
    path.addText(QPointF(0, 0), font, text)
    tall = QPainterPath()
    tall.addText(QPointF(0, 0), font, "0")
    scale = height / max(1.0, tall.boundingRect().height())
    return QTransform.fromScale(scale, scale).map(path)
