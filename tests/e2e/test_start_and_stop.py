"""What an operator sees: the announcement, the exit status, one clear line when it cannot start."""

import signal
import socket
import sqlite3
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.e2e.conftest import FULL, Connect, LogIn
from tests.helpers.line_client import LineClient
from tests.helpers.server_process import POSIX, ServerProcess

posix = pytest.mark.skipif(not POSIX, reason="only POSIX has signals that a process may take")

RUN_SECONDS = 60


def run(
    server: ServerProcess, *arguments: str, settings: Mapping[str, object] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Start a server that must end by itself."""
    command = server.command(*arguments, settings=settings)
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=RUN_SECONDS, check=False
    )


def test_a_taken_port(server: ServerProcess, connect: Connect) -> None:
    """Status 1, and a line that names the port; the one who has it goes on."""
    server.start()
    port = str(server.address.port)
    done = run(server, "--port", port)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert port in done.stderr
    connect().log_in("user1")


def test_a_host_that_is_not_here(server: ServerProcess) -> None:
    """Status 1 and one line."""
    done = run(server, "--host", "192.0.2.1")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1


WRONG_SETTINGS: dict[str, tuple[list[str], dict[str, object]]] = {
    "ping_after": ([], {"ping_after": -1}),
    "no_such_key": ([], {"no_such_key": 1}),
    "drop_after": ([], {"ping_after": 100, "drop_after": 50}),
    "port": (["--port", "65536"], {}),
    "legacy_port": (["--legacy-port", "yes"], {}),
    "database_url": (["--database", "oracle://host/x"], {}),
}


@pytest.mark.parametrize("key", WRONG_SETTINGS)
def test_wrong_settings(server: ServerProcess, key: str) -> None:
    """Status 2, before anything is opened, and the key is named."""
    arguments, settings = WRONG_SETTINGS[key]
    done = run(server, *arguments, settings=settings)
    assert (done.returncode, done.stdout) == (2, "")
    assert key in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_option(server: ServerProcess) -> None:
    """Status 2 as well."""
    done = run(server, "--no-such-option")
    assert done.returncode == 2
    assert "--no-such-option" in done.stderr


def _not_a_database(path: Path) -> None:
    path.write_bytes(b"these are no tables" * 100)


def _of_somebody_else(path: Path) -> None:
    path.unlink()
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE user (id INTEGER PRIMARY KEY, email TEXT)")
    database.commit()
    database.close()


def _of_the_future(path: Path) -> None:
    database = sqlite3.connect(path)
    (table,) = database.execute(
        "SELECT name FROM sqlite_master WHERE name LIKE '%migration%' OR name LIKE '%history%'"
    ).fetchone()
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    names = ", ".join(column for column in columns if column != "id")
    database.execute(
        f"INSERT INTO {table} ({names}) SELECT "
        + names.replace("name", "'9999_later' AS name", 1)
        + f" FROM {table} LIMIT 1"
    )
    database.commit()
    database.close()


def _a_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "spoil", [_not_a_database, _of_somebody_else, _of_the_future, _a_directory]
)
def test_a_database_that_cannot_be_used(server: ServerProcess, spoil: object) -> None:
    """Status 1, one line for people, no traceback, and the file is as it was."""
    assert callable(spoil)
    spoil(server.database)
    done = run(server)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("minichat-server: ")


def test_a_data_directory_that_cannot_be_made(server: ServerProcess) -> None:
    """Status 1 and one line that names it."""
    below_a_file = server.directory / "minichat.db" / "data"
    done = run(server, "--data-dir", str(below_a_file))
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert str(below_a_file) in done.stderr


def test_a_data_directory_is_made(server: ServerProcess, connect: Connect) -> None:
    """With an empty database, into which nobody can log in yet."""
    server.start("--data-dir", str(server.directory / "new" / "data"))
    client = connect()
    client.send_line("0001", "user1", "111111")
    client.expect("1001", "0")
    if POSIX:
        assert (server.directory / "new" / "data" / "minichat.db").stat().st_mode & 0o077 == 0


def test_the_demo_users_made_by_the_script(server: ServerProcess, connect: Connect) -> None:
    """As the README has it: a new database, the seed script twice, and everybody can log in."""
    server.database.unlink()
    seed = [*server.command()[:2], "scripts.seed_users", "--database"]
    seed.append(f"sqlite:///{server.database.as_posix()}")
    for _ in range(2):
        subprocess.run(seed, check=True, capture_output=True, timeout=RUN_SECONDS)
    server.start()
    for user in ("user1", "user2", "user3"):
        connect().log_in(user)


@posix
def test_signals_from_the_first_moment_to_the_last(server: ServerProcess, full: LogIn) -> None:
    """However many come while it stops, the exit status is 0."""
    for number in (signal.SIGTERM, signal.SIGINT):
        server.start()
        with LineClient(server.address) as client:
            client.log_in("user1", FULL)
            server.send_signal(number)
            client.expect("2000", "stopping")
        while server.is_running:
            server.send_signal(signal.SIGTERM)
            server.send_signal(signal.SIGINT)
        assert server.wait() == 0
    assert "Traceback" not in server.log
    assert "Exception" not in server.log


@posix
def test_a_stop_during_a_login(server: ServerProcess, connect: Connect) -> None:
    """Its hash is still being computed; the client is told something, and the exit is clean."""
    server.start(settings={"hashing_threads": 1})
    clients = [connect() for _ in range(20)]
    for client in clients:
        client.send_line("0001", "user1", "111111", FULL)
    clients[0].expect("1001", "1")
    server.send_signal(signal.SIGTERM)
    for client in clients[1:]:
        frames = client.receive_until_closed()
        assert [frame[:2] for frame in frames] in (
            [["1001", "1"], ["2000", "stopping"]],
            [["2000", "stopping"]],
        )
        client.close()
    clients[0].expect("2000", "stopping")
    clients[0].close()
    assert server.wait() == 0
    assert "Traceback" not in server.log


@posix
def test_a_stop_with_clients_that_do_not_listen(server: ServerProcess, full: LogIn) -> None:
    """One that reads nothing and one that never ends its direction do not keep it from ending."""
    server.start(settings={"drain_seconds": 1})
    deaf, sender = full("user2", receive_buffer=2048), full("user1")
    for _ in range(60):
        sender.say("user1", "x" * 5000)
    sender.ping()
    assert deaf is not None
    server.send_signal(signal.SIGTERM)
    assert server.wait() == 0
    assert "Traceback" not in server.log


@posix
def test_nobody_is_taken_in_while_it_stops(server: ServerProcess, full: LogIn) -> None:
    """Its port is free for the next one at once."""
    server.start()
    client = full("user1")
    server.send_signal(signal.SIGTERM)
    client.expect("2000", "stopping")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(server.address, timeout=30)
    client.close()
    assert server.wait() == 0
    server.start("--port", str(server.address.port))
    with LineClient(server.address) as again:
        again.log_in("user1", FULL)


def test_a_client_that_is_told_when_to_come_back(server: ServerProcess, full: LogIn) -> None:
    """The goodbye says so; basic clients see the connection end."""
    if not POSIX:
        pytest.skip("only POSIX has signals that a process may take")
    server.start()
    client = full("user1")
    server.send_signal(signal.SIGTERM)
    assert int(client.expect("2000", "stopping")[3]) > 0
    assert client.receive_until_closed() == []
