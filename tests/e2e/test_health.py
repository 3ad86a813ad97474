"""What a load balancer is told: that the server lives, whether it is ready, that it recovers."""

import contextlib
import signal
import sqlite3
import threading
from collections.abc import Iterator

import pytest

from tests.e2e.conftest import FULL, LogIn
from tests.helpers.line_client import LineClient
from tests.helpers.mariadb import MariaDbServer
from tests.helpers.server_process import POSIX, ServerProcess, add_users

READY = (200, "ready")
NOT_STORING = (503, "storage")
WITH_HEALTH: dict[str, object] = {"health_port": 0}

# Seconds between two questions, and how many: recovery takes a few seconds, and a try that waits
# for a lock five more.
ASK_EVERY = 0.1
QUESTIONS = 600


def wait_until(server: ServerProcess, answer: tuple[int, str]) -> None:
    """Ask again and again whether it is ready, until that is the answer."""
    pause = threading.Event()
    for _ in range(QUESTIONS):
        if server.ask("/ready") == answer:
            return
        pause.wait(ASK_EVERY)
    pytest.fail(f"it does not say {answer}; its log says:\n{server.log}")


def read_history(client: LineClient) -> list[str]:
    """The texts of the last page."""
    client.send_line("0006", "lobby")
    texts = []
    while (frame := client.receive_frame())[0] == "1002":
        texts.append(frame[2])
    assert frame[:3] == ["1000", "0006", "ok"], frame
    return texts


@contextlib.contextmanager
def locked(server: ServerProcess) -> Iterator[None]:
    """Another program holds the SQLite database."""
    with contextlib.closing(sqlite3.connect(server.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.slow
def test_sqlite_cannot_store_for_a_while(server: ServerProcess, full: LogIn) -> None:
    """Not ready meanwhile, though people log in and read; ready again with nobody posting."""
    server.start(settings=WITH_HEALTH)
    assert server.ask("/ready") == READY
    client = full("user1")
    client.say("user1", "before", "cid1")
    client.expect("1000", "0002", "ok", "cid1")
    with locked(server):
        assert server.ask("/ready") == READY  # nobody has noticed
        client.say("user1", "hello", "cid2")
        client.expect("1000", "0002", "unavailable", "cid2")
        for _ in range(2):
            assert server.ask("/ready") == NOT_STORING
            assert server.ask("/live")[0] == 200
            assert read_history(client) == ["before"]
        client.send_line("0005")
        client.expect("1005", "user1")
        client.expect("1000", "0005", "ok")
        full("user2").ping()
    wait_until(server, READY)
    assert server.log.count("messages are stored again") == 1
    client.say("user1", "hello", "cid2")
    client.expect("1000", "0002", "ok", "cid2", "lobby", "2")
    assert "Traceback" not in server.log


@pytest.mark.slow
def test_mariadb_goes_away_and_comes_back(
    server: ServerProcess, mariadb_server: MariaDbServer, mariadb_url: str
) -> None:
    """Found out by somebody who only wants to log in; and ready again without a restart."""
    add_users(mariadb_url)
    server.start("--database", mariadb_url, settings=WITH_HEALTH)
    with LineClient(server.address) as client:
        client.log_in("user1", FULL)
        mariadb_server.stop()
        try:
            with LineClient(server.address) as other:
                other.send_line("0001", "user2", "111111", FULL)
                other.expect("1001", "0", "", "", "unavailable")
            wait_until(server, NOT_STORING)
            client.say("user1", "hello", "cid1")
            client.expect("1000", "0002", "unavailable", "cid1")
            client.send_line("0005")
            client.expect("1005", "user1")
            client.expect("1000", "0005", "ok")
        finally:
            mariadb_server.start()
        wait_until(server, READY)
        assert server.log.count("cannot be stored") == 1
        client.say("user1", "hello", "cid1")
        client.expect("1000", "0002", "ok", "cid1", "lobby", "1")
    server.stop()
    assert "Traceback" not in server.log


@pytest.mark.slow
@pytest.mark.skipif(not POSIX, reason="only POSIX has signals that a process may take")
def test_a_server_that_drains_says_that_it_stops(server: ServerProcess, full: LogIn) -> None:
    """For as long as it has something to finish, it answers; nobody new is let in."""
    server.start(settings={"health_port": 0, "drain_seconds": 20})
    client = full("user1")
    with locked(server):
        client.say("user1", "hello", "cid1")
        client.ping()
        server.send_signal(signal.SIGTERM)
        wait_until(server, (503, "stopping"))
        assert server.ask("/live") == (200, "live")
        with pytest.raises(OSError, match="refused"):
            LineClient(server.address)
    client.receive_until_closed()
    client.close()
    assert server.wait() == 0
