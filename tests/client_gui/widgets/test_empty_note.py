"""What an empty room says."""

from collections.abc import Callable

import pytest
from PyQt5.QtCore import QEvent, QPoint, Qt
from pytestqt.qtbot import QtBot

from client_gui.changes import Removed
from client_gui.models.message_list import MessageListModel
from client_gui.state.rooms import LOBBY
from client_gui.widgets.empty_note import EMPTY_MS, EmptyNote
from client_gui.widgets.message_view import MessageView


@pytest.fixture
def note(qtbot: QtBot, messages: MessageListModel) -> EmptyNote:
    """Over a view of an empty room."""
    view = MessageView()
    view.setModel(messages)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    return EmptyNote(view)


def test_it_waits_for_messages_that_are_on_their_way(
    note: EmptyNote, fill: Callable[..., None]
) -> None:
    """A room that has some never says that it has none."""
    assert note.isHidden()
    assert note._timer.interval() == EMPTY_MS
    fill(1)
    assert not note._timer.isActive()
    note._timer.timeout.emit()
    assert note.isHidden()


def test_an_empty_room_says_what_to_do(
    note: EmptyNote, messages: MessageListModel, fill: Callable[..., None]
) -> None:
    """Until something is said; and again when that is gone."""
    note._timer.timeout.emit()
    assert note.isVisible()
    assert "Write something below" in note.text()
    fill(1)
    assert note.isHidden()
    messages.apply([Removed(LOBBY, 0, 1)])
    assert note._timer.isActive()


def test_it_fills_the_view_and_takes_no_click(qtbot: QtBot, note: EmptyNote) -> None:
    """Whatever its size becomes."""
    note._timer.timeout.emit()
    note._view.resize(333, 222)
    qtbot.waitUntil(lambda: note.geometry() == note._view.viewport().rect(), timeout=5_000)
    assert note.testAttribute(Qt.WA_TransparentForMouseEvents)
    assert note._view.viewport().childAt(QPoint(50, 50)) is None
    assert not note.eventFilter(note._view.viewport(), QEvent(QEvent.Paint))
