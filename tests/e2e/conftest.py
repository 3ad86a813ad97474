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
