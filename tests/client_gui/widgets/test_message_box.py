"""The box to write in."""

import pytest
from PyQt5.QtCore import QEvent, QMimeData, Qt
from PyQt5.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client_gui.widgets.message_box import CTRL_ENTER, ENTER, MAX_PASTE, MessageBox


@pytest.fixture
def box(qtbot: QtBot) -> MessageBox:
    """An empty box."""
    box = MessageBox()
    qtbot.addWidget(box)
    return box


def compose(box: MessageBox, preedit: str, commit: str = "", back: int = 0) -> None:
    """What an input method sends; *commit* takes the place of the *back* characters before it."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit, -back, back)
    QApplication.sendEvent(box, event)


@pytest.mark.parametrize("key", [Qt.Key_Return, Qt.Key_Enter])
@pytest.mark.parametrize("modifier", [Qt.NoModifier, Qt.ControlModifier, Qt.KeypadModifier])
def test_enter_sends(
    qtbot: QtBot, box: MessageBox, key: int, modifier: Qt.KeyboardModifier
) -> None:
    """And changes nothing in the box."""
    qtbot.keyClicks(box, "hello")
    with qtbot.waitSignal(box.send_wanted):
        qtbot.keyClick(box, key, modifier)
    assert box.toPlainText() == "hello"


@pytest.mark.parametrize("modifier", [Qt.NoModifier, Qt.ShiftModifier, Qt.KeypadModifier])
def test_enter_begins_a_line_where_ctrl_and_enter_send(
    qtbot: QtBot, box: MessageBox, modifier: Qt.KeyboardModifier
) -> None:
    """As set; the tool tip says so, and back."""
    box.set_send_key(CTRL_ENTER)
    assert box.toolTip().startswith("Ctrl+Enter sends")
    with qtbot.assertNotEmitted(box.send_wanted):
        qtbot.keyClicks(box, "a")
        qtbot.keyClick(box, Qt.Key_Return, modifier)
    assert box.toPlainText() == "a\n"
    with qtbot.waitSignal(box.send_wanted):
        qtbot.keyClick(box, Qt.Key_Return, Qt.ControlModifier)
    assert box.toPlainText() == "a\n"
    box.set_send_key(ENTER)
    assert box.toolTip().startswith("Enter sends")
    with qtbot.waitSignal(box.send_wanted):
        qtbot.keyClick(box, Qt.Key_Return)


def test_shift_and_enter_begin_a_line(qtbot: QtBot, box: MessageBox) -> None:
    """They send nothing."""
    with qtbot.assertNotEmitted(box.send_wanted):
        qtbot.keyClicks(box, "a")
        qtbot.keyClick(box, Qt.Key_Return, Qt.ShiftModifier)
        qtbot.keyClicks(box, "b")
    assert box.toPlainText() in ("a\nb", "a\u2028b")


def test_enter_sends_nothing_while_a_word_is_composed(qtbot: QtBot, box: MessageBox) -> None:
    """It belongs to the input method; afterwards it is ours again."""
    compose(box, "ni hao")
    assert box.composing
    with qtbot.assertNotEmitted(box.send_wanted):
        qtbot.keyClick(box, Qt.Key_Return)
    compose(box, "", "你好")
    assert not box.composing
    assert box.toPlainText() == "你好"
    with qtbot.waitSignal(box.send_wanted):
        qtbot.keyClick(box, Qt.Key_Return)


def test_an_empty_composition_is_over(box: MessageBox) -> None:
    """It was cancelled."""
    compose(box, "ni")
    compose(box, "")
    assert not box.composing
    assert box.toPlainText() == ""


def test_too_long_a_paste_is_refused(qtbot: QtBot, box: MessageBox) -> None:
    """What was in the box stays; a shorter one is taken, as plain text."""
    box.setPlainText("mine")
    data = QMimeData()
    data.setText("x" * (MAX_PASTE + 1))
    with qtbot.waitSignal(box.paste_refused):
        box.insertFromMimeData(data)
    assert box.toPlainText() == "mine"
    data.setText("<b>x</b>")
    data.setHtml("<b>x</b>")
    box.selectAll()
    box.insertFromMimeData(data)
    assert box.toPlainText() == "<b>x</b>"


def test_it_grows_with_its_lines_within_bounds(qtbot: QtBot, box: MessageBox) -> None:
    """And shows a scroll bar only beyond them."""
    box.resize(400, 100)
    box.show()
    empty = box.sizeHint().height()
    box.setPlainText("\n" * 4)
    grown = box.sizeHint().height()
    box.setPlainText("\n" * 50)
    most = box.sizeHint().height()
    assert empty < grown < most < 3 * grown
    assert box.verticalScrollBarPolicy() == Qt.ScrollBarAsNeeded
    box.clear()
    assert box.sizeHint().height() == empty
    assert box.verticalScrollBarPolicy() == Qt.ScrollBarAlwaysOff
    assert box.minimumSizeHint().height() == empty


def test_a_long_text_pages_in_itself(qtbot: QtBot, box: MessageBox) -> None:
    """A short one has no pages; its keys are for the messages."""
    with qtbot.waitSignal(box.page_wanted) as wanted:
        qtbot.keyClick(box, Qt.Key_PageUp)
    assert wanted.args == [-1]
    box.setPlainText("line\n" * 50)
    with qtbot.assertNotEmitted(box.page_wanted):
        qtbot.keyClick(box, Qt.Key_PageUp)


def test_up_in_the_empty_box_wants_the_last_message(qtbot: QtBot, box: MessageBox) -> None:
    """Only there, with nothing held down, and not for the input method."""
    with qtbot.waitSignal(box.edit_last_wanted):
        qtbot.keyClick(box, Qt.Key_Up)
    with qtbot.assertNotEmitted(box.edit_last_wanted):
        qtbot.keyClick(box, Qt.Key_Up, Qt.ShiftModifier)
        compose(box, "ni")
        qtbot.keyClick(box, Qt.Key_Up)
        compose(box, "")
        box.setPlainText("x")
        qtbot.keyClick(box, Qt.Key_Up)


def test_up_is_only_a_key_if_it_is_to_be(qtbot: QtBot, box: MessageBox) -> None:
    """Some hate to find an old message in the box."""
    box.set_up_edits(False)
    with qtbot.assertNotEmitted(box.edit_last_wanted):
        qtbot.keyClick(box, Qt.Key_Up)


def test_a_word_is_finished_where_it_stands(qtbot: QtBot, box: MessageBox) -> None:
    """In the middle of the text too; and only once."""
    box.setPlainText("ab")
    box.moveCursor(QTextCursor.Start)
    box.moveCursor(QTextCursor.Right)
    compose(box, "你")
    assert box.toPlainText() == "ab"
    box.finish_word()
    box.finish_word()
    assert (box.toPlainText(), box.composing) == ("a你b", False)


def test_a_box_that_closes_keeps_the_word(box: MessageBox) -> None:
    """An input method cannot bring it to a closed one any more."""
    compose(box, "你好")
    box.set_open(True)
    assert box.composing
    box.set_open(False, "Only moderators.")
    assert (box.toPlainText(), box.composing) == ("你好", False)


def test_words_do_not_disturb_a_word_being_composed(box: MessageBox) -> None:
    """Another language, another key: the word goes on."""
    compose(box, "ni")
    box.set_send_key(CTRL_ENTER)
    box.set_up_edits(False)
    QApplication.sendEvent(box, QEvent(QEvent.LanguageChange))
    assert box.composing
    compose(box, "", "你")
    assert box.toPlainText() == "你"


def test_an_input_method_takes_back_what_it_wrote(box: MessageBox) -> None:
    """And writes something else instead, as for Korean and Japanese."""
    box.setPlainText("한")
    box.moveCursor(QTextCursor.End)
    compose(box, "", "韓", back=1)
    assert box.toPlainText() == "韓"
    compose(box, "", "國")
    compose(box, "", "국국", back=1)
    assert box.toPlainText() == "韓국국"


def test_escape_cancels_unless_a_word_is_composed(qtbot: QtBot, box: MessageBox) -> None:
    """Then it is the input method's."""
    with qtbot.waitSignal(box.cancel_wanted):
        qtbot.keyClick(box, Qt.Key_Escape)
    compose(box, "ni")
    with qtbot.assertNotEmitted(box.cancel_wanted):
        qtbot.keyClick(box, Qt.Key_Escape)


def test_a_closed_box_says_why(qtbot: QtBot, box: MessageBox) -> None:
    """And takes nothing."""
    box.set_open(False, "Only moderators.")
    qtbot.keyClicks(box, "x")
    assert box.toPlainText() == ""
    assert box.placeholderText() == "Only moderators."
    box.set_open(True)
    assert box.placeholderText() == "Write a message"


def test_what_fits_is_shown_from_its_beginning(qtbot: QtBot, box: MessageBox) -> None:
    """Also after it was put in at once."""
    box.resize(150, box.sizeHint().height())
    box.setPlainText("words " * 12)
    box.moveCursor(QTextCursor.End)
    box.resize(150, box.sizeHint().height())
    assert box.verticalScrollBar().value() == 0


@pytest.mark.parametrize("key", [Qt.Key_K, Qt.Key_E])
def test_the_keys_of_the_window_are_not_taken(box: MessageBox, key: int) -> None:
    """Qt would cut the line off, or go to its end."""
    event = QKeyEvent(QEvent.ShortcutOverride, key, Qt.ControlModifier)
    event.ignore()
    QApplication.sendEvent(box, event)
    assert not event.isAccepted()
