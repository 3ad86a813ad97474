"""Read marks until they are saved."""

from collections.abc import Sequence

import pytest

from reactor import read_marks
from reactor.loop import Loop
from reactor.read_marks import SAVE_EVERY, TRY_AGAIN_AFTER, MarksFull, ReadMarks
from reactor.records import ReadMark
from tests.helpers.workers import HandLane


class Store:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.saved: list[list[ReadMark]] = []

    def save(self, marks: Sequence[ReadMark]) -> None:
        self.saved.append(list(marks))

    def readers(self, room_id: int, seq: int) -> list[object]:
        raise NotImplementedError


class Rig:
    """Marks, with their store and lane."""

    def __init__(self, loop: Loop) -> None:
        self.loop = loop
        self.store = Store()
        self.lane = HandLane()
        self.marks = ReadMarks(loop, self.store, self.lane)  # type: ignore[arg-type]

    def advance(self, seconds: float) -> None:
        over: list[bool] = []
        self.loop.call_later(seconds, over.append, True)
        while not over:
            self.loop.turn()


@pytest.fixture
def rig(loop: Loop) -> Rig:
    return Rig(loop)


def test_many_are_saved_together(rig: Rig) -> None:
    """A moment later, each as far as it has come."""
    assert rig.marks.move(1, 1, 5)
    assert rig.marks.move(1, 2, 3)
    assert rig.marks.move(1, 1, 7)
    assert len(rig.lane) == 0
    rig.advance(SAVE_EVERY)
    rig.lane.run_all()
    assert rig.store.saved == [[ReadMark(1, 1, 7), ReadMark(1, 2, 3)]]
    assert rig.marks.idle


def test_a_mark_never_moves_back(rig: Rig) -> None:
    """Neither before it is saved nor afterwards; nor is the same one saved again."""
    assert rig.marks.move(1, 1, 5)
    assert not rig.marks.move(1, 1, 5)
    assert not rig.marks.move(1, 1, 4)
    rig.advance(SAVE_EVERY)
    rig.lane.run_all()
    assert not rig.marks.move(1, 1, 5)
    rig.advance(SAVE_EVERY)
    assert len(rig.lane) == 0
    assert not rig.marks.move(1, 1, 0)


def test_one_save_at_a_time(rig: Rig) -> None:
    """What moves meanwhile is saved a second later."""
    rig.marks.move(1, 1, 5)
    rig.advance(SAVE_EVERY)
    rig.marks.move(1, 1, 6)
    rig.advance(SAVE_EVERY)
    assert len(rig.lane) == 1
    rig.lane.run_all()
    assert len(rig.lane) == 0
    rig.advance(SAVE_EVERY)
    rig.lane.run_all()
    assert rig.store.saved == [[ReadMark(1, 1, 5)], [ReadMark(1, 1, 6)]]


def test_a_save_has_a_bound(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest comes a second later."""
    monkeypatch.setattr(read_marks, "SAVE_MAX", 2)
    for user in range(1, 6):
        rig.marks.move(1, user, 1)
    for _ in range(3):
        rig.advance(SAVE_EVERY)
        rig.lane.run_all()
    assert [len(marks) for marks in rig.store.saved] == [2, 2, 1]


def test_a_save_that_fails_is_tried_again(rig: Rig) -> None:
    """What was lower by then does not come back."""
    rig.marks.move(1, 1, 5)
    rig.marks.move(1, 2, 5)
    rig.advance(SAVE_EVERY)
    rig.marks.move(1, 1, 9)
    rig.lane.fail_one(OSError("away"))
    assert not rig.marks.idle
    rig.advance(TRY_AGAIN_AFTER)
    rig.lane.run_all()
    rig.advance(TRY_AGAIN_AFTER)
    rig.lane.run_all()
    assert {mark for marks in rig.store.saved for mark in marks} == {
        ReadMark(1, 1, 9),
        ReadMark(1, 2, 5),
    }
    assert rig.marks.idle


def test_a_full_lane(rig: Rig) -> None:
    """Likewise."""
    rig.lane.capacity = 0
    rig.marks.move(1, 1, 5)
    rig.advance(SAVE_EVERY)
    rig.lane.capacity = 1
    rig.advance(TRY_AGAIN_AFTER)
    rig.lane.run_all()
    assert rig.store.saved == [[ReadMark(1, 1, 5)]]


def test_what_waits_has_a_bound(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that waits already may still move; one more is refused, and may come later."""
    monkeypatch.setattr(read_marks, "WAITING_MAX", 2)
    rig.marks.move(1, 1, 5)
    rig.marks.move(1, 2, 5)
    assert rig.marks.move(1, 1, 6)
    with pytest.raises(MarksFull):
        rig.marks.move(1, 3, 5)
    rig.advance(SAVE_EVERY)
    assert rig.marks.move(1, 3, 5)


def test_what_is_known_has_a_bound(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest is forgotten: set again it costs a save, no more."""
    monkeypatch.setattr(read_marks, "KNOWN_MAX", 2)
    for user in (1, 2, 3):
        rig.marks.move(1, user, 5)
    assert rig.marks.move(1, 1, 5)
    assert not rig.marks.move(1, 3, 5)


def test_finishing(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is saved, at once, one after the other."""
    monkeypatch.setattr(read_marks, "SAVE_MAX", 2)
    for user in range(1, 4):
        rig.marks.move(1, user, 1)
    rig.marks.finish()
    assert not rig.marks.idle
    rig.lane.run_all()
    rig.lane.run_all()
    assert [len(marks) for marks in rig.store.saved] == [2, 1]
    assert rig.marks.idle


def test_finishing_without_a_storage(rig: Rig) -> None:
    """Is done all the same: the server does not wait for ever."""
    rig.marks.move(1, 1, 1)
    rig.marks.finish()
    rig.lane.fail_one(OSError("away"))
    assert rig.marks.idle
