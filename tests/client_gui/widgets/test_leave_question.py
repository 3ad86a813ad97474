"""The question before something unsent is lost."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from client_gui.widgets.leave_question import LeaveQuestion


@pytest.fixture
def question(qtbot: QtBot) -> LeaveQuestion:
    """Over a window of no kind."""
    window = QWidget()
    qtbot.addWidget(window)
    return LeaveQuestion(window)


def test_nothing_is_asked_when_everything_is_sent(question: LeaveQuestion) -> None:
    """One can go at once."""
    assert question.ask(lambda: pytest.fail("whoever asked goes on"))
    assert question.box is None


@pytest.mark.parametrize(("button", "goes"), [(QMessageBox.Yes, ["gone"]), (QMessageBox.No, [])])
def test_the_answer_is_obeyed(
    qtbot: QtBot, question: LeaveQuestion, button: int, goes: list[str]
) -> None:
    """It is asked once, however often one tries; No is what Enter chooses."""
    gone: list[str] = []
    question.unsettled = 2
    assert not question.ask(lambda: gone.append("gone"))
    assert not question.ask(lambda: gone.append("another"))
    assert question.box.defaultButton() is question.box.button(QMessageBox.No)
    qtbot.mouseClick(question.box.button(button), Qt.LeftButton)
    assert gone == goes
    assert question.box is None


def test_the_next_one_can_be_asked(qtbot: QtBot, question: LeaveQuestion) -> None:
    """With what it is about then."""
    for unsettled in (1, 2):
        question.unsettled = unsettled
        question.ask(lambda: None)
        assert str(unsettled) in question.box.text()
        qtbot.mouseClick(question.box.button(QMessageBox.No), Qt.LeftButton)
