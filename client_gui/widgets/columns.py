"""Which parts of the chat window are to be seen: a narrow one has not room for all. No Qt."""

from enum import Enum

TWO_FROM = 460
"""Pixels of a window from which on there is room for two columns."""

THREE_FROM = 560
"""Pixels of a window from which on there is room for three: half of a small screen, where two
clients stand side by side."""

_SHARES = ((28, 140, 230), (16, 100, 160), (30, 170, 300))
"""Of the rooms, of who is online, and of the search: per cent of the window, least, most pixels."""


class Column(Enum):
    """A part of the chat window."""

    ROOMS = 0
    CONVERSATION = 1
    ONLINE = 2
    SEARCH = 3


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


def widths(width: int) -> dict[Column, int]:
    """Return how wide the columns of a window of *width* are at first; the messages get the rest.

    A person may move what is between them.
    """
    rooms, online, search = (
        max(least, min(most, width * share // 100)) for share, least, most in _SHARES
    )
    rest = max(0, width - rooms - online)
    return {
        Column.ROOMS: rooms,
        Column.CONVERSATION: rest,
        Column.ONLINE: online,
        Column.SEARCH: search,
    }
