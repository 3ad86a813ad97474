"""The whole server on each database; and a MariaDB that goes away and comes back."""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import FULL
from tests.helpers.line_client import LineClient
from tests.helpers.mariadb import MariaDbServer
from tests.helpers.server_process import POSIX, ServerProcess, add_users, running

# The coursework's own SQL.
SEED = (
    "CREATE DATABASE mini_chat CHARACTER SET utf8",
    "CREATE TABLE mini_chat.user ("
    "user_id INT PRIMARY KEY AUTO_INCREMENT, user_name VARCHAR(15), "
    "user_password VARCHAR(15), user_nickname VARCHAR(15))",
    "INSERT INTO mini_chat.user VALUES (0, 'user1', '111111', 'itcast1'), "
    "(0, 'user2', '111111', 'itcast2'), (0, 'user3', '111111', 'itcast3'), "
    "(0, '小明', '密码 1', '明'), (0, 'User1', 'other', 'twice')",
)


@pytest.fixture
def on_any_database(tmp_path: Path, storage_url: str) -> Iterator[tuple[ServerProcess, str]]:
    """A server that is not started, and the database with the demo users that it is for."""
    add_users(storage_url)
    with running(tmp_path) as server:
        yield server, storage_url


def logged_in(stack: contextlib.ExitStack, server: ServerProcess, user: str) -> LineClient:
    client = stack.enter_context(LineClient(server.address))
    client.log_in(user, FULL)
    return client


def test_a_conversation_and_a_restart(on_any_database: tuple[ServerProcess, str]) -> None:
    """The same on each database: numbers go on without a hole, and a cid is remembered."""
    server, url = on_any_database
    text = "你好 🐼 a\\pb \\\\ \u2028 end "
    server.start("--database", url)
    with contextlib.ExitStack() as stack:
        one, two = logged_in(stack, server, "user1"), logged_in(stack, server, "user2")
        one.say("user1", text, "cid1")
        first = one.expect("1000", "0002", "ok", "cid1", "lobby", "1")
        assert two.expect("1002", "itcast1")[2] == text
        one.send(b"".join(b"0002|user1|%d||c%d\n" % (n, n) for n in range(2, 502)))
        assert [int(one.receive_frame()[5]) for _ in range(500)] == list(range(2, 502))
        assert [int(two.receive_frame()[5]) for _ in range(500)] == list(range(2, 502))
        two.say("user2", "the same cid of another", "cid1")
        two.expect("1000", "0002", "ok", "cid1", "lobby", "502")
        two.send_line("0001", "user1", "111111")
        two.expect("1000", "0001", "already-logged-in")
    server.stop()
    server.start("--database", url)
    with contextlib.ExitStack() as stack:
        one, two = logged_in(stack, server, "user1"), logged_in(stack, server, "user2")
        for cid in ("cid1", "CID1", "cid1"):
            one.say("user1", "again", cid)
        assert one.receive_frame() == first
        assert {one.receive_frame()[5] for _ in range(2)} == {"1", "503"}
        two.expect("1002", "itcast1", "again", "user1", "lobby", "503")
        two.expect_nothing()
    assert "Traceback" not in server.log


@pytest.fixture
def on_mariadb(
    tmp_path: Path, mariadb_server: MariaDbServer, mariadb_url: str
) -> Iterator[ServerProcess]:
    """A started server on MariaDB; the database server runs again afterwards."""
    add_users(mariadb_url)
    with running(tmp_path) as server:
        server.start("--database", mariadb_url)
        yield server
        mariadb_server.kill()
        mariadb_server.start()


class Talker:
    """A client that says numbered things one after the other until each is acknowledged."""

    def __init__(self, server: ServerProcess, name: str) -> None:
        self.name = name
        self.acknowledged: dict[str, int] = {}
        self.refusals: list[str] = []
        self.refused = threading.Event()
        self.recovered = threading.Event()
        self.stop = threading.Event()
        self._client = LineClient(server.address)
        self._client.log_in("user1", FULL)
        self._thread = threading.Thread(target=self._talk)
        self._thread.start()

    def _talk(self) -> None:
        number = 0
        with self._client:
            while not self.stop.is_set():
                number += 1
                self._say_until_taken(f"{self.name}-{number}")

    def _say_until_taken(self, cid: str) -> None:
        while not self.stop.is_set():
            self._client.say("user1", f"text of {cid}", cid)
            frame = self._next_result()
            if frame[2] == "ok":
                self.acknowledged[frame[3]] = int(frame[5])
                if self.refused.is_set():
                    self.recovered.set()
                return
            self.refusals.append(frame[2])
            self.refused.set()

    def _next_result(self) -> list[str]:
        while (frame := self._client.receive_frame())[:2] != ["1000", "0002"]:
            pass
        return frame

    def join(self) -> None:
        self.stop.set()
        self._thread.join()


def messages(mariadb_server: MariaDbServer, url: str) -> dict[str, int]:
    """What is in the database, by cid; each is there once, and the numbers have no holes."""
    rows = mariadb_server.execute(
        "SELECT cid, seq, text FROM message ORDER BY seq", database=url.rpartition("/")[2]
    )
    assert [row[1] for row in rows] == list(range(1, len(rows) + 1))
    assert len({row[2] for row in rows}) == len(rows)
    return {str(row[0]): int(str(row[1])) for row in rows}


@pytest.mark.slow
def test_mariadb_dies_under_load_and_comes_back(
    on_mariadb: ServerProcess, mariadb_server: MariaDbServer, mariadb_url: str
) -> None:
    """Refused as `unavailable`, taken again without a restart; nothing lost, nothing twice."""
    talkers = [Talker(on_mariadb, name) for name in ("a", "b", "c")]
    try:
        for attempt in range(2):
            for talker in talkers:
                talker.refused.clear()
                talker.recovered.clear()
            mariadb_server.kill()
            for talker in talkers:
                assert talker.refused.wait(60), attempt
            with LineClient(on_mariadb.address) as client:
                client.send_line("0001", "user2", "111111", FULL)
                client.expect("1001", "0", "", "", "unavailable")
                client.send_line("0003", "the loop goes on")
                client.expect("1000", "0003", "ok")
            mariadb_server.start()
            for talker in talkers:
                assert talker.recovered.wait(60), attempt
    finally:
        for talker in talkers:
            talker.join()
    with LineClient(on_mariadb.address) as client:
        client.log_in("user2", FULL)
    stored = messages(mariadb_server, mariadb_url)
    for talker in talkers:
        assert set(talker.refusals) == {"unavailable"}
        assert talker.acknowledged.items() <= stored.items()
    on_mariadb.stop()
    assert "Traceback" not in on_mariadb.log
    assert on_mariadb.log.count("cannot be stored") == 2  # once each time, not for every batch


@pytest.mark.slow
@pytest.mark.skipif(not POSIX, reason="only POSIX can stop a process in its tracks")
def test_the_server_stops_while_mariadb_is_dead(
    on_mariadb: ServerProcess, mariadb_server: MariaDbServer
) -> None:
    """The refusal comes, and the exit is clean."""
    with LineClient(on_mariadb.address) as client:
        client.log_in("user1", FULL)
        mariadb_server.kill()
        client.say("user1", "hello", "cid1")
        on_mariadb.send_signal(signal.SIGTERM)
        frames = client.receive_until_closed()
        assert [frame[:2] for frame in frames] in (
            [["1000", "0002"], ["2000", "stopping"]],
            [["2000", "stopping"]],  # it had not been read yet
        )
    assert on_mariadb.wait() == 0


@pytest.mark.slow
@pytest.mark.skipif(not POSIX, reason="only POSIX can stop a process in its tracks")
def test_the_server_stops_while_mariadb_hangs(
    on_mariadb: ServerProcess, mariadb_server: MariaDbServer
) -> None:
    """A database that neither answers nor goes away keeps nobody; the exit status tells of it."""
    mariadb_pid = int((mariadb_server.directory / "pid").read_text())
    with LineClient(on_mariadb.address) as client:
        client.log_in("user1", FULL)
        os.kill(mariadb_pid, signal.SIGSTOP)
        try:
            client.say("user1", "hello", "cid1")
            client.ping()
            on_mariadb.send_signal(signal.SIGTERM)
            assert [frame[:2] for frame in client.receive_until_closed()] == [["2000", "stopping"]]
            log = on_mariadb.log
            assert "the storage did not finish" in log
            assert on_mariadb.wait() == 1
        finally:
            os.kill(mariadb_pid, signal.SIGCONT)


def test_the_seeds_own_database(tmp_path: Path, mariadb_server: MariaDbServer) -> None:
    """It is taken over on start: nobody is lost, the passwords work, none stays in plain text."""
    mariadb_server.execute("DROP DATABASE IF EXISTS mini_chat", *SEED)
    try:
        with running(tmp_path) as server:
            server.start("--database", mariadb_server.url("mini_chat"))
            for user, password, nickname in (
                ("user1", "111111", "itcast1"),
                ("user2", "111111", "itcast2"),
                ("user3", "111111", "itcast3"),
                ("小明", "密码 1", "明"),
            ):
                with LineClient(server.address) as client:
                    client.send_line("0001", user, password)
                    client.expect("1001", "1", nickname, user)
            assert "replaced 5 plain-text passwords" in server.log
            assert "111111" not in server.log
            server.stop()
        rows = mariadb_server.execute("SELECT user_password FROM user", database="mini_chat")
        assert len(rows) == 5
        assert all(str(row[0]).startswith("$argon2id$") for row in rows)
    finally:
        mariadb_server.execute("DROP DATABASE mini_chat")
