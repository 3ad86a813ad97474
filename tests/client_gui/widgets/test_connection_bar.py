"""The slim bar."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from client_gui.widgets.colours import READABLE, contrast
from client_gui.widgets.connection_bar import QUIET, ConnectionBar
from tests.helpers.clock import FakeClock

_WAIT_MS = 5_000


@pytest.fixture
def clock() -> FakeClock:
    """Moved by hand."""
    return FakeClock()


@pytest.fixture
def bar(qtbot: QtBot, clock: FakeClock) -> ConnectionBar:
    """A bar that has not been told anything."""
    bar = ConnectionBar(clock)
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def shown(qtbot: QtBot, bar: ConnectionBar) -> ConnectionBar:
    """A bar that has been offline for long enough to say so."""
    bar.quiet = 0
    bar.show_offline("Connection lost", 5)
    assert not bar.isHidden()
    return bar


def test_it_is_not_there_when_all_is_well(shown: ConnectionBar) -> None:
    """Nor after a reconnection."""
    shown.show_connecting()
    shown.show_connected()
    assert shown.isHidden()


def test_a_loss_that_heals_at_once_is_never_seen(
    qtbot: QtBot, bar: ConnectionBar, clock: FakeClock
) -> None:
    """Nor does its clock run on: the next loss is quiet from its own beginning."""
    for _ in range(3):
        bar.show_offline("Connection lost", 1)
        clock.advance(QUIET - 1)
        bar.show_connecting()
        bar._timer.timeout.emit()
        assert bar.isHidden()
        bar.show_connected()


def test_a_loss_that_lasts_is_seen_and_stays(
    qtbot: QtBot, bar: ConnectionBar, clock: FakeClock
) -> None:
    """Whatever is tried meanwhile; it does not flicker."""
    bar.show_offline("Connection lost", 1)
    clock.advance(QUIET)
    qtbot.waitUntil(lambda: not bar.isHidden(), timeout=_WAIT_MS)
    for _ in range(2):
        bar.show_connecting()
        assert not bar.isHidden()
        bar.show_offline("Connection lost", 1)
        assert not bar.isHidden()
    bar.show_connected()
    assert bar.isHidden()


def test_it_counts_the_seconds(qtbot: QtBot, bar: ConnectionBar, clock: FakeClock) -> None:
    """Down to nothing, and never below."""
    bar.show_offline("Connection lost", 4.2)
    assert bar.label.text() == "Connection lost. Reconnecting in 5 s."
    clock.advance(3)
    qtbot.waitUntil(lambda: "2 s" in bar.label.text(), timeout=_WAIT_MS)
    clock.advance(30)
    qtbot.waitUntil(lambda: "0 s" in bar.label.text(), timeout=_WAIT_MS)


def test_its_buttons_are_wanted_by_a_click(qtbot: QtBot, shown: ConnectionBar) -> None:
    """Trying, while there is something to wait for."""
    shown.show_unsent(2, 0)
    for button, wanted in (
        (shown.button, shown.try_wanted),
        (shown.doctor_button, shown.doctor_wanted),
        (shown.outbox_button, shown.outbox_wanted),
    ):
        with qtbot.waitSignal(wanted):
            qtbot.mouseClick(button, Qt.LeftButton)
    shown.show_connecting()
    assert not shown.button.isEnabled()
    assert shown.label.text() == "Connecting…"


def test_it_says_how_many_wait(shown: ConnectionBar) -> None:
    """While nothing goes."""
    assert shown.outbox_button.isHidden()
    shown.show_unsent(3, 0)
    assert shown.outbox_button.text() == "&Waiting: 3"
    assert not shown.outbox_button.isHidden()


def test_what_was_refused_is_said_while_all_is_well(bar: ConnectionBar) -> None:
    """It waits for a person; what is on its way does not."""
    bar.show_unsent(1, 0)
    assert bar.isHidden()
    bar.show_unsent(1, 2)
    assert not bar.isHidden()
    assert bar.outbox_button.text() == "&Unsent: 3"
    assert bar.label.text() == "Not everything could be sent."
    assert bar.button.isHidden()
    bar.show_unsent(0, 0)
    assert bar.isHidden()


def test_it_takes_no_focus(qtbot: QtBot, clock: FakeClock) -> None:
    """Neither when it comes nor when it is clicked on: somebody is writing."""
    window = QWidget()
    line, bar = QLineEdit(), ConnectionBar(clock)
    column = QVBoxLayout(window)
    column.addWidget(bar)
    column.addWidget(line)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    line.setFocus()
    bar.quiet = 0
    bar.show_offline("Connection lost", 5)
    assert bar.isVisible()
    qtbot.mouseClick(bar.button, Qt.LeftButton)
    assert window.focusWidget() is line


def test_it_can_be_read_on_its_tint(shown: ConnectionBar) -> None:
    """Which is another than the window's."""
    palette = shown.palette()
    assert palette.color(QPalette.Window) != QPalette().color(QPalette.Window)
    assert contrast(palette.color(QPalette.Window), palette.color(QPalette.WindowText)) >= READABLE
