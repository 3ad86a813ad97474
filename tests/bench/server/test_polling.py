"""Both ways of asking which sockets are readable say the same."""

import select
import socket
from collections.abc import Callable

import pytest

from bench.server import polling
from bench.server.polling import Poll, poll

KINDS = [polling._Selector, *([polling._Epoll] if hasattr(select, "epoll") else [])]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_readable_is_ready(kind: Callable[[], Poll]) -> None:
    """And only that; what was removed no more."""
    asked = kind()
    left, right = socket.socketpair()
    with left, right:
        asked.add(left.fileno())
        assert list(asked.ready(0)) == []
        right.send(b"!")
        assert list(asked.ready(1)) == [left.fileno()]
        asked.remove(left.fileno())
        assert list(asked.ready(0)) == []
    asked.close()


def test_there_is_one_for_this_system() -> None:
    """Whichever it is."""
    poll().close()
