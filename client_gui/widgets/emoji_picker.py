"""Emoji to choose from: by group, by name, or one of those that were used last.

It is part of its window, not a window over it: so input methods work in it as everywhere. It is
gone with Escape, when something was chosen, or when the focus goes elsewhere.
"""

from PyQt5.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QSize,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt5.QtGui import QFont, QKeyEvent, QPainter
from PyQt5.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from client_gui import emoji_names
from client_gui.emoji_groups import Group
from client_gui.models.emoji_list import EMOJI_ROLE, EmojiListModel
from client_gui.widgets.colours import colours
from client_gui.widgets.emoji_font import emoji_font
from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.restyled import Restyled
from client_gui.widgets.retranslated import Retranslated

MAX_FOUND = 200
"""Emoji that are shown of those that are found: more than anybody looks through."""

_CELL = 40
_COLUMNS = 9
_ROWS = 6
_MARGIN = 8
_LARGER = 1.6

_EXAMPLES = {
    Group.SMILEYS: "😀",
    Group.PEOPLE: "👋",
    Group.NATURE: "🐱",
    Group.FOOD: "🍎",
    Group.ACTIVITIES: "⚽",
    Group.TRAVEL: "🚗",
    Group.OBJECTS: "💡",
    Group.SYMBOLS: "🔣",
    Group.FLAGS: "🏳️",
}
_RECENT = "🕘"

translate = QCoreApplication.translate


class EmojiPicker(Restyled, Retranslated, QFrame):
    """Hidden before :meth:`open_above`.

    Signals:
        chosen(sign: str): this emoji was chosen.
        closed(): it is gone, after :attr:`chosen` if something was.
    """

    chosen = pyqtSignal(str)
    closed = pyqtSignal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._recent: tuple[str, ...] = ()
        self._before: QWidget | None = None
        """What had the focus before."""
        self.emoji = EmojiListModel(self)
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self.tabs = QTabBar()
        self.view = _Cells(self.emoji, self)
        self.name = PlainLabel()
        self._build()
        self._connect()
        self.retranslate()
        self.restyle()
        self.hide()

    def restyle(self) -> None:
        """The groups have emoji for their names."""
        self.tabs.setFont(emoji_font(QFont()))

    def retranslate(self) -> None:
        """Say what each part is for."""
        self.setAccessibleName(translate("EmojiPicker", "Emoji"))
        self.view.setAccessibleName(translate("EmojiPicker", "Emoji"))
        self.field.setPlaceholderText(translate("EmojiPicker", "Find an emoji by its name"))
        self.field.setAccessibleName(translate("EmojiPicker", "Find an emoji by its name"))
        self.tabs.setAccessibleName(translate("EmojiPicker", "Groups"))
        for place, words in enumerate(_group_words()):
            self.tabs.setTabToolTip(place, words)
            self.tabs.setAccessibleTabName(place, words)
        self._show_name()

    def set_recent(self, signs: tuple[str, ...]) -> None:
        """Those that were used last, the latest first."""
        self._recent = signs

    def open_above(self, place: QWidget) -> None:
        """Show it above *place*, as far as there is room, ready to be searched."""
        window, self._before = self.parentWidget(), QApplication.focusWidget()
        self.field.clear()
        self.tabs.setCurrentIndex(0 if self._recent else 1)
        self._fill()
        self.resize(self.sizeHint().boundedTo(window.size()))
        corner = place.mapTo(window, QPoint(place.width(), 0)) - QPoint(self.width(), self.height())
        self.move(max(0, corner.x()), max(0, corner.y()))
        self.show()
        self.raise_()
        self.field.setFocus()
        QApplication.instance().focusChanged.connect(self._on_focus_changed)

    def close_up(self) -> None:
        """Be gone, if it is there; the focus goes back to where it was, unless it is elsewhere."""
        if not self.isHidden():
            QApplication.instance().focusChanged.disconnect(self._on_focus_changed)
            if self._before is not None and self.isAncestorOf(QApplication.focusWidget()):
                self._before.setFocus()
            self.hide()
            self.closed.emit()

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setFrameShape(QFrame.StyledPanel)
        self.setAutoFillBackground(True)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(True)
        self.tabs.setUsesScrollButtons(False)
        for sign in (_RECENT, *_EXAMPLES.values()):
            self.tabs.addTab(sign)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN // 2)
        for part in (self.field, self.tabs, self.view, self.name):
            column.addWidget(part)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._choose_current)
        self.field.installEventFilter(self)
        self.tabs.currentChanged.connect(self._on_group)
        self.view.selectionModel().currentChanged.connect(self._show_name)
        self.view.clicked.connect(self._choose)
        self.view.typed.connect(self._on_typed)
        self.view.enter_pressed.connect(self._choose_current)
        self.view.left.connect(self.field.setFocus)

    # --- what is in sight ------------------------------------------------------------------------

    @pyqtSlot()
    def _fill(self) -> None:
        typed, place = self.field.text().strip(), self.tabs.currentIndex()
        if typed:
            self.emoji.set_emoji(emoji_names.find(typed, MAX_FOUND))
        elif place == 0:
            self.emoji.set_emoji(emoji_names.known(self._recent))
        else:
            self.emoji.set_emoji(emoji_names.of_group([*Group][place - 1]))
        self.view.setCurrentIndex(self.emoji.index(0))
        self.view.scrollToTop()
        self._show_name()

    @pyqtSlot()
    def _on_group(self) -> None:
        # What was looked for is done with.
        self.field.clear()
        self._fill()

    @pyqtSlot()
    def _show_name(self) -> None:
        emoji = self.view.currentIndex().data(EMOJI_ROLE)
        words = translate("EmojiPicker", "There is no such emoji.") if self.field.text() else ""
        if emoji is not None:
            words = f"{self.view.currentIndex().data(Qt.ToolTipRole)}  :{emoji.short}:"
        self.name.setText(words)

    # --- what a person does ----------------------------------------------------------------------

    @pyqtSlot()
    def _choose_current(self) -> None:
        self._choose(self.view.currentIndex())

    @pyqtSlot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(EMOJI_ROLE).sign)
            self.close_up()

    @pyqtSlot(str)
    def _on_typed(self, text: str) -> None:
        """A letter over the cells is one of a name."""
        self.field.setFocus()
        self.field.insert(text)

    def eventFilter(self, _field: QObject, event: QEvent) -> bool:
        """Down leads from the field to the cells."""
        if event.type() == QEvent.KeyPress and event.key() == Qt.Key_Down:
            self.view.setFocus()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; no other key goes on to the window behind."""
        if event.key() == Qt.Key_Escape:
            self.close_up()

    @pyqtSlot("QWidget*", "QWidget*")
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self and not self.isAncestorOf(now):
            self.close_up()


class _Cells(QListView):
    """The emoji side by side.

    Signals:
        typed(text: str): a letter was typed over them.
        enter_pressed(): Enter was pressed.
        left(): Up was pressed in the first row.
    """

    typed = pyqtSignal(str)
    enter_pressed = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, model: EmojiListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setViewMode(QListView.IconMode)
        self.setMovement(QListView.Static)
        self.setResizeMode(QListView.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(QSize(_CELL, _CELL))
        self.setFrameShape(QFrame.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setItemDelegate(_EmojiDelegate(self))

    def sizeHint(self) -> QSize:
        """Some rows, of as many as there are."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(_COLUMNS * _CELL + bar + 2, _ROWS * _CELL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from cell to cell; Up from the first row, and letters, lead to the field."""
        in_first_row = self.visualRect(self.currentIndex()).top() + self.verticalOffset() < _CELL
        if event.key() == Qt.Key_Up and in_first_row:
            self.left.emit()
        elif event.key() in (Qt.Key_Return, Qt.Key_Enter):
            self.enter_pressed.emit()
        elif event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class _EmojiDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        return QSize(_CELL, _CELL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        shades = colours(option.palette)
        painter.save()
        if option.state & QStyle.State_Selected:
            painter.fillRect(option.rect, shades.selection)
        elif option.state & QStyle.State_MouseOver:
            painter.fillRect(option.rect, shades.other_bubble)
        painter.setFont(emoji_font(option.font, _LARGER))
        painter.setPen(shades.text)
        painter.drawText(option.rect, Qt.AlignCenter, index.data())
        painter.restore()


def _group_words() -> list[str]:
    """The names of the tabs."""
    return [
        translate("EmojiPicker", "Used last"),
        translate("EmojiPicker", "Smileys"),
        translate("EmojiPicker", "People"),
        translate("EmojiPicker", "Animals and plants"),
        translate("EmojiPicker", "Food and drink"),
        translate("EmojiPicker", "Sports and games"),
        translate("EmojiPicker", "Travel and weather"),
        translate("EmojiPicker", "Things"),
        translate("EmojiPicker", "Signs"),
        translate("EmojiPicker", "Flags"),
    ]
