"""What is written in the rooms, with a session that only remembers what it was asked for."""

from dataclasses import replace

import pytest
from PyQt5.QtCore import QEvent, Qt
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client_gui.changes import Removed, Updated
from client_gui.desktop.preferences import MAX_RECENT_EMOJI, Preferences
from client_gui.items import Delivery
from client_gui.words import on_its_way_words, set_aside_words, too_many_waiting_words
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


def test_an_edit_of_what_is_on_its_way_stays(rig: Rig, make_entry: MakeEntry) -> None:
    """It can be neither altered nor edited for a moment; nothing of the text is lost."""
    pending = make_entry(0, "one", own=True, delivery=Delivery.PENDING)
    rig.bring("lobby", pending)
    rig.session.alters = False
    rig.window.view.edit_wanted.emit(pending)
    rig.box.setPlainText("two")
    rig.press_enter()
    assert rig.box.toPlainText() == "two"
    assert rig.window.composer.note.text() == on_its_way_words()


def test_the_emoji_used_last_are_remembered(rig: Rig) -> None:
    """Each once, the latest first, a few rows of them."""
    for n in range(MAX_RECENT_EMOJI + 5):
        rig.window.composer.emoji_used.emit(chr(0x1F600 + n))
    rig.window.composer.emoji_used.emit("👍")
    rig.window.composer.emoji_used.emit(chr(0x1F600 + MAX_RECENT_EMOJI))
    recent = rig.preferences.recent_emoji.split()
    assert recent[:2] == [chr(0x1F600 + MAX_RECENT_EMOJI), "👍"]
    assert len(set(recent)) == len(recent) == MAX_RECENT_EMOJI


# --- the seconds in which one can take it back -----------------------------------------------


def _send(rig: Rig, make_entry: MakeEntry, text: str, room: str = "lobby") -> str:
    """Send with five seconds to take it back; return its key."""
    rig.preferences.undo_seconds = 5
    rig.talk.show(room)
    rig.box.setPlainText(text)
    rig.press_enter()
    key = f"held {len(rig.session.of('say_in'))}"
    entry = replace(make_entry(0, text, own=True, delivery=Delivery.PENDING), key=key)
    rig.bring(room, entry)
    rig.session.held.emit(key, 4)
    return key


def test_a_message_is_held_as_long_as_is_set(rig: Rig, make_entry: MakeEntry) -> None:
    """It is said how long; without a second, it goes out at once."""
    strip = rig.window.composer.undo_strip
    key = _send(rig, make_entry, "hello")
    assert rig.session.of("say_in") == [(5, "lobby", "hello", 0)]
    assert rig.box.toPlainText() == ""
    assert strip.label.text() == "Sending in 4 s"
    rig.session.held.emit(key, 0)
    assert strip.isHidden()
    rig.preferences.undo_seconds = 0
    rig.box.setPlainText("now")
    rig.press_enter()
    assert rig.session.of("say") == [("lobby", "now", 0)]
    assert strip.isHidden()


@pytest.mark.parametrize("way", ["the button", "the keys", "Up"])
def test_what_was_taken_back_is_in_the_box_again(rig: Rig, make_entry: MakeEntry, way: str) -> None:
    """With what it answers; and kept there."""
    rig.window.view.reply_wanted.emit(make_entry(7))
    key = _send(rig, make_entry, "hello")
    assert rig.session.of("say_in") == [(5, "lobby", "hello", 7)]
    if way == "the button":
        rig.window.composer.undo_strip.button.click()
    elif way == "the keys":
        rig.qtbot.keyClick(rig.box, Qt.Key_Z, Qt.ControlModifier)
    else:
        rig.qtbot.keyClick(rig.box, Qt.Key_Up)
    assert rig.box.toPlainText() == "hello"
    assert rig.window.composer.writing.reply == make_entry(7)
    assert rig.session.asked[-2:] == [("set_draft", "lobby", "hello"), ("take_back", key)]
    assert rig.window.composer.undo_strip.isHidden()
    assert rig.box.hasFocus()


def test_what_is_being_written_is_not_mixed_with_it(rig: Rig, make_entry: MakeEntry) -> None:
    """The message stays unsent where it is; a word being composed is part of what is written."""
    key = _send(rig, make_entry, "hello")
    compose(rig.box, "你好")
    rig.window.composer.undo_strip.button.click()
    assert rig.box.toPlainText() == "你好"
    assert rig.session.of("set_aside") == [(key,)]
    assert rig.session.of("take_back") == []
    assert rig.window.composer.note.text() == set_aside_words()


def test_undo_in_the_text_comes_first(rig: Rig, make_entry: MakeEntry) -> None:
    """Ctrl+Z brings letters back as long as there are any to bring."""
    _send(rig, make_entry, "hello")
    rig.qtbot.keyClicks(rig.box, "x")
    rig.qtbot.keyClick(rig.box, Qt.Key_Backspace)
    rig.qtbot.keyClick(rig.box, Qt.Key_Z, Qt.ControlModifier)
    assert rig.box.toPlainText() == "x"
    assert rig.session.of("take_back") == []


def test_what_is_held_belongs_to_its_room(rig: Rig, make_entry: MakeEntry) -> None:
    """Elsewhere nothing is said of it, and nothing brings it there."""
    first = _send(rig, make_entry, "for all")
    rig.talk.show("#1")
    strip = rig.window.composer.undo_strip
    assert strip.isHidden()
    rig.qtbot.keyClick(rig.box, Qt.Key_Z, Qt.ControlModifier)
    assert rig.box.toPlainText() == ""
    second = _send(rig, make_entry, "for Grace", "#1")
    rig.talk.show("lobby")
    strip.button.click()
    assert rig.box.toPlainText() == "for all"
    assert rig.session.of("take_back") == [(first,)]
    rig.talk.show("#1")
    strip.button.click()
    assert rig.box.toPlainText() == "for Grace"
    assert rig.session.of("take_back") == [(first,), (second,)]


def test_the_last_one_is_taken_back_first(rig: Rig, make_entry: MakeEntry) -> None:
    """The others can be, after it."""
    keys = [_send(rig, make_entry, text) for text in ("one", "two")]
    rig.window.composer.undo_strip.button.click()
    assert rig.box.toPlainText() == "two"
    assert rig.window.composer.undo_strip.isVisible()
    rig.box.clear()
    rig.window.composer.undo_strip.button.click()
    assert rig.box.toPlainText() == "one"
    assert rig.session.of("take_back") == [(key,) for key in reversed(keys)]


def test_what_was_taken_away_elsewhere_is_not_offered(rig: Rig, make_entry: MakeEntry) -> None:
    """By its menu, for instance; or with its room."""
    key = _send(rig, make_entry, "hello")
    rig.session.timeline_changed.emit([Removed("lobby", 0, 1)])
    rig.session.held.emit(key, 3)
    assert rig.window.composer.undo_strip.isHidden()
    key = _send(rig, make_entry, "hello", "#1")
    rig.session.room_closed.emit("#1", "left")
    rig.session.held.emit(key, 3)
    rig.talk.show("#1")
    assert rig.window.composer.undo_strip.isHidden()


def test_another_person_takes_nothing_back(rig: Rig, make_entry: MakeEntry) -> None:
    """It was not theirs."""
    _send(rig, make_entry, "hello")
    rig.talk.begin(same_person=False)
    assert rig.window.composer.undo_strip.isHidden()


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
    "a message is held": lambda rig, make: rig.session.held.emit("x", 3),
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
