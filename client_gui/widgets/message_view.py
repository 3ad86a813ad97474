"""The messages of one room: painted, selected, copied; and what a click or a key on one means.

Where the rows are is the business of :class:`~client_gui.widgets.row_list.RowList`.
"""

from PyQt5.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    pyqtSignal,
)
from PyQt5.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PyQt5.QtWidgets import QAbstractItemView, QStyle, QWidget

from client_gui.changes import Entry
from client_gui.models.message_list import ENTRY_ROLE, copied
from client_gui.widgets.message_delegate import MessageDelegate
from client_gui.widgets.message_menu import MessageMenu
from client_gui.widgets.row_list import RowList

translate = QCoreApplication.translate


class MessageView(RowList):
    """Messages, the newest at the bottom.

    Signals:
        retry_wanted(key: str): send this refused message again.
        discard_wanted(key: str): take it away.
    """

    retry_wanted = pyqtSignal(str)
    discard_wanted = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed = QPersistentModelIndex()
        self._delegate = MessageDelegate()
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.ExtendedSelection)
        self.setAccessibleName(translate("MessageView", "Messages"))

    def selected_entries(self) -> list[Entry]:
        """The selected messages, from top to bottom."""
        selected = sorted(self.selectedIndexes(), key=QModelIndex.row)
        return [index.data(ENTRY_ROLE) for index in selected]

    def copy_selected(self) -> None:
        """Put the selected messages on the clipboard."""
        if entries := self.selected_entries():
            QGuiApplication.clipboard().setText(copied(entries))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight."""
        painter = QPainter(self.viewport())
        if not self.model().rowCount():
            self._delegate.paint_emptiness(painter, self.viewport().rect(), self.palette())
        for row in self.rows_in_sight():
            option = self.option(row)
            if option.rect.intersects(event.rect()):
                index = self.model().index(row, 0)
                if self.selectionModel().isSelected(index):
                    option.state |= QStyle.State_Selected
                self.itemDelegate().paint(painter, option, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected; Enter does what a click does. The rest are the keys of a list."""
        if event.matches(QKeySequence.Copy):
            self.copy_selected()
        elif event.key() in (Qt.Key_Return, Qt.Key_Enter):
            self._retry(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click began."""
        self._pressed = QPersistentModelIndex(self.indexAt(event.pos()))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a message that was not sent sends it again; selecting over it does not."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.pos())
        if event.button() != Qt.LeftButton or not index.isValid() or self._pressed != index:
            return
        if self._delegate.bubble_rect(self.option(index.row()), index).contains(event.pos()):
            self._retry(index)

    def _retry(self, index: QModelIndex) -> None:
        entry: Entry | None = index.data(ENTRY_ROLE)
        if entry is not None and entry.retryable:
            self.retry_wanted.emit(entry.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the message under the pointer, or with the selected ones."""
        by_key = event.reason() == QContextMenuEvent.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        menu = MessageMenu(index.data(ENTRY_ROLE), self)
        menu.copy_wanted.connect(self.copy_selected)
        menu.retry_wanted.connect(self.retry_wanted)
        menu.discard_wanted.connect(self.discard_wanted)
        corner = self.viewport().mapToGlobal(self.visualRect(index).center())
        menu.popup(corner if by_key else event.globalPos())
