"""Changes that one can stand for."""

from client_gui.changes import Inserted, Removed, Updated
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


def test_of_updates_of_one_entry_the_last_counts(make_entry: MakeEntry) -> None:
    """Five thousand reactions to a message are shown once; anything between keeps them apart."""
    a, b, c = (make_entry(1, text) for text in "abc")
    updates = [Updated("lobby", 0, a), Updated("lobby", 1, b), Updated("lobby", 0, c)]
    assert joined(updates) == [Updated("lobby", 0, c), Updated("lobby", 1, b)]
    gone = Removed("lobby", 0, 1)
    apart = [updates[0], gone, updates[2]]
    assert joined(apart) == apart
    there = [updates[0], Updated("#1", 0, b), updates[2]]
    assert joined(there) == there
