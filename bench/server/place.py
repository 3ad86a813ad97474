"""Where the scenes under fire happen: a MiniChat with everything in its database beforehand.

Its users have a device each, so that a thousand come in without a hash, and a password, for those
who are to be hashed; and so many messages are in the lobby, and found by a search.
"""

import contextlib
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.server.languages import token, user_name
from bench.server.minichat import HERE
from bench.server.processes import ServerProcess, free_port
from reactor import passwords
from reactor.records import NewMessage, NewUser
from reactor.storage import Storage

PASSWORD = "111111"  # noqa: S105 - of everybody here

# Rows in one transaction, and messages that the index takes in one.
ROWS = 500
INDEXED = 2_000


def fill(path: Path, users: int, messages: int) -> None:
    """Make the database."""
    storage = Storage(f"sqlite:///{path.as_posix()}")
    storage.open()
    try:
        _add_users(storage, users)
        lobby, now = storage.rooms.lobby().room_id, time.time_ns() // 1_000_000
        texts = [f"text {n} of what was said before, {n % 977}" for n in range(messages)]
        for at in range(0, messages, ROWS):
            batch = [NewMessage(lobby, 1, "", text, now) for text in texts[at : at + ROWS]]
            storage.messages.append(batch)
        while storage.search.index_some(INDEXED):
            pass
    finally:
        storage.close()


def _add_users(storage: Storage, users: int) -> None:
    password_hash = passwords.hash_password(PASSWORD)
    now = time.time_ns() // 1_000_000
    for at in range(0, users, ROWS):
        numbers = range(at, min(at + ROWS, users))
        storage.accounts.add_users(
            [NewUser(user_name(n), f"Bench {n}", password_hash) for n in numbers]
        )
    for number in range(users):
        digest = hashlib.sha256(token(number).encode()).hexdigest()
        storage.devices.add(number + 1, digest, "bench", now)


@contextlib.contextmanager
def place(
    users: int, messages: int = 0, settings: Mapping[str, int] | None = None
) -> Iterator[ServerProcess]:
    """A server of this checkout with so many users, on all cores, with *settings*."""
    with tempfile.TemporaryDirectory(prefix="minichat-fire-") as name:
        directory = Path(name)
        fill(directory / "minichat.db", users, messages)
        port = free_port()
        given = {"max_connections": 20000, **(settings or {}), "port": port}
        config = directory / "minichat.toml"
        config.write_text("".join(f"{key} = {value}\n" for key, value in given.items()))
        command = [sys.executable, "-m", "reactor", "--config", str(config)]
        environment = {"PYTHONPATH": str(HERE), "PYTHONSAFEPATH": "1"}
        command += ["--data-dir", str(directory)]
        server = ServerProcess(command, directory, port, environment)
        try:
            _on_all_cores(server)
            yield server
        finally:
            server.stop()


def _on_all_cores(server: ServerProcess) -> None:
    """Hashing has a core of its own where there is one: here everything is at once."""
    if hasattr(os, "sched_setaffinity"):
        for task in os.listdir(f"/proc/{server.pid}/task"):
            os.sched_setaffinity(int(task), range(os.cpu_count() or 1))


def said(server: ServerProcess, what: str) -> int:
    """How often the server's log has *what*."""
    return (server.directory / "log").read_text(encoding="utf-8").count(what)


def rss_mib(server: ServerProcess) -> float:
    """MiB that are resident, and have been at the most; NaN where the system does not tell."""
    try:
        status = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def kernel_mib() -> float:
    """MiB that the system holds for all TCP connections of the machine; NaN likewise."""
    try:
        lines = Path("/proc/net/sockstat").read_text(encoding="ascii").splitlines()
    except OSError:
        return float("nan")
    (line,) = [line for line in lines if line.startswith("TCP:")]
    return int(line.split()[-1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
