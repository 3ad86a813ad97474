"""Some who stay, and ask the server again and again whether it is there: how long they wait.

They are a load of their own, so that what they measure is not the work of those who come and go.
"""

import time

from bench.server.crowd import Crowd

# Seconds between two pings of one: enough of them for a 99th percentile, and no load to speak of.
EVERY = 0.02


def ping(crowd: Crowd, seconds: float) -> tuple[list[float], list[float]]:
    """Have everybody in *crowd* ping for that long, each when its last one was answered.

    Returns:
        When each answer came, by the clock of ``time.monotonic``, and how long it took. One that
        did not come counts with the time that it had.
    """
    pinging = Pinging(crowd)
    until = time.monotonic() + seconds
    while (now := time.monotonic()) < until:
        pinging.send(now)
        pause = max(0.0, min(pinging.next_at, until) - now)
        for descriptor in crowd.poll.ready(pause):
            pinging.hear(descriptor, crowd.read(descriptor))
    pinging.end()
    return pinging.at, pinging.took


class Pinging:
    """Pings under way, by descriptor."""

    def __init__(self, crowd: Crowd) -> None:
        self.at: list[float] = []
        self.took: list[float] = []
        self._crowd = crowd
        now = time.monotonic()
        spread = EVERY / len(crowd.descriptors)
        self._due = {each: now + place * spread for place, each in enumerate(crowd.descriptors)}
        self._sent: dict[int, float] = {}
        self._tails: dict[int, bytes] = {}

    @property
    def next_at(self) -> float:
        """When the next one is due."""
        return min(self._due.values(), default=float("inf"))

    def send(self, now: float) -> None:
        """Send those that are due."""
        for descriptor in [each for each, due in self._due.items() if due <= now]:
            del self._due[descriptor]
            self._sent[descriptor] = time.monotonic()
            self._tails[descriptor] = b""
            self._crowd.sockets[descriptor].sendall(self._crowd.language.ping)

    def hear(self, descriptor: int, length: int) -> None:
        """Something has come for one."""
        if descriptor not in self._sent:
            return
        pong = self._crowd.language.pong
        data = self._tails[descriptor] + bytes(self._crowd.buffer[:length])
        self._tails[descriptor] = data[1 - len(pong) :] if len(pong) > 1 else b""
        if pong in data:
            self._note(descriptor)

    def _note(self, descriptor: int) -> None:
        now = time.monotonic()
        self.at.append(now)
        self.took.append(now - self._sent.pop(descriptor))
        self._due[descriptor] = now + EVERY

    def end(self) -> None:
        """Those that were not answered have taken until now, at least."""
        for descriptor in list(self._sent):
            self._note(descriptor)
