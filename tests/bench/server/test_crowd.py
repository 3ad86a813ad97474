"""Many connections: they come in, and one that is lost is noticed."""

import socket
import threading
from collections.abc import Iterator

import pytest

from bench.server.crowd import Crowd, Lost
from bench.server.languages import Language, Step


class _Greeting(Language):
    """Two steps, of which the second is answered in two pieces."""

    def log_in(self, user: int, room: int | None) -> list[Step]:
        return [Step(b"hello %d" % user, b"who?"), Step(b"me", b"come in", b"go away")]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Somewhere to connect to."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)
        yield listening


def test_each_step_waits_for_its_answer(listener: socket.socket) -> None:
    """Wherever the stream is cut."""
    said: list[bytes] = []

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            said.append(connection.recv(100))
            connection.sendall(b"well, who?")
            said.append(connection.recv(100))
            connection.sendall(b"then co")
            connection.sendall(b"me in, please")
            said.append(connection.recv(100))

    thread = threading.Thread(target=serve)
    thread.start()
    crowd = Crowd(_Greeting(), listener.getsockname(), 10)
    crowd.log_in([7], None)
    assert list(crowd.users.values()) == [7]
    crowd.close()
    thread.join()
    assert said == [b"hello 7", b"me", b""]


def test_a_connection_that_the_server_closes_is_lost(listener: socket.socket) -> None:
    """Whose it was is said."""

    def serve() -> None:
        listener.accept()[0].close()

    thread = threading.Thread(target=serve)
    thread.start()
    crowd = Crowd(_Greeting(), listener.getsockname(), 10)
    with pytest.raises(Lost, match="user 3"):
        crowd.log_in([3], None)
    crowd.close()
    thread.join()


def test_a_login_that_is_refused_is_told(listener: socket.socket) -> None:
    """At once, and as the server said it."""

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(100)
            connection.sendall(b"who?")
            connection.recv(100)
            connection.sendall(b"go away, please")
            connection.recv(100)

    thread = threading.Thread(target=serve)
    thread.start()
    crowd = Crowd(_Greeting(), listener.getsockname(), 10)
    with pytest.raises(Lost, match="go away, please"):
        crowd.log_in([3], None)
    crowd.close()
    thread.join()
