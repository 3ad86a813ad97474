"""What the link brings, dealt with in slices: counted, never timed."""

from collections.abc import Iterator

import pytest
from PyQt5.QtCore import QObject, QTimer, pyqtSignal
from pytestqt.qtbot import QtBot

from client_gui.link.arrivals import MAX_A_TURN, Arrivals


class CountingLink(QObject):
    """As eager as a link that is read as fast as it brings: a list for each that was consumed."""

    arrived = pyqtSignal(int, list)

    def __init__(self) -> None:
        super().__init__()
        self.consumed_lists = 0
        self.next_lists: Iterator[list] = iter(())

    def consumed(self) -> None:
        self.consumed_lists += 1
        for events in self.next_lists:
            self.arrived.emit(1, events)
            break


class Rig:
    """Everything that was taken, and how much of it in each turn of the event loop."""

    def __init__(self) -> None:
        self.link = CountingLink()
        self.arrivals = Arrivals(self.link)
        self.taken: list = []
        self.turns = [0]
        self.arrivals.arrived.connect(self._take)
        # Started before theirs, it is served before it in each turn.
        self.turn = QTimer(interval=0, timeout=self._turn_begins)
        self.turn.start()

    def _turn_begins(self) -> None:
        self.turns.append(0)

    def _take(self, attempt: int, events: list) -> None:
        assert attempt == 1
        self.taken += events
        self.turns[-1] += len(events)


@pytest.fixture
def rig(qapp: object) -> Iterator[Rig]:
    """Nothing has come."""
    rig = Rig()
    yield rig
    rig.turn.stop()


def test_a_little_is_dealt_with_at_once(rig: Rig) -> None:
    """In the same call: nobody waits for a turn that is not needed."""
    rig.link.arrived.emit(1, ["a", "b"])
    rig.link.arrived.emit(1, ["c"])
    assert rig.taken == ["a", "b", "c"]
    assert rig.link.consumed_lists == 2


def test_much_is_dealt_with_in_slices_and_in_order(qtbot: QtBot, rig: Rig) -> None:
    """And the link is told when all of a list has been taken, not before."""
    events = list(range(3 * MAX_A_TURN + 1))
    rig.link.arrived.emit(1, events)
    assert rig.taken == events[:MAX_A_TURN]
    assert rig.link.consumed_lists == 0
    rig.link.arrived.emit(1, ["behind"])
    qtbot.waitUntil(lambda: rig.link.consumed_lists == 2)
    assert rig.taken == [*events, "behind"]
    assert max(rig.turns) <= MAX_A_TURN


def test_small_lists_without_end_leave_turns_between(qtbot: QtBot, rig: Rig) -> None:
    """A link that brings the next list as soon as one is consumed does not keep the window busy."""
    count = 5 * MAX_A_TURN
    rig.link.next_lists = iter([[n] for n in range(1, count)])
    rig.link.arrived.emit(1, [0])
    assert len(rig.taken) == MAX_A_TURN
    qtbot.waitUntil(lambda: len(rig.taken) == count)
    assert rig.taken == list(range(count))
    assert max(rig.turns) <= MAX_A_TURN
