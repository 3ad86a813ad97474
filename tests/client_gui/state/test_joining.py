"""Insertions that continue each other."""

from client_gui.changes import Inserted, Removed
from client_gui.state.joining import joined
from tests.client_gui.conftest import MakeEntry


def test_only_what_continues_is_joined(make_entry: MakeEntry) -> None:
    """In one room, one behind the other; anything between keeps them apart."""
    a, b, c = (make_entry(seq) for seq in (1, 2, 3))
    first, second = Inserted("lobby", 0, (a,)), Inserted("lobby", 1, (b,))
    assert joined([first, second]) == [Inserted("lobby", 0, (a, b))]
    gone = Removed("lobby", 0, 1)
    assert joined([first, gone, second]) == [first, gone, second]
    there = Inserted("#1", 1, (c,))
    assert joined([first, there, second]) == [first, there, second]
    assert joined([second, first]) == [second, first]
    assert joined([]) == []
