"""The messages of one room: painted, selected, copied; and what a click or a key on one means.

Where the rows are is the business of :class:`~client_gui.widgets.row_list.RowList`.
"""

import html

from PyQt5.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    pyqtSignal,
)
from PyQt5.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PyQt5.QtWidgets import QAbstractItemView, QStyle, QToolTip, QWidget

from client_gui.display import isolated, safe_name
from client_gui.items import Entry
from client_gui.models.message_list import ENTRY_ROLE, copied
from client_gui.rights import Rights
from client_gui.widgets.message_delegate import MessageDelegate
from client_gui.widgets.message_menu import MessageMenu
from client_gui.widgets.reaction_palette import ReactionPalette
from client_gui.widgets.retranslated import Retranslated
from client_gui.widgets.row_list import RowList
from client_gui.widgets.touched import NOTHING, Part, Touched

translate = QCoreApplication.translate


class MessageView(Retranslated, RowList):
    """Messages, the newest at the bottom. :attr:`may` says what its menus offer.

    Signals:
        retry_wanted(key: str): send this refused message again.
        discard_wanted(key: str): take it away.
        reply_wanted(entry: Entry): answer it.
        edit_wanted(entry: Entry): put another text in its place.
        delete_wanted(entry: Entry): take it back.
        react_wanted(entry: Entry, sign: str, on: bool): put a sign to it, or take it away.
        readers_wanted(entry: Entry): who has read it?
        quote_wanted(entry: Entry): show the message that it answers.
    """

    retry_wanted = pyqtSignal(str)
    discard_wanted = pyqtSignal(str)
    reply_wanted = pyqtSignal(object)
    edit_wanted = pyqtSignal(object)
    delete_wanted = pyqtSignal(object)
    react_wanted = pyqtSignal(object, str, bool)
    readers_wanted = pyqtSignal(object)
    quote_wanted = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.may = Rights()
        self._pressed: tuple[QPersistentModelIndex, Touched] | None = None
        self._delegate = MessageDelegate()
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.ExtendedSelection)
        self.setMouseTracking(True)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words, those in the rows included, which are laid out anew."""
        self.setAccessibleName(translate("MessageView", "Messages"))
        self._delegate.forget()
        self.measure_all_anew()

    def selected_entries(self) -> list[Entry]:
        """The selected messages, from top to bottom."""
        selected = sorted(self.selectedIndexes(), key=QModelIndex.row)
        return [index.data(ENTRY_ROLE) for index in selected]

    def copy_selected(self) -> None:
        """Put the selected messages on the clipboard."""
        if entries := self.selected_entries():
            QGuiApplication.clipboard().setText(copied(entries))

    def show_row(self, row: int) -> None:
        """Bring *row* to the middle, and mark it."""
        index = self.model().index(row, 0)
        self.scrollTo(index, QAbstractItemView.PositionAtCenter)
        # What lay between was an estimate; now it is measured.
        self.scrollTo(index, QAbstractItemView.PositionAtCenter)
        self.setCurrentIndex(index)

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight."""
        painter = QPainter(self.viewport())
        if self.model() is None or not self.model().rowCount():
            self._delegate.paint_emptiness(painter, self.viewport().rect(), self.palette())
        for row in self.rows_in_sight():
            option = self.option(row)
            if option.rect.intersects(event.rect()):
                index = self.model().index(row, 0)
                if self.selectionModel().isSelected(index):
                    option.state |= QStyle.State_Selected
                self.itemDelegate().paint(painter, option, index)

    # --- keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected; Enter does what a click does. The rest are the keys of a list."""
        if event.matches(QKeySequence.Copy):
            self.copy_selected()
        elif event.key() in (Qt.Key_Return, Qt.Key_Enter):
            self._retry(self.currentIndex())
        else:
            super().keyPressEvent(event)

    # --- mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click began."""
        index = self.indexAt(event.pos())
        self._pressed = QPersistentModelIndex(index), self._touched(event, index)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a message that was not sent sends it again; selecting over it does not. On a
        quote, it leads to what is quoted; on a reaction, it joins in or steps back.
        """
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.pos())
        touched, pressed = self._touched(event, index), self._pressed
        if event.button() == Qt.LeftButton and pressed == (index, touched) and index.isValid():
            self._click(index, touched)

    def _click(self, index: QModelIndex, touched: Touched) -> None:
        entry: Entry = index.data(ENTRY_ROLE)
        if touched.reaction is not None:
            self.react_wanted.emit(entry, touched.reaction.sign, not touched.reaction.mine)
        elif touched.part is Part.QUOTE:
            self.quote_wanted.emit(entry)
        elif touched.part is Part.BUBBLE:
            self._retry(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be clicked."""
        super().mouseMoveEvent(event)
        part = self._touched(event, self.indexAt(event.pos())).part
        links = part in (Part.QUOTE, Part.REACTION)
        self.viewport().setCursor(Qt.PointingHandCursor if links else Qt.ArrowCursor)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say who put a reaction."""
        if event.type() != QEvent.ToolTip:
            return bool(super().viewportEvent(event))
        help_event: QHelpEvent = event
        reaction = self._touched(help_event, self.indexAt(help_event.pos())).reaction
        if reaction is None:
            QToolTip.hideText()
        else:
            names = ", ".join(isolated(safe_name(name)) for name in reaction.names)
            more = ", …" if reaction.count > len(reaction.names) else ""
            # A tooltip that looks like HTML is taken for HTML.
            QToolTip.showText(help_event.globalPos(), html.escape(names + more), self.viewport())
        return True

    def _touched(self, event: QMouseEvent | QHelpEvent, index: QModelIndex) -> Touched:
        if not index.isValid():
            return NOTHING
        return self._delegate.touched(self.option(index.row()), index, event.pos())

    def _retry(self, index: QModelIndex) -> None:
        entry: Entry | None = index.data(ENTRY_ROLE)
        if entry is not None and entry.retryable:
            self.retry_wanted.emit(entry.key)

    # --- the menu --------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the message under the pointer, or with the selected ones."""
        by_key = event.reason() == QContextMenuEvent.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        corner = self.viewport().mapToGlobal(self.visualRect(index).center())
        corner = corner if by_key else event.globalPos()
        menu = MessageMenu(index.data(ENTRY_ROLE), self.may, self)
        menu.copy_wanted.connect(self.copy_selected)
        menu.react_wanted.connect(lambda entry: self._open_palette(entry).open_at(corner))
        for name in ("retry", "discard", "reply", "edit", "delete", "readers", "quote"):
            getattr(menu, f"{name}_wanted").connect(getattr(self, f"{name}_wanted"))
        menu.popup(corner)

    def _open_palette(self, entry: Entry) -> ReactionPalette:
        palette = ReactionPalette(entry, self)
        palette.react_wanted.connect(self.react_wanted)
        return palette
