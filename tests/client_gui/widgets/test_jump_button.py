"""The way back to the newest message."""

from collections.abc import Callable

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from client_gui.changes import Inserted
from client_gui.models.message_list import MessageListModel
from client_gui.state.rooms import LOBBY
from client_gui.widgets.jump_button import JumpButton, UnreadButton
from client_gui.widgets.message_view import MessageView
from tests.client_gui.conftest import MakeEntry


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
    assert "Ctrl+End" in button.toolTip()


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


def test_it_counts_what_was_not_in_sight(
    button: JumpButton, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """Not what older history brings above; it becomes less as one reads on."""
    view = button.parent()
    view.show_from(20)
    messages.apply([Inserted(LOBBY, 0, tuple(make_entry(n) for n in range(200, 220)))])
    assert button.below == 0
    messages.apply([Inserted(LOBBY, 120, tuple(make_entry(n) for n in range(300, 350)))])
    assert button.below == 50
    assert "50" in button.accessibleName()
    view.show_from(125)
    last = view.rows_in_sight()[-1]
    assert button.text() == str(169 - last)
    view.show_from(30)
    assert button.below == 169 - last


def test_what_is_unread_counts_though_the_view_came_from_the_bottom(button: JumpButton) -> None:
    """As it does when a room is entered."""
    view = button.parent()
    view.model().mark_unread_after(50)
    view.open_at_unread()
    assert button.below == 99 - view.rows_in_sight()[-1] > 20


@pytest.fixture
def unread_button(button: JumpButton) -> UnreadButton:
    """Over the same view."""
    unread = UnreadButton(button.parent())
    button.parent().model().mark_unread_after(50)
    return unread


def test_the_way_up_leads_to_what_is_unread(qtbot: QtBot, unread_button: UnreadButton) -> None:
    """While that is above what is in sight."""
    view = unread_button.parent()
    assert unread_button.isVisible()
    assert "Shift+PgUp" in unread_button.toolTip()
    qtbot.mouseClick(unread_button, Qt.LeftButton)
    assert not unread_button.isVisible()
    assert 0 < view.visualRect(view.model().index(50, 0)).top() < 100
    view.jump_to_bottom()
    assert unread_button.isVisible()
    view.model().mark_unread_after(None)
    assert not unread_button.isVisible()
    view.show_unread()
    assert view.at_bottom
