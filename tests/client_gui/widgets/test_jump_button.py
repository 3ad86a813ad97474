"""The way back to the newest message."""

from collections.abc import Callable

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from client_gui.models.message_list import MessageListModel
from client_gui.widgets.jump_button import JumpButton
from client_gui.widgets.message_view import MessageView


@pytest.fixture
def button(qtbot: QtBot, messages: MessageListModel, fill: Callable[..., None]) -> JumpButton:
    """Over a view of a hundred messages."""
    view = MessageView()
    qtbot.addWidget(view)
    messages.setParent(view)
    view.setModel(messages)
    view.resize(500, 400)
    button = JumpButton(view)
    with qtbot.waitExposed(view):
        view.show()
    fill(100)
    return button


def test_it_is_there_only_away_from_the_bottom(qtbot: QtBot, button: JumpButton) -> None:
    """And leads there."""
    view = button.parent()
    assert not button.isVisible()
    view.verticalScrollBar().setValue(0)
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.LeftButton)
    assert view.at_bottom
    assert not button.isVisible()


def test_it_counts_what_is_new(button: JumpButton, fill: Callable[..., None]) -> None:
    """Since one has been away."""
    view = button.parent()
    assert button.text() == ""
    view.verticalScrollBar().setValue(0)
    fill(3)
    fill(4)
    assert button.text() == "7"
    view.jump_to_bottom()
    view.verticalScrollBar().setValue(0)
    assert button.text() == ""
    assert button.shortcut().toString() == "Ctrl+End"


def test_it_stays_in_the_corner(button: JumpButton) -> None:
    """Of the messages, whatever their size."""
    view = button.parent()
    view.verticalScrollBar().setValue(0)
    for size in ((500, 400), (900, 300)):
        view.resize(*size)
        area = view.viewport().geometry()
        distance = area.bottomRight() - button.geometry().bottomRight()
        assert 0 < distance.x() < 30
        assert 0 < distance.y() < 30
