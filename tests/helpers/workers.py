"""A lane that a test turns by hand: no thread, and nothing happens before the test says so."""

from collections import deque
from collections.abc import Callable
from typing import Any

from reactor.workers import LaneFull

Post = Callable[..., object]


def at_once(callback: Callable[..., object], *args: Any) -> None:
    callback(*args)


class HandLane:
    """A :class:`reactor.workers.Lane`.

    Attributes:
        capacity: pieces of work that may wait; one more raises :class:`LaneFull`, as ever.
        called: the name of each function that was called in the lane.
    """

    def __init__(self, capacity: int = 1000, post: Post = at_once) -> None:
        """*post* takes results back: at once, or, with a loop's ``call_soon``, in its next turn."""
        self.capacity = capacity
        self.called: list[str] = []
        self._post = post
        self._waiting: deque[
            tuple[Callable[..., Any], tuple[Any, ...], Callable[..., Any], Callable[..., Any]]
        ] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def submit(
        self,
        work: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        if len(self._waiting) >= self.capacity:
            raise LaneFull("by hand")
        self._waiting.append((work, args, done, failed))

    def run_one(self) -> None:
        """Do the piece of work that has waited longest, and bring its result back."""
        work, args, done, failed = self._waiting.popleft()
        self.called.append(_name(work))
        try:
            result = work(*args)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is brought back
            self._post(failed, error)
        else:
            self._post(done, result)

    def run_all(self) -> None:
        """Do all that waits now."""
        for _ in range(len(self._waiting)):
            self.run_one()

    def fail_one(self, error: Exception) -> None:
        """Let the piece of work that has waited longest raise *error*, undone."""
        _, _, _, failed = self._waiting.popleft()
        self._post(failed, error)


def _name(work: Callable[..., Any]) -> str:
    return str(getattr(work, "func", work).__name__)  # a partial has its function's
