"""Commits that got no answer: what they were to store, and the answers that nobody has had yet.

A connection can be lost while it commits. The messages are then kept here until the database can be
asked; if it has them, their answers wait here for the messages to come again, and are given once.
Thread safe. Plain values only: how the database is asked is the caller's affair.
"""

import threading
from collections.abc import Callable, Sequence
from typing import TypeAlias

from reactor.records import NewMessage, Stored

Attempt: TypeAlias = Sequence[tuple[NewMessage, Stored]]
"""The messages of one transaction, each with the answer that it was to get."""

# Answers kept for messages that may come again: a few batches. Those beyond it are in the database
# all the same; only one without a cid would be stored again if it still came again.
MAX_ANSWERS = 4_096


class LostCommits:
    """Empty for as long as no connection breaks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Everybody settles before storing more, so this holds one for each thread at the most.
        self._in_doubt: list[Attempt] = []
        self._answers: dict[object, list[Stored]] = {}

    def add(self, attempt: Attempt) -> None:
        """Keep a transaction whose commit got no answer."""
        if attempt:
            with self._lock:
                self._in_doubt.append(attempt)

    def settle(self, has_landed: Callable[[Attempt], bool]) -> None:
        """Ask *has_landed* of everything in doubt. What it raises leaves the doubt as it was."""
        while attempt := self._latest():
            landed = has_landed(attempt)
            with self._lock:
                # Another thread may have asked at the same time, and got the same answer.
                if attempt in self._in_doubt:
                    self._in_doubt.remove(attempt)
                    self._keep_answers(attempt if landed else ())

    @property
    def has_answers(self) -> bool:
        """Whether :meth:`answer` has any to give."""
        return bool(self._answers)

    def answer(self, message: NewMessage) -> Stored | None:
        """Return the answer that *message* never got, once; None if there is none."""
        with self._lock:
            answers = self._answers.get(_identity(message), [])
            answer = answers.pop(0) if answers else None
            if not answers:
                self._answers.pop(_identity(message), None)
            return answer

    def _latest(self) -> Attempt | None:
        with self._lock:
            return self._in_doubt[-1] if self._in_doubt else None

    def _keep_answers(self, attempt: Attempt) -> None:
        for message, answer in attempt:
            self._answers.setdefault(_identity(message), []).append(answer)
        while len(self._answers) > MAX_ANSWERS:
            del self._answers[next(iter(self._answers))]


def _identity(message: NewMessage) -> object:
    """What makes a message that comes again the same one."""
    return (message.sender_id, message.cid) if message.cid else message
