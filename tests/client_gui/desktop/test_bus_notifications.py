"""Notifications over a real bus, to a desktop that a test plays."""

from collections.abc import Iterator

import pytest
from PyQt5.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from client_gui.desktop import bus_notifications
from client_gui.desktop.bus_notifications import BusNotifications, session_bus
from tests.client_gui.desktop.fake_desktop import FakeDesktop

SECONDS = 20_000


@pytest.fixture(scope="module")
def buses(bus_address: str) -> Iterator[tuple[QDBusConnection, QDBusConnection]]:
    """Two programs' connections, the desktop's and ours; Qt ends them in a thread of its own."""
    names = ("desktop", "minichat")
    yield tuple(QDBusConnection.connectToBus(bus_address, name) for name in names)
    for name in names:
        QDBusConnection.disconnectFromBus(name)


@pytest.fixture
def desktop(buses: tuple) -> Iterator[FakeDesktop]:
    """As most are."""
    desktop = FakeDesktop(buses[0])
    yield desktop
    desktop.leave()


@pytest.fixture
def notifications(buses: tuple) -> Iterator[BusNotifications]:
    """Ours."""
    notifications = BusNotifications(buses[1])
    yield notifications
    notifications.deleteLater()


def _shows(qtbot: QtBot, desktop: FakeDesktop, *expected: tuple[str, str]) -> None:
    qtbot.waitUntil(lambda: list(desktop.screen.values()) == list(expected), timeout=SECONDS)


def _is_answered(qtbot: QtBot, notifications: BusNotifications, *keys: str) -> None:
    qtbot.waitUntil(lambda: set(notifications._ids) == set(keys), timeout=SECONDS)


def test_each_key_has_one_notification(
    qtbot: QtBot, notifications: BusNotifications, desktop: FakeDesktop
) -> None:
    """The next one under a key takes the place of the one before."""
    notifications.show("#1", "Ann", "hello")
    notifications.show("#2", "Ben", "hi")
    _shows(qtbot, desktop, ("Ann", "hello"), ("Ben", "hi"))
    _is_answered(qtbot, notifications, "#1", "#2")
    notifications.show("#1", "2 new messages", "")
    _shows(qtbot, desktop, ("2 new messages", ""), ("Ben", "hi"))


@pytest.mark.parametrize(
    ("can", "shown"),
    [
        (("body", "body-markup"), "&lt;b&gt;bold&lt;/b&gt; &amp;amp; \u05d0 &lt;"),
        (("body",), "<b>bold</b> &amp; \u05d0 <"),
        ((), ""),
    ],
)  # fmt: skip
def test_what_looks_like_markup_is_shown_as_what_it_is(
    qtbot: QtBot, buses: tuple, notifications: BusNotifications, can: tuple, shown: str
) -> None:
    """Escaped only where it would be read; a title never is."""
    desktop = FakeDesktop(buses[0], can)
    notifications.show("#1", "<i>", "<b>bold</b> &amp; \u05d0 <")
    _shows(qtbot, desktop, ("<i>", shown))
    desktop.leave()


def test_a_desktop_without_clicks_is_given_none(
    qtbot: QtBot, buses: tuple, notifications: BusNotifications
) -> None:
    """Some put a box in the way for whatever can be clicked on."""
    desktop = FakeDesktop(buses[0], ("body",))
    notifications.show("#1", "Ann", "")
    _shows(qtbot, desktop, ("Ann", ""))
    assert desktop.asked[0][3] == []
    desktop.leave()


def test_a_click_says_on_what(
    qtbot: QtBot, notifications: BusNotifications, desktop: FakeDesktop
) -> None:
    """Clicks on what other programs show are none of ours, nor are other actions."""
    notifications.show("#1", "Ann", "hello")
    notifications.show("#2", "Ben", "hi")
    _is_answered(qtbot, notifications, "#1", "#2")
    numbers = {title: number for number, (title, _) in desktop.screen.items()}
    opened: list[str] = []
    notifications.opened.connect(opened.append)
    desktop.click(4_711)
    desktop.click(numbers["Ann"], "settings")
    desktop.click(numbers["Ben"])
    qtbot.waitUntil(lambda: opened == ["#2"], timeout=SECONDS)


def test_what_is_withdrawn_is_gone(
    qtbot: QtBot, notifications: BusNotifications, desktop: FakeDesktop
) -> None:
    """Without a word that somebody has put it away; twice is once."""
    closed: list[str] = []
    notifications.closed.connect(closed.append)
    notifications.show("#1", "Ann", "hello")
    notifications.show("#2", "Ben", "hi")
    _is_answered(qtbot, notifications, "#1", "#2")
    notifications.withdraw("#1")
    notifications.withdraw("#1")
    _shows(qtbot, desktop, ("Ben", "hi"))
    desktop.put_away(next(iter(desktop.screen)))
    qtbot.waitUntil(lambda: closed == ["#2"], timeout=SECONDS)
    notifications.show("#2", "Ben", "again")
    _shows(qtbot, desktop, ("Ben", "again"))
    assert desktop.asked[-1][0] == 0, "a new one, in nobody's place"


def test_a_desktop_that_does_not_answer_is_not_waited_for(
    qtbot: QtBot, notifications: BusNotifications, desktop: FakeDesktop
) -> None:
    """Only the last of what came meanwhile is shown; what was withdrawn meanwhile goes."""
    notifications.show("#0", "first", "")
    _is_answered(qtbot, notifications, "#0")
    desktop.silent = True
    for number in range(50):
        notifications.show("#1", f"message {number}", "")
        notifications.show("#2", "withdrawn", "")
    qtbot.waitUntil(lambda: len(desktop.asked) == 3, timeout=SECONDS)
    notifications.withdraw("#2")
    desktop.wake()
    _shows(qtbot, desktop, ("first", ""), ("message 49", ""))
    assert len(desktop.asked) == 4


def test_a_desktop_that_hangs_is_given_up(
    qtbot: QtBot, notifications: BusNotifications, desktop: FakeDesktop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """What was to be shown is shown in another way; when it is well again, it is asked again."""
    monkeypatch.setattr(bus_notifications, "ANSWER_MS", 50)
    refused: list[tuple] = []
    notifications.refused.connect(lambda *what: refused.append(what))
    desktop.silent = True
    notifications.show("#1", "Ann", "hello")
    qtbot.waitUntil(lambda: refused == [("#1", "Ann", "hello")], timeout=SECONDS)
    desktop.wake()
    monkeypatch.setattr(bus_notifications, "ANSWER_MS", SECONDS)
    notifications.show("#1", "Ann", "again")
    _shows(qtbot, desktop, ("Ann", "again"))


def test_where_nobody_shows_notifications_they_are_given_back(
    qtbot: QtBot, buses: tuple, notifications: BusNotifications
) -> None:
    """Until somebody comes who does; what he showed goes with him."""
    refused: list[tuple] = []
    closed: list[str] = []
    notifications.refused.connect(lambda *what: refused.append(what))
    notifications.closed.connect(closed.append)
    notifications.show("#1", "Ann", "<hello>")
    qtbot.waitUntil(lambda: refused == [("#1", "Ann", "<hello>")], timeout=SECONDS)
    desktop = FakeDesktop(buses[0])
    notifications.show("#1", "Ann", "hello")
    _is_answered(qtbot, notifications, "#1")
    desktop.leave()
    qtbot.waitUntil(lambda: closed == ["#1"], timeout=SECONDS)
    notifications.show("#1", "Ann", "gone")
    qtbot.waitUntil(lambda: refused[1:] == [("#1", "Ann", "gone")], timeout=SECONDS)


def test_no_bus_is_started_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for one would start one."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setattr(bus_notifications, "QDBusConnection", None)
    assert session_bus() is None
