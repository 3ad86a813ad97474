"""The slim bar."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QPalette
from pytestqt.qtbot import QtBot

from client_gui.widgets.colours import contrast
from client_gui.widgets.connection_bar import ConnectionBar
from tests.helpers.clock import FakeClock


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


def test_it_is_not_there_when_all_is_well(bar: ConnectionBar) -> None:
    """At the beginning, and after a reconnection."""
    assert bar.isHidden()
    bar.show_offline("Connection lost", 5)
    bar.show_connecting()
    bar.show_connected()
    assert bar.isHidden()


def test_it_counts_the_seconds(qtbot: QtBot, bar: ConnectionBar, clock: FakeClock) -> None:
    """Down to nothing, and never below."""
    bar.show_offline("Connection lost", 4.2)
    assert bar.label.text() == "Connection lost. Reconnecting in 5 s."
    clock.advance(3)
    qtbot.waitUntil(lambda: "2 s" in bar.label.text(), timeout=5000)
    clock.advance(30)
    qtbot.waitUntil(lambda: "0 s" in bar.label.text(), timeout=5000)


def test_try_now_is_wanted_by_a_click(qtbot: QtBot, bar: ConnectionBar) -> None:
    """While there is something to wait for."""
    bar.show_offline("Connection lost", 5)
    with qtbot.waitSignal(bar.try_wanted):
        qtbot.mouseClick(bar.button, Qt.LeftButton)
    bar.show_connecting()
    assert not bar.button.isEnabled()
    assert "Connecting" in bar.label.text()


def test_it_can_be_read_on_its_tint(bar: ConnectionBar) -> None:
    """Which is another than the window's."""
    bar.show_connecting()
    palette = bar.palette()
    assert palette.color(QPalette.Window) != QPalette().color(QPalette.Window)
    assert contrast(palette.color(QPalette.Window), palette.color(QPalette.WindowText)) > 7
