"""Host names → addresses, without the reader having to wait for the resolver.

``getaddrinfo`` cannot be cancelled, and a broken resolver holds it for half a minute. So it runs in
a daemon thread of its own, which nobody ever joins: quitting does not wait for it, and an answer
that nobody wants any more is dropped. An address in digits needs no thread.
"""

import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Any

MAX_LOOKUPS = 4
"""Threads that may be waiting for a resolver at once. Each is the lookup of an attempt given up."""

MAX_ADDRESSES = 8
"""Addresses of one name that are tried. Two are usual; more than eight is somebody's joke."""

Found = list[tuple[socket.AddressFamily, Any]]
"""What to connect to, in the order of preference: the family, and the socket address."""

Report = Callable[[Found | OSError], None]

_running = threading.BoundedSemaphore(MAX_LOOKUPS)


def look_up(host: str, port: int, report: Report) -> None:
    """Call *report* once with what is found, or the error: now, or later from another thread."""
    with contextlib.suppress(OSError, UnicodeError):
        in_digits = _addresses(host, port, socket.AI_NUMERICHOST)
        report(in_digits)
        return
    if not _running.acquire(blocking=False):
        report(TimeoutError("the resolver does not answer"))
        return
    thread = threading.Thread(
        target=_run, args=(host, port, report), name="minichat-lookup", daemon=True
    )
    thread.start()


def _run(host: str, port: int, report: Report) -> None:
    try:
        report(_answer(host, port))
    finally:
        _running.release()


def _answer(host: str, port: int) -> Found | OSError:
    try:
        # Not AI_ADDRCONFIG: it does not count the loopback, and so loses addresses of localhost.
        return _addresses(host, port, 0)
    except OSError as error:
        return error
    except UnicodeError:
        # The IDNA codec: an empty label, or one of more than 63 characters.
        return socket.gaierror(socket.EAI_NONAME, "not a host name")


def _addresses(host: str, port: int, flags: int) -> Found:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    return [(family, address) for family, _, _, _, address in answers[:MAX_ADDRESSES]]
