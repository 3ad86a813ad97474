"""Painting into an image, to see what pixels a part touches."""

from collections.abc import Callable

from PyQt5.QtCore import QRect, Qt
from PyQt5.QtGui import QImage, QPainter


def painted(paint: Callable[[QPainter], object], width: int = 500, height: int = 300) -> QImage:
    """What *paint* leaves on white."""
    image = QImage(width, height, QImage.Format_RGB32)
    image.fill(Qt.white)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def touched(image: QImage) -> QRect:
    """The smallest rectangle that has everything painted in it; empty if nothing is."""
    white, found = image.pixel(image.width() - 1, image.height() - 1), QRect()
    for y in range(image.height()):
        for x in range(image.width()):
            if image.pixel(x, y) != white:
                found = found.united(QRect(x, y, 1, 1))
    return found
