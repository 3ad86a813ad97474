"""All send queues together."""

import gc
import weakref

from reactor.send_queues import Marks, SendQueues


class Queue:
    """A send queue that writes down what it is told."""

    def __init__(self, queues: SendQueues) -> None:
        self.queued = 0
        self.told: list[str] = []
        self._queues = queues

    def holds(self, size: int) -> None:
        """Let it hold so many bytes."""
        by, self.queued = size - self.queued, size
        self._queues.changed(self, by)

    def flush(self) -> None:
        self.told.append("flush")

    def close_slow(self, mark: str) -> None:
        self.told.append(mark)
        self.holds(0)


def test_each_that_was_written_to_is_flushed_once() -> None:
    """And not again in the next turn."""
    queues = SendQueues(Marks(1, 2, 100))
    first, second = Queue(queues), Queue(queues)
    queues.written += [first, second]
    queues.flush()
    queues.flush()
    assert (first.told, second.told) == (["flush"], ["flush"])


def test_what_is_written_meanwhile_is_flushed_too() -> None:
    """A flush may make others write: one who is behind, or who has caught up."""
    queues = SendQueues(Marks(1, 2, 100))
    late = Queue(queues)

    class Answering(Queue):
        def flush(self) -> None:
            queues.written.append(late)

    queues.written.append(Answering(queues))
    queues.flush()
    assert late.told == ["flush"]


def test_the_fullest_go_first_and_no_more_than_must() -> None:
    """When all together hold more than the total."""
    queues = SendQueues(Marks(1, 2, 100))
    sizes = (30, 60, 10, 50)
    holding = [Queue(queues) for _ in sizes]
    for queue, size in zip(holding, sizes, strict=True):
        queue.holds(size)
    queues.written.append(holding[2])
    queues.flush()
    assert [queue.told for queue in holding] == [[], ["total"], ["flush"], []]
    assert queues.queued == 90


def test_what_is_empty_is_forgotten() -> None:
    """A connection that was behind once must not stay for ever."""
    queues = SendQueues(Marks(1, 2, 100))
    queue = Queue(queues)
    queue.holds(5)
    queue.holds(0)
    forgotten = weakref.ref(queue)
    del queue
    gc.collect()
    assert forgotten() is None
