"""Notifications over a real bus, to a desktop that a test plays."""

from collections.abc import Iterator

import pytest
from PyQt5.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from client_gui.desktop import bus_notifications
from client_gui.desktop.bus_notifications import BusNotifications, session_bus
from tests.client_gui.desktop.fake_desktop import USUAL, FakeDesktop

SECONDS = 20_000


@pytest.fixture(scope="module")
def bus(bus_address: str) -> Iterator[QDBusConnection]:
    """Our connection; Qt ends it in a thread of its own."""
    yield QDBusConnection.connectToBus(bus_address, "minichat")
    QDBusConnection.disconnectFromBus("minichat")


@pytest.fixture(scope="module")
def process(qapp: object, bus_address: str) -> Iterator[FakeDesktop]:
    """The desktop's process."""
    desktop = FakeDesktop(bus_address)
    yield desktop
    desktop.end()


@pytest.fixture
def away(qtbot: QtBot, process: FakeDesktop) -> Iterator[FakeDesktop]:
    """A desktop that does not show notifications, yet."""
    process.forget()
    yield process
    process.tell("leave")
    qtbot.waitUntil(lambda: process.has_obeyed, timeout=SECONDS)


@pytest.fixture
def desktop(qtbot: QtBot, away: FakeDesktop) -> FakeDesktop:
    """One that does, as most are."""
    _tell(qtbot, away, "come", USUAL)
    return away


@pytest.fixture
def notifications(bus: QDBusConnection) -> Iterator[BusNotifications]:
    """Ours."""
    notifications = BusNotifications(bus)
    yield notifications
    notifications.deleteLater()


def _tell(qtbot: QtBot, desktop: FakeDesktop, *order: object) -> None:
    desktop.tell(*order)
    qtbot.waitUntil(lambda: desktop.has_obeyed, timeout=SECONDS)


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
    qtbot: QtBot, away: FakeDesktop, notifications: BusNotifications, can: tuple, shown: str
) -> None:
    """Escaped only where it would be read; a title never is."""
    _tell(qtbot, away, "come", can)
    notifications.show("#1", "<i>", "<b>bold</b> &amp; \u05d0 <")
    _shows(qtbot, away, ("<i>", shown))


def test_a_desktop_without_clicks_is_given_none(
    qtbot: QtBot, away: FakeDesktop, notifications: BusNotifications
) -> None:
    """Some put a box in the way for whatever can be clicked on."""
    _tell(qtbot, away, "come", ["body"])
    notifications.show("#1", "Ann", "")
    _shows(qtbot, away, ("Ann", ""))
    assert away.asked[0][3] == []


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
    desktop.tell("click", 4_711, "default")
    desktop.tell("click", numbers["Ann"], "settings")
    _tell(qtbot, desktop, "click", numbers["Ben"], "default")
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
    _tell(qtbot, desktop, "put_away", next(iter(desktop.screen)))
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
    _tell(qtbot, desktop, "be_silent")
    for number in range(50):
        notifications.show("#1", f"message {number}", "")
        notifications.show("#2", "withdrawn", "")
    qtbot.waitUntil(lambda: len(desktop.asked) == 3, timeout=SECONDS)
    notifications.withdraw("#2")
    _tell(qtbot, desktop, "wake")
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
    _tell(qtbot, desktop, "be_silent")
    notifications.show("#1", "Ann", "hello")
    qtbot.waitUntil(lambda: refused == [("#1", "Ann", "hello")], timeout=SECONDS)
    _tell(qtbot, desktop, "wake")
    monkeypatch.setattr(bus_notifications, "ANSWER_MS", SECONDS)
    notifications.show("#1", "Ann", "again")
    _shows(qtbot, desktop, ("Ann", "again"))


def test_a_notification_without_an_answer_is_given_back(
    qtbot: QtBot,
    notifications: BusNotifications,
    desktop: FakeDesktop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The latest of its key: it may be shown twice, but not be lost."""
    notifications.show("#1", "Ann", "hello")
    _is_answered(qtbot, notifications, "#1")
    refused: list[tuple] = []
    notifications.refused.connect(lambda *what: refused.append(what))
    _tell(qtbot, desktop, "be_silent")
    monkeypatch.setattr(bus_notifications, "ANSWER_MS", 50)
    notifications.show("#1", "Ann", "second")
    notifications.show("#1", "Ann", "third")
    qtbot.waitUntil(lambda: refused == [("#1", "Ann", "third")], timeout=SECONDS)


def test_where_nobody_shows_notifications_they_are_given_back(
    qtbot: QtBot, away: FakeDesktop, notifications: BusNotifications
) -> None:
    """Until somebody comes who does; what he showed goes with him."""
    refused: list[tuple] = []
    closed: list[str] = []
    notifications.refused.connect(lambda *what: refused.append(what))
    notifications.closed.connect(closed.append)
    notifications.show("#1", "Ann", "<hello>")
    qtbot.waitUntil(lambda: refused == [("#1", "Ann", "<hello>")], timeout=SECONDS)
    _tell(qtbot, away, "come", USUAL)
    notifications.show("#1", "Ann", "hello")
    _is_answered(qtbot, notifications, "#1")
    _tell(qtbot, away, "leave")
    qtbot.waitUntil(lambda: closed == ["#1"], timeout=SECONDS)
    notifications.show("#1", "Ann", "gone")
    qtbot.waitUntil(lambda: refused[1:] == [("#1", "Ann", "gone")], timeout=SECONDS)


def test_no_bus_is_started_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for one would start one."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setattr(bus_notifications, "QDBusConnection", None)
    assert session_bus() is None
