"""Where the rows of the messages are, whatever happens around them."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QAbstractItemView, QApplication, QListView
from pytestqt.qtbot import QtBot

from client_gui.changes import Inserted, Removed, Updated
from client_gui.models.message_list import MessageListModel
from client_gui.state.rooms import LOBBY
from client_gui.widgets.message_delegate import MessageDelegate
from client_gui.widgets.message_view import MessageView
from tests.client_gui.conftest import MakeEntry

Fill = Callable[..., None]


@pytest.fixture
def view(qtbot: QtBot, messages: MessageListModel) -> MessageView:
    """A visible view of the model."""
    view = MessageView()
    qtbot.addWidget(view)
    view.setModel(messages)
    # The model lives as long as the view, which outlives the test by a turn of the event loop.
    messages.setParent(view)
    view.resize(500, 400)
    with qtbot.waitExposed(view):
        view.show()
    return view


def _in_sight(view: MessageView, row: int) -> bool:
    rect = view.visualRect(view.model().index(row, 0))
    return rect.top() >= 0 and rect.bottom() <= view.viewport().height()


def _top(view: MessageView, row: int) -> int:
    return view.visualRect(view.model().index(row, 0)).top()


def test_it_shows_the_newest_and_stays_there(view: MessageView, fill: Fill) -> None:
    """However many come."""
    fill(200)
    assert _in_sight(view, 199)
    fill(1, "a much longer text " * 30)
    assert view.visualRect(view.model().index(200, 0)).bottom() <= view.viewport().height()
    assert view.at_bottom


def test_it_stays_where_one_reads(
    view: MessageView, fill: Fill, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """Whatever is added below, put in above, or taken away there."""
    fill(300)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    row = view.indexAt(QPoint(10, 200)).row()
    before = _top(view, row)
    fill(50)
    assert _top(view, row) == before
    messages.apply([Inserted(LOBBY, 0, tuple(make_entry(n, "old " * 99) for n in range(20)))])
    assert _top(view, row + 20) == before
    messages.apply([Removed(LOBBY, 0, 30)])
    assert _top(view, row - 10) == before
    messages.apply([Updated(LOBBY, 0, make_entry(1, "grown " * 500))])
    assert _top(view, row - 10) == before
    assert not view.at_bottom


def test_scrolling_up_never_jumps(view: MessageView, fill: Fill) -> None:
    """Rows that come into sight are measured then, and those in sight stay where they were."""
    fill(100, "words " * 60)
    bar = view.verticalScrollBar()
    for _ in range(60):
        row = view.indexAt(QPoint(10, 150)).row()
        before = _top(view, row)
        value = bar.value()
        bar.setValue(value - 70)
        if value < 70:
            break
        assert _top(view, row) == before + 70


def test_at_the_bottom_it_sticks_again(qtbot: QtBot, view: MessageView, fill: Fill) -> None:
    """By scrolling or by jumping, and it tells."""
    fill(100)
    with qtbot.waitSignal(view.bottom_reached) as left:
        view.verticalScrollBar().setValue(0)
    assert left.args == [False]
    with qtbot.waitSignal(view.bottom_reached) as reached:
        view.jump_to_bottom()
    assert reached.args == [True]
    assert _in_sight(view, 99)


def test_the_top_is_told(qtbot: QtBot, view: MessageView, fill: Fill) -> None:
    """For what was before it to be asked for; in the middle of the room, nobody is told."""
    fill(200)
    bar = view.verticalScrollBar()
    with qtbot.assertNotEmitted(view.top_reached):
        bar.setValue(bar.maximum() // 2)
    with qtbot.waitSignal(view.top_reached):
        bar.setValue(0)


def test_only_what_is_in_sight_is_laid_out(view: MessageView, fill: Fill) -> None:
    """Of ten thousand messages, and of each that comes."""
    with patch.object(
        MessageDelegate, "sizeHint", autospec=True, side_effect=MessageDelegate.sizeHint
    ) as hints:
        fill(10_000)
        assert hints.call_count < 200
        hints.reset_mock()
        fill(1)
        assert hints.call_count < 5
        hints.reset_mock()
        view.resize(600, 400)
        assert hints.call_count < 100


def test_a_screen_reader_finds_the_rows(view: MessageView) -> None:
    """Qt's accessibility knows the rows of a QListView, and none of a bare QAbstractItemView."""
    assert isinstance(view, QListView)


def test_opening_lays_out_what_is_in_sight(
    qtbot: QtBot, messages: MessageListModel, fill: Fill
) -> None:
    """Of a room that is full already; and of what QListView does beside it, one row."""
    fill(20_000)
    view = MessageView()
    qtbot.addWidget(view)
    with patch.object(
        MessageDelegate, "sizeHint", autospec=True, side_effect=MessageDelegate.sizeHint
    ) as hints:
        view.setModel(messages)
        messages.setParent(view)
        with qtbot.waitExposed(view):
            view.show()
        QApplication.processEvents()
        assert hints.call_count < 100


def test_it_can_be_shown_from_a_row(qtbot: QtBot, view: MessageView, fill: Fill) -> None:
    """At the top; or as near as what is below allows, and then it stays at the bottom."""
    fill(500, "words " * 30)
    with qtbot.waitSignal(view.bottom_reached) as left:
        view.show_from(100, 20)
    assert left.args == [False]
    assert _top(view, 100) == 20
    view.show_from(499, 20)
    assert _top(view, 499) > 20
    assert view.at_bottom


def test_another_width_keeps_the_bottom_in_sight(view: MessageView, fill: Fill) -> None:
    """And another height."""
    fill(100, "words " * 60)
    view.resize(900, 300)
    assert view.visualRect(view.model().index(99, 0)).bottom() <= view.viewport().height()
    view.resize(300, 700)
    assert view.visualRect(view.model().index(99, 0)).bottom() <= view.viewport().height()


def test_another_font_is_another_height(view: MessageView, fill: Fill) -> None:
    """Everything is measured anew."""
    fill(3)
    before = view.visualRect(view.model().index(1, 0)).height()
    font = view.font()
    font.setPointSize(40)
    view.setFont(font)
    assert view.visualRect(view.model().index(1, 0)).height() > before


def test_keys_move_through_the_messages(qtbot: QtBot, view: MessageView, fill: Fill) -> None:
    """As in any list."""
    fill(100)
    rows = []
    for key in (Qt.Key_Home, Qt.Key_Down, Qt.Key_PageDown, Qt.Key_End, Qt.Key_Up, Qt.Key_PageUp):
        qtbot.keyClick(view, key)
        rows.append(view.currentIndex().row())
        assert _in_sight(view, rows[-1])
    assert rows[:2] == [0, 1]
    assert rows[3:5] == [99, 98]
    assert 1 < rows[2] < 50
    assert 50 < rows[5] < 98


def test_keys_do_no_harm_where_nothing_is(qtbot: QtBot, view: MessageView) -> None:
    """Nor does the mouse."""
    for key in (Qt.Key_Home, Qt.Key_Down, Qt.Key_PageDown):
        qtbot.keyClick(view, key)
    qtbot.mouseClick(view.viewport(), Qt.LeftButton)
    assert not view.currentIndex().isValid()
    assert view.selected_entries() == []


def test_scrolling_brings_a_row_to_its_place(view: MessageView, fill: Fill) -> None:
    """In every way that Qt asks for."""
    fill(300)
    index = view.model().index(100, 0)
    view.scrollTo(index, QAbstractItemView.PositionAtTop)
    assert _top(view, 100) == 0
    view.scrollTo(view.model().index(200, 0), QAbstractItemView.PositionAtCenter)
    assert _in_sight(view, 200)
    view.scrollTo(index)
    assert _in_sight(view, 100)


def test_the_bar_shows_nothing_where_there_is_nothing_to_scroll(
    view: MessageView, fill: Fill
) -> None:
    """Its range is empty, and its handle would be as long as the view."""
    assert not view.verticalScrollBar().isEnabled()
    fill(100)
    assert view.verticalScrollBar().isEnabled()
