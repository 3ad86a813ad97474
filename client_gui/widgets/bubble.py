"""One message laid out for a width: where its parts are, and how to paint them. No model, no view.

From the top: the line of a new day, the name of who speaks (not over our own), and the bubble: the
text, and at its end, on the same line if there is room, the time or what became of the message.
"""

from dataclasses import dataclass

from PyQt5.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PyQt5.QtGui import QFont, QFontMetricsF, QPainter, QPalette, QTextLayout, QTextOption

from client_gui.changes import Delivery, Entry
from client_gui.display import isolated, laid_out, safe_sentence
from client_gui.models.message_list import Heading, clock_time, speaker
from client_gui.widgets.colours import Colours, colours, name_colour
from client_gui.words import refusal_words

MAX_LINES = 400
"""Lines of one message that are shown, so that line feeds build no wall. Copying takes all."""

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
_SMALL = 0.85

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of a message."""

    text: QFont
    name: QFont
    small: QFont

    @classmethod
    def of(cls, font: QFont) -> "Fonts":
        """Derive them from the view's *font*."""
        name, small = QFont(font), QFont(font)
        name.setBold(True)
        if font.pointSizeF() > 0:
            name.setPointSizeF(font.pointSizeF() * _SMALL)
            small.setPointSizeF(font.pointSizeF() * _SMALL)
        return cls(font, name, small)


class Bubble:
    """The layout of *entry* in a row of *width* pixels. Paint it anywhere, any number of times."""

    def __init__(self, entry: Entry, heading: Heading, width: float, fonts: Fonts) -> None:
        self._entry = entry
        self._heading = heading
        self._width = width
        self._fonts = fonts
        self._small = QFontMetricsF(fonts.small)
        self._name_height = QFontMetricsF(fonts.name).height()
        self._footer = footer(entry)
        self._layout, self._text_size = self._lay_text_out()
        self._place_parts()

    @property
    def height(self) -> float:
        """Pixels from the top of the row to its end."""
        return self._bubble.bottom()

    def bubble_rect(self, origin: QPointF) -> QRectF:
        """Where the bubble is when the row begins at *origin*."""
        return self._bubble.translated(origin)

    # --- laying out ------------------------------------------------------------------------------

    def _inner_width(self) -> float:
        row = self._width - 2 * _MARGIN
        # In a narrow window, a bubble takes nearly all of the row.
        room = min(_WIDEST, max(row * _SHARE, min(row - _INDENT, _COMFORTABLE)))
        return max(_NARROWEST, room - 2 * _PADDING_X)

    def _lay_text_out(self) -> tuple[QTextLayout, QSizeF]:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirectionAuto)
        layout = QTextLayout(laid_out(self._entry.text), self._fonts.text)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        width, height = 0.0, 0.0
        layout.beginLayout()
        for _ in range(MAX_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self._inner_width())
            line.setPosition(QPointF(0, height))
            height += line.height()
            width = max(width, line.naturalTextWidth())
        layout.endLayout()
        return layout, QSizeF(width, height)

    def _place_parts(self) -> None:
        top = self._place_headings()
        inner = self._inner_width()
        footer_width = min(inner, self._small.horizontalAdvance(self._footer))
        content = max(self._text_size.width(), footer_width)
        height = self._text_size.height()
        beside = self._last_line_width() + _FOOTER_GAP + footer_width
        if beside <= inner:
            content = max(content, beside)
        else:
            height += self._small.height()
        size = QSizeF(content + 2 * _PADDING_X, height + 2 * _PADDING_Y)
        left = self._width - _MARGIN - size.width() if self._entry.own else _MARGIN
        self._bubble = QRectF(QPointF(left, top), size)
        self._fit_lines(content)

    def _place_headings(self) -> float:
        """Return where the bubble begins, below the day and the name."""
        top = _GROUP_GAP if self._heading.starts_group else _GAP
        self._day_top = top
        if self._heading.day:
            top += self._small.height() + 2 * _GROUP_GAP
        self._name_top = top
        if self._shows_name():
            top += self._name_height + 2.0
        return top

    def _shows_name(self) -> bool:
        return self._heading.starts_group and not self._entry.own

    def _last_line_width(self) -> float:
        count = self._layout.lineCount()
        if not count:
            return 0.0
        rect = self._layout.lineAt(count - 1).naturalTextRect()
        # A line that runs from right to left ends where the footer would stand.
        return float(rect.right()) if rect.left() < 1.0 else self._inner_width()

    def _fit_lines(self, width: float) -> None:
        """Bring lines that were aligned to the widest room to the bubble's own width."""
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            left = line.naturalTextRect().left()
            if left > 1.0:
                line.setPosition(QPointF(width - self._inner_width(), line.y()))

    # --- painting --------------------------------------------------------------------------------

    def paint(self, painter: QPainter, origin: QPointF, palette: QPalette) -> None:
        """Paint the row, which begins at *origin*."""
        shades = colours(palette)
        painter.save()
        painter.setRenderHint(QPainter.Antialiasing)
        if self._heading.day:
            self._paint_day(painter, origin, shades)
        if self._shows_name():
            self._paint_name(painter, origin, palette)
        self._paint_bubble(painter, origin, shades)
        painter.restore()

    def _paint_day(self, painter: QPainter, origin: QPointF, shades: Colours) -> None:
        height = self._small.height() + 2 * _GAP
        width = self._small.horizontalAdvance(self._heading.day) + 2 * _PADDING_X
        rect = QRectF((self._width - width) / 2, self._day_top, width, height).translated(origin)
        painter.setPen(Qt.NoPen)
        painter.setBrush(shades.other_bubble)
        painter.drawRoundedRect(rect, height / 2, height / 2)
        painter.setFont(self._fonts.small)
        painter.setPen(shades.muted)
        painter.drawText(rect, int(Qt.AlignCenter), self._heading.day)

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

    def _paint_bubble(self, painter: QPainter, origin: QPointF, shades: Colours) -> None:
        rect = self.bubble_rect(origin)
        own, refused = self._entry.own, self._entry.delivery is Delivery.REFUSED
        painter.setBrush(shades.own_bubble if own else shades.other_bubble)
        painter.setPen(shades.error if refused else Qt.NoPen)
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
        inside = rect.adjusted(_PADDING_X, _PADDING_Y, -_PADDING_X, -_PADDING_Y)
        # Five hundred accents on one letter would otherwise be painted over the neighbours.
        painter.setClipRect(rect)
        pending = self._entry.delivery is Delivery.PENDING
        painter.setPen(shades.muted if pending else shades.text)
        self._layout.draw(painter, inside.topLeft())
        painter.setFont(self._fonts.small)
        painter.setPen(shades.error if refused else shades.muted)
        below = QRectF(
            inside.left(),
            inside.bottom() - self._small.height(),
            inside.width(),
            self._small.height(),
        )
        shown = self._small.elidedText(self._footer, Qt.ElideRight, below.width() + 1)
        painter.drawText(below, int(Qt.AlignRight | Qt.AlignVCenter | Qt.TextSingleLine), shown)


def footer(entry: Entry) -> str:
    """What stands at the end of a message: its time, or what became of it."""
    if entry.delivery is Delivery.PENDING:
        return translate("Bubble", "sending…")
    if entry.delivery is Delivery.STORED:
        return clock_time(entry.time)
    why = refusal_words(entry.reason, entry.detail)
    if entry.retryable:
        words = translate("Bubble", "Not sent: %1. Click to try again.")
    else:
        words = translate("Bubble", "Not sent: %1.")
    return words.replace("%1", isolated(safe_sentence(why)))
