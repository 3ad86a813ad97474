"""Which sockets have something to read, as cheaply as this system can say it."""

import select
import selectors
from collections.abc import Iterable
from typing import Protocol


class Poll(Protocol):
    """Says which descriptors are readable."""

    def add(self, descriptor: int) -> None: ...
    def remove(self, descriptor: int) -> None: ...
    def ready(self, seconds: float) -> Iterable[int]:
        """Those with something to read, or whose peer has gone; after *seconds* none, at most."""
        ...

    def close(self) -> None: ...


def poll() -> Poll:
    """The cheapest there is."""
    return _Epoll() if hasattr(select, "epoll") else _Selector()


class _Epoll:
    """Linux: without an object for each that is ready."""

    def __init__(self) -> None:
        self._epoll = select.epoll()

    def add(self, descriptor: int) -> None:
        self._epoll.register(descriptor, select.EPOLLIN)

    def remove(self, descriptor: int) -> None:
        self._epoll.unregister(descriptor)

    def ready(self, seconds: float) -> Iterable[int]:
        return [descriptor for descriptor, _ in self._epoll.poll(seconds)]

    def close(self) -> None:
        self._epoll.close()


class _Selector:
    """Everywhere else."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()

    def add(self, descriptor: int) -> None:
        self._selector.register(descriptor, selectors.EVENT_READ)

    def remove(self, descriptor: int) -> None:
        self._selector.unregister(descriptor)

    def ready(self, seconds: float) -> Iterable[int]:
        return [key.fd for key, _ in self._selector.select(seconds)]

    def close(self) -> None:
        self._selector.close()
