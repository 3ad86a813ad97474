"""The composition: real sockets, lanes and storage, on a loop that the test turns itself."""

import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import conf
from conf.settings import sqlite_url
from reactor import loop as loop_module
from reactor import server as server_module
from reactor.acceptor import ListenError
from reactor.health import MAX_CONNECTIONS as HEALTH_CONNECTIONS
from reactor.passwords import hash_password
from reactor.records import NewUser
from reactor.server import IN_RESERVE, Server
from reactor.storage import Storage
from reactor.workers import Lane

Start = Callable[..., "Running"]


class Running:
    """A server that runs while somebody waits for something."""

    def __init__(self, settings: conf.Settings) -> None:
        self.server = Server(settings)
        self.closed = False

    def connect(self, listener: int = 0) -> "Peer":
        host, _, port = self.server.addresses[listener].rpartition(":")
        return Peer(self, socket.create_connection((host, int(port))))

    def ask(self, path: str) -> bytes:
        """What the health port answers."""
        host, _, port = self.server.health_addresses[0].rpartition(":")
        with socket.create_connection((host, int(port))) as sock:
            sock.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
            return Peer(self, sock).hears_the_end()

    def finish(self) -> None:
        """Stop it, as a signal does, and run until it has stopped."""
        self.server.loop.call_soon(self.server.stop)
        self.server.run()
        self.closed = True


class Peer:
    """A client's socket. It waits by turning the server's loop."""

    def __init__(self, running: Running, sock: socket.socket) -> None:
        self.sock = sock
        self._running = running
        self._received = b""
        sock.setblocking(False)

    def hears(self, *lines: str) -> None:
        """Wait for *lines*, which must be all that comes until then."""
        self.hears_bytes("".join(f"{line}\n" for line in lines).encode())

    def hears_that_it_is_in(self, number: int) -> None:
        """Wait for the answer to the login of a full client, with some token."""
        epoch = self._running.server._services.epoch
        assert epoch
        while b"\n" not in self._received and self._receive():
            pass
        line, _, self._received = self._received.partition(b"\n")
        fields = line.decode().split("|")
        token = fields.pop(4)
        assert fields == ["1001", "1", f"nick{number}", f"user{number}", "", epoch]
        assert token

    def hears_bytes(self, expected: bytes) -> None:
        while len(self._received) < len(expected) and self._receive():
            pass
        assert self._received[: len(expected)] == expected
        self._received = self._received[len(expected) :]

    def hears_the_end(self) -> bytes:
        """Wait for the end; return what came before it."""
        while self._receive():
            pass
        return self._received

    def _receive(self) -> bool:
        while True:
            try:
                data = self.sock.recv(65536)
            except BlockingIOError:
                self._running.server.loop.turn()
            else:
                self._received += data
                return bool(data)


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A database with two users whose password is x."""
    url = sqlite_url(tmp_path / "minichat.db")
    storage = Storage(url)
    storage.open()
    password_hash = hash_password("x")
    storage.accounts.add_users([NewUser(f"user{n}", f"nick{n}", password_hash) for n in (1, 2)])
    storage.close()
    return url


@pytest.fixture
def start(database: str) -> Iterator[Start]:
    """Starts servers, on a free port, with settings as given; stops them in the end."""
    started: list[Running] = []

    def start(**settings: object) -> Running:
        given = {"port": 0, "database_url": database, **settings}
        started.append(Running(conf.load(None, given, {})))
        return started[-1]

    yield start
    for running in started:
        if not running.closed:
            running.finish()


@pytest.fixture
def connect() -> Iterator[Callable[..., Peer]]:
    """Connects to a server, and closes in the end."""
    peers: list[Peer] = []

    def connect(running: Running, listener: int = 0) -> Peer:
        peers.append(running.connect(listener))
        return peers[-1]

    yield connect
    for peer in peers:
        peer.sock.close()


def test_a_conversation(start: Start, connect: Callable[..., Peer]) -> None:
    """Through all the parts; each user is told as it speaks."""
    running = start()
    basic, full = connect(running), connect(running)
    basic.sock.sendall(b"0001|user1|x\n")
    basic.hears("1001|1|nick1|user1")
    full.sock.sendall(b"0001|user2|x|test/1\n0002|user2|hello||c1\n")
    full.hears_that_it_is_in(2)
    basic.hears("1002|nick2|hello")


def test_a_port_for_those_who_end_no_line(start: Start, connect: Callable[..., Peer]) -> None:
    """Beside the other; off unless it is asked for."""
    assert len(start().server.addresses) == 1
    running = start(legacy_port=0)
    assert len(running.server.addresses) == 2
    peer = connect(running, 1)
    peer.sock.sendall(b"0001|user1|x")
    peer.hears_bytes(b"1001|1|nick1|user1")


def test_a_port_that_tells_how_the_server_is(start: Start, connect: Callable[..., Peer]) -> None:
    """Off unless it is asked for; it is none of the listeners, and it counts no client."""
    assert start().server.health_addresses == []
    running = start(health_port=0, max_connections=1)
    (address,) = running.server.health_addresses
    assert address not in running.server.addresses
    connect(running).sock.sendall(b"0001|user1|x\n")
    assert b"200 OK" in running.ask("/live")
    assert running.ask("/ready").endswith(b"\r\n\r\nready\n")


def test_a_server_that_stops_is_not_ready_but_lives(
    start: Start, connect: Callable[..., Peer]
) -> None:
    """For as long as it has something to finish."""
    running = start(health_port=0)
    peer = connect(running)
    peer.sock.sendall(b"0001|user1|x\n")
    peer.hears("1001|1|nick1|user1")
    running.server.stop()
    assert running.ask("/ready").endswith(b"\r\n\r\nstopping\n")
    assert b"200 OK" in running.ask("/live")
    peer.sock.close()


def test_reading_and_storing_do_not_wait_for_each_other(
    start: Start, connect: Callable[..., Peer]
) -> None:
    """People log in and read while the thread that stores is held up."""
    running = start(reading_threads=2)
    assert running.server._reading.threads == 2
    peer = connect(running)
    peer.sock.sendall(b"0001|user1|x|test/1\n")
    peer.hears_that_it_is_in(1)
    held, gate = threading.Event(), threading.Event()
    running.server._database.submit(
        lambda: (held.set(), gate.wait()), done=lambda _: None, failed=pytest.fail
    )
    held.wait()
    try:
        peer.sock.sendall(b"0006\n")
        peer.hears("1000|0006|ok||lobby")
    finally:
        gate.set()


def test_each_thread_of_the_database_closes_its_connection(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That which writes, and all that read."""
    closing: set[threading.Thread] = set()
    close = Storage.close

    def note_and_close(storage: Storage) -> None:
        closing.add(threading.current_thread())
        close(storage)

    monkeypatch.setattr(server_module.Storage, "close", note_and_close)
    start(reading_threads=3).finish()
    assert len(closing) == 1 + 3


def test_a_second_server_on_the_same_file_is_warned(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    """Its clients would not hear those of the first; when that has gone, all is well."""
    warning = "another server uses"
    first = start()
    assert warning not in caplog.text
    start().finish()
    assert caplog.text.count(warning) == 1
    first.finish()
    start()
    assert caplog.text.count(warning) == 1


def test_too_many_connections(start: Start, connect: Callable[..., Peer]) -> None:
    """One more is told so and closed; when one has gone, there is room again."""
    running = start(max_connections=1)
    first, second = connect(running), connect(running)
    assert second.hears_the_end() == b"1001|0||\n"
    first.sock.close()
    while running.server._transports:
        running.server.loop.turn()
    third = connect(running)
    third.sock.sendall(b"0001|user1|x\n")
    third.hears("1001|1|nick1|user1")


def test_no_more_connections_than_the_selector_can_watch(
    monkeypatch: pytest.MonkeyPatch, start: Start, connect: Callable[..., Peer]
) -> None:
    """On Windows one socket too many is an exception of select(), which would end the server."""
    monkeypatch.setattr(loop_module, "SELECT_MAX", 3)  # the wake-up, a listener and one connection
    monkeypatch.setattr(selectors, "DefaultSelector", selectors.SelectSelector)
    running = start(max_connections=2)
    first, second = connect(running), connect(running)
    assert second.hears_the_end() == b"1001|0||\n"
    first.sock.sendall(b"0001|user1|x\n")
    first.hears("1001|1|nick1|user1")


def test_those_that_ask_for_health_are_watched_too(
    monkeypatch: pytest.MonkeyPatch, start: Start
) -> None:
    """What the selector can watch is shared with them."""
    monkeypatch.setattr(loop_module, "SELECT_MAX", 100)
    monkeypatch.setattr(selectors, "DefaultSelector", selectors.SelectSelector)
    without, with_health = start(), start(health_port=0)
    listener = 1
    assert without.server._max_connections == 100 - 1 - listener
    assert with_health.server._max_connections == 100 - 1 - 2 * listener - HEALTH_CONNECTIONS


def test_stopping_stores_and_answers_what_was_taken(
    start: Start, connect: Callable[..., Peer], database: str
) -> None:
    """Then tells why, and closes; once more changes nothing."""
    running = start()
    peer = connect(running)
    peer.sock.sendall(b"0001|user1|x|test/1\n")
    peer.hears_that_it_is_in(1)
    (session,) = running.server._transports
    session.data_received(b"0002|user1|the last||c1\n")
    running.server.stop()
    peer.sock.shutdown(socket.SHUT_WR)
    running.finish()
    told = peer.hears_the_end().decode().split("\n")
    answer, goodbye, _ = [frame for frame in told if not frame.startswith("2002|")]
    assert answer.startswith("1000|0002|ok|c1|lobby|1|")
    assert goodbye == "2000|stopping|the server is going down; reconnect in a while|2"
    storage = Storage(database)
    (message,) = storage.history.after(storage.rooms.lobby().room_id, 0, 10)
    assert message.text == "the last"
    storage.close()


def test_stopping_accepts_nobody(start: Start) -> None:
    """From that moment on."""
    running = start()
    address = running.server.addresses[0]
    running.server.stop()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])))


def test_stopping_does_not_wait_for_ever(
    start: Start, connect: Callable[..., Peer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A storage that does not finish is left alone when the time is up."""
    running = start(drain_seconds=0)
    peer = connect(running)
    peer.sock.sendall(b"0001|user1|x|test/1\n")
    peer.hears_that_it_is_in(1)
    journal = running.server._services.journal
    monkeypatch.setattr(type(journal), "idle", property(lambda self: False))
    peer.sock.shutdown(socket.SHUT_WR)
    running.finish()
    assert b"2000|stopping|" in peer.hears_the_end()


def test_a_fault_in_the_loop_gives_everything_back(start: Start) -> None:
    """Even if it is not an exception that the loop catches; the leak check sees to the rest."""
    running = start()

    def interrupted() -> None:
        raise KeyboardInterrupt

    running.server.loop.call_soon(interrupted)
    running.closed = True
    with pytest.raises(KeyboardInterrupt):
        running.finish()


def test_a_port_that_is_taken(start: Start) -> None:
    """Is named; nothing stays open."""
    taken = start().server.addresses[0]
    with pytest.raises(ListenError, match=taken):
        start(port=int(taken.rpartition(":")[2]))


def test_a_legacy_port_that_is_taken(start: Start) -> None:
    """The first listener is closed again."""
    taken = start().server.addresses[0]
    with pytest.raises(ListenError, match=taken):
        start(legacy_port=int(taken.rpartition(":")[2]))


def test_a_storage_that_does_not_open(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ends the start; nothing stays open."""

    def refuse(self: Storage) -> list[str]:
        raise RuntimeError("no storage today")

    monkeypatch.setattr(server_module.Storage, "open", refuse)
    with pytest.raises(RuntimeError, match="no storage today"):
        start()


def test_a_url_that_names_no_storage(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, before there is a lane."""

    def refuse(*_: object) -> None:
        raise ValueError("not a database")

    monkeypatch.setattr(server_module.Storage, "__init__", refuse)
    with pytest.raises(ValueError, match="not a database"):
        start()


@pytest.mark.parametrize("threads", [1, 3])
def test_no_kind_of_work_keeps_the_others_waiting(start: Start, threads: int) -> None:
    """A storm of searches, pages and listings; whoever logs in or says something waits for few."""
    server = start(reading_threads=threads).server
    services, order = server._services, []
    free = threading.Event()

    def ask(lane: Lane, name: str) -> None:
        lane.submit(lambda: free.wait(30), done=lambda _: order.append(name), failed=lambda _: None)

    for _ in range(50):
        ask(services.searching, "search")
        ask(services.reading, "listing")
        ask(services.database, "room made")
    ask(services.accounts._reading, "login")
    ask(server._database, "said")
    free.set()
    while len(order) < 152:
        server.loop.turn()
    before_login, before_said = order[: order.index("login")], order[: order.index("said")]
    assert before_login.count("search") <= threads
    assert before_login.count("listing") <= threads + IN_RESERVE
    assert before_said.count("room made") <= 1 + IN_RESERVE


def test_hashing_steps_back(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each thread of that lane, and no other."""
    who: list[str] = []
    step_back = lambda: who.append(threading.current_thread().name)  # noqa: E731
    monkeypatch.setattr(server_module, "step_back", step_back)
    start(hashing_threads=2)
    assert sorted(who) == ["hashing_0", "hashing_1"]
