"""The line that says what happened."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QPalette
from pytestqt.qtbot import QtBot

from client_gui.widgets.colours import READABLE, contrast
from client_gui.widgets.status_line import StatusLine


@pytest.fixture
def status(qtbot: QtBot) -> StatusLine:
    """Says nothing."""
    status = StatusLine()
    qtbot.addWidget(status)
    return status


def test_an_error_has_another_colour(status: StatusLine) -> None:
    """One that can be read; and it is gone with the error."""
    calm = status.palette().color(QPalette.WindowText)
    status.say("<b>no</b>", is_error=True)
    red, ground = (status.palette().color(role) for role in (QPalette.WindowText, QPalette.Window))
    assert red != calm
    assert contrast(red, ground) >= READABLE
    status.say("yes")
    assert status.palette().color(QPalette.WindowText) == calm


def test_it_is_plain_text_that_can_be_copied(status: StatusLine) -> None:
    """By mouse and keyboard; with nothing to copy, Tab does not stop there."""
    assert status.focusPolicy() == Qt.NoFocus
    status.say("<b>no</b>", is_error=True)
    assert status.textFormat() == Qt.PlainText
    assert status.textInteractionFlags() & Qt.TextSelectableByMouse
    assert status.textInteractionFlags() & Qt.TextSelectableByKeyboard
    status.say("")
    assert status.focusPolicy() == Qt.NoFocus


def test_there_is_room_before_there_are_words(status: StatusLine) -> None:
    """So that what is below does not move."""
    assert status.minimumHeight() == 2 * status.fontMetrics().lineSpacing()
