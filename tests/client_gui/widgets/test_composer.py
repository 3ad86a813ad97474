"""Where a message is written and sent from."""

import pytest
from PyQt5.QtCore import QMimeData, Qt
from PyQt5.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from client_gui.composition import Composition
from client_gui.widgets.composer import COUNTED_FROM, Composer
from client_gui.widgets.message_box import MAX_PASTE
from tests.client_gui.conftest import MakeEntry
from tests.client_gui.widgets.test_message_box import compose
from wire.limits import MAX_TEXT


@pytest.fixture
def composer(qtbot: QtBot) -> Composer:
    """An empty one, visible."""
    composer = Composer()
    qtbot.addWidget(composer)
    composer.show()
    return composer


def test_button_and_enter_send_what_is_written(qtbot: QtBot, composer: Composer) -> None:
    """Without empty lines around it, with its indentation; the text stays until it was taken."""
    composer.box.setPlainText("\n \n  hello\n\nthere \n")
    for send in (
        lambda: qtbot.mouseClick(composer.button, Qt.LeftButton),
        lambda: qtbot.keyClick(composer.box, Qt.Key_Return),
    ):
        with qtbot.waitSignal(composer.say_wanted) as wanted:
            send()
        assert wanted.args == ["  hello\n\nthere", 0]
    assert composer.box.toPlainText()
    composer.clear()
    assert composer.box.toPlainText() == ""


@pytest.mark.parametrize("text", ["", " \n ", "x" * (MAX_TEXT + 1)])
def test_nothing_and_too_much_are_not_sent(qtbot: QtBot, composer: Composer, text: str) -> None:
    """And nothing of it is lost."""
    composer.box.setPlainText(text)
    assert not composer.button.isEnabled()
    with qtbot.assertNotEmitted(composer.say_wanted):
        qtbot.keyClick(composer.box, Qt.Key_Return)
    assert composer.box.toPlainText() == text


def test_the_count_is_shown_when_it_matters(composer: Composer) -> None:
    """And is an error beyond the limit; it counts characters, not Qt's halves of them."""
    composer.box.setPlainText("x" * (COUNTED_FROM - 1))
    assert not composer.note.isVisible()
    composer.box.setPlainText("😀" * MAX_TEXT)
    assert composer.note.isVisible()
    assert composer.button.isEnabled()
    calm = composer.note.palette().color(composer.note.foregroundRole())
    composer.box.setPlainText("😀" * (MAX_TEXT + 1))
    assert "too long" in composer.note.text()
    assert composer.note.palette().color(composer.note.foregroundRole()) != calm
    composer.box.clear()
    assert not composer.note.isVisible()


def test_the_button_does_not_send_half_a_composition(qtbot: QtBot, composer: Composer) -> None:
    """Sending would empty the box under the input method."""
    composer.box.setPlainText("hello")
    compose(composer.box, "ni")
    with qtbot.assertNotEmitted(composer.say_wanted):
        qtbot.mouseClick(composer.button, Qt.LeftButton)


def test_a_refused_paste_is_said(qtbot: QtBot, composer: Composer) -> None:
    """In words."""
    composer.box.paste_refused.emit()
    assert composer.note.isVisible()
    assert MAX_PASTE > MAX_TEXT


def _put_on_clipboard(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def test_much_text_is_asked_about_before_it_is_pasted(qtbot: QtBot, composer: Composer) -> None:
    """Then it takes the place of what was selected, and one writes on behind it."""
    composer.activateWindow()
    composer.box.setFocus()
    text = "line\n" * 20
    composer.box.setPlainText("ab")
    composer.box.selectAll()
    for _ in range(2):
        composer.box.insertFromMimeData(_put_on_clipboard(text))
        assert composer.box.toPlainText() == "ab"
        assert composer.paste_question.paste_button.hasFocus()
        qtbot.keyClick(composer.paste_question.paste_button, Qt.Key_Escape)
        assert composer.paste_question.isHidden()
        assert composer.box.hasFocus()
    composer.box.insertFromMimeData(_put_on_clipboard(text))
    qtbot.mouseClick(composer.paste_question.paste_button, Qt.LeftButton)
    assert composer.box.toPlainText() == text
    assert composer.box.hasFocus()
    composer.box.undo()
    assert composer.box.toPlainText() == "ab"


def test_what_was_asked_in_one_room_is_not_pasted_in_another(composer: Composer) -> None:
    """The question goes with the room."""
    composer.box.insertFromMimeData(_put_on_clipboard("line\n" * 20))
    composer.set_writing(Composition("other"))
    assert composer.paste_question.isHidden()
    assert composer.box.toPlainText() == "other"


def test_a_question_leaves_a_word_being_composed_alone(composer: Composer) -> None:
    """Something was dropped into the box, perhaps."""
    composer.activateWindow()
    composer.box.setFocus()
    compose(composer.box, "ni")
    composer.box.insertFromMimeData(_put_on_clipboard("line\n" * 20))
    assert composer.paste_question.isVisible()
    assert composer.box.composing
    assert composer.box.hasFocus()


def test_a_warning_goes_with_the_next_key(qtbot: QtBot, composer: Composer) -> None:
    """It was about what was there before."""
    composer.warn("<b>no</b>")
    assert composer.note.text() == "<b>no</b>"
    qtbot.keyClicks(composer.box, "x")
    assert not composer.note.isVisible()


def test_an_answer_says_what_it_answers(
    qtbot: QtBot, composer: Composer, make_entry: MakeEntry
) -> None:
    """Until it was taken, or Escape; what was written stays."""
    composer.box.setPlainText("yes")
    composer.reply_to(make_entry(7))
    assert composer.strip.isVisible()
    with qtbot.waitSignal(composer.say_wanted) as wanted:
        qtbot.keyClick(composer.box, Qt.Key_Return)
    assert wanted.args == ["yes", 7]
    qtbot.keyClick(composer.box, Qt.Key_Escape)
    assert not composer.strip.isVisible()
    with qtbot.waitSignal(composer.say_wanted) as wanted:
        qtbot.keyClick(composer.box, Qt.Key_Return)
    assert wanted.args == ["yes", 0]


def test_an_edit_gives_back_what_was_there(
    qtbot: QtBot, composer: Composer, make_entry: MakeEntry
) -> None:
    """When it was taken, and when it was given up; an edit of another message too."""
    entry, other = make_entry(7, "old", own=True), make_entry(8, "other", own=True)
    composer.box.setPlainText("begun")
    composer.edit(entry)
    composer.edit(other)
    composer.edit(entry)
    assert composer.box.toPlainText() == "old"
    assert composer.writing.unsent == "begun"
    composer.box.setPlainText("new")
    with qtbot.waitSignal(composer.edit_wanted) as wanted:
        qtbot.keyClick(composer.box, Qt.Key_Return)
    assert wanted.args == [entry, "new"]
    composer.clear()
    assert composer.writing == Composition("begun")
    composer.edit(entry)
    qtbot.mouseClick(composer.strip.button, Qt.LeftButton)
    assert composer.writing == Composition("begun")


def test_where_one_may_not_write_nothing_is_sent(qtbot: QtBot, composer: Composer) -> None:
    """And what was written is kept."""
    composer.box.setPlainText("mine")
    composer.set_open(False, "No.")
    assert not composer.button.isEnabled()
    with qtbot.assertNotEmitted(composer.say_wanted):
        qtbot.keyClick(composer.box, Qt.Key_Return)
    composer.set_open(True)
    assert composer.button.isEnabled()


def test_another_room_does_not_get_a_word_being_composed(composer: Composer) -> None:
    """It ends where it was begun."""
    compose(composer.box, "ni")
    composer.set_writing(Composition("other"))
    assert composer.box.toPlainText() == "other"


def test_an_emoji_is_put_where_one_writes(qtbot: QtBot, composer: Composer) -> None:
    """By its button or its key; one writes on behind it."""
    composer.resize(500, 100)
    composer.box.setPlainText("ab")
    composer.box.moveCursor(QTextCursor.Right)
    composer.set_recent_emoji(("👍",))
    qtbot.mouseClick(composer.emoji_button, Qt.LeftButton)
    with qtbot.waitSignal(composer.emoji_used) as used:
        qtbot.keyClick(composer.picker.field, Qt.Key_Return)
    assert used.args == ["👍"]
    assert composer.box.toPlainText() == "a👍b"
    assert composer.box.hasFocus()
    assert composer.emoji_button.shortcut().toString() == "Ctrl+E"
    assert "Ctrl+E" in composer.emoji_button.toolTip()


def test_no_emoji_in_the_middle_of_a_word_or_where_one_may_not_write(
    qtbot: QtBot, composer: Composer
) -> None:
    """The focus would go away under the input method."""
    compose(composer.box, "ni")
    composer.pick_emoji()
    assert composer.picker is None
    compose(composer.box, "")
    composer.set_open(False, "No.")
    assert not composer.emoji_button.isEnabled()
