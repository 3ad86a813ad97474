"""Changes wait for their rows, in order, bounded, and the disk is told."""

import pytest

from client_gui.log import later_changes
from client_gui.log.later_changes import LaterChanges
from wire.messages import Change


def _change(seq: int, target: int) -> Change:
    return Change("Ann", f"text {seq}", "ann", "lobby", seq, seq, "edited", target)


def test_changes_come_by_number_and_once() -> None:
    """Whatever the order in which they came."""
    later = LaterChanges()
    assert [later.keep(_change(seq, 1)) for seq in (9, 7, 8)] == [0, 0, 0]
    assert [change.seq for change in later.take(1)] == [7, 8, 9]
    assert later.take(1) == []


def test_the_disk_is_told_what_is_new_and_what_is_done() -> None:
    """Once; what came and went in between is neither."""
    later = LaterChanges([_change(5, 1)])
    later.keep(_change(6, 1))
    later.keep(_change(7, 2))
    later.take(1)
    assert later.take_unsaved() == ([_change(7, 2)], [5])
    assert later.take_unsaved() == ([], [])


def test_beyond_the_bound_those_of_the_oldest_row_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """And it is said which row that was."""
    monkeypatch.setattr(later_changes, "MAX_LATER", 2)
    later = LaterChanges([_change(5, 3), _change(6, 4)])
    assert later.keep(_change(7, 4)) == 3
    assert later.take(3) == []
    assert later.take_unsaved() == ([_change(7, 4)], [5])


def test_the_oldest_can_be_let_go() -> None:
    """All changes of one row; when there are none, that is said."""
    later = LaterChanges([_change(5, 3), _change(6, 3), _change(7, 4)])
    assert len(later) == 3
    assert later.drop_oldest() == 3
    assert len(later) == 1
    assert later.drop_oldest() == 4
    assert later.drop_oldest() == 0
