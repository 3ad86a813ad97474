"""The room in sight, with a session that only remembers what it was asked for."""

from dataclasses import replace

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from client_gui.desktop.preferences import Preferences
from client_gui.items import Quote
from client_gui.widgets.readers_dialog import ReadersDialog
from tests.client_gui.conftest import MakeEntry
from tests.client_gui.presenters.talk_rig import ROOMS, Rig


@pytest.fixture
def rig(qtbot: QtBot, preferences: Preferences) -> Rig:
    """With nothing said yet."""
    return Rig(qtbot, preferences)


def test_a_room_is_shown_as_it_is(rig: Rig) -> None:
    """Its name, its topic, whether one may write, and what its menus offer."""
    rig.window.rooms.room_wanted.emit("#2")
    assert rig.talk.room == "#2"
    assert rig.session.of("open_room") == [("#2",)]
    assert "What is on" in rig.window.conversation.header.topic.text()
    assert rig.box.isReadOnly()
    assert "moderators" in rig.box.placeholderText()
    assert rig.window.view.may.tells_readers
    led = replace(ROOMS[2], role="moderator", topic="New")
    rig.session.rooms_changed.emit((*ROOMS[:2], led))
    assert not rig.box.isReadOnly()
    assert "New" in rig.window.conversation.header.topic.text()
    assert rig.window.view.may.moderates


def test_what_is_seen_is_read(rig: Rig, make_entry: MakeEntry, monkeypatch: object) -> None:
    """Only the newest message, at the bottom, in a window that somebody looks at."""
    active = True
    monkeypatch.setattr(rig.window, "isActiveWindow", lambda: active)
    rig.bring("lobby", *(make_entry(n) for n in range(1, 101)))
    assert rig.session.of("mark_read")[-1] == ("lobby", 100)
    rig.window.view.verticalScrollBar().setValue(0)
    rig.session.asked.clear()
    rig.bring("lobby", make_entry(101))
    assert rig.session.of("mark_read") == []
    active = False
    rig.window.view.jump_to_bottom()
    rig.bring("#1", make_entry(5))
    assert rig.session.of("mark_read") == []
    active = True
    rig.window.looked_at.emit()
    assert rig.session.of("mark_read") == [("lobby", 101)]


def test_who_is_writing_is_shown_in_their_room(rig: Rig) -> None:
    """Whenever one looks there."""
    line = rig.window.conversation.typing
    rig.session.typing_changed.emit("#1", ("Grace",))
    assert line.text() == ""
    rig.talk.show("#1")
    assert "Grace" in line.text()
    rig.session.typing_changed.emit("#1", ())
    assert line.text() == ""


def test_a_quote_leads_to_its_message(rig: Rig, make_entry: MakeEntry) -> None:
    """Which is fetched if it is not here."""
    rig.bring("lobby", *(make_entry(n) for n in range(50, 151)))
    rig.window.view.quote_wanted.emit(make_entry(150, reply=Quote(60)))
    view = rig.window.view
    assert view.currentIndex().row() == 10
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    rig.window.view.quote_wanted.emit(make_entry(150, reply=Quote(3)))
    assert rig.session.of("find_message") == [("lobby", 3)]


def test_a_message_that_was_looked_for_is_shown(rig: Rig, make_entry: MakeEntry) -> None:
    """In its room."""
    rig.bring("#1", *(make_entry(n) for n in range(1, 101)))
    rig.session.jump_to.emit("#1", 30)
    assert rig.talk.room == "#1"
    assert rig.window.view.currentIndex().row() == 29


def test_deleting_is_asked_about(rig: Rig, make_entry: MakeEntry) -> None:
    """And deletes in the room where it was asked."""
    rig.window.view.delete_wanted.emit(make_entry(7))
    box = rig.window.findChild(QMessageBox)
    rig.talk.show("#1")
    rig.qtbot.mouseClick(box.button(QMessageBox.Yes), Qt.LeftButton)
    assert rig.session.of("delete") == [("lobby", 7)]


def test_the_rest_goes_to_the_session(rig: Rig, make_entry: MakeEntry) -> None:
    """With the room."""
    view = rig.window.view
    view.react_wanted.emit(make_entry(7), "👍", True)
    view.readers_wanted.emit(make_entry(7))
    view.retry_wanted.emit("a")
    view.discard_wanted.emit("b")
    assert rig.session.asked == [
        ("react", "lobby", 7, "👍", True),
        ("ask_readers", "lobby", 7),
        ("retry", "a"),
        ("discard", "b"),
    ]
    rig.session.readers_listed.emit("lobby", 7, ("Grace",))
    rig.window.findChild(ReadersDialog).close()


def test_a_room_that_is_gone_gives_way_to_the_lobby(rig: Rig) -> None:
    """And if somebody else did it, that is said; what was written there is not said elsewhere."""
    rig.session.room_opened.emit("#1")
    assert rig.talk.room == "#1"
    rig.box.setPlainText("for Grace")
    rig.session.room_closed.emit("#1", "removed")
    assert rig.talk.room == "lobby"
    assert rig.box.toPlainText() == ""
    assert "Grace" in rig.window.composer.note.text()
    rig.talk.show("#2")
    rig.session.rooms_changed.emit(ROOMS[:2])
    assert rig.talk.room == "lobby"


def test_another_person_begins_with_nothing(rig: Rig) -> None:
    """The same one goes on."""
    rig.talk.show("#1")
    rig.box.setPlainText("for Grace")
    rig.talk.begin(same_person=True)
    assert (rig.talk.room, rig.box.toPlainText()) == ("#1", "for Grace")
    rig.session.drafts.clear()
    rig.talk.begin(same_person=False)
    assert (rig.talk.room, rig.box.toPlainText()) == ("lobby", "")
    assert rig.session.drafts.get("#1", "") == ""
