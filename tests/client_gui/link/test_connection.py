"""One attempt, step by step, over a real pair of sockets and with a clock moved by hand."""

import errno
import selectors
import socket
from collections.abc import Iterator

import pytest

from client_gui.events import Closed, Failure, Opened
from client_gui.link import connection as connection_module
from client_gui.link.connection import CONNECT_TIMEOUT, LOGIN_DEADLINE, Connection, Stage
from client_gui.link.heartbeat import GIVE_UP_AFTER, PING_AFTER
from tests.helpers.clock import FakeClock
from wire.codec import encode
from wire.limits import MAX_LINE
from wire.messages import AreYouThere, Chat, ChatMessage, LogIn, LoginResult, Message, Ping

LOGIN = LogIn("user1", "111111", "test/1")
WELCOME = LoginResult("1", "itcast1", "user1")
_WAIT = 10.0


class Rig:
    """A connection, and the listening end of a server."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.connection = Connection(LOGIN, self.clock)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(_WAIT)
        self.server: socket.socket | None = None

    @property
    def address(self) -> tuple:
        return (socket.AF_INET, self.listener.getsockname())

    def events(self) -> list:
        inbox, self.connection.inbox = self.connection.inbox, []
        return inbox

    def until_ready(self) -> None:
        """Select once, as the link does."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.connection.socket, self.connection.wanted())
            ((_, events),) = selector.select(_WAIT)
        self.connection.ready(events)

    def connect(self) -> None:
        self.connection.found([self.address])
        self.server, _ = self.listener.accept()
        self.server.settimeout(_WAIT)
        self.until_ready()

    def log_in(self) -> list:
        self.connect()
        assert self.received(LOGIN)
        self.say(WELCOME)
        return self.events()

    def say(self, *messages: Message | bytes) -> None:
        data = b"".join(m if isinstance(m, bytes) else encode(m) for m in messages)
        self.server.sendall(data)
        self.until_ready()

    def received(self, message: Message) -> bool:
        expected = encode(message)
        data = b""
        while len(data) < len(expected):
            data += self.server.recv(len(expected) - len(data))
        return data == expected

    def close(self) -> None:
        self.connection.close()
        self.listener.close()
        if self.server is not None:
            self.server.close()


@pytest.fixture
def rig() -> Iterator[Rig]:
    """A connection that has not begun."""
    rig = Rig()
    yield rig
    rig.close()


def _failure(events: list) -> Failure:
    assert isinstance(events[-1], Closed)
    return events[-1].failure


def test_a_login_goes_as_soon_as_the_connection_stands(rig: Rig) -> None:
    """And the answer comes out."""
    assert rig.log_in() == [Opened(), WELCOME]
    assert rig.connection.stage is Stage.LOGGED_IN


def test_frames_come_out_whole_however_they_are_cut(rig: Rig) -> None:
    """Byte by byte."""
    rig.log_in()
    for byte in encode(ChatMessage("nick", "héllo|\n小", "user2", "lobby", 1, 2)):
        rig.say(bytes([byte]))
    assert rig.events() == [ChatMessage("nick", "héllo|\n小", "user2", "lobby", 1, 2)]


def test_what_cannot_be_read_is_counted_and_skipped(rig: Rig) -> None:
    """A newer server's codes, broken numbers, broken encodings; what follows is served."""
    rig.log_in()
    rig.say(b"3999|new\n2003|many\n1002|\xff|x\n\n1002\nwhat?\n", ChatMessage("n", "t"))
    assert rig.events() == [ChatMessage("n", "t")]
    assert rig.connection.skipped == 5


def test_a_line_without_an_end_ends_the_attempt(rig: Rig) -> None:
    """It is not this protocol."""
    rig.log_in()
    rig.server.settimeout(0)
    sent = 0
    while rig.connection.stage is not Stage.CLOSED:
        sent += rig.server.send(b"x" * 65536)
        rig.until_ready()
    assert sent > MAX_LINE
    assert _failure(rig.events()) is Failure.NOT_MINICHAT


@pytest.mark.parametrize(
    "banner", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n"]
)
def test_another_kind_of_server_is_recognised(rig: Rig, banner: bytes) -> None:
    """By its first line."""
    rig.connect()
    rig.say(banner)
    assert _failure(rig.events()) is Failure.NOT_MINICHAT


def test_a_server_that_hangs_up_without_a_word_is_none_of_ours(rig: Rig) -> None:
    """One that had spoken has merely lost us."""
    rig.connect()
    rig.server.shutdown(socket.SHUT_WR)
    rig.until_ready()
    assert _failure(rig.events()) is Failure.NOT_MINICHAT


def test_the_end_of_the_stream_is_a_loss(rig: Rig) -> None:
    """After a login."""
    rig.log_in()
    rig.server.shutdown(socket.SHUT_WR)
    rig.until_ready()
    assert _failure(rig.events()) is Failure.LOST


def test_nothing_listens(rig: Rig) -> None:
    """The machine says so."""
    rig.listener.close()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        rig.connection.found([(socket.AF_INET, unused.getsockname())])
        if rig.connection.stage is not Stage.CLOSED:
            rig.until_ready()
    assert _failure(rig.events()) is Failure.REFUSED


def test_every_address_is_tried(rig: Rig) -> None:
    """A dead one first; the login still succeeds."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = (socket.AF_INET, unused.getsockname())
        rig.connection.found([dead, rig.address])
        rig.server, _ = rig.listener.accept() if rig.connection.socket is None else (None, None)
        rig.until_ready()
        rig.server, _ = rig.listener.accept()
        rig.server.settimeout(_WAIT)
        rig.until_ready()
    assert rig.events() == [Opened()]


@pytest.mark.parametrize("reversed_order", [False, True])
def test_the_most_telling_error_is_the_reason(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, reversed_order: bool
) -> None:
    """That nothing listens, and not that another of its addresses cannot be reached from here."""
    errors = {
        "v4": ConnectionRefusedError(errno.ECONNREFUSED, "refused"),
        "v6": OSError(errno.ENETUNREACH, "no route"),
    }

    def begin(self: Connection, _family: int, address: str) -> bool:
        self._errors.append(errors[address])
        return False

    monkeypatch.setattr(Connection, "_begin", begin)
    addresses = sorted(errors, reverse=reversed_order)
    rig.connection.found([(socket.AF_INET, address) for address in addresses])
    assert _failure(rig.events()) is Failure.REFUSED


def test_a_peer_that_is_gone_again_is_a_loss_and_no_error(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On macOS its socket takes no more options."""
    monkeypatch.setattr(connection_module.socket, "TCP_NODELAY", -1)
    assert rig.log_in() == [Opened(), WELCOME]


def test_there_is_one_end(rig: Rig) -> None:
    """Though everything in one read is a reason for it."""
    rig.connect()
    rig.connection._lines.feed(b"no frame\n" + b"x" * (MAX_LINE + 1))
    rig.say(b"x")
    assert [type(event) for event in rig.events()] == [Opened, Closed]


def test_an_address_that_does_not_answer_leaves_time_for_the_next(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has its share of the time."""
    tried = []
    monkeypatch.setattr(
        Connection, "_begin", lambda self, family, address: tried.append(address) or True
    )
    rig.connection.found([(socket.AF_INET, "one"), (socket.AF_INET, "two")])
    assert rig.connection.deadline() == rig.clock() + CONNECT_TIMEOUT / 2
    rig.clock.advance(CONNECT_TIMEOUT / 2)
    rig.connection.check_deadlines()
    assert tried == ["one", "two"]
    rig.clock.advance(CONNECT_TIMEOUT / 2)
    rig.connection.check_deadlines()
    assert _failure(rig.events()) is Failure.TIMED_OUT


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (socket.gaierror(-2, "unknown"), Failure.NO_SUCH_HOST),
        (TimeoutError("resolver"), Failure.TIMED_OUT),
        ([], Failure.NO_SUCH_HOST),
    ],
)
def test_a_look_up_that_fails_says_how(rig: Rig, answer: object, failure: Failure) -> None:
    """In the words of the failure."""
    rig.connection.found(answer)
    assert _failure(rig.events()) is failure


def test_a_look_up_that_does_not_end_is_given_up(rig: Rig) -> None:
    """And its late answer is ignored."""
    rig.clock.advance(CONNECT_TIMEOUT)
    rig.connection.check_deadlines()
    assert _failure(rig.events()) is Failure.TIMED_OUT
    rig.connection.found([rig.address])
    assert rig.events() == []


def test_a_login_that_is_not_answered_is_given_up(rig: Rig) -> None:
    """Whatever else trickles in meanwhile."""
    rig.connect()
    rig.clock.advance(LOGIN_DEADLINE - 1)
    rig.say(ChatMessage("n", "t"))
    rig.connection.check_deadlines()
    assert rig.connection.stage is Stage.LOGGING_IN
    rig.clock.advance(1)
    rig.connection.check_deadlines()
    assert _failure(rig.events()) is Failure.NO_ANSWER


def test_silence_is_asked_about_and_then_given_up(rig: Rig) -> None:
    """The clock is the test's."""
    rig.log_in()
    rig.clock.advance(PING_AFTER)
    rig.connection.check_deadlines()
    assert rig.received(Ping())
    rig.clock.advance(GIVE_UP_AFTER - PING_AFTER)
    rig.connection.check_deadlines()
    assert _failure(rig.events()) is Failure.SILENT


def test_our_own_slowness_is_not_the_servers_silence(rig: Rig) -> None:
    """While nothing was read, nothing can have been heard."""
    rig.log_in()
    rig.clock.advance(GIVE_UP_AFTER)
    rig.connection.not_listening()
    rig.connection.check_deadlines()
    assert rig.connection.stage is Stage.LOGGED_IN


def test_the_server_is_answered_without_the_window(rig: Rig) -> None:
    """Its question does not come out."""
    rig.log_in()
    rig.say(AreYouThere())
    assert rig.received(Ping())
    assert rig.events() == []


def test_what_was_sent_before_closing_arrives(rig: Rig) -> None:
    """Then the end of the stream."""
    rig.log_in()
    rig.connection.send(Chat("user1", "bye"))
    rig.connection.close()
    assert rig.received(Chat("user1", "bye"))
    assert rig.server.recv(1) == b""
    assert _failure(rig.events()) is Failure.ASKED
    rig.connection.send(Ping())
    assert rig.events() == []


def test_a_server_that_does_not_read_is_given_up(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for it is bounded."""
    monkeypatch.setattr(connection_module, "MAX_UNSENT", 100_000)
    rig.log_in()
    for _ in range(2_000):
        rig.connection.send(Chat("user1", "x" * 5000))
    assert _failure(rig.events()) is Failure.LOST


def test_nothing_is_sent_before_the_connection_stands(rig: Rig) -> None:
    """Nor before the login."""
    rig.connection.send(Ping())
    rig.connect()
    assert rig.received(LOGIN)
