"""Paints a room of the list: its sign, the name, a line below it, its marks, and what is unread."""

from PyQt5.QtCore import QCoreApplication, QModelIndex, QRectF
from PyQt5.QtGui import QFont, QPainter

from client_gui.display import isolated
from client_gui.items import RoomItem
from client_gui.models.room_list import ONLINE_ROLE, ROOM_ROLE, tip
from client_gui.widgets.badges import paint_badges, paint_marks
from client_gui.widgets.colours import colours, readable_hue
from client_gui.widgets.marked_line import paint_line
from client_gui.widgets.sign_delegate import Look, SignDelegate, halves

_RED = 0.0

translate = QCoreApplication.translate


class RoomDelegate(SignDelegate):
    """A room that we are in; the chosen one is the one in sight."""

    def _who(self, index: QModelIndex) -> tuple[RoomItem, str, bool]:
        return index.data(ROOM_ROLE), index.data() or "", bool(index.data(ONLINE_ROLE))

    def _paint_lines(self, painter: QPainter, rect: QRectF, index: QModelIndex, look: Look) -> None:
        item: RoomItem = index.data(ROOM_ROLE)
        shades = colours(look.palette)
        name_font = QFont(look.fonts.text)
        name_font.setBold(bool(item.mentions or (item.unread and not item.muted)))
        upper, lower = halves(rect, look.fonts)
        upper.setRight(paint_marks(painter, upper, item, look.palette))
        lower.setRight(paint_badges(painter, lower, item, look.palette, look.fonts))
        painter.setPen(shades.muted if item.muted else shades.text)
        paint_line(painter, upper, index.data() or "", name_font)
        words = translate("RoomDelegate", "Draft") if item.has_draft else isolated(tip(item))
        painter.setPen(readable_hue(_RED, look.band) if item.has_draft else shades.muted)
        paint_line(painter, lower, words, look.fonts.small)
