"""The list of offers beside the word that is being completed. It never has the focus."""

from PyQt5.QtCore import QCoreApplication, QModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QFontMetricsF, QPainter
from PyQt5.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from client_gui.completion import Offer
from client_gui.models.offers import OFFER_ROLE, OffersModel
from client_gui.widgets.colours import colours
from client_gui.widgets.emoji_font import emoji_font
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.retranslated import Retranslated

_MARGIN = 8
_SPACE = 4
_WIDTH = 320
_TALLER = 1.25  # emoji and Chinese characters come from other fonts
_GAP = 2

translate = QCoreApplication.translate


class OfferList(Retranslated, QListView):
    """Part of its window, not a window over it: those disturb input methods."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.offers = OffersModel(self)
        self.setModel(self.offers)
        self.setItemDelegate(_OfferDelegate(self))
        self.setFocusPolicy(Qt.NoFocus)
        self.viewport().setFocusPolicy(Qt.NoFocus)
        self.setFrameShape(QFrame.StyledPanel)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say what this is."""
        self.setAccessibleName(translate("OfferList", "Suggestions"))

    def show_offers(self, offers: list[Offer], word: QRect) -> None:
        """Show *offers* above *word*, a place in the window, or below it, where there is room."""
        self.offers.set_offers(offers)
        height = self.sizeHintForRow(0) * len(offers) + 2 * self.frameWidth()
        window = self.parentWidget().rect()
        size = QSize(min(_WIDTH, window.width()), min(height, window.height()))
        self.setGeometry(QRect(_corner(word, size, window), size))
        self.raise_()
        self.show()

    def go_to(self, row: int) -> None:
        """Mark *row*; none if it is -1."""
        self.setCurrentIndex(self.offers.index(row) if row >= 0 else QModelIndex())

    def current(self) -> Offer | None:
        """The offer that is marked."""
        return self.currentIndex().data(OFFER_ROLE)


def _corner(word: QRect, size: QSize, window: QRect) -> QPoint:
    x = max(0, min(word.left(), window.right() - size.width()))
    above = word.top() - _GAP - size.height()
    below = min(word.bottom() + _GAP, window.height() - size.height())
    return QPoint(x, above if above >= 0 else max(0, below))


class _OfferDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        height = QFontMetricsF(option.font).height() * _TALLER + 2 * _SPACE
        return QSize(0, round(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        offer: Offer = index.data(OFFER_ROLE)
        shades, fonts = colours(option.palette), Fonts.of(option.font)
        painter.save()
        if option.state & QStyle.State_Selected:
            painter.fillRect(option.rect, shades.own_bubble)
        place = QRectF(option.rect).adjusted(_MARGIN, 0, -_MARGIN, 0)
        for text, font, colour in (
            (offer.sign, emoji_font(option.font), shades.text),
            (offer.title, option.font, shades.text),
            (offer.detail, fonts.small, shades.muted),
        ):
            if text:
                metrics = QFontMetricsF(font)
                painter.setFont(font)
                painter.setPen(colour)
                shown = metrics.elidedText(text, Qt.ElideRight, place.width())
                painter.drawText(place, Qt.AlignVCenter | Qt.TextSingleLine, shown)
                place.setLeft(place.left() + metrics.horizontalAdvance(shown) + _MARGIN)
        painter.restore()
