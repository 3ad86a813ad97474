"""A stage for sessions: everything behind them is real but the store, the lanes and the sockets.

    stage = Stage(loop)
    client = stage.connect(BASIC)
    client.says("0001|user1|111111")
    stage.settle()                     # lanes work, the loop turns, until nothing is left to do
    assert client.told() == ["1001|1|itcast1|user1"]

The users are the three of the seed; *stand_in_passwords* makes checking them cheap.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from reactor import accounts
from reactor.accounts import Accounts
from reactor.archive import Archive
from reactor.command import Commands
from reactor.commands import COMMANDS
from reactor.device_logins import DeviceLogins
from reactor.devices import Devices
from reactor.dialects import BASIC, Dialect
from reactor.doubts import Doubts
from reactor.journal import Journal
from reactor.loop import Loop
from reactor.memberships import Memberships
from reactor.presence import OnlineUsers
from reactor.read_marks import ReadMarks
from reactor.resume import Resumes
from reactor.rooms import Rooms
from reactor.rota import Rota
from reactor.services import Patience, Services
from reactor.session import Session
from reactor.sessions import Sessions
from reactor.silence import SilenceWatch
from reactor.throttle import FailedLogins
from reactor.typing_notices import TypingNotices
from tests.helpers.stores import FakeStore
from tests.helpers.transports import FakeConnection
from tests.helpers.workers import HandLane
from wire.codec import decode
from wire.messages import Goodbye, LoginResult, Message, Result
from wire.reasons import REASONS

NOW = 1_700_000_000_000
"""The time of day, in milliseconds, of all messages."""

EPOCH = "epoch1"
"""Which database it is."""

LOGGED_IN = f"1001|1|itcast1|user1|token1||{EPOCH}"
"""What a full client is told when user1 logs in."""

PATIENCE = Patience(login=30, line_quiet=0.2, unacknowledged=4)

PING_AFTER, GONE_AFTER = 60, 150


class StandInPasswords:
    """In place of :mod:`reactor.passwords`: the hash of ``x`` is ``hash:x``, an old one ``old:x``.

    Attributes:
        checked: each hash that a password was checked against.
    """

    DUMMY_HASH = "dummy"

    def __init__(self) -> None:
        self.checked: list[str] = []

    def verify(self, password_hash: str, password: str) -> bool:
        self.checked.append(password_hash)
        return password_hash in (f"hash:{password}", f"old:{password}")

    def needs_rehash(self, password_hash: str) -> bool:
        return password_hash.startswith("old:")

    def hash_password(self, password: str) -> str:
        return f"hash:{password}"


def stand_in_passwords(monkeypatch: pytest.MonkeyPatch) -> StandInPasswords:
    """Let :mod:`reactor.accounts` use it for the rest of the test."""
    stand_in = StandInPasswords()
    monkeypatch.setattr(accounts, "passwords", stand_in)
    return stand_in


class Client:
    """One who talks to a session, as the session's transport would bring it."""

    def __init__(self, stage: "Stage", dialect: Dialect, peer: str) -> None:
        self.connection = FakeConnection(peer)
        self.lost = False
        self._stage = stage
        self._dialect = dialect
        self._read = 0
        self.session = Session(
            stage.services, stage.commands, self.connection, dialect, lost=stage.lost.append
        )

    def says(self, *lines: str) -> None:
        """Send *lines*, each ended, in one piece."""
        self.sends("".join(f"{line}\n" for line in lines).encode())

    def sends(self, data: bytes) -> None:
        """Send bytes as they are."""
        assert self.connection.reading, "nothing is read from a connection that does not read"
        self._stage.loop.attempt(self.session.data_received, data)

    def ends(self) -> None:
        """End this direction: the client will say nothing more."""
        assert self.connection.reading, "nothing is read from a connection that does not read"
        self.connection.reading = False
        self._stage.loop.attempt(self.session.eof_received)

    def loses_connection(self, reason: str = "Connection reset by peer") -> None:
        """The transport is gone."""
        self.lost = self.connection.closed = True
        self._stage.loop.attempt(self.session.connection_lost, reason)

    def told(self) -> list[str]:
        """What was sent to this client since the last call: its frames, without line ends."""
        pieces = self.connection.written[self._read :]
        self._read = len(self.connection.written)
        if not self._dialect.joins:
            return [piece.decode() for piece in pieces]
        text = b"".join(pieces).decode()
        assert text == "" or text.endswith("\n"), "a frame without its end"
        frames = text.split("\n")[:-1]
        for frame in frames:
            _check_reasons(decode(frame.encode()))
        return frames

    def told_of(self, code: str) -> list[str]:
        """Like :meth:`told`, but only the frames with this code; the others are passed over."""
        return [frame for frame in self.told() if frame.startswith(code)]

    def told_but_presence(self) -> list[str]:
        """Like :meth:`told`, without who came and went."""
        return [frame for frame in self.told() if not frame.startswith("2002")]

    def asks(self, *lines: str) -> list[str]:
        """Say *lines*, let everything come of it, and return what this client was told then."""
        self.told()
        self.says(*lines)
        self._stage.settle()
        return self.told_but_presence()

    def pings_answered(self) -> list[str]:
        """The tokens of the pings answered since the last call; the rest is passed over."""
        return [frame.split("|")[3] for frame in self.told_of("1000|0003|ok")]

    def logs_in(self, name: str = "user1", program: str = "") -> "Client":
        """Log in as one of the three, and pass over the answer."""
        self.says(f"0001|{name}|{name[-1] * 6}" + (f"|{program}" if program else ""))
        self._stage.settle()
        assert any(f.startswith("1001|1|") for f in self.told()), "the login was refused"
        return self


class Stage:
    """Sessions, and all that they use.

    Attributes:
        services, commands: what sessions are given.
        database, reading, hashing: the lanes; their results come back in the loop's next turn.
        lost: the sessions whose connection was lost.
        tokens: how many were made: ``token1``, ``token2`` …
    """

    def __init__(self, loop: Loop, lobby_moderators: Sequence[str] = ()) -> None:
        self.loop = loop
        self.store = FakeStore()
        self.database = HandLane(post=loop.call_soon)
        self.reading = HandLane(post=loop.call_soon)
        self.hashing = HandLane(post=loop.call_soon)
        self.failures = FailedLogins(loop.time)
        self.commands: Commands = COMMANDS
        self.lost: list[Session] = []
        self.tokens = 0
        rooms = Rooms(self.store.rooms.lobby(), lobby_moderators)
        rota = Rota(loop)
        sessions = Sessions()
        devices = Devices(self.store.devices, self.database, lambda: NOW, self._new_token)
        memberships = Memberships(loop, rooms, sessions)
        self.services = Services(
            loop=loop,
            stores=self.store,
            database=self.database,
            reading=self.reading,
            searching=self.reading,
            accounts=Accounts(
                self.store.accounts,
                self.reading,
                self.database,
                self.hashing,
                self.failures,
                rota,
                capacity=1000,
            ),
            devices=devices,
            device_logins=DeviceLogins(
                loop, self.store, self.database, devices, self.failures, lambda: NOW
            ),
            rooms=rooms,
            sessions=sessions,
            silence=SilenceWatch(loop, sessions.that_can_be_asked, PING_AFTER, GONE_AFTER),
            memberships=memberships,
            doubts=Doubts(loop, self.database, self.store.rooms, rooms, sessions, memberships),
            online=OnlineUsers(loop, rooms.lobby),
            journal=Journal(loop, self.database, self.store.messages.append, capacity=100),
            archive=Archive(self.store.history, self.reading),
            resumes=Resumes(loop, self.store.history, self.reading),
            read_marks=ReadMarks(loop, self.store.marks, self.database),
            typing=TypingNotices(loop),
            rota=rota,
            patience=PATIENCE,
            epoch=EPOCH,
            now=lambda: NOW,
        )
        loop.at_turn_end(lambda: self.services.journal.end_turn())
        loop.at_turn_end(self.services.device_logins.end_turn)
        loop.at_turn_end(rooms.end_turn)
        loop.at_turn_end(lambda: self.services.resumes.end_turn())

    def _new_token(self) -> str:
        self.tokens += 1
        return f"token{self.tokens}"

    def change(self, **services: Any) -> None:
        """Give the sessions that come other services."""
        self.services = replace(self.services, **services)

    def connect(self, dialect: Dialect = BASIC, peer: str = "192.0.2.1") -> Client:
        return Client(self, dialect, peer)

    def basic(self, name: str = "user1") -> Client:
        """A client that has logged in without naming a program."""
        return self.connect().logs_in(name)

    def full(self, name: str = "user1") -> Client:
        """A client that has logged in and named its program."""
        return self.connect().logs_in(name, "test/1")

    def full_stranger(self) -> Client:
        """A client that has named its program and is not logged in."""
        client = self.connect()
        client.says("0001|user1|wrong|test/1")
        self.settle()
        client.told()
        return client

    def turn(self, times: int = 1) -> None:
        """Turn the loop; no time passes."""
        for _ in range(times):
            self.loop.call_soon(_nothing)
            self.loop.turn()

    def settle(self) -> None:
        """Turn the loop and let the lanes work until nothing is left to do. No time passes."""
        self.turn()
        while self.loop._ready or self.database or self.reading or self.hashing:
            self.database.run_all()
            self.reading.run_all()
            self.hashing.run_all()
            self.turn()

    def advance(self, seconds: float) -> None:
        """Let time pass, with all the turns that timers make meanwhile; lanes do nothing."""
        over: list[bool] = []
        self.loop.call_later(seconds, over.append, True)
        while not over:
            self.loop.turn()
        self.turn()


def _nothing() -> None:
    """Something to do, so that a turn does not wait."""


def _check_reasons(message: Message) -> None:
    reason = None
    if isinstance(message, Result):
        reason = message.outcome
    elif isinstance(message, Goodbye):
        reason = message.reason
    elif isinstance(message, LoginResult):
        reason = message.note or None if message.ret == "0" else None
    assert reason is None or reason in REASONS, f"{reason} is not in the specification"
