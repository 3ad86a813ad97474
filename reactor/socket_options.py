"""How the system is to treat the connections of clients."""

import contextlib
import socket
from typing import Final

# Bytes that the system may hold for a peer beside those on their way to it. What a peer does not
# read is for our own queues, which are bounded; the system would hold a megabyte of it for each.
NOT_SENT_MAX: Final = 64 * 1024

# A peer that vanished is found out two minutes after its last sign (seconds, seconds, probes).
# TCP_KEEPALIVE is what macOS calls TCP_KEEPIDLE.
KEEPALIVE: Final = {
    "TCP_KEEPIDLE": 60,
    "TCP_KEEPALIVE": 60,
    "TCP_KEEPINTVL": 15,
    "TCP_KEEPCNT": 4,
}


def set_options(connection: socket.socket) -> None:
    """Set them on a *connection* that was just accepted, as far as the system has them."""
    # A peer that is gone already refuses options on some systems; reading will find out.
    with contextlib.suppress(OSError):
        # Without it, a message waits for the acknowledgement of the one before, up to 40 ms.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if hasattr(socket, "TCP_NOTSENT_LOWAT"):  # not on Windows
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, NOT_SENT_MAX)
        for name, value in KEEPALIVE.items():
            if hasattr(socket, name):  # not all systems have each of them
                connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
