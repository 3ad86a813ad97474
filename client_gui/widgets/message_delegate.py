"""Paints a row of the message list, and remembers how it was laid out."""

from collections import OrderedDict

from PyQt5.QtCore import QModelIndex, QPoint, QPointF, QRectF, QSize
from PyQt5.QtGui import QPainter
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from client_gui.items import Entry
from client_gui.models.message_list import ENTRY_ROLE, HEADING_ROLE, Heading
from client_gui.widgets.bubble import Bubble
from client_gui.widgets.colours import colours
from client_gui.widgets.compact_row import CompactRow
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.message_row import MessageRow
from client_gui.widgets.notice_line import NoticeLine
from client_gui.widgets.text_selection import TextSelection
from client_gui.widgets.touched import Touched

BUBBLES, COMPACT = "bubbles", "compact"
"""The layouts there are."""

MAX_LAID_OUT = 500
"""Layouts kept: a few windows full, so that scrolling to and fro lays nothing out twice."""

_Key = tuple[Entry, Heading, int, str]

Row = MessageRow | NoticeLine


class MessageDelegate(QStyledItemDelegate):
    """A message or a notice for each row. How it is laid out depends on the message, the width and
    the font, and is remembered by all three. What of *selection* is in a row is painted as that.
    """

    def __init__(self, selection: TextSelection) -> None:
        super().__init__()
        self._selection = selection
        self._message: type[MessageRow] = Bubble
        self._me = ""
        self._laid_out: OrderedDict[_Key, Row] = OrderedDict()

    def set_layout(self, layout: str) -> None:
        """Lay messages out as ``BUBBLES`` or ``COMPACT`` from here on."""
        self._message = CompactRow if layout == COMPACT else Bubble
        self.forget_layouts()

    def set_me(self, username: str) -> None:
        """What names *username* stands out."""
        if username != self._me:
            self._me = username
            self.forget_layouts()

    def forget_layouts(self) -> None:
        """Everything is to be laid out anew."""
        self._laid_out.clear()

    def bubble(self, option: QStyleOptionViewItem, index: QModelIndex) -> Row:
        """The layout of the row at *index* for the width and font of *option*."""
        entry: Entry = index.data(ENTRY_ROLE)
        heading: Heading = index.data(HEADING_ROLE)
        key = (entry, heading, option.rect.width(), option.font.key())
        row = self._laid_out.get(key)
        if row is None:
            row = self._laid_out[key] = self._lay_out(entry, heading, option)
            if len(self._laid_out) > MAX_LAID_OUT:
                self._laid_out.popitem(last=False)
        else:
            self._laid_out.move_to_end(key)
        return row

    def _lay_out(self, entry: Entry, heading: Heading, option: QStyleOptionViewItem) -> Row:
        width, fonts = option.rect.width(), Fonts.of(option.font)
        if entry.notice:
            return NoticeLine(entry, heading, width, fonts)
        return self._message(entry, heading, width, fonts, self._me)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """The width given, and the height that the message needs in it."""
        return QSize(option.rect.width(), round(self.bubble(option, index).height + 0.5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint the row, over a band if it is selected."""
        if option.state & QStyle.State_Selected:
            painter.fillRect(option.rect, colours(option.palette).selection)
        row, span = self.bubble(option, index), self._selection.span(index)
        row.paint(painter, QPointF(option.rect.topLeft()), option.palette, span)

    def bubble_rect(self, option: QStyleOptionViewItem, index: QModelIndex) -> QRectF:
        """Where the message of the row at *index* is."""
        return self.bubble(option, index).bubble_rect(QPointF(option.rect.topLeft()))

    def touched(self, option: QStyleOptionViewItem, index: QModelIndex, point: QPoint) -> Touched:
        """What of the row at *index* is at *point*."""
        return self.bubble(option, index).touched(QPointF(point - option.rect.topLeft()))
