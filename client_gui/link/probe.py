"""Looks at a server, for the doctor: blocking, for a thread that may wait; nothing is left behind.

1. Each look ends within its patience, whatever the server does.
2. Nothing raises: whatever the network or the peer does becomes a :class:`Finding`.
3. A login that was made for the look is taken back: no device of it stays at the server.
"""

import queue
import selectors
import time
from dataclasses import dataclass

from client_gui.address import Address
from client_gui.events import Closed, Failure, Opened
from client_gui.link.connection import Connection
from client_gui.link.lookup import Found, look_up
from wire.messages import Device, Devices, LogIn, LoginResult, LogOut, Message, RevokeDevice

PATIENCE = 8.0
"""Seconds for a look-up, and again for each connection: as long as one watches a list of steps."""

_HELLO = LogIn("", "")
"""Every server refuses it at once, without counting it as a failed login."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one connection has shown."""

    opened: bool = False
    """The port has answered."""
    spoke: bool = False
    """It was MiniChat that did."""
    failure: Failure | None = None
    """How it ended before that, or before the login was answered."""
    login: str = ""
    """``ok``, or the reason word of the refusal; empty without an answer."""
    sent: int = 0
    taken: int = 0
    heard: int = 0
    """When a login was sent, taken by the server's clock, and answered; milliseconds, or 0."""


def resolve(address: Address, patience: float = PATIENCE) -> Found | OSError:
    """The addresses of *address*, or why there are none."""
    answers: queue.SimpleQueue[Found | OSError] = queue.SimpleQueue()
    look_up(address.host, address.port, answers.put)
    try:
        return answers.get(timeout=patience)
    except queue.Empty:
        return TimeoutError("the resolver does not answer")


def say_hello(found: Found, patience: float = PATIENCE) -> Finding:
    """Connect, and see whether the server answers as MiniChat does."""
    return _Look(_HELLO, patience).run(found)


def log_in(found: Found, login: LogIn, patience: float = PATIENCE) -> Finding:
    """Connect and log in, and leave again."""
    return _Look(login, patience).run(found)


def _now() -> int:
    return time.time_ns() // 1_000_000


class _Look:
    """One connection."""

    def __init__(self, login: LogIn, patience: float) -> None:
        self._login = login
        self._give_up_at = time.monotonic() + patience
        self._connection = Connection(login, time.monotonic)
        self._opened = self._spoke = self._done = False
        self._failure: Failure | None = None
        self._answer = ""
        self._new_device = False
        self._sent = self._taken = self._heard = 0

    def run(self, found: Found) -> Finding:
        self._connection.found(found)
        with selectors.DefaultSelector() as selector:
            while not self._done:
                self._turn(selector)
        self._connection.close()
        return Finding(
            *(self._opened, self._spoke, self._failure, self._answer),
            *(self._sent, self._taken, self._heard),
        )

    def _turn(self, selector: selectors.BaseSelector) -> None:
        connection = self._connection
        left = min(connection.deadline(), self._give_up_at) - time.monotonic()
        if connection.socket is not None:
            selector.register(connection.socket, connection.wanted())
            try:
                ready = selector.select(max(0.0, left))
            finally:
                selector.unregister(connection.socket)
            for _, events in ready:
                connection.ready(events)
        connection.check_deadlines()
        for event in connection.inbox:
            self._take(event)
        connection.inbox.clear()
        if not self._done and time.monotonic() >= self._give_up_at:
            self._fail(Failure.NO_ANSWER if self._opened else Failure.TIMED_OUT)

    def _take(self, event: Message | Opened | Closed) -> None:
        match event:
            case Opened():
                self._opened, self._sent = True, _now()
            case Closed(failure):
                self._fail(failure)
            case LoginResult():
                self._spoke = True
                self._answered(event)
            case Device() if event.current and self._new_device:
                self._taken = event.created
                self._leave(RevokeDevice(event.device))
            case Message():
                self._spoke = True
                self._done = self._done or self._login is _HELLO

    def _answered(self, result: LoginResult) -> None:
        self._heard = _now()
        self._answer = "ok" if result.ret == "1" else result.note or "refused"
        self._new_device = result.ret == "1" and bool(result.note)
        if self._new_device:
            self._connection.send(Devices())
        else:
            self._leave()

    def _leave(self, *last: Message) -> None:
        for message in (*last, LogOut()) if self._answer == "ok" else ():
            self._connection.send(message)
        self._done = True

    def _fail(self, failure: Failure) -> None:
        if not self._answer:
            self._failure = failure
        self._done = True
