"""A real server as a process of its own, started and stopped as an operator would.

It listens on a free port of this machine and keeps its database, settings and log in one directory.
Nothing here waits for a set time: every wait is for something that comes, and is bounded.
"""

import contextlib
import http.client
import json
import os
import queue
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from reactor import passwords
from reactor.records import NewUser
from reactor.storage import Storage

# Seconds that a machine under load may take: to migrate and listen; to drain, linger and end; to
# say how it is.
START_SECONDS = 60.0
STOP_SECONDS = 30.0
ANSWER_SECONDS = 30.0

ANNOUNCEMENT = "listening on "
HEALTH_ANNOUNCEMENT = "health on "
PASSWORD = "111111"  # of everybody that add_users makes

POSIX = os.name == "posix"
LINUX = sys.platform == "linux"


class Address(NamedTuple):
    """Where one listener of the server is."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> "Address":
        """The address in ``HOST:PORT``, with or without brackets around the host."""
        host, _, port = text.rpartition(":")
        return cls(host.strip("[]"), int(port))


class StoredMessage(NamedTuple):
    """A row of the database, as somebody else than the server sees it."""

    seq: int
    sender: str
    cid: str
    text: str


def add_users(database_url: str, count: int = 3) -> None:
    """Make user1, user2 … with the nicknames itcast1, itcast2 …, all with the same password."""
    storage = Storage(database_url)
    storage.open()
    try:
        # One hash for all: the tests are about logging in, not about making passwords.
        password_hash = passwords.hash_password(PASSWORD)
        storage.accounts.add_users(
            [NewUser(f"user{n}", f"itcast{n}", password_hash) for n in range(1, count + 1)]
        )
    finally:
        storage.close()


class ServerProcess:
    """One server. It may be started again after it has ended, on the same data."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.addresses: list[Address] = []
        self.health_address: Address | None = None
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    # --- starting

    def start(
        self,
        *arguments: str,
        settings: Mapping[str, object] | None = None,
        environment: Mapping[str, str] | None = None,
        listeners: int = 1,
        limits: Mapping[str, int] | None = None,
    ) -> None:
        """Start, and return when *listeners* addresses have been announced.

        *limits* are the options of the shell's `ulimit`, such as "n" for descriptors, and their
        values; only where there is a POSIX shell.
        """
        self.launch(*arguments, settings=settings, environment=environment, limits=limits)
        self.addresses = [self._announced(ANNOUNCEMENT) for _ in range(listeners)]
        if "health_port" in (settings or {}):
            self.health_address = self._announced(HEALTH_ANNOUNCEMENT)

    def launch(
        self,
        *arguments: str,
        settings: Mapping[str, object] | None = None,
        environment: Mapping[str, str] | None = None,
        limits: Mapping[str, int] | None = None,
    ) -> None:
        """Start it, and wait for nothing."""
        assert self._process is None, "it runs already"
        command = self.command(*arguments, settings=settings)
        if limits is not None:
            limiting = "".join(f"ulimit -{option} {value}; " for option, value in limits.items())
            command = ["sh", "-c", limiting + 'exec "$@"', "sh", *command]
        with self._log_file.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, **(environment or {})},
                encoding="utf-8",
            )
        self._lines = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, args=(self._process, self._lines))
        self._reader.start()

    def command(
        self, *arguments: str, settings: Mapping[str, object] | None = None
    ) -> Sequence[str]:
        """What starts it, with *settings* written into a file."""
        config = self.directory / "minichat.toml"
        lines = [f"{key} = {json.dumps(value)}\n" for key, value in (settings or {}).items()]
        config.write_text("".join(lines), encoding="utf-8")
        own = ["--config", str(config), "--data-dir", str(self.directory), "--port", "0"]
        return [sys.executable, "-m", "reactor", *own, *arguments]

    def _read(
        self, process: "subprocess.Popen[str]", lines: "queue.SimpleQueue[str | None]"
    ) -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                lines.put(line.rstrip("\n"))
        lines.put(None)

    def _announced(self, announcement: str) -> Address:
        try:
            line = self._lines.get(timeout=START_SECONDS)
        except queue.Empty:
            line = None
        if line is None or not line.startswith(announcement):
            self.kill()
            raise AssertionError(f"it announced {line!r}; its log says:\n{self.log}")
        return Address.parse(line.removeprefix(announcement))

    # --- while it runs

    @property
    def address(self) -> Address:
        """The first listener."""
        return self.addresses[0]

    @property
    def pid(self) -> int:
        assert self._process is not None, "it does not run"
        return self._process.pid

    @property
    def log(self) -> str:
        """Everything it has written to standard error, over all its starts."""
        return self._log_file.read_text(encoding="utf-8") if self._log_file.exists() else ""

    @property
    def threads(self) -> int:
        """How many threads it has; Linux only."""
        return len(os.listdir(f"/proc/{self.pid}/task"))

    @property
    def descriptors(self) -> int:
        """How many descriptors it has open; Linux only."""
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    @property
    def processor_seconds(self) -> float:
        """The processor time it has used; Linux only."""
        stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def send_signal(self, number: signal.Signals) -> None:
        assert self._process is not None, "it does not run"
        self._process.send_signal(number)

    def ask(self, path: str) -> tuple[int, str]:
        """What the health port answers: the status and the body."""
        assert self.health_address is not None, "it was started without health_port"
        connection = http.client.HTTPConnection(*self.health_address, timeout=ANSWER_SECONDS)
        with contextlib.closing(connection):
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode().rstrip("\n")

    # --- ending

    def stop(self) -> None:
        """Ask it to stop, if it runs, and see that it does so in good order."""
        if self._process is not None:
            self._process.terminate()
            status = self.wait()
            # Windows has no SIGTERM: there, terminate() ends a process at once.
            assert status == 0 or not POSIX, f"exit status {status}; its log says:\n{self.log}"

    def wait(self) -> int:
        """Wait until it has ended; return its exit status (negative: the signal's number)."""
        assert self._process is not None, "it does not run"
        try:
            return self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            raise AssertionError(
                f"it did not end within {STOP_SECONDS:g} s; its log says:\n{self.log}"
            ) from None
        finally:
            self.kill()

    def kill(self) -> None:
        """End it at once, if it runs, as a crash would."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        assert self._reader is not None
        self._reader.join()
        self._process = self._reader = None

    def later_announcements(self) -> list[str]:
        """What else it had written to standard output when it ended."""
        return list(iter(self._lines.get, None))

    # --- the database

    @property
    def database(self) -> Path:
        """The file of the database, where it is SQLite's."""
        return self.directory / "minichat.db"

    def stored(self) -> list[StoredMessage]:
        """All messages in the SQLite database, in their order."""
        uri = f"{self.database.as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            rows = database.execute(
                "SELECT seq, user_name, coalesce(cid, ''), text FROM message"
                " JOIN user ON user_id = sender_id ORDER BY room_id, seq"
            ).fetchall()
        return [StoredMessage(*row) for row in rows]

    @property
    def _log_file(self) -> Path:
        return self.directory / "server.log"


@contextlib.contextmanager
def running(directory: Path) -> Iterator[ServerProcess]:
    """A server that is not started yet, and that has ended in good order afterwards."""
    server = ServerProcess(directory)
    try:
        yield server
        server.stop()
    finally:
        server.kill()
