"""How quick the machine is just now: shared ones flip between two speeds, up to twice apart."""

import socket
import time

ROUNDS = 20_000


def microseconds() -> float:
    """One send and one receive of 64 bytes through a pair of sockets, in this process."""
    data = bytes(64)
    left, right = socket.socketpair()
    with left, right:
        began = time.perf_counter()
        for _ in range(ROUNDS):
            left.send(data)
            right.recv(64)
        return (time.perf_counter() - began) / ROUNDS * 1e6
