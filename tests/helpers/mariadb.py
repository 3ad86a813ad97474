"""Databases for tests, as a pytest plugin: SQLite files, and a MariaDB server that is ours alone.

Fixtures:

* ``mariadb_server`` (session): a :class:`MariaDbServer`, installed into a private temporary
  directory and listening on a free port of 127.0.0.1. It needs no rights: it runs as whoever runs
  the tests. It is started when a test first asks for it and ended, by its process, at the end.
* ``mariadb_url``: the URL of a fresh database there, not made yet; it is dropped after the test.
* ``storage_url``: the test runs twice, with a fresh SQLite file and with ``mariadb_url``.
* ``storage``: an opened :class:`reactor.storage.Storage` on ``storage_url``.

Where the programs ``mariadbd`` and ``mariadb-install-db`` are missing the tests fail, unless the
variable MINICHAT_TESTS_WITHOUT says ``mariadb``.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pymysql
import pytest

from reactor.storage import Storage

# Seconds that a machine under load may take.
INSTALL_SECONDS = 60.0
START_SECONDS = 60.0
STOP_SECONDS = 30.0
# Between two looks whether the server is ready.
LOOK_SECONDS = 0.05
# Somebody else may take the free port before the server does.
START_ATTEMPTS = 3

USER = "minichat"
# Everything that has a meaning in a URL, and more than ASCII.
PASSWORD = "p@ss/w#rd?%密码"


class MariaDbServer:
    """A server process and its data; USER may do everything there."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    def install(self) -> None:
        """Make the server's own tables, and USER."""
        grant = f"ON *.* TO '{USER}'@'127.0.0.1' IDENTIFIED BY '{PASSWORD}' WITH GRANT OPTION;\n"
        self._temporary.mkdir()
        (self.directory / "init.sql").write_text("GRANT ALL " + grant, encoding="utf-8")
        done = subprocess.run(
            [
                _program("mariadb-install-db"),
                "--no-defaults",
                f"--datadir={self._data}",
                f"--tmpdir={self._temporary}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                *_as_root(),
            ],
            capture_output=True,
            timeout=INSTALL_SECONDS,
            check=False,
        )
        if done.returncode:
            pytest.fail(f"mariadb-install-db failed: {done.stderr.decode(errors='replace')}")

    def start(self) -> None:
        """Start, on the port of last time if there was one; return when it takes connections."""
        for _ in range(START_ATTEMPTS):
            self.port = self.port or _free_port()
            if self._has_started():
                return
        pytest.fail(f"mariadbd does not start:\n{self._log.read_text(errors='replace')[-2000:]}")

    def _has_started(self) -> bool:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    _program("mariadbd"),
                    "--no-defaults",
                    f"--datadir={self._data}",
                    f"--tmpdir={self._temporary}",
                    f"--socket={self.directory / 'socket'}",
                    f"--pid-file={self.directory / 'pid'}",
                    f"--init-file={self.directory / 'init.sql'}",
                    f"--port={self.port}",
                    *_as_root(),
                    "--bind-address=127.0.0.1",
                    "--skip-name-resolve",
                    "--character-set-server=utf8mb3",
                    "--innodb-buffer-pool-size=16M",
                    "--innodb-log-file-size=8M",
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        for _ in range(int(START_SECONDS / LOOK_SECONDS)):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(LOOK_SECONDS)
                return False
            with contextlib.suppress(pymysql.OperationalError), self.connect():
                return True
        self.stop()
        return False

    def stop(self) -> None:
        """Stop the server, if it runs, in good order."""
        self._end(kill=False)

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        self._end(kill=True)

    def _end(self, *, kill: bool) -> None:
        if self._process is None:
            return
        if kill:
            self._process.kill()
        else:
            self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    @contextlib.contextmanager
    def connect(self, database: str | None = None) -> Iterator[pymysql.connections.Connection]:
        """Connect as USER, who may do everything, and close it afterwards."""
        connection = pymysql.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=PASSWORD.encode(),
            database=database,
            charset="utf8mb4",
            autocommit=True,
        )
        with contextlib.closing(connection):
            yield connection

    def execute(self, *statements: str, database: str | None = None) -> list[tuple[object, ...]]:
        """Run SQL statements as USER; return the rows of the last one."""
        with self.connect(database) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall())

    def url(self, database: str, user: str = USER, password: str = PASSWORD) -> str:
        """The address of a database of this server."""
        return f"mysql://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{database}"

    @property
    def _data(self) -> Path:
        return self.directory / "data"

    @property
    def _temporary(self) -> Path:
        # Of its own: another server that starts deletes the temporary tables that it finds.
        return self.directory / "tmp"

    @property
    def _log(self) -> Path:
        return self.directory / "log"


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[MariaDbServer]:
    """A MariaDB server for the tests of this session."""
    if "mariadb" in os.environ.get("MINICHAT_TESTS_WITHOUT", "").split(","):
        pytest.skip("MINICHAT_TESTS_WITHOUT=mariadb")
    # Short: the path of the socket in it may have some 100 bytes.
    with tempfile.TemporaryDirectory(prefix="minichat-db-") as directory:
        server = MariaDbServer(Path(directory))
        server.install()
        try:
            server.start()
            yield server
        finally:
            server.stop()


@pytest.fixture
def mariadb_url(mariadb_server: MariaDbServer) -> Iterator[str]:
    """The URL of a database that does not exist yet."""
    database = f"test_{uuid.uuid4().hex}"
    yield mariadb_server.url(database)
    mariadb_server.execute(f"DROP DATABASE IF EXISTS {database}")


@pytest.fixture(params=["sqlite", "mariadb"])
def storage_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database that does not exist yet, of each kind in turn."""
    if request.param == "mariadb":
        return str(request.getfixturevalue("mariadb_url"))
    return f"sqlite:///{tmp_path / 'minichat.db'}"


@pytest.fixture
def storage(storage_url: str) -> Iterator[Storage]:
    """An empty storage of each kind in turn, migrated; this thread's connection is closed."""
    storage = Storage(storage_url)
    storage.open()
    yield storage
    storage.close()


def _program(name: str) -> str:
    # Debian keeps servers where an ordinary user's PATH does not look.
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if path is None:
        pytest.fail(
            f"There is no {name}: run the tests with `make test`, which installs it, or leave "
            "these tests out with MINICHAT_TESTS_WITHOUT=mariadb"
        )
    return path


def _as_root() -> list[str]:
    # Only root is asked whether this is meant.
    return ["--user=root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
