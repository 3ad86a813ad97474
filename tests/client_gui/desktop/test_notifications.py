"""Which way a notification takes."""

import pytest
from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from client_gui.desktop.notifications import Notifications, bus_notifications


class FakeBus(QObject):
    """Remembers what it is to do."""

    opened = pyqtSignal(str)
    closed = pyqtSignal(str)
    refused = pyqtSignal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.done: list[tuple] = []

    def show(self, *what: str) -> None:
        self.done.append(("show", *what))

    def withdraw(self, *what: str) -> None:
        self.done.append(("withdraw", *what))


class Rig:
    """A tray that speaks as long as it is told to, and a window."""

    def __init__(self, qtbot: QtBot, bus: FakeBus | None) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.has_tray = True
        self.spoken: list[tuple] = []
        self.notifications = Notifications(self.window, self.speak, bus)
        self.opened: list[str] = []
        self.notifications.opened.connect(self.opened.append)

    def speak(self, title: str, body: str) -> bool:
        if self.has_tray:
            self.spoken.append((title, body))
        return self.has_tray


@pytest.fixture
def alerts(monkeypatch: pytest.MonkeyPatch) -> list[QWidget]:
    """The windows that asked for attention."""
    asked: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", lambda window, *_: asked.append(window))
    return asked


def test_where_there_is_a_bus_it_is_asked(qtbot: QtBot, alerts: list[QWidget]) -> None:
    """And says what was clicked on, and what is gone."""
    bus = FakeBus()
    rig = Rig(qtbot, bus)
    rig.notifications.show("#1", "Ann", "hello")
    rig.notifications.withdraw("#1")
    assert bus.done == [("show", "#1", "Ann", "hello"), ("withdraw", "#1")]
    closed: list[str] = []
    rig.notifications.closed.connect(closed.append)
    bus.opened.emit("#2")
    bus.closed.emit("#3")
    assert (rig.opened, closed) == (["#2"], ["#3"])
    assert (rig.spoken, alerts) == ([], [])


def test_what_the_bus_gives_back_the_tray_shows(qtbot: QtBot, alerts: list[QWidget]) -> None:
    """A click there is one on the last."""
    bus = FakeBus()
    rig = Rig(qtbot, bus)
    bus.refused.emit("#1", "Ann", "hello")
    bus.refused.emit("#2", "Ben", "hi")
    assert rig.spoken == [("Ann", "hello"), ("Ben", "hi")]
    rig.notifications.clicked_in_tray()
    assert rig.opened == ["#2"]
    assert alerts == []


def test_without_bus_and_tray_the_window_asks_for_attention(
    qtbot: QtBot, alerts: list[QWidget]
) -> None:
    """There is nothing to be taken back of that."""
    rig = Rig(qtbot, None)
    rig.has_tray = False
    rig.notifications.show("#1", "Ann", "hello")
    rig.notifications.withdraw("#1")
    assert alerts == [rig.window]


def test_here_is_no_bus() -> None:
    """Nobody's desktop is told what tests say."""
    assert bus_notifications() is None
