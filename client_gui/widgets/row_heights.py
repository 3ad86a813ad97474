"""Where the rows of a list begin, when most of them have never been measured. No Qt.

A row counts with an estimate until it is measured, so that ten thousand rows cost nothing until
somebody scrolls there. Positions are sums of heights; they are summed up again only behind the
first row that changed, and only when somebody asks.
"""

from bisect import bisect_right
from itertools import accumulate

FIRST_ESTIMATE = 40
"""Pixels of a row before any has been measured."""


class RowHeights:
    """Heights in whole pixels."""

    def __init__(self) -> None:
        self._heights: list[int] = []
        self._measured: list[bool] = []
        self._tops: list[int] = [0]
        """Where each row begins, and at the end the total; right up to ``_valid``."""
        self._valid = 0
        self._sum = 0
        self._count = 0

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> int:
        """Pixels of all rows together."""
        return self.top(len(self))

    def top(self, row: int) -> int:
        """Where *row* begins; for the number of rows, where the last one ends."""
        if row > self._valid:
            self._sum_up()
        return self._tops[row]

    def height(self, row: int) -> int:
        """The height of *row*, measured or estimated."""
        return self._heights[row]

    def row_at(self, y: int) -> int:
        """The row at *y* pixels from the top; the first or the last where there is none."""
        self._sum_up()
        return max(0, min(len(self) - 1, bisect_right(self._tops, y) - 1))

    def is_measured(self, row: int) -> bool:
        """Whether the height of *row* is known."""
        return self._measured[row]

    def measure(self, row: int, height: int) -> None:
        """*row* is *height* pixels high."""
        self._measured[row] = True
        self._sum += height
        self._count += 1
        if self._heights[row] != height:
            self._heights[row] = height
            self._valid = min(self._valid, row)

    def insert(self, first: int, count: int) -> None:
        """There are *count* new rows from *first* on."""
        self._heights[first:first] = [self._estimate()] * count
        self._measured[first:first] = [False] * count
        self._valid = min(self._valid, first)

    def remove(self, first: int, count: int) -> None:
        """The *count* rows from *first* on are gone."""
        del self._heights[first : first + count], self._measured[first : first + count]
        self._valid = min(self._valid, first)

    def forget(self, first: int, last: int) -> None:
        """The rows from *first* to *last* look different: their heights are estimates again."""
        self._measured[first : last + 1] = [False] * (last + 1 - first)

    def _estimate(self) -> int:
        return round(self._sum / self._count) if self._count else FIRST_ESTIMATE

    def _sum_up(self) -> None:
        if self._valid == len(self) and len(self._tops) == len(self) + 1:
            return
        behind = accumulate(self._heights[self._valid :], initial=self._tops[self._valid])
        self._tops[self._valid :] = behind
        self._valid = len(self)
