"""What is written in the rooms, with a session that only remembers what it was asked for."""

from dataclasses import replace

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from client_gui.changes import Updated
from client_gui.desktop.preferences import Preferences
from client_gui.items import Delivery
from client_gui.words import too_many_waiting_words
from tests.client_gui.conftest import MakeEntry
from tests.client_gui.presenters.test_talk import Rig


@pytest.fixture
def rig(qtbot: QtBot, preferences: Preferences) -> Rig:
    """With nothing said yet."""
    return Rig(qtbot, preferences)


def test_a_draft_is_never_in_another_room(rig: Rig) -> None:
    """It waits where it was begun, and the session keeps it; what was kept on disk is there."""
    rig.session.drafts["#1"] = "from yesterday"
    rig.box.setPlainText("for all")
    rig.talk.show("#1")
    assert rig.box.toPlainText() == "from yesterday"
    assert rig.session.drafts["lobby"] == "for all"
    rig.box.setPlainText("")
    rig.talk.show("lobby")
    assert rig.box.toPlainText() == "for all"
    assert rig.session.drafts["#1"] == ""


def test_an_answer_waits_in_its_room(rig: Rig, make_entry: MakeEntry) -> None:
    """With what it answers."""
    rig.bring("lobby", make_entry(7))
    rig.window.view.reply_wanted.emit(make_entry(7))
    rig.box.setPlainText("yes")
    rig.talk.show("#1")
    assert not rig.window.composer.strip.isVisible()
    rig.box.setPlainText("hello Grace")
    rig.press_enter()
    rig.talk.show("lobby")
    assert rig.window.composer.strip.isVisible()
    rig.press_enter()
    assert rig.session.of("say") == [("#1", "hello Grace", 0), ("lobby", "yes", 7)]
    assert rig.box.toPlainText() == ""
    assert rig.session.drafts["lobby"] == ""


def test_up_edits_ones_last_message(rig: Rig, make_entry: MakeEntry) -> None:
    """In the empty box; Escape gives up."""
    rig.bring("lobby", make_entry(1, "mine", own=True), make_entry(2, "theirs"))
    rig.qtbot.keyClick(rig.box, Qt.Key_Up)
    assert rig.box.toPlainText() == "mine"
    rig.qtbot.keyClick(rig.box, Qt.Key_Escape)
    assert rig.box.toPlainText() == ""
    rig.qtbot.keyClick(rig.box, Qt.Key_Up)
    rig.box.setPlainText("better")
    rig.press_enter()
    assert rig.session.of("edit") == [("lobby", 1, "better")]
    assert rig.session.of("say") == []


def test_a_draft_survives_an_edit(rig: Rig, make_entry: MakeEntry) -> None:
    """And is what is kept meanwhile; an edit that changes nothing is none."""
    rig.bring("lobby", make_entry(1, "mine", own=True))
    rig.box.setPlainText("begun")
    rig.window.view.edit_wanted.emit(rig.talk.messages.entry(0))
    rig.writing.keep_draft()
    assert rig.session.drafts["lobby"] == "begun"
    rig.press_enter()
    assert rig.session.of("edit") == []
    assert rig.box.toPlainText() == "begun"


def test_what_was_not_sent_is_edited_by_its_key(rig: Rig, make_entry: MakeEntry) -> None:
    """Unless it has been stored meanwhile."""
    pending = make_entry(0, "one", own=True, delivery=Delivery.PENDING)
    rig.bring("lobby", pending)
    for texts in ("two", "three"):
        rig.window.view.edit_wanted.emit(pending)
        rig.box.setPlainText(texts)
        rig.press_enter()
        stored = replace(pending, seq=9, delivery=Delivery.STORED)
        rig.session.timeline_changed.emit([Updated("lobby", 0, stored)])
    assert rig.session.of("edit_unsent") == [("lobby#0", "two")]
    assert rig.session.of("edit") == [("lobby", 9, "three")]


def test_when_too_many_wait_the_text_stays(rig: Rig) -> None:
    """And it is said why."""
    rig.session.takes_more = False
    rig.box.setPlainText("mine")
    rig.press_enter()
    assert rig.box.toPlainText() == "mine"
    assert rig.window.composer.note.text() == too_many_waiting_words()


def test_writing_is_told_by_those_who_write(rig: Rig) -> None:
    """Not when a draft is taken up."""
    rig.qtbot.waitUntil(rig.box.hasFocus, timeout=5000)
    rig.session.drafts["#1"] = "old"
    rig.talk.show("#1")
    assert rig.session.of("typing") == []
    rig.qtbot.keyClicks(rig.box, "x")
    assert rig.session.of("typing") == [("#1",)]
