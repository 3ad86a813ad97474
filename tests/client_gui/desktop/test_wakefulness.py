"""Whether the machine has slept."""

import pytest
from pytestqt.qtbot import QtBot

from client_gui.desktop.wakefulness import LOOK_EVERY_MS, SLEPT, Wakefulness
from tests.helpers.clock import FakeClock

_STEP = LOOK_EVERY_MS / 1000


@pytest.fixture
def clock() -> FakeClock:
    """Moved by hand."""
    return FakeClock()


def test_a_gap_is_a_sleep(qtbot: QtBot, clock: FakeClock) -> None:
    """Told once, when it is over."""
    wakefulness = Wakefulness(clock)
    clock.advance(3600)
    with qtbot.waitSignal(wakefulness.woke):
        wakefulness.look()
    with qtbot.assertNotEmitted(wakefulness.woke):
        clock.advance(_STEP)
        wakefulness.look()


@pytest.mark.parametrize("seconds", [_STEP, _STEP + SLEPT, -3600])
def test_a_busy_machine_has_not_slept(qtbot: QtBot, clock: FakeClock, seconds: float) -> None:
    """Nor one whose clock was set back."""
    wakefulness = Wakefulness(clock)
    clock.advance(seconds)
    with qtbot.assertNotEmitted(wakefulness.woke):
        wakefulness.look()
