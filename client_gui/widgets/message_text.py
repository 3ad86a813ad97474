"""The text of a message laid out: with its links and whom it names, and what of it is selected."""

from itertools import islice

from PyQt5.QtCore import QPointF
from PyQt5.QtGui import QFont, QPainter, QPalette, QTextCharFormat

from client_gui.items import Entry
from client_gui.links import Link, find_links
from client_gui.row_words import shown_text
from client_gui.widgets.colours import Colours
from client_gui.widgets.text_block import Mark, TextBlock, shown
from wire import names
from wire.mentions import mentions

MAX_CALLS = 20
"""How often our name stands out in one message: each costs Qt a look at the whole text."""

Span = tuple[int, int]
"""The characters that are selected: from where to before where."""


class MessageText(TextBlock):
    """Of *entry*, in lines of at most *width* pixels; *me* is the user name of whoever reads it."""

    def __init__(self, entry: Entry, font: QFont, width: float, me: str = "") -> None:
        text = shown_text(entry)
        said = "" if entry.deleted else shown(text)
        self.links: tuple[Link, ...] = find_links(said)
        calls = ((begin, end) for begin, end, key in mentions(said) if key == names.key(me))
        self._calls: list[Span] = list(islice(calls, MAX_CALLS)) if me else []
        font = QFont(font)
        font.setItalic(entry.deleted)
        underlined, bold = QTextCharFormat(), QTextCharFormat()
        underlined.setFontUnderline(True)
        bold.setFontWeight(QFont.Bold)
        marks = [
            *((link.start, link.end, underlined) for link in self.links),
            *((begin, end, bold) for begin, end in self._calls),
        ]
        super().__init__(text, font, width, marks)

    def link_at(self, point: QPointF) -> Link | None:
        """The link whose words are at *point*, seen from the top left."""
        position = self.character_at(point) if self.links else None
        if position is None:
            return None
        return next((link for link in self.links if link.start <= position < link.end), None)

    def paint_with(
        self, painter: QPainter, corner: QPointF, shades: Colours, palette: QPalette, span: Span
    ) -> None:
        """Paint it with the painter's pen; links and names stand out, and *span* is selected."""
        linked = QTextCharFormat()
        linked.setForeground(shades.accent_text)
        over: list[Mark] = [(link.start, link.end, linked) for link in self.links]
        over += [(begin, end, linked) for begin, end in self._calls]
        if span[0] < span[1]:
            selected = QTextCharFormat()
            selected.setBackground(palette.color(QPalette.Highlight))
            selected.setForeground(palette.color(QPalette.HighlightedText))
            over.append((*span, selected))
        self.paint(painter, corner, over)
