"""A list of messages whose text can be selected with the mouse, also across messages.

A press in a text begins a selection, and the mouse draws it on, over any number of rows; at the
edges, the list scrolls along. A double click selects a word, one more the message. A press beside
the texts selects rows, as in any list; both at once is not to be had.
"""

from PyQt5.QtCore import QItemSelectionModel, QModelIndex, QPoint, QPointF, Qt, QTimer, pyqtSlot
from PyQt5.QtGui import QClipboard, QGuiApplication, QMouseEvent
from PyQt5.QtWidgets import QApplication, QWidget

from client_gui.widgets.message_delegate import MessageDelegate
from client_gui.widgets.row_list import RowList
from client_gui.widgets.text_block import shown
from client_gui.widgets.text_selection import TextSelection
from client_gui.widgets.touched import NOTHING, Part, Touched

_SCROLL_EVERY_MS = 30
_SCROLL_SHARE = 3  # of the way from the edge to the pointer: further away is faster
_TEXTS = (Part.BUBBLE, Part.LINK)


class SelectingList(RowList):
    """Selects, and knows what is selected: :attr:`selection`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selection = TextSelection()
        self.rows_delegate = MessageDelegate(self.selection)
        self.setItemDelegate(self.rows_delegate)
        self._dragging = False
        self._drag_point = QPoint()
        self._double_click: tuple[int, QPoint] | None = None
        """When the last one was, by the clock of the events, and where."""
        self._scroll_timer = QTimer(self, interval=_SCROLL_EVERY_MS, timeout=self._scroll_along)

    def touched_at(self, point: QPoint) -> Touched:
        """What is at *point* of the viewport."""
        index = self.indexAt(point)
        if not index.isValid():
            return NOTHING
        return self.rows_delegate.touched(self.option(index.row()), index, point)

    def clear_text_selection(self) -> None:
        """No text is selected."""
        self.selection.clear()
        self.viewport().update()

    # --- where in the text -----------------------------------------------------------------------

    def _place_at(self, point: QPoint) -> tuple[QModelIndex, int]:
        """The row at *point*, or the nearest one, and the place in its text."""
        row = self.nearest_row(point.y())
        index, option = self.model().index(row, 0), self.option(row)
        layout = self.rows_delegate.bubble(option, index)
        return index, layout.position_at(QPointF(point - option.rect.topLeft()))

    def _draw_to(self, point: QPoint) -> None:
        if self.model().rowCount():
            self.selection.draw_to(*self._place_at(point))
            self.viewport().update()

    # --- the mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """In a text, begin to select it; elsewhere, let go of what was selected of texts."""
        on_text = self.touched_at(event.pos()).part in _TEXTS
        if event.button() == Qt.LeftButton and on_text:
            self._press_on_text(event)
        elif event.button() == Qt.LeftButton:
            self.clear_text_selection()
            super().mousePressEvent(event)
        elif self.indexAt(event.pos()).row() not in self.selection.rows():
            super().mousePressEvent(event)

    def _press_on_text(self, event: QMouseEvent) -> None:
        index, position = self._place_at(event.pos())
        self.selectionModel().clearSelection()
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.NoUpdate)
        if self._is_third_click(event):
            self.selection.select(index, 0, len(shown(index.data() or "")))
        elif event.modifiers() & Qt.ShiftModifier and self.selection:
            self.selection.draw_to(index, position)
            self._dragging = True
        else:
            self.selection.begin(index, position)
            self._dragging = True
        self._drag_point = event.pos()
        self.viewport().update()

    def _is_third_click(self, event: QMouseEvent) -> bool:
        before, self._double_click = self._double_click, None
        if before is None:
            return False
        soon = event.timestamp() - before[0] < QApplication.doubleClickInterval()
        near = (event.pos() - before[1]).manhattanLength() < QApplication.startDragDistance()
        return soon and near

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word."""
        if event.button() != Qt.LeftButton or self.touched_at(event.pos()).part not in _TEXTS:
            super().mouseDoubleClickEvent(event)
            return
        index, position = self._place_at(event.pos())
        layout = self.rows_delegate.bubble(self.option(index.row()), index)
        self.selection.select(index, *layout.text.word_at(position))
        self._double_click = event.timestamp(), event.pos()
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the selection on."""
        if not self._dragging:
            super().mouseMoveEvent(event)
            return
        self._drag_point = event.pos()
        self._draw_to(event.pos())
        if self._beyond_the_edge():
            self._scroll_timer.start()
        else:
            self._scroll_timer.stop()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It is as it is drawn."""
        if event.button() == Qt.LeftButton and self._dragging:
            self._stop_dragging()
            return
        super().mouseReleaseEvent(event)

    def _stop_dragging(self) -> None:
        self._dragging = False
        self._scroll_timer.stop()
        clipboard = QGuiApplication.clipboard()
        if self.selection and clipboard.supportsSelection():
            clipboard.setText(self.selection.text(), QClipboard.Selection)

    def _beyond_the_edge(self) -> int:
        """Pixels that the pointer is above the list (negative) or below it."""
        y, height = self._drag_point.y(), self.viewport().height()
        return min(0, y) + max(0, y - height)

    @pyqtSlot()
    def _scroll_along(self) -> None:
        bar, beyond = self.verticalScrollBar(), self._beyond_the_edge()
        step = beyond // _SCROLL_SHARE or (beyond > 0) - (beyond < 0)
        bar.setValue(bar.value() + step)
        self._draw_to(self._drag_point)

    # --- what the model tells --------------------------------------------------------------------

    def selectionChanged(self, selected: object, deselected: object) -> None:
        """Rows are selected instead of text."""
        super().selectionChanged(selected, deselected)
        if self.selectionModel() is not None and self.selectionModel().hasSelection():
            self.clear_text_selection()

    def rows_were_removed(self) -> None:
        """If the selection began or ended there, it is gone."""
        self.selection.let_go_of_what_changed()

    def dataChanged(self, first: QModelIndex, last: QModelIndex, roles: object = ()) -> None:
        """Rows look different; what they say may be as before."""
        super().dataChanged(first, last, roles)
        self.selection.let_go_of_what_changed()
