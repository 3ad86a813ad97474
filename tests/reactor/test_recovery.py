"""Recovery: tries when there is doubt and nobody posts, one at a time, until the doubt has gone."""

import pytest

from reactor.loop import Loop
from reactor.recovery import LOOK_EVERY, Recovery
from tests.helpers.clock import FakeClock
from tests.helpers.workers import HandLane
from tests.reactor.conftest import Faults

ROOM_ID = 7


class Store:
    """Works, or does not; storing removes the doubt."""

    def __init__(self) -> None:
        self.doubtful = False
        self.works = True
        self.tries: list[int] = []

    def try_to_store(self, room_id: int) -> bool:
        self.tries.append(room_id)
        self.doubtful = not self.works
        return self.works


class Stage:
    """A recovery whose lane and clock are turned by hand."""

    def __init__(self, loop: Loop, clock: FakeClock) -> None:
        self.store = Store()
        self.lane = HandLane(post=loop.call_soon)
        self.idle = True
        self._loop = loop
        self._clock = clock
        Recovery(loop, self.lane, self.store, ROOM_ID, lambda: self.idle)

    def look(self) -> None:
        """Let the time of one look pass."""
        self._clock.advance(LOOK_EVERY)
        self.turn()

    def turn(self) -> None:
        for _ in range(2):
            self._loop.call_soon(lambda: None)
            self._loop.turn()

    def works_off(self) -> None:
        """Let the lane work."""
        self.lane.run_all()
        self.turn()


@pytest.fixture
def stage(loop: Loop, clock: FakeClock) -> Stage:
    return Stage(loop, clock)


def test_nothing_is_tried_without_a_doubt(stage: Stage) -> None:
    """A quiet server writes nothing."""
    for _ in range(3):
        stage.look()
    assert len(stage.lane) == 0


def test_it_is_tried_until_it_works(stage: Stage) -> None:
    """With a pause after each try; then no more."""
    stage.store.doubtful, stage.store.works = True, False
    for tries in (1, 2):
        stage.look()
        stage.works_off()
        assert stage.store.tries == [ROOM_ID] * tries
        assert len(stage.lane) == 0
    stage.store.works = True
    stage.look()
    stage.works_off()
    stage.look()
    assert stage.store.tries == [ROOM_ID] * 3
    assert len(stage.lane) == 0


def test_never_two_at_once(stage: Stage) -> None:
    """A database that hangs for minutes has one try in its lane, and the pause comes after it."""
    stage.store.doubtful, stage.store.works = True, False
    for _ in range(5):
        stage.look()
    assert len(stage.lane) == 1
    stage.works_off()
    assert len(stage.lane) == 0
    stage.look()
    assert len(stage.lane) == 1


def test_who_posts_tries_already(stage: Stage) -> None:
    """What they post is not to wait for a try beside it."""
    stage.store.doubtful, stage.idle = True, False
    stage.look()
    assert len(stage.lane) == 0
    stage.idle = True
    stage.look()
    assert len(stage.lane) == 1


def test_a_fault_of_ours_does_not_end_it(stage: Stage, faults: Faults) -> None:
    """It is logged as one, and the next look comes."""
    stage.store.doubtful = True
    stage.look()
    stage.lane.fail_one(ZeroDivisionError())
    stage.turn()
    faults.expect(ZeroDivisionError)
    stage.look()
    assert len(stage.lane) == 1


def test_a_full_lane_is_tried_again(stage: Stage) -> None:
    """It is full of others, who find out by themselves."""
    stage.store.doubtful = True
    stage.lane.capacity = 0
    stage.look()
    stage.lane.capacity = 1
    stage.look()
    assert len(stage.lane) == 1
