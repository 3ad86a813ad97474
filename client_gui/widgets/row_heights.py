"""Where the rows of a list begin, when most of them have never been measured. No Qt.

A row counts with an estimate until it is measured, so that a hundred thousand rows cost nothing
until somebody scrolls there. The rows stand in chunks that know their sum, so that finding, adding
and measuring one costs about the root of their number, wherever it is.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

FIRST_ESTIMATE = 40
"""Pixels of a row before any has been measured."""

_CHUNK = 512
"""Rows of a chunk when it is made; at twice as many it is divided."""


class _Chunk:
    """Some rows that follow each other."""

    __slots__ = ("heights", "measured", "total")

    def __init__(self, heights: list[int], measured: bytearray) -> None:
        self.heights = heights
        self.measured = measured
        self.total = sum(heights)

    def divided(self) -> "list[_Chunk]":
        """The same rows in chunks of ``_CHUNK`` at the most."""
        return [
            _Chunk(self.heights[at : at + _CHUNK], self.measured[at : at + _CHUNK])
            for at in range(0, len(self.heights), _CHUNK)
        ]


class RowHeights:
    """Heights in whole pixels."""

    def __init__(self) -> None:
        self._chunks: list[_Chunk] = []
        self._firsts: list[int] = [0]
        """The first row of each chunk, and at the end the number of rows."""
        self._tops: list[int] = [0]
        """Where each chunk begins, and at the end the total."""
        self._summed_up = True
        self._sum = 0
        self._count = 0

    def __len__(self) -> int:
        self._sum_up()
        return self._firsts[-1]

    @property
    def total(self) -> int:
        """Pixels of all rows together."""
        self._sum_up()
        return self._tops[-1]

    def top(self, row: int) -> int:
        """Where *row* begins; for the number of rows, where the last one ends."""
        if row == len(self):
            return self.total
        number, place = self._find(row)
        return self._tops[number] + sum(self._chunks[number].heights[:place])

    def height(self, row: int) -> int:
        """The height of *row*, measured or estimated."""
        number, place = self._find(row)
        return self._chunks[number].heights[place]

    def row_at(self, y: int) -> int:
        """The row at *y* pixels from the top; the first or the last where there is none."""
        if not 0 <= y < self.total:
            return 0 if y < 0 else len(self) - 1
        number = bisect_right(self._tops, y) - 1
        bottoms = list(accumulate(self._chunks[number].heights, initial=self._tops[number]))
        return self._firsts[number] + bisect_right(bottoms, y) - 1

    def is_measured(self, row: int) -> bool:
        """Whether the height of *row* is known."""
        number, place = self._find(row)
        return bool(self._chunks[number].measured[place])

    def measure(self, row: int, height: int) -> None:
        """*row* is *height* pixels high."""
        number, place = self._find(row)
        chunk = self._chunks[number]
        chunk.measured[place] = True
        self._sum += height
        self._count += 1
        if chunk.heights[place] != height:
            chunk.total += height - chunk.heights[place]
            chunk.heights[place] = height
            self._summed_up = False

    def insert(self, first: int, count: int) -> None:
        """There are *count* new rows from *first* on."""
        if count <= 0:
            return
        if not self._chunks:
            self._chunks.append(_Chunk([], bytearray()))
        number, place = self._find(first)
        chunk = self._chunks[number]
        chunk.heights[place:place] = [self._estimate()] * count
        chunk.measured[place:place] = bytes(count)
        chunk.total += self._estimate() * count
        if len(chunk.heights) > 2 * _CHUNK:
            self._chunks[number : number + 1] = chunk.divided()
        self._summed_up = False

    def remove(self, first: int, count: int) -> None:
        """The *count* rows from *first* on are gone."""
        for chunk, begin, end in list(self._parts(first, first + count)):
            chunk.total -= sum(chunk.heights[begin:end])
            del chunk.heights[begin:end], chunk.measured[begin:end]
        self._chunks = [chunk for chunk in self._chunks if chunk.heights]
        self._summed_up = False

    def forget(self, first: int, last: int) -> None:
        """The rows from *first* to *last* look different: their heights are estimates again."""
        for chunk, begin, end in self._parts(first, last + 1):
            chunk.measured[begin:end] = bytes(end - begin)

    def _estimate(self) -> int:
        return round(self._sum / self._count) if self._count else FIRST_ESTIMATE

    def _parts(self, first: int, end: int) -> Iterator[tuple[_Chunk, int, int]]:
        """Each chunk that has some of the rows from *first* to before *end*, and which."""
        while first < end:
            number, place = self._find(first)
            chunk = self._chunks[number]
            stop = min(len(chunk.heights), place + end - first)
            yield chunk, place, stop
            first += stop - place

    def _find(self, row: int) -> tuple[int, int]:
        """The chunk that has *row*, or takes it behind its last one, and its place in there."""
        self._sum_up()
        number = min(bisect_right(self._firsts, row) - 1, len(self._chunks) - 1)
        return number, row - self._firsts[number]

    def _sum_up(self) -> None:
        if not self._summed_up:
            self._firsts = list(accumulate((len(c.heights) for c in self._chunks), initial=0))
            self._tops = list(accumulate((c.total for c in self._chunks), initial=0))
            self._summed_up = True
