"""What of the messages' text is selected: from a place in a row to one in the same or another row.

1. It holds on to its rows, wherever they move when others come and go.
2. When one of the rows that it begins or ends in goes, or says something else, nothing is selected
   any more: nobody copies what they did not mark.
"""

from typing import NamedTuple

from PyQt5.QtCore import QModelIndex, QPersistentModelIndex

from client_gui.display import shortened
from client_gui.items import Entry
from client_gui.models.message_list import ENTRY_ROLE, copied_line
from client_gui.row_words import shown_text
from client_gui.widgets.message_text import Span
from client_gui.widgets.text_block import shown


class _Place(NamedTuple):
    """Between two characters of what a row shows."""

    index: QPersistentModelIndex
    position: int
    text: str
    """What the row said then."""

    @property
    def row(self) -> int:
        return int(self.index.row())

    @property
    def order(self) -> tuple[int, int]:
        return self.row, self.position

    @property
    def holds(self) -> bool:
        return bool(self.index.isValid()) and _said_in(QModelIndex(self.index)) == self.text


class TextSelection:
    """Empty until something is selected."""

    def __init__(self) -> None:
        self._ends: tuple[_Place, _Place] | None = None
        """Where it was begun, and where it was drawn to."""

    def __bool__(self) -> bool:
        return self._ends is not None and self._ends[0].order != self._ends[1].order

    def begin(self, index: QModelIndex, position: int) -> None:
        """Begin there, with nothing."""
        self.select(index, position, position)

    def select(self, index: QModelIndex, begin: int, end: int) -> None:
        """Select these characters of one row."""
        held, text = QPersistentModelIndex(index), _said_in(index)
        self._ends = _Place(held, begin, text), _Place(held, end, text)

    def draw_to(self, index: QModelIndex, position: int) -> None:
        """Select from where it was begun to there."""
        if self._ends is not None:
            held = QPersistentModelIndex(index)
            self._ends = self._ends[0], _Place(held, position, _said_in(index))

    def clear(self) -> None:
        """Nothing is selected."""
        self._ends = None

    def let_go_of_what_changed(self) -> None:
        """Rows have changed or are gone: if it began or ended there, nothing is selected."""
        if self._ends is not None and not all(place.holds for place in self._ends):
            self._ends = None

    def rows(self) -> range:
        """The rows of which something is selected."""
        if self._ends is None or not self:
            return range(0)
        first, last = sorted(place.row for place in self._ends)
        return range(first, last + 1)

    def span(self, index: QModelIndex) -> Span:
        """The characters that are selected in this row; from the same to the same if none are."""
        rows = self.rows()
        if self._ends is None or index.row() not in rows:
            return 0, 0
        first, last = sorted(self._ends, key=lambda place: place.order)
        begin = first.position if index.row() == rows[0] else 0
        end = last.position if index.row() == rows[-1] else len(shown(_said_in(index)))
        return begin, end

    def text(self) -> str:
        """What is selected: part of one message, or several with who said them and when. A message
        that is selected to where it is cut off is taken to its real end.
        """
        if self._ends is None:
            return ""
        model = self._ends[0].index.model()
        indexes = [model.index(row, 0) for row in self.rows()]
        parts = [(index.data(ENTRY_ROLE), self._part(index)) for index in indexes]
        said: list[tuple[Entry, str]] = [(entry, part) for entry, part in parts if part]
        if len(said) == 1:
            return said[0][1]
        return "\n".join(copied_line(entry, part) for entry, part in said)

    def _part(self, index: QModelIndex) -> str:
        whole, (begin, end) = _said_in(index), self.span(index)
        visible = shown(whole)
        if (begin, end) == (0, len(visible)):
            return whole
        beyond = whole[len(shortened(whole)) :] if end == len(visible) else ""
        return visible[begin:end].replace("\u2028", "\n") + beyond


def _said_in(index: QModelIndex) -> str:
    return shown_text(index.data(ENTRY_ROLE))
