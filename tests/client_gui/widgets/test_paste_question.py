"""The question before much text is pasted."""

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from client_gui.widgets.paste_question import (
    ASKED_CHARACTERS,
    ASKED_LINES,
    PasteQuestion,
    is_asked_about,
    lines_in,
)
from wire.limits import MAX_TEXT


@pytest.fixture
def question(qtbot: QtBot) -> PasteQuestion:
    """Nothing is asked yet."""
    question = PasteQuestion()
    qtbot.addWidget(question)
    return question


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("a", 1), ("a\n", 1), ("a\nb", 2), ("a\r\nb\r\n", 2), ("a\rb\u2028c\u2029d", 4)],
)
def test_lines_are_counted_as_they_are_shown(text: str, lines: int) -> None:
    """However they end."""
    assert lines_in(text) == lines


def test_much_is_asked_about() -> None:
    """Many lines, or many characters."""
    assert not is_asked_about("x\n" * (ASKED_LINES - 1))
    assert is_asked_about("x\n" * ASKED_LINES)
    assert not is_asked_about("x" * ASKED_CHARACTERS)
    assert is_asked_about("x" * (ASKED_CHARACTERS + 1))


def test_it_says_how_much_and_how_it_begins(question: PasteQuestion) -> None:
    """And whether a message can have that; what turns directions is not believed."""
    assert question.isHidden()
    question.ask("one\n\u202etwo\nthree\n" + "x\n" * 20)
    assert "23 lines" in question.label.text()
    plain = [label.text().strip("\u2068\u2069") for label in question.preview]
    assert plain == ["one", "two", "three"]
    assert str(MAX_TEXT // 1000) + "," not in question.label.text()
    question.ask("y" * (MAX_TEXT + 1))
    assert "One message can have 5,000." in question.label.text()
    assert [label.isVisible() for label in question.preview] == [True, False, False]


@pytest.mark.parametrize("answer", ["yes", "no", "escape", "enter"])
def test_it_is_answered_once(qtbot: QtBot, question: PasteQuestion, answer: str) -> None:
    """By button or key."""
    pasted = []
    question.paste_wanted.connect(pasted.append)
    question.ask("text\n" * 20)
    with qtbot.waitSignal(question.answered):
        if answer == "yes":
            qtbot.mouseClick(question.paste_button, Qt.LeftButton)
        elif answer == "no":
            qtbot.mouseClick(question.cancel_button, Qt.LeftButton)
        elif answer == "enter":
            qtbot.keyClick(question.paste_button, Qt.Key_Return)
        else:
            qtbot.keyClick(question.paste_button, Qt.Key_Escape)
    assert question.isHidden()
    assert pasted == (["text\n" * 20] if answer in ("yes", "enter") else [])
