"""When to ask a silent server whether it is there, and when to give it up. Knows no clock."""

from enum import Enum

PING_AFTER = 60.0
"""Seconds of silence after which we ask. Below the two minutes after which home routers forget."""

GIVE_UP_AFTER = 150.0
"""Seconds of silence after which nobody is there: the question has then gone unanswered for 90."""


DOUBT = 10.0
"""Seconds in which a server answers that is there, when there is a reason to doubt it."""


class Beat(Enum):
    """What the silence calls for."""

    NOTHING = 0
    ASK = 1
    GIVE_UP = 2


class Heartbeat:
    """How long it has been quiet, and whether we have asked. Times are seconds of one clock."""

    def __init__(self, now: float) -> None:
        self._heard = now
        self._asked = False

    def heard(self, now: float) -> None:
        """Something came."""
        self._heard = now
        self._asked = False

    def doubt(self, now: float) -> None:
        """There is a reason to believe that nobody is there: ask at once, and wait ``DOUBT``."""
        self._heard = min(self._heard, now - GIVE_UP_AFTER + DOUBT)
        self._asked = False

    def deadline(self) -> float:
        """When to call :meth:`due` next, unless something is heard before."""
        return self._heard + (GIVE_UP_AFTER if self._asked else PING_AFTER)

    def due(self, now: float) -> Beat:
        """What is to be done at *now*. Asks once for each silence."""
        if now >= self._heard + GIVE_UP_AFTER:
            return Beat.GIVE_UP
        if now >= self._heard + PING_AFTER and not self._asked:
            self._asked = True
            return Beat.ASK
        return Beat.NOTHING
