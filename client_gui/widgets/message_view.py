"""The messages of one room: painted, selected, copied; and what a click or a key on one means.

Where the rows are is the business of :class:`~client_gui.widgets.row_list.RowList`, what of their
text is selected that of :class:`~client_gui.widgets.selecting_list.SelectingList`.
"""

import html

from PyQt5.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    pyqtSignal,
    pyqtSlot,
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
from client_gui.link_words import host_words
from client_gui.models.message_list import ENTRY_ROLE, copied
from client_gui.rights import Rights
from client_gui.widgets.message_menu import MessageMenu
from client_gui.widgets.reaction_palette import ReactionPalette
from client_gui.widgets.retranslated import Retranslated
from client_gui.widgets.selecting_list import SelectingList
from client_gui.widgets.touched import Part, Touched

_ABOVE_UNREAD = 48
"""Pixels of what was read already above what was not, so that one finds one's place."""

_CURSORS = {
    Part.QUOTE: Qt.PointingHandCursor,
    Part.REACTION: Qt.PointingHandCursor,
    Part.LINK: Qt.PointingHandCursor,
    Part.BUBBLE: Qt.IBeamCursor,
}

translate = QCoreApplication.translate


class MessageView(Retranslated, SelectingList):
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
        link_wanted(link: Link): open it.
        dismissed(): Escape was pressed, and nothing was selected.
        opened(): the view begins at what is unread.
    """

    retry_wanted = pyqtSignal(str)
    discard_wanted = pyqtSignal(str)
    reply_wanted = pyqtSignal(object)
    edit_wanted = pyqtSignal(object)
    delete_wanted = pyqtSignal(object)
    react_wanted = pyqtSignal(object, str, bool)
    readers_wanted = pyqtSignal(object)
    quote_wanted = pyqtSignal(object)
    link_wanted = pyqtSignal(object)
    dismissed = pyqtSignal()
    opened = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.may = Rights()
        self._pressed: tuple[QPersistentModelIndex, Touched] | None = None
        self.setSelectionMode(QAbstractItemView.ExtendedSelection)
        self.setMouseTracking(True)
        self.retranslate()

    def retranslate(self) -> None:
        """Say what the list is, and every row anew: it has words of ours in it."""
        self.setAccessibleName(translate("MessageView", "Messages"))
        self.rows_delegate.forget_layouts()
        self.measure_all_anew()

    def set_layout(self, layout: str) -> None:
        """Show messages as ``BUBBLES`` or ``COMPACT``; what is in sight stays in sight."""
        self.rows_delegate.set_layout(layout)
        self.measure_all_anew()

    def set_me(self, username: str) -> None:
        """What names *username* stands out."""
        self.rows_delegate.set_me(username)
        self.measure_all_anew()

    def selected_entries(self) -> list[Entry]:
        """The selected messages, from top to bottom."""
        selected = sorted(self.selectedIndexes(), key=QModelIndex.row)
        return [index.data(ENTRY_ROLE) for index in selected]

    def copy_selected(self) -> None:
        """Put the selected text, or the selected messages, on the clipboard."""
        if self.selection:
            QGuiApplication.clipboard().setText(self.selection.text())
        elif entries := self.selected_entries():
            QGuiApplication.clipboard().setText(copied(entries))

    @pyqtSlot()
    def show_unread(self) -> None:
        """Bring the first unread message, if there is one, near the top, or as near as what follows
        it allows.
        """
        row = self.model().unread_row
        if row is not None:
            self.show_from(row, _ABOVE_UNREAD)

    def open_at_unread(self) -> None:
        """The same, for somebody who has not seen anything yet."""
        self.show_unread()
        self.opened.emit()

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
            self.rows_delegate.paint_emptiness(painter, self.viewport().rect(), self.palette())
        for row in self.rows_in_sight():
            option = self.option(row)
            if option.rect.intersects(event.rect()):
                index = self.model().index(row, 0)
                if self.selectionModel().isSelected(index):
                    option.state |= QStyle.State_Selected
                self.rows_delegate.paint(painter, option, index)

    # --- keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected; Enter does what a click does; Escape lets go of what is selected,
        and then of the room. The rest are the keys of a list.
        """
        if event.matches(QKeySequence.Copy):
            self.copy_selected()
        elif event.key() in (Qt.Key_Return, Qt.Key_Enter):
            self._retry(self.currentIndex())
        elif event.key() == Qt.Key_Escape:
            self._let_go()
        else:
            super().keyPressEvent(event)

    def _let_go(self) -> None:
        if self.selection or self.selectionModel().hasSelection():
            self.clear_text_selection()
            self.clearSelection()
        else:
            self.dismissed.emit()

    # --- mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click began."""
        index = self.indexAt(event.pos())
        self._pressed = QPersistentModelIndex(index), self.touched_at(event.pos())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a message that was not sent sends it again; selecting over it does not. On a
        quote, it leads to what is quoted; on a reaction, it joins in or steps back; on a link, it
        opens it.
        """
        super().mouseReleaseEvent(event)
        index, touched = self.indexAt(event.pos()), self.touched_at(event.pos())
        if event.button() != Qt.LeftButton or self.selection or not index.isValid():
            return
        if self._pressed == (index, touched):
            self._click(index, touched)

    def _click(self, index: QModelIndex, touched: Touched) -> None:
        entry: Entry = index.data(ENTRY_ROLE)
        if touched.reaction is not None:
            self.react_wanted.emit(entry, touched.reaction.sign, not touched.reaction.mine)
        elif touched.link is not None:
            self.link_wanted.emit(touched.link)
        elif touched.part is Part.QUOTE:
            self.quote_wanted.emit(entry)
        elif touched.part is Part.BUBBLE:
            self._retry(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be clicked."""
        super().mouseMoveEvent(event)
        touched = self.touched_at(event.pos())
        self.viewport().setCursor(_CURSORS.get(touched.part, Qt.ArrowCursor))

    def viewportEvent(self, event: QEvent) -> bool:
        """Say who put a reaction, and where a link really leads."""
        if event.type() != QEvent.ToolTip:
            return bool(super().viewportEvent(event))
        help_event: QHelpEvent = event
        words = _tip(self.touched_at(help_event.pos()))
        # A tooltip that looks like HTML is taken for HTML.
        QToolTip.showText(help_event.globalPos(), html.escape(words), self.viewport())
        return True

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
        in_selection = index.row() in self.selection.rows()
        if not in_selection and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        corner = self.viewport().mapToGlobal(self.visualRect(index).center())
        corner = corner if by_key else event.globalPos()
        touched = None if by_key else self.touched_at(event.pos()).link
        menu = MessageMenu(index.data(ENTRY_ROLE), self.may, self, touched)
        menu.copy_wanted.connect(self.copy_selected)
        menu.react_wanted.connect(lambda entry: self._open_palette(entry).open_at(corner))
        for name in ("retry", "discard", "reply", "edit", "delete", "readers", "quote", "link"):
            getattr(menu, f"{name}_wanted").connect(getattr(self, f"{name}_wanted"))
        menu.popup(corner)

    def _open_palette(self, entry: Entry) -> ReactionPalette:
        palette = ReactionPalette(entry, self)
        palette.react_wanted.connect(self.react_wanted)
        return palette


def _tip(touched: Touched) -> str:
    """What is said about what the pointer is at; empty for nothing."""
    if touched.link is not None:
        return host_words(touched.link)
    if touched.reaction is None:
        return ""
    names = ", ".join(isolated(safe_name(name)) for name in touched.reaction.names)
    return names + (", …" if touched.reaction.count > len(touched.reaction.names) else "")
