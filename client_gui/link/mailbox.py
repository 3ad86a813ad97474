"""Orders for a thread that sleeps in a selector: a bounded queue, and a socket that wakes it.

A socket pair and not a pipe, because a selector on Windows takes only sockets.
"""

import contextlib
import socket
import threading
from collections import deque
from typing import Generic, TypeVar

Item = TypeVar("Item")

_WAKE_UP_BYTES = 4096


class Mailbox(Generic[Item]):
    """Any thread may :meth:`put`; one selects on it and takes. Close it when both are done."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._items: deque[Item] = deque()
        self._lock = threading.Lock()
        self._receiver, self._sender = socket.socketpair()
        self._receiver.setblocking(False)
        self._sender.setblocking(False)

    def fileno(self) -> int:
        """The descriptor that is readable while something may be waiting."""
        return self._receiver.fileno()

    def put(self, item: Item, *, urgent: bool = False) -> bool:
        """Add *item* and wake the owner; false, and nothing kept, when it is full.

        An *urgent* item is taken even then. Only for what a program says a bounded number of times.
        """
        with self._lock:
            if len(self._items) >= self._bound and not urgent:
                return False
            self._items.append(item)
            # When the pair is full there is a wake-up on its way already; when it is closed, nobody
            # is left to be woken.
            with contextlib.suppress(BlockingIOError, OSError):
                self._sender.send(b"\0")
        return True

    def take_all(self) -> list[Item]:
        """Return everything that waits, in order, and nothing the next time."""
        with contextlib.suppress(BlockingIOError):
            self._receiver.recv(_WAKE_UP_BYTES)
        with self._lock:
            items = list(self._items)
            self._items.clear()
        return items

    def close(self) -> None:
        """Give the sockets back. What is put afterwards is kept for nobody."""
        with self._lock:
            self._receiver.close()
            self._sender.close()
