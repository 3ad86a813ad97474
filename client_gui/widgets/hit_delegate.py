"""Paints what a search has found: who and where and when, and the text with the words marked."""

from PyQt5.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import QFont, QFontMetricsF, QPainter, QPalette, QTextCharFormat
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from client_gui.models.search_results import EXCERPT_ROLE, HEADING_ROLE
from client_gui.widgets.colours import colours, mixed
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.text_block import TextBlock

_MARGIN = 8.0
_SPACE = 5.0
_LINES = 3
_MARK = 0.4
_TALLER = 1.15  # Chinese characters come from another font

_LEFT = int(Qt.AlignLeft | Qt.AlignVCenter | Qt.TextSingleLine)
_RIGHT = int(Qt.AlignRight | Qt.AlignVCenter | Qt.TextSingleLine)


class HitDelegate(QStyledItemDelegate):
    """Every row has room for the name, the room, and three lines of text."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """The same for all."""
        fonts = Fonts.of(option.font)
        name, small = QFontMetricsF(fonts.name), QFontMetricsF(fonts.small)
        height = _TALLER * (name.height() + small.height()) + _LINES * _TALLER * small.lineSpacing()
        return QSize(option.rect.width(), round(height + 2 * _SPACE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint the row, over a band if it is selected."""
        shades, fonts = colours(option.palette), Fonts.of(option.font)
        painter.save()
        if option.state & QStyle.State_Selected:
            painter.fillRect(option.rect, shades.own_bubble)
        rect = QRectF(option.rect).adjusted(_MARGIN, _SPACE, -_MARGIN, -_SPACE)
        painter.setClipRect(rect)
        who, room, when = index.data(HEADING_ROLE)
        small = QFontMetricsF(fonts.small)
        upper = QRectF(rect.topLeft(), rect.topRight() + QPointF(0, small.height()))
        painter.setPen(shades.muted)
        painter.setFont(fonts.small)
        painter.drawText(upper, _RIGHT, when)
        upper.setWidth(upper.width() - small.horizontalAdvance(when) - _MARGIN)
        _line(painter, upper, who, fonts.name, shades.text)
        upper.moveTop(upper.bottom())
        _line(painter, upper, room, fonts.small, shades.muted)
        self._text(index, fonts, option.palette, rect.width(), painter, upper.bottomLeft())
        painter.restore()

    def _text(
        self,
        index: QModelIndex,
        fonts: Fonts,
        palette: QPalette,
        width: float,
        painter: QPainter,
        corner: QPointF,
    ) -> None:
        text, hits = index.data(EXCERPT_ROLE)
        marked = QTextCharFormat()
        base, highlight = palette.color(QPalette.Base), palette.color(QPalette.Highlight)
        marked.setBackground(mixed(base, highlight, _MARK))
        # On the band of the chosen row, the background alone would hardly be seen.
        marked.setFontWeight(QFont.Bold)
        marks = [(start, start + length, marked) for start, length in hits]
        painter.setPen(palette.color(QPalette.Text))
        TextBlock(text, fonts.small, width, marks, _LINES, says_more=False).paint(painter, corner)


def _line(painter: QPainter, rect: QRectF, words: str, font: QFont, pen: object) -> None:
    painter.setFont(font)
    painter.setPen(pen)
    shown = QFontMetricsF(font).elidedText(words, Qt.ElideRight, rect.width())
    painter.drawText(rect, _LEFT, shown)
