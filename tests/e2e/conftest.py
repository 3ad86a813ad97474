"""Real servers and real sockets for the tests beside this file."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.helpers.line_client import LineClient
from tests.helpers.server_process import Address, ServerProcess, add_users, running

FULL = "test/1.0"
"""The name of a program: who logs in with it is a full client."""


class Connect(Protocol):
    """Makes connections that are closed with the test."""

    def __call__(self, address: Address | None = None, **options: Any) -> LineClient: ...


LogIn = Callable[..., LineClient]


class OnAnyDatabase:
    """A server that is not started yet, on SQLite or MariaDB, with demo users; and its clients."""

    def __init__(self, server: ServerProcess, url: str, stack: contextlib.ExitStack) -> None:
        self.server = server
        self.url = url
        self._stack = stack

    def start(self, *arguments: str) -> None:
        """Start it, or start it again."""
        self.server.start("--database", self.url, *arguments)

    def connect(self, **options: Any) -> LineClient:
        """Connect, as nobody yet."""
        return self._stack.enter_context(LineClient(self.server.address, **options))

    def full(self, user: str, **options: Any) -> LineClient:
        """Connect and log in as a full client, with the password."""
        client = self.connect(**options)
        client.log_in(user, FULL)
        return client


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with user1, user2 and user3, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "minichat.db"
    add_users(f"sqlite:///{path.as_posix()}")
    return path


@pytest.fixture
def server(tmp_path: Path, demo_database: Path) -> Iterator[ServerProcess]:
    """A server with the demo users that the test starts as it likes; it must stop in good order."""
    shutil.copy(demo_database, tmp_path / "minichat.db")
    with running(tmp_path) as server:
        yield server


@pytest.fixture
def on_any_database(tmp_path: Path, storage_url: str) -> Iterator[OnAnyDatabase]:
    """A server on each database; its clients are closed before it must stop in good order."""
    add_users(storage_url)
    with running(tmp_path) as server, contextlib.ExitStack() as stack:
        yield OnAnyDatabase(server, storage_url, stack)


@pytest.fixture
def connect(server: ServerProcess) -> Iterator[Connect]:
    """Connect to the server: to its first listener, or to another address."""
    with contextlib.ExitStack() as clients:

        def connect_to(address: Address | None = None, **options: Any) -> LineClient:
            return clients.enter_context(LineClient(address or server.address, **options))

        yield connect_to


@pytest.fixture
def full(connect: Connect) -> LogIn:
    """Connect and log in as a full client."""

    def log_in(user: str, **options: Any) -> LineClient:
        client = connect(**options)
        client.log_in(user, FULL)
        return client

    return log_in


@pytest.fixture
def basic(connect: Connect) -> LogIn:
    """Connect and log in as a basic client."""

    def log_in(user: str, **options: Any) -> LineClient:
        client = connect(**options)
        client.log_in(user)
        return client

    return log_in
