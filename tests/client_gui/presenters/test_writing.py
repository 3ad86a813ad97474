"""What is written in the rooms, with a session that only remembers what it was asked for."""

from dataclasses import replace

import pytest
from PyQt5.QtCore import QEvent, Qt
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client_gui.changes import Updated
from client_gui.desktop.preferences import Preferences
from client_gui.items import Delivery
from client_gui.words import too_many_waiting_words
from tests.client_gui.conftest import MakeEntry
from tests.client_gui.presenters.test_talk import ROOMS, Rig
from tests.client_gui.widgets.test_message_box import compose


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


def test_the_preferences_say_which_keys_do_what(rig: Rig, make_entry: MakeEntry) -> None:
    """At once, in the box and in the words about it."""
    rig.bring("lobby", make_entry(1, "mine", own=True))
    assert "Ctrl" not in rig.window.composer.button.toolTip()
    rig.preferences.send_key = "ctrl-enter"
    rig.preferences.up_edits = False
    assert "Ctrl+Enter" in rig.window.composer.button.toolTip()
    rig.qtbot.keyClick(rig.box, Qt.Key_Up)
    rig.box.setPlainText("two lines")
    rig.press_enter()
    assert rig.session.of("say") == []
    rig.qtbot.keyClick(rig.box, Qt.Key_Return, Qt.ControlModifier)
    assert rig.session.of("say") == [("lobby", "two lines", 0)]


# --- while a word is being composed ----------------------------------------------------------


DISTURBANCES = {
    "a message arrives": lambda rig, make: rig.bring("lobby", make(9)),
    "a message of ours is taken": lambda rig, make: rig.bring("lobby", make(9, own=True)),
    "the rooms change": lambda rig, make: rig.session.rooms_changed.emit(ROOMS[:2]),
    "the connection is lost": lambda rig, make: rig.window.bar.show_offline("No", 5.0),
    "the connection is back": lambda rig, make: rig.window.bar.show_connected(),
    "the same person is logged in again": lambda rig, make: rig.talk.begin(same_person=True),
    "the draft is kept": lambda rig, make: rig.writing.keep_draft(),
    "somebody writes": lambda rig, make: rig.session.typing_changed.emit("lobby", ("Grace",)),
    "a warning is shown": lambda rig, make: rig.window.composer.warn("No"),
    "the key that sends is another": lambda rig, make: setattr(
        rig.preferences, "send_key", "ctrl-enter"
    ),
    "the language is another": lambda rig, make: [
        QApplication.sendEvent(widget, QEvent(QEvent.LanguageChange))
        for widget in QApplication.allWidgets()
    ],
    "this room is opened once more": lambda rig, make: rig.session.room_opened.emit("lobby"),
    "Enter is pressed": lambda rig, make: rig.press_enter(),
    "Send is pressed": lambda rig, make: rig.window.composer.button.click(),
}


@pytest.mark.parametrize("disturbance", DISTURBANCES)
def test_nothing_disturbs_a_word_being_composed(
    rig: Rig, make_entry: MakeEntry, disturbance: str
) -> None:
    """It goes on where it was, in the middle of the text, and nothing is sent."""
    rig.qtbot.waitUntil(rig.box.hasFocus, timeout=5000)
    rig.qtbot.keyClicks(rig.box, "ab")
    rig.qtbot.keyClick(rig.box, Qt.Key_Left)
    compose(rig.box, "ni hao")
    DISTURBANCES[disturbance](rig, make_entry)
    assert rig.box.composing
    assert rig.box.hasFocus()
    block = rig.box.textCursor().block()
    assert block.layout().preeditAreaText() == "ni hao"
    assert block.layout().preeditAreaPosition() == 1
    assert rig.session.of("say") == []
    compose(rig.box, "", "你好")
    assert rig.box.toPlainText() == "a你好b"


def test_a_word_being_composed_stays_in_its_room(rig: Rig) -> None:
    """It is finished where it was begun, and kept with the rest of that."""
    rig.box.setPlainText("you: ")
    rig.qtbot.keyClick(rig.box, Qt.Key_End)
    compose(rig.box, "你好")
    rig.talk.show("#1")
    assert (rig.box.toPlainText(), rig.box.composing) == ("", False)
    assert rig.session.drafts["lobby"] == "you: 你好"
    rig.talk.show("lobby")
    assert rig.box.toPlainText() == "you: 你好"


def test_a_word_being_composed_is_kept_where_one_may_write_no_longer(rig: Rig) -> None:
    """Moderators only, all of a sudden."""
    compose(rig.box, "你好")
    led = replace(ROOMS[0], kind="announcement")
    rig.session.rooms_changed.emit((led, *ROOMS[1:]))
    assert rig.box.isReadOnly()
    assert rig.box.toPlainText() == "你好"


def test_a_word_being_composed_belongs_to_the_draft(rig: Rig, make_entry: MakeEntry) -> None:
    """When an answer or an edit is begun in the middle of it."""
    rig.bring("lobby", make_entry(1, "mine", own=True))
    compose(rig.box, "你好")
    rig.window.view.reply_wanted.emit(make_entry(2))
    assert rig.box.toPlainText() == "你好"
    compose(rig.box, "吗")
    rig.window.view.edit_wanted.emit(rig.talk.messages.entry(0))
    assert rig.box.toPlainText() == "mine"
    rig.qtbot.keyClick(rig.box, Qt.Key_Escape)
    assert rig.box.toPlainText() == "你好吗"
