"""Which parts of the chat window are to be seen: a narrow one has not room for all. No Qt."""

import re
from collections.abc import Collection, Mapping
from enum import Enum

TWO_FROM = 460
"""Pixels of a window from which on there is room for two columns."""

THREE_FROM = 560
"""Pixels of a window from which on there is room for three: half of a small screen, where two
clients stand side by side."""


_PACKED = re.compile(r"\b([A-Z]+)=([0-9]{2,4})\b", re.ASCII)


class Column(Enum):
    """A part of the chat window."""

    ROOMS = 0
    CONVERSATION = 1
    ONLINE = 2
    SEARCH = 3


_SHARES = {
    Column.ROOMS: (28, 140, 230),
    Column.ONLINE: (16, 100, 160),
    Column.SEARCH: (30, 170, 300),
}
"""Per cent of the window, least, most pixels."""


def columns(width: int, searching: bool, choosing: bool) -> frozenset[Column]:
    """Return what is shown in *width* pixels. *searching*: the search is open; *choosing*: the
    rooms were asked for, where they are folded away.
    """
    count = 1 + (width >= TWO_FROM) + (width >= THREE_FROM)
    side = Column.SEARCH if searching else Column.ONLINE
    if count == 1:
        single = Column.SEARCH if searching else Column.CONVERSATION
        return frozenset((Column.ROOMS if choosing else single,))
    if searching and not choosing:
        order = (Column.CONVERSATION, side, Column.ROOMS)
    else:
        order = (Column.CONVERSATION, Column.ROOMS, side)
    return frozenset(order[:count])


def widths(
    width: int, shown: Collection[Column], chosen: Mapping[Column, int]
) -> dict[Column, int]:
    """Return how wide the columns *shown* in *width* pixels are at first, those that a person has
    *chosen* as they were; the messages get the rest."""
    sides = {
        column: chosen.get(column) or max(least, min(most, width * share // 100))
        for column, (share, least, most) in _SHARES.items()
    }
    beside = sum(pixels for column, pixels in sides.items() if column in shown)
    return {**sides, Column.CONVERSATION: max(0, width - beside)}


def packed(chosen: Mapping[Column, int]) -> bytes:
    """Return what is kept of *chosen* widths."""
    return " ".join(f"{column.name}={pixels}" for column, pixels in chosen.items()).encode()


def unpacked(kept: bytes) -> dict[Column, int]:
    """Return the widths that were *kept*; what cannot be one is left out."""
    found = _PACKED.findall(kept.decode(errors="replace"))
    return {Column[name]: int(pixels) for name, pixels in found if name in Column.__members__}
