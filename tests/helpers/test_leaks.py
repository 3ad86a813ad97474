"""The leak check itself: it names what stays open, and nothing else."""

import os
import socket
import threading
from pathlib import Path

import pytest

from tests.helpers import leaks
from tests.helpers.leaks import Snapshot, leaked_since


def test_an_open_socket_is_named() -> None:
    """And forgotten once it is closed."""
    before = Snapshot.now()
    with socket.socket() as left_open:
        ((descriptor, _),) = leaked_since(before).descriptors
        assert descriptor == left_open.fileno()
    assert not leaked_since(before)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="files are only seen where /dev/fd is")
def test_an_open_file_is_named(tmp_path: Path) -> None:
    """With its path, where the system tells it."""
    before = Snapshot.now()
    with (tmp_path / "left open").open("w"):
        assert leaked_since(before).descriptors
        if Path("/proc/self/fd").exists():
            assert "left open" in str(leaked_since(before))
    assert not leaked_since(before)


def test_a_running_thread_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that ends by itself is waited for."""
    monkeypatch.setattr(leaks, "JOIN_SECONDS", 0)
    before = Snapshot.now()
    release = threading.Event()
    thread = threading.Thread(target=release.wait, name="left running")
    thread.start()
    assert str(leaked_since(before)) == "thread left running"
    release.set()
    monkeypatch.setattr(leaks, "JOIN_SECONDS", 60)
    assert not leaked_since(before)


def test_what_libraries_open_once_is_not_counted() -> None:
    """Nobody could close it."""
    before = Snapshot.now()
    null = os.open(os.devnull, os.O_RDONLY)
    assert not leaked_since(before)
    os.close(null)


@pytest.fixture(scope="module")
def long_lived() -> socket.socket:
    """A socket that outlives the test that asks for it first."""
    return socket.socket()


def test_what_a_wider_fixture_opens_is_its_own(request: pytest.FixtureRequest) -> None:
    """Even if it is set up in the middle of a test."""
    before = Snapshot.now()
    with request.getfixturevalue("long_lived"):
        assert not leaked_since(before)


def test_a_running_qthread_is_found(qapp: object) -> None:
    """Qt's threads are not Python's, and Python does not list them."""
    from PyQt5.QtCore import QThread

    thread = QThread()
    thread.start()
    assert leaks.running_qthreads() == [thread]
    thread.quit()
    assert thread.wait(60_000)
    assert leaks.running_qthreads() == []
