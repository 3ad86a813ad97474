"""Paints a place that one may go to: its sign, its names with what was typed, and the badges."""

from PyQt5.QtCore import QCoreApplication, QModelIndex, QRectF
from PyQt5.QtGui import QFont, QFontMetricsF, QPainter, QPalette, QTextCharFormat

from client_gui.items import RoomItem
from client_gui.models.places import FOUND_ROLE
from client_gui.places import Found, Sort
from client_gui.widgets.badges import paint_badges
from client_gui.widgets.colours import colours, readable_hue
from client_gui.widgets.marked_line import paint_line
from client_gui.widgets.sign_delegate import GAP, Look, SignDelegate, halves

translate = QCoreApplication.translate


class PlaceDelegate(SignDelegate):
    """A place; Enter goes to the chosen one."""

    def _who(self, index: QModelIndex) -> tuple[RoomItem, str, bool]:
        place = index.data(FOUND_ROLE).place
        return place.item, place.title, place.online

    def _paint_lines(self, painter: QPainter, rect: QRectF, index: QModelIndex, look: Look) -> None:
        found: Found = index.data(FOUND_ROLE)
        rect.setRight(_paint_end(painter, rect, found, look))
        shades = colours(look.palette)
        typed = QTextCharFormat()
        hue = look.palette.color(QPalette.Highlight).hueF()
        typed.setForeground(readable_hue(max(0.0, hue), look.band))
        typed.setFontWeight(QFont.Bold)
        upper, lower = halves(rect, look.fonts)
        painter.setPen(shades.text)
        paint_line(painter, upper, found.place.title, look.fonts.text, found.in_title, typed)
        painter.setPen(shades.muted)
        paint_line(painter, lower, found.place.detail, look.fonts.small, found.in_detail, typed)


def _paint_end(painter: QPainter, rect: QRectF, found: Found, look: Look) -> float:
    """Paint what stands at the right; return where what is left of *rect* ends."""
    if found.place.sort is not Sort.PUBLIC:
        return paint_badges(painter, rect, found.place.item, look.palette, look.fonts)
    words = translate("PlaceDelegate", "Join")
    width = QFontMetricsF(look.fonts.small).horizontalAdvance(words) + 1
    painter.setPen(colours(look.palette).muted)
    area = QRectF(rect.right() - width, rect.top(), width, rect.height())
    paint_line(painter, area, words, look.fonts.small)
    return rect.right() - width - GAP
