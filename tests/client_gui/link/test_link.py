"""The thread that owns the socket, against a scripted server."""

import socket
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from client_gui.events import Closed, Failure, Opened
from client_gui.link import link as link_module
from client_gui.link.heartbeat import GIVE_UP_AFTER, PING_AFTER
from client_gui.link.link import MAX_ORDERS, MAX_UNCONSUMED, Link
from tests.helpers.chat_server import PASSWORD, ChatServer
from tests.helpers.clock import FakeClock
from wire.codec import encode
from wire.limits import MAX_LINE
from wire.messages import Chat, ChatMessage, LogIn, LoginResult, Ping

_WAIT_MS = 10_000


class Receiver:
    """Notes what comes, and says that it was dealt with unless it is told not to."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.consuming = True
        self.lists = 0
        self.events: list[tuple[int, object]] = []
        link.arrived.connect(self._on_arrived)

    def _on_arrived(self, attempt: int, events: list) -> None:
        self.lists += 1
        self.events += [(attempt, event) for event in events]
        if self.consuming:
            self.link.consumed()

    def of(self, attempt: int, kind: type) -> list:
        return [
            event for number, event in self.events if number == attempt and isinstance(event, kind)
        ]


class Rig:
    """A running link, who listens to it, and a server."""

    def __init__(self, qtbot: QtBot, server: ChatServer) -> None:
        self.qtbot = qtbot
        self.server = server
        self.clock = FakeClock()
        self.link = Link(self.clock)
        self.receiver = Receiver(self.link)
        self.link.start()

    def open(self, attempt: int = 1, host: str = "127.0.0.1", port: int = 0) -> None:
        login = LogIn("user1", PASSWORD, "test/1")
        self.link.open(attempt, host, port or self.server.port, login)

    def until(self, condition) -> None:  # noqa: ANN001
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=_WAIT_MS)

    def log_in(self, attempt: int = 1) -> None:
        self.open(attempt)
        self.until(lambda: self.receiver.of(attempt, LoginResult))

    def until_closed(self, attempt: int = 1) -> Failure:
        self.until(lambda: self.receiver.of(attempt, Closed))
        (closed,) = self.receiver.of(attempt, Closed)
        return closed.failure


@pytest.fixture
def rig(qtbot: QtBot) -> Iterator[Rig]:
    """A link that has nothing to do yet."""
    with ChatServer() as server:
        rig = Rig(qtbot, server)
        yield rig
        assert rig.link.stop()


def test_an_attempt_logs_in_and_brings_messages(rig: Rig) -> None:
    """In their order, under its number."""
    rig.log_in(7)
    assert [event for _, event in rig.receiver.events] == [
        Opened(),
        LoginResult("1", "nick-user1", "user1"),
    ]
    rig.server.peer.send(*(ChatMessage("n", str(number), seq=number) for number in range(1, 4)))
    rig.until(lambda: len(rig.receiver.of(7, ChatMessage)) == 3)
    assert [message.seq for message in rig.receiver.of(7, ChatMessage)] == [1, 2, 3]


def test_what_is_sent_arrives_in_order(rig: Rig) -> None:
    """More than a socket takes at once."""
    rig.log_in()
    for number in range(200):
        assert rig.link.send(1, Chat("user1", "x" * 5000, "", str(number)))
    rig.until(lambda: len(rig.server.peer.of_type(Chat)) == 200)
    assert [chat.cid for chat in rig.server.peer.of_type(Chat)] == [str(n) for n in range(200)]


def test_orders_for_an_attempt_that_is_over_are_dropped(rig: Rig) -> None:
    """They were meant for another connection."""
    rig.log_in(1)
    rig.log_in(2)
    rig.link.send(1, Chat("user1", "old"))
    rig.link.send(2, Chat("user1", "new"))
    rig.until(lambda: rig.server.peer.of_type(Chat))
    assert [chat.text for chat in rig.server.peer.of_type(Chat)] == ["new"]
    assert rig.until_closed(1) is Failure.ASKED


def test_orders_are_bounded(qtbot: QtBot) -> None:
    """A thread that does not come to them makes nothing grow."""
    link = Link()
    accepted = [link.send(1, Ping()) for _ in range(MAX_ORDERS + 1)]
    assert accepted == [True] * MAX_ORDERS + [False]
    assert link.stop()


@pytest.mark.parametrize(
    ("end", "failure"),
    [("reset", Failure.LOST), ("half_close", Failure.LOST), ("close", Failure.LOST)],
)
def test_however_the_server_ends_it_is_told(rig: Rig, end: str, failure: Failure) -> None:
    """Once, and another attempt succeeds."""
    rig.log_in(1)
    getattr(rig.server.peer, end)()
    assert rig.until_closed(1) is failure
    rig.log_in(2)


def test_nothing_listens(rig: Rig) -> None:
    """A port that nobody has."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        rig.open(port=unused.getsockname()[1])
        assert rig.until_closed() is Failure.REFUSED


def test_a_line_without_an_end_is_cut_off(rig: Rig) -> None:
    """A hostile server fills no memory."""
    rig.log_in()
    rig.server.peer.send_bytes(b"x" * (2 * MAX_LINE))
    assert rig.until_closed() is Failure.NOT_MINICHAT


def test_ipv6_is_spoken(qtbot: QtBot) -> None:
    """Where the machine has it."""
    with ChatServer(family=socket.AF_INET6) as server:
        rig = Rig(qtbot, server)
        rig.open(host="::1")
        rig.until(lambda: rig.receiver.of(1, LoginResult))
        assert rig.link.stop()


def test_a_name_is_looked_up_elsewhere(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """While that takes, the link is there for others; its late answer is dropped."""
    reports = []
    monkeypatch.setattr(link_module, "look_up", lambda host, port, report: reports.append(report))
    rig.open(1, "slow.example.org")
    rig.open(2, "chat.example.org")
    rig.until(lambda: len(reports) == 2)
    reports[0]([(socket.AF_INET, ("127.0.0.1", 1))])
    reports[1]([(socket.AF_INET, ("127.0.0.1", rig.server.port))])
    rig.until(lambda: rig.receiver.of(2, LoginResult))
    assert rig.until_closed(1) is Failure.ASKED


def test_stopping_does_not_wait_for_a_look_up(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never ends, and the thread has."""
    monkeypatch.setattr(link_module, "look_up", lambda host, port, report: None)
    link = Link(FakeClock())
    link.start()
    link.open(1, "slow.example.org", 1, LogIn("a", "b"))
    assert link.stop()
    assert link.isFinished()


def test_silence_is_asked_about_and_then_given_up(rig: Rig) -> None:
    """By the link's clock, which the test moves."""
    rig.server.script = lambda peer, message: (
        None if isinstance(message, Ping) else peer.server.answer_politely(peer, message)
    )
    rig.log_in()
    rig.clock.advance(PING_AFTER)
    rig.link.wake()
    rig.until(lambda: rig.server.peer.of_type(Ping))
    rig.clock.advance(GIVE_UP_AFTER)
    rig.link.wake()
    assert rig.until_closed() is Failure.SILENT


def test_a_doubt_is_settled_at_once(rig: Rig) -> None:
    """After a sleep, say: the server is asked now, and not in a minute."""
    rig.log_in()
    rig.link.doubt()
    rig.until(lambda: rig.server.peer.of_type(Ping))


def test_a_flood_comes_in_few_lists(rig: Rig) -> None:
    """So the event loop is not drowned in slot calls."""
    rig.log_in()
    flood = b"".join(encode(ChatMessage("n", "text", seq=n)) for n in range(1, 20_001))
    rig.server.peer.send_bytes(flood)
    rig.until(lambda: len(rig.receiver.of(1, ChatMessage)) == 20_000)
    assert [message.seq for message in rig.receiver.of(1, ChatMessage)] == [*range(1, 20_001)]
    assert rig.receiver.lists < 2_000


def test_a_window_that_is_behind_is_not_buried(rig: Rig) -> None:
    """Nothing more is read until it has caught up, and silence is not the server's meanwhile."""
    rig.log_in()
    rig.receiver.consuming = False
    lists_before = rig.receiver.lists
    for number in range(1, MAX_UNCONSUMED + 1):
        rig.server.peer.send(ChatMessage("n", "t", seq=number))
        rig.until(lambda number=number: len(rig.receiver.of(1, ChatMessage)) == number)
    rig.server.peer.send(ChatMessage("n", "the last", seq=99))
    rig.clock.advance(GIVE_UP_AFTER)
    rig.link.wake()
    rig.link.send(1, Ping("seen"))
    rig.until(lambda: Ping("seen") in rig.server.peer.received)
    assert rig.receiver.lists - lists_before == MAX_UNCONSUMED
    for _ in range(MAX_UNCONSUMED):
        rig.link.consumed()
    rig.until(lambda: rig.receiver.of(1, ChatMessage)[-1].seq == 99)
    assert rig.receiver.of(1, Closed) == []
