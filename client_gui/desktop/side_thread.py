"""A thread beside the window's, for calls into others' code that may hang: the window never waits.

1. Calls run one after the other. Each answer comes back in the window's thread, exactly once.
2. A call that has no answer within its bound is answered for: with *late*. What it brings later is
   nobody's any more, and those behind it are called when it has ended, if they still wait.
3. ``MAX_CALLS`` may wait; of more, each is answered at once, with *late*.
4. It is a daemon thread: :meth:`SideThread.close` waits ``CLOSE_WITHIN``, and no longer, for a call
   that hangs in a library cannot be ended.
"""

import queue
import threading
import weakref
from collections.abc import Callable, Container
from typing import Any

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

MAX_CALLS = 32
"""Calls that may wait: more than anybody clicks while one hangs."""

CLOSE_WITHIN = 1.0
"""Seconds in which the last calls may end when the program does: writing to a keyring, say."""

_Job = tuple[int, Callable[[], object]]
_Jobs = queue.SimpleQueue[_Job | None]


class SideThread(QObject):
    """One thread, which is started with the first call."""

    _done = pyqtSignal(int, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._jobs: _Jobs = queue.SimpleQueue()
        self._waiting: dict[int, tuple[Callable[[Any], object], QTimer]] = {}
        self._called = 0
        self._closed = False
        self._thread: threading.Thread | None = None
        self._done.connect(self._on_done)

    def call(
        self,
        job: Callable[[], object],
        answer: Callable[[Any], object],
        within: float,
        late: object,
    ) -> None:
        """Run *job*, which raises nothing, beside the window; then call *answer* with its result,
        or with *late* when it took more than *within* seconds, those of waiting included.
        """
        if self._closed or len(self._waiting) >= MAX_CALLS:
            answer(late)
            return
        self._called += 1
        number = self._called
        timer = QTimer(self, singleShot=True, interval=int(within * 1000))
        timer.timeout.connect(lambda: self._on_done(number, late))
        timer.start()
        self._waiting[number] = (answer, timer)
        self._jobs.put((number, job))
        if self._thread is None:
            # The thread may outlive the program's objects. It must not be the last to hold this
            # one, for Qt's objects are to go in the thread that they live in.
            arguments = (self._jobs, self._waiting, weakref.ref(self))
            self._thread = threading.Thread(
                target=_run, args=arguments, name=self._name, daemon=True
            )
            self._thread.start()

    def close(self) -> bool:
        """Let what was begun end, for a moment; nobody is answered any more. True if it has."""
        self._closed = True
        for _, timer in self._waiting.values():
            timer.stop()
        self._jobs.put(None)
        if self._thread is None:
            return True
        self._thread.join(CLOSE_WITHIN)
        self._waiting.clear()
        return not self._thread.is_alive()

    def tell(self, number: int, result: object) -> None:
        """In the side thread: hand *result* over, unless the program ends."""
        if not self._closed:
            self._done.emit(number, result)

    @pyqtSlot(int, object)
    def _on_done(self, number: int, result: object) -> None:
        if number not in self._waiting or self._closed:
            return
        answer, timer = self._waiting.pop(number)
        timer.stop()
        timer.deleteLater()
        answer(result)


def _run(jobs: _Jobs, waiting: Container[int], owner: weakref.ref[SideThread]) -> None:
    while (job := jobs.get()) is not None:
        number, function = job
        if number in waiting:
            _tell(owner, number, function())


def _tell(owner: weakref.ref[SideThread], number: int, result: object) -> None:
    side = owner()
    if side is not None:
        side.tell(number, result)
