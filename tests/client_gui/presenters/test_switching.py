"""The palette, between the window and a session that only remembers."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QInputMethodEvent
from PyQt5.QtWidgets import QAction, QApplication
from pytestqt.qtbot import QtBot

from client_gui.desktop.preferences import Preferences
from client_gui.items import RoomItem
from client_gui.models.online_list import OnlineListModel
from client_gui.models.places import FOUND_ROLE
from client_gui.presenters.room_dialogs import RoomDialogs
from client_gui.presenters.switching import Switching
from tests.client_gui.conftest import MakeEntry
from tests.client_gui.presenters.test_talk import Rig
from wire.messages import ListRooms


@pytest.fixture
def rig(qtbot: QtBot, make_entry: MakeEntry, preferences: Preferences) -> Rig:
    """A window with three rooms; one is online, another one has said something."""
    rig = Rig(qtbot, preferences)
    people = OnlineListModel(rig.window)
    people.set_users((("cat", "Cat"), ("user2", "Grace")))
    rig.bring("lobby", make_entry(1, username="bob", nickname="Bob"))
    rig.rooms.me = "user1"
    rig.dialogs = RoomDialogs(rig.session, rig.window, rig.rooms)
    rig.switching = Switching(rig.session, rig.window, rig.conversations, rig.rooms, people)
    return rig


def _addresses(rig: Rig) -> list[str]:
    places = rig.window.switcher.places
    return [places.index(row).data(FOUND_ROLE).place.address for row in range(places.rowCount())]


def _press(rig: Rig, keys: str) -> None:
    actions = rig.window.findChildren(QAction)
    next(action for action in actions if action.shortcut().toString() == keys).trigger()


def test_it_knows_rooms_and_people(rig: Rig) -> None:
    """Those that are online, and those who have spoken; the public rooms are asked for, once."""
    _press(rig, "Ctrl+K")
    assert _addresses(rig) == ["lobby", "#1", "#2", "cat", "bob"]
    assert rig.session.of("list_public") == [()]
    rig.session.rooms_listed.emit((RoomItem("#7", "public", "News"),), False)
    assert _addresses(rig)[-1] == "#7"
    _press(rig, "Ctrl+K")
    assert not rig.window.switcher.isVisible()


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("grace", ("open_room", "#1")),
        ("cat", ("open_direct", "cat")),
        ("bob", ("open_direct", "bob")),
        ("news", ("join", "#7")),
    ],
)
def test_it_leads_there(rig: Rig, typed: str, asked: tuple) -> None:
    """By showing, by opening, or by joining."""
    _press(rig, "Ctrl+K")
    rig.session.rooms_listed.emit((RoomItem("#7", "public", "News"),), False)
    rig.qtbot.keyClicks(rig.window.switcher.line, typed)
    rig.qtbot.keyClick(rig.window.switcher.line, Qt.Key_Return)
    assert asked in rig.session.asked
    assert rig.window.focusWidget() is rig.box


def test_without_a_connection_there_are_no_public_rooms(rig: Rig) -> None:
    """Which is nothing to be warned of."""
    _press(rig, "Ctrl+K")
    rig.session.room_refused.emit(ListRooms.code, "offline", "")
    assert not rig.window.composer.note.isVisible()
    assert _addresses(rig) == ["lobby", "#1", "#2", "cat", "bob"]


def test_it_does_not_disturb_an_input_method(rig: Rig) -> None:
    """What is half composed in the box would be gone."""
    QApplication.sendEvent(rig.box, QInputMethodEvent("ni", []))
    _press(rig, "Ctrl+K")
    assert not rig.window.switcher.isVisible()


def test_the_list_is_kept_as_one_wants_it(rig: Rig) -> None:
    """By the state, which has it on disk."""
    pane = rig.window.rooms
    rig.session.asked.clear()
    pane.pin_wanted.emit("#1", True)
    pane.mute_wanted.emit("#1", False)
    pane.read_wanted.emit("#1", 7)
    assert rig.session.asked == [("pin", "#1", True), ("mute", "#1", False), ("mark_read", "#1", 7)]
