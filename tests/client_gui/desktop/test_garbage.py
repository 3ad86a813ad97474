"""All objects are looked at when nobody is looking, and not by themselves."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication

from client_gui.desktop.garbage import Garbage


@pytest.fixture
def garbage(qapp: QApplication) -> Iterator[Garbage]:
    """At work; afterwards, the tests see to it again."""
    garbage = Garbage(qapp)
    yield garbage
    garbage.stop()
    garbage.deleteLater()
    assert gc.isenabled()
    gc.disable()


class _Circle:
    def __init__(self) -> None:
        self.itself = self


def _circle() -> weakref.ref[_Circle]:
    return weakref.ref(_Circle())


def test_no_other_thread_collects_anything(garbage: Garbage) -> None:
    """However much it makes: Qt's widgets may be in the circles."""
    gone = _circle()
    thread = threading.Thread(target=lambda: [_Circle() for _ in range(10_000)])
    thread.start()
    thread.join()
    assert gone() is not None


@pytest.mark.parametrize(("rounds", "old"), [(1, False), (20, True)])
def test_young_objects_are_looked_at_by_themselves(
    garbage: Garbage, rounds: int, old: bool
) -> None:
    """And those of middle age, when the young have been often enough."""
    gc.collect()
    circle = _Circle()
    gone = weakref.ref(circle)
    if old:
        gc.collect(0)
    del circle
    for _ in range(rounds):
        # Python takes the first ones from those that it keeps for another time, and counts none.
        others = [[] for _ in range(2 * gc.get_threshold()[0])]
        garbage._often.timeout.emit()
        del others
    assert gone() is None


def test_a_few_young_objects_are_not_worth_it(garbage: Garbage) -> None:
    """Nothing happens, nothing is looked at."""
    gc.collect()
    gone = _circle()
    garbage._often.timeout.emit()
    assert gone() is not None


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
