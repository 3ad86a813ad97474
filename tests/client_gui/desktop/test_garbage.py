"""All objects are looked at when nobody is looking, and not by themselves."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication

from client_gui.desktop.garbage import Garbage


@pytest.fixture
def garbage(qapp: QApplication) -> Iterator[Garbage]:
    """At work; afterwards, Python is as it was."""
    before = gc.get_threshold()
    garbage = Garbage(qapp)
    yield garbage
    garbage.stop()
    garbage.deleteLater()
    assert gc.get_threshold() == before


class _Circle:
    def __init__(self) -> None:
        self.itself = self


def test_old_objects_are_not_looked_at_by_themselves(garbage: Garbage) -> None:
    """Young ones are, as ever."""
    young, middle, old = gc.get_threshold()
    assert 0 < young < 10_000
    assert 0 < middle < 100
    assert old >= 100_000


def test_they_are_when_another_program_is_in_front(garbage: Garbage, qapp: QApplication) -> None:
    """For a while; coming back at once is no reason."""
    qapp.applicationStateChanged.emit(Qt.ApplicationInactive)
    assert garbage._away.isActive()
    qapp.applicationStateChanged.emit(Qt.ApplicationActive)
    assert not garbage._away.isActive()


@pytest.mark.parametrize("timer", ["_away", "_hourly"])
def test_everything_is_looked_at_then(garbage: Garbage, timer: str) -> None:
    """Also what has become old in the meantime."""
    circle = _Circle()
    gc.collect(1)
    gone = weakref.ref(circle)
    del circle
    getattr(garbage, timer).timeout.emit()
    assert gone() is None
