"""A list of rows of different heights, of which only those in sight are laid out: its geometry.

A QListView by name, because that is what Qt's accessibility knows to have rows; nothing of its
geometry is used. That one asks for the height of every row whenever one is added, which at ten
thousand rows is a stall of a tenth of a second for each message. Here a message costs the same
however many there are. So what a QListView does about geometry is done here, and what it inherits
is called by name, past it.

1. The view stays at the bottom when it is there, and only then.
2. Elsewhere, what is in sight stays where it is, whatever is added, removed or measured around it.
"""

from PyQt5.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt5.QtGui import QRegion, QResizeEvent
from PyQt5.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem, QWidget

from client_gui.widgets.row_heights import RowHeights

BOTTOM_SPACE = 10
"""Pixels between the last row and the edge."""

_MEASURING_PASSES = 8
_NEAR_BOTTOM = 4
_NEAR_TOP = 200  # pixels: older messages are asked for before the first one is in sight
_LINES_A_STEP = 3
_ROWS_A_BATCH = 2_000


class RowList(QListView):
    """Rows, the newest at the bottom; whoever inherits paints them. One model for its life.

    Signals:
        top_reached(): the first row came into sight.
        bottom_reached(at_bottom: bool): the newest row came into sight, or left it.
    """

    top_reached = pyqtSignal()
    bottom_reached = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights = RowHeights()
        self._sticks = True
        self._settling = False
        self._staying: tuple[QPersistentModelIndex, int] | None = None
        # QListView's own layout, which nobody looks at, cannot be switched off: let it take one
        # row's height for all, and a moment now and then.
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.Batched)
        self.setBatchSize(_ROWS_A_BATCH)
        self.setVerticalScrollMode(QAbstractItemView.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.NoEditTriggers)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def at_bottom(self) -> bool:
        """Whether the newest row is in sight, and the next one will be."""
        return self._sticks

    def jump_to_bottom(self) -> None:
        """Show the newest row, and stay with the newest from now on."""
        self._set_sticks(True)
        self._settle()

    def show_from(self, row: int, above: int = 0) -> None:
        """Show *row* and what follows: *above* pixels from the top, or as near as there is enough
        below it."""
        self._set_sticks(False)
        self._settle((QPersistentModelIndex(self.model().index(row, 0)), above))

    @pyqtSlot(int)
    def turn_page(self, step: int) -> None:
        """Scroll by a page: down if *step* is 1, up if it is -1."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep())

    # --- geometry --------------------------------------------------------------------------------

    def option(self, row: int) -> QStyleOptionViewItem:
        """How the row is to be laid out and painted."""
        option = self.viewOptions()
        option.rect = self._row_rect(row)
        return option

    def _row_rect(self, row: int) -> QRect:
        top = self._heights.top(row) - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), self._heights.height(row))

    def rows_in_sight(self) -> range:
        """Return the rows of which something can be seen."""
        if not self._heights:
            return range(0)
        offset = self.verticalOffset()
        last = self._heights.row_at(offset + self.viewport().height() - 1)
        return range(self._heights.row_at(offset), last + 1)

    def _settle(self, anchor: tuple[QPersistentModelIndex, int] | None = None) -> None:
        """Measure what is in sight, and bring the scroll bar into agreement with it.

        *anchor* is a row and where it is to be; without one, the first measured row in sight stays
        where it is. When the view sticks to the bottom, that comes first.
        """
        if self._settling:
            return
        self._settling = True
        anchor = anchor or self._anchor()
        for _ in range(_MEASURING_PASSES):
            self._update_scroll_bar(anchor)
            if not self._measure_in_sight():
                break
        self._update_scroll_bar(anchor)
        self._settling = False
        self._note_bottom()
        self.viewport().update()

    def _measure_in_sight(self) -> bool:
        """Measure; true if a row was not as high as it was thought to be."""
        changed = False
        for row in self.rows_in_sight():
            if not self._heights.is_measured(row):
                before = self._heights.height(row)
                hint = self.itemDelegate().sizeHint(self.option(row), self.model().index(row, 0))
                self._heights.measure(row, hint.height())
                changed |= hint.height() != before
        return changed

    def _anchor(self) -> tuple[QPersistentModelIndex, int] | None:
        rows = self.rows_in_sight()
        row = next((row for row in rows if self._heights.is_measured(row)), None)
        if row is None:
            return None
        return QPersistentModelIndex(self.model().index(row, 0)), self._row_rect(row).top()

    def _update_scroll_bar(self, anchor: tuple[QPersistentModelIndex, int] | None) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        most = max(0, self._heights.total + BOTTOM_SPACE - page)
        bar.setPageStep(page)
        bar.setSingleStep(_LINES_A_STEP * self.fontMetrics().height())
        bar.setRange(0, most)
        # It keeps its room, so that the rows keep their width, and shows nothing.
        bar.setEnabled(most > 0)
        if self._sticks:
            bar.setValue(most)
        elif anchor is not None and anchor[0].isValid():
            bar.setValue(self._heights.top(anchor[0].row()) - anchor[1])

    @pyqtSlot(int)
    def _on_scrolled(self, _value: int) -> None:
        if not self._settling:
            self._note_bottom()
            self._settle()
            if self.verticalOffset() <= _NEAR_TOP:
                self.top_reached.emit()

    def _note_bottom(self) -> None:
        bar = self.verticalScrollBar()
        self._set_sticks(bar.value() >= bar.maximum() - _NEAR_BOTTOM)

    def _set_sticks(self, sticks: bool) -> None:
        if sticks != self._sticks:
            self._sticks = sticks
            self.bottom_reached.emit(sticks)

    def measure_all_anew(self) -> None:
        """Every row may have another height; what is in sight stays where it is."""
        anchor = self._anchor()
        self._heights.forget(0, len(self._heights) - 1)
        self._settle(anchor)

    # --- what the model tells --------------------------------------------------------------------

    def setModel(self, model: object) -> None:
        """Show *model* from its end. No other one may follow."""
        super().setModel(model)
        model.rowsRemoved.connect(self._on_rows_removed)  # type: ignore[attr-defined]

    def reset(self) -> None:
        """The model is another one altogether."""
        QAbstractItemView.reset(self)
        self._heights = RowHeights()
        if self.model() is not None:
            self._heights.insert(0, self.model().rowCount())
        self._set_sticks(True)
        self._settle()

    def rowsInserted(self, parent: QModelIndex, first: int, last: int) -> None:
        """Rows have come."""
        QAbstractItemView.rowsInserted(self, parent, first, last)
        # Qt has moved the persistent index of the anchor already; our heights not yet.
        moved = self._anchor_before(first, last + 1 - first)
        self._heights.insert(first, last + 1 - first)
        self._settle(moved)

    def _anchor_before(self, first: int, count: int) -> tuple[QPersistentModelIndex, int] | None:
        for row in self.rows_in_sight():
            if self._heights.is_measured(row):
                index = self.model().index(row if row < first else row + count, 0)
                return QPersistentModelIndex(index), self._row_rect(row).top()
        return None

    def rowsAboutToBeRemoved(self, parent: QModelIndex, first: int, last: int) -> None:
        """Rows will go: remember one that stays."""
        QAbstractItemView.rowsAboutToBeRemoved(self, parent, first, last)
        self._staying = None
        for row in self.rows_in_sight():
            if self._heights.is_measured(row) and not first <= row <= last:
                index = QPersistentModelIndex(self.model().index(row, 0))
                self._staying = (index, self._row_rect(row).top())
                break

    def _on_rows_removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._heights.remove(first, last + 1 - first)
        self.rows_were_removed()
        self._settle(self._staying)

    def rows_were_removed(self) -> None:
        """Rows are gone; for whoever inherits, before anything is painted."""

    def dataChanged(self, first: QModelIndex, last: QModelIndex, _roles: object = ()) -> None:
        """Rows look different."""
        QAbstractItemView.dataChanged(self, first, last)
        anchor = self._anchor()
        self._heights.forget(first.row(), last.row())
        self._settle(anchor)

    # --- what Qt asks of an item view ------------------------------------------------------------

    def visualRect(self, index: QModelIndex) -> QRect:
        """Where the row is, in the viewport."""
        return self._row_rect(index.row()) if self._knows(index) else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at *point*, or none."""
        y = point.y() + self.verticalOffset()
        if not 0 <= y < self._heights.total:
            return QModelIndex()
        return self.model().index(self._heights.row_at(y), 0)

    def nearest_row(self, y: int) -> int:
        """The row at *y* of the viewport; the first or the last where there is none."""
        return self._heights.row_at(y + self.verticalOffset())

    def scrollTo(self, index: QModelIndex, hint: int = QAbstractItemView.EnsureVisible) -> None:
        """Bring the row into sight, or to the *hint*'s place."""
        if not self._knows(index):
            return
        rect, bar = self._row_rect(index.row()), self.verticalScrollBar()
        page = self.viewport().height()
        if hint == QAbstractItemView.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - page // 2)
        elif hint == QAbstractItemView.PositionAtTop or rect.top() < 0:
            bar.setValue(bar.value() + rect.top())
        elif hint == QAbstractItemView.PositionAtBottom or rect.bottom() >= page:
            bar.setValue(bar.value() + min(rect.top(), rect.bottom() + 1 - page))

    def moveCursor(self, action: int, _modifiers: Qt.KeyboardModifiers) -> QModelIndex:
        """The row that a key leads to."""
        rows = len(self._heights)
        if not rows:
            return QModelIndex()
        current = self.currentIndex().row() if self.currentIndex().isValid() else rows - 1
        page = max(1, len(self.rows_in_sight()) - 1)
        row = {
            QAbstractItemView.MoveUp: current - 1,
            QAbstractItemView.MovePrevious: current - 1,
            QAbstractItemView.MoveDown: current + 1,
            QAbstractItemView.MoveNext: current + 1,
            QAbstractItemView.MovePageUp: current - page,
            QAbstractItemView.MovePageDown: current + page,
            QAbstractItemView.MoveHome: 0,
            QAbstractItemView.MoveEnd: rows - 1,
        }.get(action, current)
        return self.model().index(max(0, min(rows - 1, row)), 0)

    def horizontalOffset(self) -> int:
        """Nothing ever stands to the left of what is seen."""
        return 0

    def verticalOffset(self) -> int:
        """Pixels above what is seen."""
        return int(self.verticalScrollBar().value())

    def isIndexHidden(self, _index: QModelIndex) -> bool:
        """No row is."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlags) -> None:
        """Select the rows that *rect*, in the viewport, touches."""
        if not self._heights:
            return
        rect, offset = rect.normalized(), self.verticalOffset()
        first, last = (self._heights.row_at(y + offset) for y in (rect.top(), rect.bottom()))
        chosen = QItemSelection(self.model().index(first, 0), self.model().index(last, 0))
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What is to be painted when *selection* changes."""
        region = QRegion()
        for part in selection:
            first, last = self._row_rect(part.top()), self._row_rect(part.bottom())
            region += first.united(last) & self.viewport().rect()
        return region

    def _knows(self, index: QModelIndex) -> bool:
        return index.isValid() and index.row() < len(self._heights)

    # --- another shape ---------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width changes every height, another height what is in sight."""
        QAbstractItemView.resizeEvent(self, event)
        if event.size().width() != event.oldSize().width():
            self.measure_all_anew()
        else:
            self._settle()

    def updateGeometries(self) -> None:
        """Qt wants the scroll bars brought up to date."""
        QAbstractItemView.updateGeometries(self)
        self._settle()

    def changeEvent(self, event: QEvent) -> None:
        """Another font or style changes every height."""
        super().changeEvent(event)
        if event.type() in (QEvent.FontChange, QEvent.StyleChange):
            self.measure_all_anew()
