"""One message laid out for a width: its parts, and what of it is where. No model, no view.

The parts are the same in every arrangement: lines above the row, the name of who speaks, what the
message answers, its text, what became of it, and the reactions. An arrangement inherits this, and
says where they stand and what is painted around them.
"""

from PyQt5.QtCore import QPointF, QRectF, QSizeF, Qt
from PyQt5.QtGui import QFontMetricsF, QPainter, QPalette

from client_gui.items import Delivery, Entry
from client_gui.models.message_list import Heading
from client_gui.row_words import speaker
from client_gui.widgets.colours import Colours, colours, name_colour
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.lines_above import LinesAbove
from client_gui.widgets.message_text import MessageText, Span
from client_gui.widgets.quote_block import QuoteBlock
from client_gui.widgets.reaction_chips import ReactionChips
from client_gui.widgets.touched import NOTHING, Part, Touched

NOTHING_SELECTED: Span = (0, 0)
STRIPE = 3.0
"""Pixels of the stripe beside a message that names us."""

_FOOTER_GAP = 10.0
_GAP = 3.0
_GROUP_GAP = 10.0
_ONE_LINE = int(Qt.AlignLeft | Qt.AlignVCenter | Qt.TextSingleLine)


class MessageRow:
    """The layout of *entry* in a row of *width* pixels, as *me* reads it. Paint it anywhere, any
    number of times.

    Attributes:
        height: pixels from the top of the row to its end.
        text: the message's text, laid out.
    """

    SPACES = (_GAP, _GROUP_GAP)
    """Pixels above a message of the same person, and above one of another."""

    BESIDE_TEXT = 0.0
    """Pixels at the sides of the text that the reactions may take as well."""

    def __init__(
        self, entry: Entry, heading: Heading, width: float, fonts: Fonts, me: str = ""
    ) -> None:
        self.entry, self._heading = entry, heading
        self._width, self._fonts = width, fonts
        self._small = QFontMetricsF(fonts.small)
        self._name_height = QFontMetricsF(fonts.name).height()
        self._above = LinesAbove(heading, width, fonts)
        self._above_top = self.SPACES[heading.starts_group]
        self._footer = self.footer_words()
        inner = self.inner_width()
        self.text = MessageText(entry, fonts.text, inner, me)
        self._quote = QuoteBlock(entry.reply, inner, fonts) if entry.reply else None
        self._chips = ReactionChips(entry.reactions, inner + self.BESIDE_TEXT, fonts)
        self._name_rect = QRectF()
        self._body = QRectF()
        self._inside = QRectF()
        self._chips_corner = QPointF()
        self.place(inner)
        self.height = self._body.bottom() + self._chips.height

    # --- what an arrangement says ----------------------------------------------------------------

    def footer_words(self) -> str:
        """What stands at the end of the text."""
        raise NotImplementedError

    def inner_width(self) -> float:
        """Pixels for the text at the most."""
        raise NotImplementedError

    def place(self, inner: float) -> None:
        """Say where the parts are: the name, the body, its inside, and the reactions."""
        raise NotImplementedError

    def paint_around(self, painter: QPainter, shades: Colours, palette: QPalette) -> None:
        """Paint what is behind the text and beside it."""
        raise NotImplementedError

    # --- laying out ------------------------------------------------------------------------------

    @property
    def _top(self) -> float:
        """Where the message itself begins, below the lines above it."""
        return self._above_top + self._above.height

    def _content_size(self, inner: float) -> QSizeF:
        """What quote, text and footer take together: the footer on the last line if it fits."""
        quote = self._quote.size if self._quote else QSizeF(0, 0)
        content = max(self.text.size.width(), quote.width())
        height = quote.height() + self.text.size.height()
        if self._footer:
            footer_width = min(inner, self._small.horizontalAdvance(self._footer))
            beside = self.text.last_line_width + _FOOTER_GAP + footer_width
            if beside <= inner:
                content = max(content, beside)
            else:
                content = max(content, footer_width)
                height += self._small.height()
        return QSizeF(content, height)

    def _quote_rect(self) -> QRectF:
        height = self._quote.size.height() if self._quote else 0.0
        return QRectF(self._inside.topLeft(), QSizeF(self._inside.width(), height))

    def _text_corner(self) -> QPointF:
        # Between two pixels, Qt loses the colours of links on all lines but one.
        return QPointF(self._quote_rect().bottomLeft().toPoint())

    # --- what is where ---------------------------------------------------------------------------

    def bubble_rect(self, origin: QPointF) -> QRectF:
        """Where the message is when the row begins at *origin*."""
        return self._body.translated(origin)

    def touched(self, point: QPointF) -> Touched:
        """What is at *point*, seen from the beginning of the row."""
        reaction = self._chips.reaction_at(point - self._chips_corner)
        if reaction is not None:
            return Touched(Part.REACTION, reaction)
        if not self._body.contains(point):
            return NOTHING
        if self._quote is not None and self._quote_rect().contains(point):
            return Touched(Part.QUOTE)
        link = self.text.link_at(point - self._text_corner())
        return Touched(Part.LINK, link=link) if link else Touched(Part.BUBBLE)

    def position_at(self, point: QPointF) -> int:
        """The place in the text that is nearest to *point*, seen from the beginning of the row."""
        return self.text.position_at(point - self._text_corner())

    # --- painting --------------------------------------------------------------------------------

    def paint(
        self,
        painter: QPainter,
        origin: QPointF,
        palette: QPalette,
        span: Span = NOTHING_SELECTED,
    ) -> None:
        """Paint the row, which begins at *origin*, with *span* of its text selected."""
        shades = colours(palette)
        painter.save()
        painter.translate(origin)
        painter.setRenderHint(QPainter.Antialiasing)
        self._above.paint(painter, QPointF(0, self._above_top), palette)
        self._chips.paint(painter, self._chips_corner, palette)
        self.paint_around(painter, shades, palette)
        if not self._name_rect.isEmpty():
            self._paint_name(painter, palette)
        # Five hundred accents on one letter would otherwise be painted over the neighbours.
        painter.setClipRect(self._body)
        if self._quote is not None:
            self._quote.paint(painter, self._quote_rect(), palette)
        faint = self.entry.delivery is Delivery.PENDING or self.entry.deleted
        painter.setPen(shades.muted if faint else shades.text)
        self.text.paint_with(painter, self._text_corner(), shades, palette, span)
        self._paint_footer(painter, shades)
        painter.restore()

    def _paint_name(self, painter: QPainter, palette: QPalette) -> None:
        rect, name = self._name_rect, speaker(self.entry)
        elided = QFontMetricsF(self._fonts.name).elidedText(name, Qt.ElideRight, rect.width())
        painter.save()
        painter.setClipRect(rect)
        painter.setFont(self._fonts.name)
        painter.setPen(name_colour(self.entry.username, palette.color(QPalette.Base)))
        painter.drawText(rect, _ONE_LINE, elided)
        painter.restore()

    def _paint_footer(self, painter: QPainter, shades: Colours) -> None:
        refused = self.entry.delivery is Delivery.REFUSED
        painter.setFont(self._fonts.small)
        painter.setPen(shades.error if refused else shades.muted)
        below = QRectF(self._inside.left(), 0, self._inside.width(), self._small.height())
        below.moveBottom(self._inside.bottom())
        shown = self._small.elidedText(self._footer, Qt.ElideRight, below.width() + 1)
        painter.drawText(below, int(Qt.AlignRight | Qt.AlignVCenter | Qt.TextSingleLine), shown)
