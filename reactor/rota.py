"""Whose turn it is, when more has come in than one turn of the loop may serve.

A session serves a limited number of frames and then asks for its next turn here. Only so many
sessions have theirs in one turn of the loop, first come, first served; so that however many clients
send however much, whoever sends a little is served between any two turns.
"""

from collections import deque
from collections.abc import Callable

from reactor.loop import Loop

# With the frames that a session may have served at once, some hundred in all: milliseconds.
SESSIONS_PER_TURN = 8


class Rota:
    """A row of sessions that have more to be served. Each is in it once, so it needs no bound."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._waiting: deque[Callable[[], object]] = deque()
        self._going_on = False

    def next_turn(self, serve: Callable[[], object]) -> None:
        """Call *serve* in one of the next turns, when those who asked before have had theirs."""
        self._waiting.append(serve)
        self._go_on_in_next_turn()

    def _serve_some(self) -> None:
        for _ in range(min(SESSIONS_PER_TURN, len(self._waiting))):
            self._loop.attempt(self._waiting.popleft())
        self._going_on = False  # not before: who has just been served may have asked again
        self._go_on_in_next_turn()

    def _go_on_in_next_turn(self) -> None:
        if self._waiting and not self._going_on:
            self._going_on = True
            self._loop.call_soon(self._serve_some)
