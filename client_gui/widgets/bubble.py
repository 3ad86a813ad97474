"""One message laid out for a width: where its parts are, and how to paint them. No model, no view.

From the top: the line of a new day, the name of who speaks (not over our own), and the bubble: the
message that it answers, the text, and at its end, on the same line if there is room, the time or
what became of the message. Below the bubble, the reactions.
"""

from PyQt5.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PyQt5.QtGui import QFont, QFontMetricsF, QPainter, QPalette

from client_gui.display import isolated, safe_sentence
from client_gui.items import Delivery, Entry
from client_gui.models.message_list import Heading, clock_time
from client_gui.row_words import shown_text, speaker
from client_gui.widgets.colours import Colours, colours, name_colour
from client_gui.widgets.day_line import DayLine
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.quote_block import QuoteBlock
from client_gui.widgets.reaction_chips import ReactionChips
from client_gui.widgets.text_block import TextBlock
from client_gui.widgets.touched import NOTHING, Part, Touched
from client_gui.words import refusal_words

_MARGIN = 12.0
_PADDING_X = 11.0
_PADDING_Y = 6.0
_RADIUS = 10.0
_GAP = 3.0
_GROUP_GAP = 10.0
_FOOTER_GAP = 10.0
_WIDEST = 640.0
_SHARE = 0.78
_NARROWEST = 80.0
_COMFORTABLE = 320.0
_INDENT = 24.0

translate = QCoreApplication.translate


class Bubble:
    """The layout of *entry* in a row of *width* pixels. Paint it anywhere, any number of times."""

    def __init__(self, entry: Entry, heading: Heading, width: float, fonts: Fonts) -> None:
        self._entry = entry
        self._width = width
        self._fonts = fonts
        self._small = QFontMetricsF(fonts.small)
        self._name_height = QFontMetricsF(fonts.name).height()
        self._shows_name = heading.starts_group and not entry.own
        self._footer = footer(entry)
        self._day = DayLine(heading.day, width, fonts)
        self._top = _GROUP_GAP if heading.starts_group else _GAP
        inner = self._inner_width()
        self._text = TextBlock(shown_text(entry), self._text_font(), inner)
        self._quote = QuoteBlock(entry.reply, inner, fonts) if entry.reply else None
        self._chips = ReactionChips(entry.reactions, inner + 2 * _PADDING_X, fonts)
        self._place_parts(inner)

    @property
    def height(self) -> float:
        """Pixels from the top of the row to its end."""
        return self._bubble.bottom() + self._chips.height

    def bubble_rect(self, origin: QPointF) -> QRectF:
        """Where the bubble is when the row begins at *origin*."""
        return self._bubble.translated(origin)

    def touched(self, point: QPointF) -> Touched:
        """What is at *point*, seen from the beginning of the row."""
        reaction = self._chips.reaction_at(point - self._chips_corner())
        if reaction is not None:
            return Touched(Part.REACTION, reaction)
        if not self._bubble.contains(point):
            return NOTHING
        on_quote = self._quote is not None and self._quote_rect().contains(point)
        return Touched(Part.QUOTE if on_quote else Part.BUBBLE)

    # --- laying out ------------------------------------------------------------------------------

    def _text_font(self) -> QFont:
        font = QFont(self._fonts.text)
        font.setItalic(self._entry.deleted)
        return font

    def _inner_width(self) -> float:
        row = self._width - 2 * _MARGIN
        # In a narrow window, a bubble takes nearly all of the row.
        room = min(_WIDEST, max(row * _SHARE, min(row - _INDENT, _COMFORTABLE)))
        return max(_NARROWEST, room - 2 * _PADDING_X)

    def _place_parts(self, inner: float) -> None:
        quote = self._quote.size if self._quote else QSizeF(0, 0)
        footer_width = min(inner, self._small.horizontalAdvance(self._footer))
        content = max(self._text.size.width(), quote.width(), footer_width)
        height = quote.height() + self._text.size.height()
        beside = self._text.last_line_width + _FOOTER_GAP + footer_width
        if beside <= inner:
            content = max(content, beside)
        else:
            height += self._small.height()
        size = QSizeF(content + 2 * _PADDING_X, height + 2 * _PADDING_Y)
        left = self._width - _MARGIN - size.width() if self._entry.own else _MARGIN
        self._name_top = self._top + self._day.height
        top = self._name_top + (self._name_height + 2.0 if self._shows_name else 0.0)
        self._bubble = QRectF(QPointF(left, top), size)
        self._text.fit(content)

    def _inside(self) -> QRectF:
        return self._bubble.adjusted(_PADDING_X, _PADDING_Y, -_PADDING_X, -_PADDING_Y)

    def _quote_rect(self) -> QRectF:
        height = self._quote.size.height() if self._quote else 0.0
        inside = self._inside()
        return QRectF(inside.topLeft(), QSizeF(inside.width(), height))

    def _chips_corner(self) -> QPointF:
        if self._entry.own:
            return QPointF(self._bubble.right() - self._chips.width, self._bubble.bottom())
        return self._bubble.bottomLeft()

    # --- painting --------------------------------------------------------------------------------

    def paint(self, painter: QPainter, origin: QPointF, palette: QPalette) -> None:
        """Paint the row, which begins at *origin*."""
        painter.save()
        painter.setRenderHint(QPainter.Antialiasing)
        self._day.paint(painter, origin + QPointF(0, self._top), palette)
        if self._shows_name:
            self._paint_name(painter, origin, palette)
        self._chips.paint(painter, origin + self._chips_corner(), palette)
        self._paint_bubble(painter, origin, palette)
        painter.restore()

    def _paint_name(self, painter: QPainter, origin: QPointF, palette: QPalette) -> None:
        room = self._width - 2 * _MARGIN
        rect = QRectF(_MARGIN + 2, self._name_top, room, self._name_height).translated(origin)
        name = speaker(self._entry)
        elided = QFontMetricsF(self._fonts.name).elidedText(name, Qt.ElideRight, room)
        painter.save()
        painter.setClipRect(rect)
        painter.setFont(self._fonts.name)
        painter.setPen(name_colour(self._entry.username, palette.color(QPalette.Base)))
        painter.drawText(rect, int(Qt.AlignLeft | Qt.AlignVCenter | Qt.TextSingleLine), elided)
        painter.restore()

    def _paint_bubble(self, painter: QPainter, origin: QPointF, palette: QPalette) -> None:
        shades, rect = colours(palette), self.bubble_rect(origin)
        refused = self._entry.delivery is Delivery.REFUSED
        painter.setBrush(shades.own_bubble if self._entry.own else shades.other_bubble)
        painter.setPen(self._outline(shades))
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
        inside = self._inside().translated(origin)
        # Five hundred accents on one letter would otherwise be painted over the neighbours.
        painter.setClipRect(rect)
        quote = self._quote_rect().translated(origin)
        if self._quote is not None:
            self._quote.paint(painter, quote, palette)
        faint = self._entry.delivery is Delivery.PENDING or self._entry.deleted
        painter.setPen(shades.muted if faint else shades.text)
        self._text.paint(painter, quote.bottomLeft())
        painter.setFont(self._fonts.small)
        painter.setPen(shades.error if refused else shades.muted)
        below = QRectF(inside.bottomLeft(), QSizeF(inside.width(), self._small.height()))
        below.moveBottom(inside.bottom())
        shown = self._small.elidedText(self._footer, Qt.ElideRight, below.width() + 1)
        painter.drawText(below, int(Qt.AlignRight | Qt.AlignVCenter | Qt.TextSingleLine), shown)

    def _outline(self, shades: Colours) -> object:
        if self._entry.delivery is Delivery.REFUSED:
            return shades.error
        return shades.accent if self._entry.mentions_me else Qt.NoPen


def footer(entry: Entry) -> str:
    """What stands at the end of a message: its time, or what became of it."""
    if entry.delivery is Delivery.PENDING or entry.changing:
        return translate("Bubble", "sending…")
    if entry.delivery is Delivery.STORED:
        time = clock_time(entry.time)
        return translate("Bubble", "edited %1").replace("%1", time) if entry.edited else time
    why = refusal_words(entry.reason, entry.detail)
    if entry.retryable:
        words = translate("Bubble", "Not sent: %1. Click to try again.")
    else:
        words = translate("Bubble", "Not sent: %1.")
    return words.replace("%1", isolated(safe_sentence(why)))
