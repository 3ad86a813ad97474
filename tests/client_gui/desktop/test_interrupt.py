"""Ctrl-C in the terminal."""

import signal

import pytest
from pytestqt.qtbot import QtBot

from client_gui.desktop.interrupt import Interrupt


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_reaches_qts_loop(qtbot: QtBot, number: signal.Signals) -> None:
    """Though Qt is waiting, and Python is not running."""
    interrupt = Interrupt()
    with qtbot.waitSignal(interrupt.interrupted, timeout=5000):
        signal.raise_signal(number)
    interrupt.close()


def test_afterwards_everything_is_as_before(qapp: object) -> None:
    """The handlers, and the descriptor."""
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    Interrupt().close()
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
    descriptor = signal.set_wakeup_fd(-1)
    signal.set_wakeup_fd(descriptor)
    assert descriptor == -1


def test_being_told_twice_does_no_harm(qtbot: QtBot) -> None:
    """There is nothing to be read the second time."""
    interrupt = Interrupt()
    with qtbot.assertNotEmitted(interrupt.interrupted):
        interrupt._on_activated()
    interrupt.close()
