"""Garbage in circles is collected between tests, in the thread that runs them, and nowhere else.

Python collects in whichever thread makes some. A window that a test has left in a circle would be
destroyed by the thread of a server or of a reader, and Qt, sooner or later, end the process. The
program sees to it itself: `client_gui.desktop.garbage`.
"""

import gc
from collections.abc import Iterator
from itertools import count

import pytest

FULL_EVERY = 20
"""Tests from one look at all objects to the next, which takes a while."""

_tests = count(1)


@pytest.hookimpl
def pytest_collection_finish() -> None:
    """What is there before the first test stays: it is not looked at again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_other_thread_collects() -> Iterator[None]:
    """For every test, whatever it has done to the collector."""
    gc.disable()
    yield
    gc.collect(1 if next(_tests) % FULL_EVERY else 2)
