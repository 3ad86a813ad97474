"""What is said elsewhere, between a session that only remembers and notifications that do too."""

from datetime import datetime, time

import pytest
from PyQt5.QtCore import QObject, pyqtSignal
from pytestqt.qtbot import QtBot

from client_gui.desktop.preferences import Preferences
from client_gui.items import MissedItem, News, RoomItem
from client_gui.noticing import ROOM_EVERY
from client_gui.presenters.noticing import Noticing
from tests.client_gui.presenters.test_talk import Rig as TalkRig

ROOMS = (
    RoomItem("lobby", "lobby", "lobby"),
    RoomItem("#1", "direct", "user2", "Grace", unread=2),
    RoomItem("#2", "public", "Physics", unread=3, mentions=1),
    RoomItem("#3", "public", "Noise", unread=9, mentions=2, muted=True),
)


class FakeNotifications(QObject):
    """A screen, by key."""

    opened = pyqtSignal(str)
    closed = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.screen: dict[str, tuple[str, str]] = {}

    def show(self, key: str, title: str, body: str) -> None:
        self.screen[key] = title, body

    def withdraw(self, key: str) -> None:
        self.screen.pop(key)


class Rig(TalkRig):
    """The lobby in sight, at noon."""

    def __init__(self, qtbot: QtBot, preferences: Preferences) -> None:
        super().__init__(qtbot, preferences)
        self.notifications = FakeNotifications()
        self.seconds = 0.0
        self.now = datetime.fromisoformat("2026-03-01T12:00")
        self.noticing = Noticing(
            self.session,
            self.window,
            self.talk,
            self.rooms,
            self.notifications,
            preferences,
            lambda: self.seconds,
            lambda: self.now,
            self.window,
        )
        self.session.rooms_changed.emit(ROOMS)

    def says(self, room: str, text: str = "hello", names_us: bool = False) -> None:
        self.session.said.emit((News(room, 9, "user2", "Grace", text, names_us),))

    @property
    def told(self) -> set[str]:
        return set(self.notifications.screen)


@pytest.fixture
def rig(qtbot: QtBot, preferences: Preferences) -> Rig:
    """Nothing was said yet."""
    rig = Rig(qtbot, preferences)
    qtbot.waitUntil(rig.window.isActiveWindow, timeout=5000)
    return rig


def test_what_is_said_elsewhere_is_told(rig: Rig) -> None:
    """What is in sight is seen."""
    rig.says("lobby")
    rig.says("#2", "look")
    assert rig.notifications.screen == {
        "#2": ("\u2068Grace\u2069 in \u2068Physics\u2069", "look")
    }  # fmt: skip


@pytest.mark.parametrize("away", ["inactive", "searching"])
def test_what_is_in_sight_of_nobody_is_told(
    rig: Rig, away: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window is behind others, or shows something else."""
    if away == "inactive":
        monkeypatch.setattr(rig.window, "isActiveWindow", lambda: False)
    else:
        monkeypatch.setattr(rig.talk, "room", "#1")
    rig.says("lobby")
    assert rig.told == {"lobby"}


def test_a_muted_room_is_silent(rig: Rig) -> None:
    """So is one that we do not know, or know no more."""
    rig.says("#3", names_us=True)
    rig.says("#99")
    rig.session.missed.emit((MissedItem("#3", 5, 1),))
    assert rig.told == set()


@pytest.mark.parametrize(
    ("notify", "told"), [("all", {"#1", "#2"}), ("mentions", {"#1"}), ("none", set())]
)
def test_what_was_chosen_is_told(rig: Rig, notify: str, told: set[str]) -> None:
    """From then on."""
    rig.preferences.notify = notify
    rig.says("#1")
    rig.says("#2")
    assert rig.told == told


def test_in_quiet_hours_nothing_is_told(rig: Rig) -> None:
    """Nor what waited before them; behind them it is."""
    rig.says("#2")
    rig.says("#2", "waits")
    rig.preferences.quiet = True
    rig.preferences.quiet_from, rig.preferences.quiet_until = time(22), time(7)
    rig.says("#2", "waits too")
    rig.now = datetime.fromisoformat("2026-03-01T23:00")
    rig.seconds += ROOM_EVERY
    rig.noticing._tick()
    rig.says("#1")
    rig.session.missed.emit((MissedItem("#1", 5, 0),))
    assert rig.notifications.screen["#2"][1] == "hello"
    assert rig.told == {"#2"}
    rig.now = datetime.fromisoformat("2026-03-02T07:00")
    rig.says("#1")
    assert rig.told == {"#1", "#2"}


def test_silence_lasts_until_the_morning(rig: Rig) -> None:
    """It takes back what was told; and can be ended before."""
    changes: list[bool] = []
    rig.noticing.silence_changed.connect(lambda: changes.append(rig.noticing.silent))
    rig.says("#2")
    rig.noticing.set_silent(True)
    rig.says("#2")
    assert rig.told == set()
    assert rig.noticing.silence_would_end() == datetime.fromisoformat("2026-03-02T07:00")
    rig.now = datetime.fromisoformat("2026-03-02T06:59")
    assert rig.noticing.silent
    assert rig.noticing.silence_would_end() == datetime.fromisoformat("2026-03-02T07:00")
    rig.now = datetime.fromisoformat("2026-03-02T07:00")
    assert not rig.noticing.silent
    rig.noticing.set_silent(True)
    rig.noticing.set_silent(False)
    rig.seconds += ROOM_EVERY
    rig.says("#2")
    assert rig.told == {"#2"}
    assert changes == [True, True, False]


def test_what_waits_is_told_by_itself(rig: Rig) -> None:
    """There is a timer, as long as there is something to wait for."""
    rig.says("#2")
    assert not rig.noticing._timer.isActive()
    rig.says("#2", "second")
    assert rig.noticing._timer.interval() == ROOM_EVERY * 1000
    rig.seconds += ROOM_EVERY
    rig.noticing._timer.timeout.emit()
    assert "\u20682\u2069 new" in rig.notifications.screen["#2"][0]
    assert not rig.noticing._timer.isActive()


def test_what_was_read_is_taken_back(rig: Rig) -> None:
    """Here or elsewhere: the list of rooms says so."""
    rig.says("#1")
    rig.says("#2")
    rig.session.rooms_changed.emit((ROOMS[0], RoomItem("#1", "direct", "user2"), ROOMS[2]))
    assert rig.told == {"#2"}
    rig.session.rooms_changed.emit(ROOMS[:1])
    assert rig.told == set(), "we are in it no more"


def test_a_click_leads_to_the_room(rig: Rig) -> None:
    """And takes the notification back; of several rooms, to where one was named."""
    wanted: list[str] = []
    rig.noticing.room_wanted.connect(wanted.append)
    rig.says("#1")
    rig.notifications.opened.emit("#1")
    assert rig.told == set()
    rig.session.missed.emit((MissedItem("#2", 1, 1), MissedItem("#1", 3, 0)))
    assert rig.told == {""}
    rig.notifications.opened.emit("")
    assert wanted == ["#1", "#2"]


@pytest.mark.parametrize("signal", ["signed_out", "sign_in_failed"])
def test_whoever_leaves_takes_it_along(rig: Rig, signal: str) -> None:
    """The next one at this window has nothing to do with it."""
    rig.says("#2")
    arguments = () if signal == "signed_out" else ("revoked", "")
    getattr(rig.session, signal).emit(*arguments)
    assert rig.told == set()


def test_what_is_unread_is_counted(rig: Rig) -> None:
    """Of muted rooms, what names us."""
    counted: list[tuple] = []
    rig.noticing.counted.connect(lambda *counts: counted.append(counts))
    rig.session.rooms_changed.emit(ROOMS)
    rig.session.rooms_changed.emit(())
    assert counted == [(2 + 3 + 2, 3), (0, 0)]


def test_a_notification_says_no_more_than_was_chosen(rig: Rig) -> None:
    """Not what was written."""
    rig.preferences.notify_preview = False
    rig.says("#2", "secret")
    assert "secret" not in str(rig.notifications.screen)
