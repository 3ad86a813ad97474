"""How the system is to treat connections."""

import socket

import pytest

from reactor.socket_options import KEEPALIVE, NOT_SENT_MAX, set_options
from tests.helpers.transports import real_pair

# As macOS numbers them; what matters is that they differ.
KEEPALIVE_NUMBERS = {
    "TCP_KEEPIDLE": 0x99,
    "TCP_KEEPALIVE": 0x10,
    "TCP_KEEPINTVL": 0x101,
    "TCP_KEEPCNT": 0x102,
}


class OptionsOfASocket:
    """Writes down the options that are set on it."""

    def __init__(self) -> None:
        self.options: list[tuple[int, int, int]] = []

    def setsockopt(self, *option: int) -> None:
        level, name, value = option
        self.options.append((level, name, value))


def test_options_of_connections() -> None:
    """Nothing waits to be sent together; a peer that vanished is found out."""
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, socket.create_connection(listener.getsockname()) as client:
        set_options(client)
        assert client.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert client.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)


def test_vanished_peers_are_found_out_by_each_systems_options(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """macOS has another name for the time until the first probe, and Windows has them all."""
    for name in KEEPALIVE:
        monkeypatch.setattr(socket, name, KEEPALIVE_NUMBERS[name], raising=False)
    monkeypatch.delattr(socket, "TCP_KEEPIDLE")
    connection = OptionsOfASocket()
    set_options(connection)  # type: ignore[arg-type]
    for name in ("TCP_KEEPALIVE", "TCP_KEEPINTVL", "TCP_KEEPCNT"):
        option = (socket.IPPROTO_TCP, KEEPALIVE_NUMBERS[name], KEEPALIVE[name])
        assert option in connection.options


def test_options_that_a_socket_refuses() -> None:
    """A peer that has gone already is no error; reading finds out."""
    ours, theirs = real_pair()
    with theirs:
        ours.close()
        set_options(ours)


@pytest.mark.skipif(not hasattr(socket, "TCP_NOTSENT_LOWAT"), reason="this system has none")
def test_the_system_holds_little_for_a_peer() -> None:
    """What it does not read is for our own queues, which are bounded."""
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, socket.create_connection(listener.getsockname()) as client:
        set_options(client)
        held = client.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT)
        assert held == NOT_SENT_MAX
