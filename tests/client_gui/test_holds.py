"""What is held back for some seconds."""

import pytest
from PyQt5.QtCore import QTimer
from pytestqt.qtbot import QtBot

from client_gui.holds import Holds


@pytest.fixture
def ticks() -> list[tuple[str, int]]:
    """What was told."""
    return []


@pytest.fixture
def holds(qapp: object, ticks: list[tuple[str, int]]) -> Holds:
    """Nothing is held."""
    holds = Holds()
    holds.ticked.connect(lambda key, seconds: ticks.append((key, seconds)))
    return holds


def test_it_counts_down_for_each(holds: Holds, ticks: list[tuple[str, int]]) -> None:
    """And ends once."""
    holds.begin("a", 2)
    holds.begin("b", 1)
    for _ in range(3):
        holds.tick("a")
    holds.tick("b")
    assert ticks == [("a", 1), ("a", 0), ("b", 0)]


def test_what_is_dropped_is_told_no_more(holds: Holds, ticks: list[tuple[str, int]]) -> None:
    """Nor if it never was."""
    holds.begin("a", 2)
    holds.drop("a")
    holds.drop("b")
    holds.tick("a")
    holds.end_all()
    assert ticks == []


def test_all_end_in_their_order(holds: Holds, ticks: list[tuple[str, int]]) -> None:
    """Also those that were begun for longer."""
    holds.begin("a", 9)
    holds.begin("b", 1)
    holds.end_all()
    assert ticks == [("a", 0), ("b", 0)]


def test_the_clock_ticks(qtbot: QtBot, holds: Holds) -> None:
    """Every second, as long as something is held."""
    holds.begin("a", 5)
    (timer,) = holds.findChildren(QTimer)
    assert (timer.interval(), timer.isActive()) == (1_000, True)
    with qtbot.waitSignal(holds.ticked) as told:
        timer.timeout.emit()
    assert told.args == ["a", 4]
    holds.drop("a")
    assert not timer.isActive()
