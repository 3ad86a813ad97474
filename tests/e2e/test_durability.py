"""An acknowledgement means: stored. Under kill -9, SIGTERM, retries, and a database in trouble."""

import contextlib
import signal
import sqlite3
import threading
from collections.abc import Iterator

import pytest

from tests.e2e.conftest import FULL, Connect, LogIn
from tests.helpers.line_client import ClosedError, LineClient
from tests.helpers.server_process import LINUX, POSIX, ServerProcess

posix = pytest.mark.skipif(not POSIX, reason="only POSIX has signals that a process may take")

# Messages that a writer has under way: more than the server takes of one session at once.
WINDOW = 200


class Writer:
    """A full client that says numbered things as fast as it may, until the connection ends."""

    def __init__(self, server: ServerProcess, user: str, name: str) -> None:
        self.user = user
        self.name = name
        self.acknowledged: dict[str, int] = {}
        self.other: list[list[str]] = []
        self.some_done = threading.Event()
        self._room = threading.Semaphore(WINDOW)
        self._client = LineClient(server.address)
        self._client.log_in(user, FULL)
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=each) for each in (self._write, self._read)]
        for thread in self._threads:
            thread.start()

    def _write(self) -> None:
        number = 0
        with contextlib.suppress(OSError):
            while not self._ended.is_set():
                if self._room.acquire(timeout=1):
                    number += 1
                    self._client.say(self.user, f"text {number}", f"{self.name}-{number}")

    def _read(self) -> None:
        try:
            while True:
                self._take(self._client.receive_frame())
        except ClosedError:
            self._ended.set()
            self._client.reset()

    def _take(self, frame: list[str]) -> None:
        if frame[:3] == ["1000", "0002", "ok"]:
            self.acknowledged[frame[3]] = int(frame[5])
            self._room.release()
            if len(self.acknowledged) >= 3 * WINDOW:
                self.some_done.set()
        elif frame[0] != "1002":
            self.other.append(frame)

    def join(self) -> None:
        """Wait until the server has ended the connection."""
        for thread in self._threads:
            thread.join()


@contextlib.contextmanager
def writers(server: ServerProcess) -> Iterator[list[Writer]]:
    """Three of them, two for the same user; when the body begins, all are in the middle of it."""
    all_of_them = [
        Writer(server, user, name)
        for user, name in (("user1", "a"), ("user1", "b"), ("user2", "c"))
    ]
    try:
        for writer in all_of_them:
            assert writer.some_done.wait(30)
        yield all_of_them
    finally:
        server.kill()
        for writer in all_of_them:
            writer.join()


def check_numbers(server: ServerProcess) -> dict[str, int]:
    """See that the stored numbers are 1, 2, 3 … and each cid is there once; return them by cid."""
    stored = server.stored()
    assert [message.seq for message in stored] == list(range(1, len(stored) + 1))
    by_cid = {message.cid: message.seq for message in stored}
    assert len(by_cid) == len(stored)
    return by_cid


@pytest.mark.parametrize("attempt", range(3))
def test_what_was_acknowledged_is_there_after_a_kill(server: ServerProcess, attempt: int) -> None:
    """kill -9 in the middle of everything; and the server starts again on what is left."""
    server.start()
    with writers(server) as all_of_them:
        server.kill()
        for writer in all_of_them:
            writer.join()
        by_cid = check_numbers(server)
        for writer in all_of_them:
            assert writer.acknowledged.items() <= by_cid.items()
    server.start()
    with LineClient(server.address) as client:
        client.log_in("user1", FULL)
        client.say("user1", "again", "a-1")
        client.expect("1000", "0002", "ok", "a-1", "lobby", str(by_cid["a-1"]))
        client.say("user1", "new", "new")
        client.expect("1000", "0002", "ok", "new", "lobby", str(len(by_cid) + 1))


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_stop_under_load_stores_and_acknowledges_what_was_taken(
    server: ServerProcess, number: signal.Signals
) -> None:
    """Everything stored is acknowledged, everything acknowledged is stored, and all are told."""
    server.start()
    with writers(server) as all_of_them:
        for _ in range(3):  # the second and third do no harm
            server.send_signal(number)
        assert server.wait() == 0
        for writer in all_of_them:
            writer.join()
    acknowledged: dict[str, int] = {}
    for writer in all_of_them:
        assert [frame[:2] for frame in writer.other] == [["2000", "stopping"]]
        acknowledged.update(writer.acknowledged)
    assert acknowledged == check_numbers(server)
    assert "Traceback" not in server.log


def test_the_same_cid_is_the_same_message(
    server: ServerProcess, full: LogIn, connect: Connect
) -> None:
    """At once, on another connection, after a restart: the first answer, and nobody hears twice."""
    server.start()
    with LineClient(server.address) as hearer, LineClient(server.address) as first:
        hearer.log_in("user2", FULL)
        first.log_in("user1", FULL)
        first.send(b"0002|user1|hello||cid1\n" * 3 + b"0002|user1|another text||cid1\n")
        answers = [first.expect("1000", "0002", "ok", "cid1", "lobby", "1") for _ in range(4)]
        with LineClient(server.address) as second:
            second.log_in("user1", FULL)
            second.say("user1", "hello", "cid1")
            answers.append(second.receive_frame())
        hearer.expect("1002", "itcast1", "hello", "user1", "lobby", "1")
        hearer.say("user2", "mine", "cid1")  # another user's cid is another cid
        hearer.expect("1000", "0002", "ok", "cid1", "lobby", "2")
        hearer.expect_nothing()
    server.stop()
    server.start()
    hearer, third = full("user2"), full("user1")
    third.say("user1", "hello", "cid1")
    answers.append(third.receive_frame())
    assert len({tuple(answer) for answer in answers}) == 1
    hearer.expect_nothing()
    assert [message.text for message in server.stored()] == ["hello", "mine"]


def test_the_text_is_stored_as_it_was_typed(server: ServerProcess, full: LogIn) -> None:
    """Every character, also those that the wire escapes."""
    server.start()
    client = full("user1")
    text = "a|b\\n\n\r\0\u2028\u0085\x1b[2J 你好 🐼 '; DROP TABLE message; --"
    escaped = text.replace("\\", "\\\\").replace("|", "\\p")
    client.say("user1", escaped.replace("\n", "\\n").replace("\r", "\\r"), "cid1")
    client.expect("1000", "0002", "ok", "cid1")
    assert [message.text for message in server.stored()] == [text]


@contextlib.contextmanager
def locked(server: ServerProcess) -> Iterator[None]:
    """Another program holds the SQLite database."""
    with contextlib.closing(sqlite3.connect(server.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.slow
def test_a_locked_database_refuses_and_then_takes_it(server: ServerProcess, full: LogIn) -> None:
    """`unavailable` after some seconds, the server goes on, and the same cid is taken later."""
    server.start()
    client, other = full("user1"), full("user2")
    with locked(server):
        client.say("user1", "hello", "cid1")
        other.expect_nothing()
        client.expect("1000", "0002", "unavailable", "cid1")
        client.expect_nothing()
    client.say("user1", "hello", "cid1")
    client.expect("1000", "0002", "ok", "cid1", "lobby", "1")
    other.expect("1002", "itcast1", "hello", "user1", "lobby", "1")
    other.expect_nothing()


@posix
@pytest.mark.slow
def test_a_stop_while_the_database_is_locked(server: ServerProcess, full: LogIn) -> None:
    """What could not be stored is refused, so that the client knows that it must try again."""
    server.start(settings={"drain_seconds": 20})
    client = full("user1")
    with locked(server):
        client.say("user1", "hello", "cid1")
        client.expect_nothing()
        server.send_signal(signal.SIGTERM)
        client.expect("1000", "0002", "unavailable", "cid1")
        client.expect("2000", "stopping")
        client.close()
        assert server.wait() == 0
    assert server.stored() == []


def test_a_last_message_and_a_logout_in_one_send(server: ServerProcess, full: LogIn) -> None:
    """It is said, whether or not its acknowledgement still comes."""
    server.start()
    client, other = full("user1"), full("user2")
    client.send(b"0002|user1|the last||cid1\n0004\n")
    assert ["2000", "logged-out"] in [frame[:2] for frame in client.receive_until_closed()]
    other.expect("1002", "itcast1", "the last", "user1")


@posix
def test_a_full_disk(server: ServerProcess) -> None:
    """Refused, with the server alive and the database whole; the next start goes on from there."""
    server.start(limits={"f": 400})  # half-kilobytes that any file may have
    acknowledged: dict[str, int] = {}
    with LineClient(server.address) as client:
        client.log_in("user1", FULL)
        outcome, number = "ok", 0
        while outcome == "ok":
            number += 1
            client.say("user1", "x" * 5_000, f"cid{number}")
            _, _, outcome, cid, _, seq, *_ = [*client.receive_frame(), ""]
            if outcome == "ok":
                acknowledged[cid] = int(seq)
        assert outcome == "unavailable"
        client.expect_nothing()
    server.stop()
    assert acknowledged == check_numbers(server)
    server.start()
    with LineClient(server.address) as client:
        client.log_in("user1", FULL)
        client.say("user1", "the one that was refused", f"cid{number}")
        client.expect("1000", "0002", "ok", f"cid{number}", "lobby", str(number))


@pytest.mark.skipif(not LINUX, reason="only Linux changes the limits of a process that runs")
def test_a_full_disk_that_has_space_again(server: ServerProcess, full: LogIn) -> None:
    """Refused while history is read; then stored under the same cid, without a restart."""
    import resource

    server.start(limits={"Sf": 400})
    client = full("user1")
    cid = say_until_refused(client)
    client.say("user1", LONG, cid)
    client.expect("1000", "0002", "unavailable", cid)
    client.send_line("0006", "", "1", "", "2")
    for number in ("1", "2"):
        assert client.expect("1002", "itcast1")[5] == number
    client.expect("1000", "0006", "ok")
    forever = resource.RLIM_INFINITY
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (forever, forever))
    client.say("user1", LONG, cid)
    seq = client.expect("1000", "0002", "ok", cid, "lobby")[5]
    client.say("user1", LONG, cid)
    client.expect("1000", "0002", "ok", cid, "lobby", seq)
    assert check_numbers(server)[cid] == int(seq)


LONG = "x" * 5_000


def say_until_refused(client: LineClient) -> str:
    """Fill the disk; return the cid of the message that it did not take."""
    number, outcome = 0, "ok"
    while outcome == "ok":
        number += 1
        client.say("user1", LONG, f"cid{number}")
        outcome = client.receive_frame()[2]
    return f"cid{number}"


def test_too_many_messages_wait(server: ServerProcess, full: LogIn) -> None:
    """What is not taken is refused as `busy`; what is taken is acknowledged and stored."""
    server.start(settings={"journal_waiting": 2, "unacknowledged": 1000})
    client = full("user1")
    cids = [f"cid{number}" for number in range(200)]
    client.send("".join(f"0002|user1|hello||{cid}\n" for cid in cids).encode())
    outcomes: dict[str, str] = {}
    while len(outcomes) < len(cids):
        _, _, outcome, cid, *_ = client.receive_frame()
        outcomes[cid] = outcome
    assert set(outcomes.values()) == {"ok", "busy"}
    assert set(check_numbers(server)) == {cid for cid in cids if outcomes[cid] == "ok"}
