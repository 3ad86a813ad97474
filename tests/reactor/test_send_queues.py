"""All send queues together."""

import gc
import weakref

import pytest

from reactor.send_queues import CLOSED_PER_TURN, Marks, SendQueues


class Queue:
    """A send queue that writes down what it is told.

    Attributes:
        looks: how often anybody looked how full it is.
    """

    def __init__(self, queues: SendQueues) -> None:
        self.told: list[str] = []
        self.looks = 0
        self._queued = 0
        self._queues = queues

    @property
    def queued(self) -> int:
        self.looks += 1
        return self._queued

    def holds(self, size: int) -> None:
        """Let it hold so many bytes."""
        by, self._queued = size - self._queued, size
        self._queues.changed(self, by)

    def flush(self) -> None:
        self.told.append("flush")

    def give_up(self, mark: str) -> None:
        self.told.append(f"given up: {mark}")
        self._queues.given_up(self, mark, self._queued)
        self.holds(0)

    def close_slow(self, mark: str, queued: int) -> None:
        self.told.append(f"closed: {mark} {queued}")


class Turns:
    """How often another turn was asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> None:
        self.asked += 1


@pytest.fixture
def turns() -> Turns:
    return Turns()


@pytest.fixture
def queues(turns: Turns) -> SendQueues:
    return SendQueues(Marks(1, 2, 1000), turns)


def test_each_that_was_written_to_is_flushed_once(queues: SendQueues) -> None:
    """And not again in the next turn."""
    first, second = Queue(queues), Queue(queues)
    queues.written += [first, second]
    queues.flush()
    queues.flush()
    assert (first.told, second.told) == (["flush"], ["flush"])


def test_what_is_written_meanwhile_is_flushed_too(queues: SendQueues) -> None:
    """A flush may make others write: one who is behind, or who has caught up."""
    late = Queue(queues)

    class Answering(Queue):
        def flush(self) -> None:
            queues.written.append(late)

    queues.written.append(Answering(queues))
    queues.flush()
    assert late.told == ["flush"]


def test_the_fullest_go_first_and_no_more_than_must(queues: SendQueues, turns: Turns) -> None:
    """When all together hold more than the total; in the same turn, if they are few."""
    sizes = (300, 600, 100, 500)
    holding = [Queue(queues) for _ in sizes]
    for queue, size in zip(holding, sizes, strict=True):
        queue.holds(size)
    queues.written.append(holding[2])
    queues.flush()
    gone = ["given up: total", "closed: total 600"]
    assert [queue.told for queue in holding] == [[], gone, ["flush"], []]
    assert queues.queued == 900
    assert queues.closed_slow == {"total": 1}
    assert turns.asked == 0


def test_looking_for_the_fullest_is_not_done_in_every_turn(queues: SendQueues) -> None:
    """A crowd that does not read, and is told a little in each turn: counted, not timed."""
    crowd = [Queue(queues) for _ in range(100)]
    for queue in crowd:
        queue.holds(10)
    looks = []
    for turn in range(1, 31):
        crowd[turn].holds(11)
        before = sum(queue.looks for queue in crowd)
        queues.flush()
        looks.append(sum(queue.looks for queue in crowd) - before)
        assert queues.queued <= 1000
    assert sum(map(bool, looks)) == 1


def test_a_crowd_that_is_given_up_is_closed_in_turns(queues: SendQueues, turns: Turns) -> None:
    """What it held is free at once; so many are told in a turn, and each once."""
    crowd = [Queue(queues) for _ in range(2 * CLOSED_PER_TURN + 1)]
    for queue in crowd:
        queue.give_up("hard")
    counts = []
    for _ in range(4):
        queues.flush()
        counts.append(sum(len(queue.told) == 2 for queue in crowd))
    assert counts == [CLOSED_PER_TURN, 2 * CLOSED_PER_TURN, len(crowd), len(crowd)]
    assert turns.asked == 2
    assert queues.closed_slow == {"hard": len(crowd)}


def test_what_they_are_told_goes_out_in_the_same_turn(queues: SendQueues) -> None:
    """The last words, and what others are told of their leaving."""

    class Leaving(Queue):
        def close_slow(self, mark: str, queued: int) -> None:
            queues.written.append(self)

    leaving = Leaving(queues)
    leaving.give_up("hard")
    queues.flush()
    assert leaving.told == ["given up: hard", "flush"]


def test_what_is_empty_is_forgotten(queues: SendQueues) -> None:
    """A connection that was behind once must not stay for ever."""
    queue = Queue(queues)
    queue.holds(5)
    queue.holds(0)
    forgotten = weakref.ref(queue)
    del queue
    gc.collect()
    assert forgotten() is None
