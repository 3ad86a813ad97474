"""No test may leave anything open: after each one, the same threads and descriptors as before it.

What fixtures of a wider scope open is theirs: they are watched while they are set up, and what
they opened is not counted against the tests that use them.

Descriptors are seen with what they refer to on Linux, and with their kind on macOS; elsewhere the
sockets that Python knows of stand in for them. Nothing here waits for a set time: what is about to
end is joined, for so long at the most as a machine under load may need.
"""

import gc
import os
import socket
import stat
import sys
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

# A thread that has been told to stop may need this long to end on a machine under load.
JOIN_SECONDS = 5.0

# Opened by libraries when they are first needed, once for the process: Qt's and GLib's wake-ups
# and file watches, random numbers, the display's and the font cache's.
ONCE_FOR_ALL = (
    "anon_inode:[eventfd]",
    "anon_inode:[timerfd]",
    "anon_inode:inotify",
    "/dev/urandom",
    "/dev/null",
    "/dev/dri/",
    "/dev/nvidia",
    "/memfd:",
    "/var/cache/fontconfig/",
)


@dataclass
class Snapshot:
    """What is open at one moment."""

    threads: set[threading.Thread] = field(default_factory=set)
    descriptors: set[tuple[int, str]] = field(default_factory=set)

    @classmethod
    def now(cls) -> "Snapshot":
        return cls(_threads(), set(_descriptors()))

    def opened_since(self, before: "Snapshot") -> "Snapshot":
        """What this one has and `before` had not."""
        return Snapshot(self.threads - before.threads, self.descriptors - before.descriptors)

    def add(self, other: "Snapshot") -> None:
        self.threads |= other.threads
        self.descriptors |= other.descriptors

    def __bool__(self) -> bool:
        return bool(self.threads or self.descriptors)

    def __str__(self) -> str:
        threads = sorted(f"thread {thread.name}" for thread in self.threads)
        return "\n".join([*threads, *(f"descriptor {n}: {what}" for n, what in self.descriptors)])


# What fixtures of a wider scope have open.
_belongs_to_fixtures = Snapshot()


@pytest.fixture(autouse=True)
def nothing_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a thread, a socket or a file open, naming it."""
    before = Snapshot.now()
    yield
    leaked = str(leaked_since(before))
    if "qapp" in request.fixturenames:
        leaked += "".join(f"\n{thread}" for thread in running_qthreads())
    if leaked:
        pytest.fail(f"The test has left this open:\n{leaked.strip()}", pytrace=False)


def leaked_since(before: Snapshot) -> Snapshot:
    """What is open now, was not at `before`, belongs to no fixture, and does not end by itself."""
    leaked = _opened_by_the_test(before)
    if not leaked:
        return leaked
    for thread in leaked.threads:
        thread.join(JOIN_SECONDS)
    # What only garbage held is not a leak; if it was not closed, its warning fails the test.
    gc.collect()
    return _opened_by_the_test(before)


def running_qthreads() -> list[object]:
    """Qt's threads that Python has made and that have not ended; Qt itself has no list of them."""
    from PyQt5 import sip
    from PyQt5.QtCore import QThread

    made = [thing for thing in gc.get_objects() if isinstance(thing, QThread)]
    return [thread for thread in made if not sip.isdeleted(thread) and thread.isRunning()]


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    """Remember what a fixture that outlives the test opens."""
    if fixturedef.scope == "function":
        return (yield)
    before = Snapshot.now()
    try:
        return (yield)
    finally:
        _belongs_to_fixtures.add(Snapshot.now().opened_since(before))


def _opened_by_the_test(before: Snapshot) -> Snapshot:
    opened = Snapshot.now().opened_since(before)
    return opened.opened_since(_belongs_to_fixtures)


def _threads() -> set[threading.Thread]:
    """The living threads that Python started."""
    # A "dummy" stands for a thread that Qt started and that called Python once; it never ends.
    return {
        thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)
    }


def _descriptors() -> Iterator[tuple[int, str]]:
    if sys.platform == "linux":
        yield from _described_by_proc()
    elif sys.platform == "darwin":
        yield from _described_by_kind()
    else:
        yield from _known_to_python()


def _described_by_proc() -> Iterator[tuple[int, str]]:
    for entry in Path("/proc/self/fd").iterdir():
        try:
            what = str(entry.readlink())
        except OSError:  # It was the descriptor of this very listing.
            continue
        if not what.startswith(ONCE_FOR_ALL):
            yield int(entry.name), what


def _described_by_kind() -> Iterator[tuple[int, str]]:
    for entry in Path("/dev/fd").iterdir():
        try:
            mode = os.fstat(int(entry.name)).st_mode
        except OSError:
            continue
        if stat.S_ISSOCK(mode) or stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
            yield int(entry.name), stat.filemode(mode)[0]


def _known_to_python() -> Iterator[tuple[int, str]]:
    for thing in gc.get_objects():
        if isinstance(thing, socket.socket) and thing.fileno() != -1:
            yield thing.fileno(), repr(thing)
