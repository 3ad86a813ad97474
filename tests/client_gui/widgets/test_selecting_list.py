"""Selecting text with the mouse."""

from collections.abc import Callable

import pytest
from PyQt5.QtCore import QEvent, QPoint, Qt
from PyQt5.QtGui import QGuiApplication, QMouseEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client_gui.changes import Inserted, Removed
from client_gui.models.message_list import MessageListModel
from client_gui.state.rooms import LOBBY
from client_gui.widgets.message_view import MessageView
from tests.client_gui.conftest import MakeEntry

Fill = Callable[..., None]


@pytest.fixture
def view(qtbot: QtBot, messages: MessageListModel, fill: Fill) -> MessageView:
    """A visible view of five messages."""
    view = MessageView()
    qtbot.addWidget(view)
    view.setModel(messages)
    messages.setParent(view)
    view.resize(500, 400)
    with qtbot.waitExposed(view):
        view.show()
    fill(5, "some words")
    return view


def _at(view: MessageView, row: int, position: int) -> QPoint:
    """Where this place of the row's text is."""
    rect = view.visualRect(view.model().index(row, 0))
    y = rect.bottom() - 14
    return next(
        QPoint(x, y)
        for x in range(rect.width())
        if view.touched_at(QPoint(x, y)).part.name in ("BUBBLE", "LINK")
        and view._place_at(QPoint(x, y))[1] == position
    )


def _drag(view: MessageView, start: QPoint, end: QPoint, release: bool = True) -> None:
    QTest.mousePress(view.viewport(), Qt.LeftButton, Qt.NoModifier, start)
    for point in ((start + end) / 2, end):
        move = QMouseEvent(QEvent.MouseMove, point, Qt.LeftButton, Qt.LeftButton, Qt.NoModifier)
        QApplication.sendEvent(view.viewport(), move)
    if release:
        QTest.mouseRelease(view.viewport(), Qt.LeftButton, Qt.NoModifier, end)


def _press_at(view: MessageView, point: QPoint, kind: int, timestamp: int) -> None:
    event = QMouseEvent(kind, point, Qt.LeftButton, Qt.LeftButton, Qt.NoModifier)
    event.setTimestamp(timestamp)
    QApplication.sendEvent(view.viewport(), event)


def test_text_is_selected_across_messages_and_copied(view: MessageView, qtbot: QtBot) -> None:
    """By drawing the mouse over it."""
    _drag(view, _at(view, 1, 5), _at(view, 3, 4))
    assert view.selection.rows() == range(1, 4)
    assert view.selected_entries() == []
    qtbot.keyClick(view, Qt.Key_C, Qt.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.partition(": ")[2] for line in lines] == ["words 2", "some words 3", "some"]


def test_part_of_one_message_is_selected(view: MessageView, qtbot: QtBot) -> None:
    """And is copied alone; a click elsewhere lets it go."""
    _drag(view, _at(view, 1, 5), _at(view, 1, 10))
    view.copy_selected()
    assert QGuiApplication.clipboard().text() == "words"
    qtbot.mouseClick(view.viewport(), Qt.LeftButton, pos=_at(view, 3, 2))
    assert not view.selection


def test_rows_and_text_are_not_selected_at_once(view: MessageView, qtbot: QtBot) -> None:
    """The one that came last."""
    _drag(view, _at(view, 1, 5), _at(view, 2, 3))
    beside = QPoint(450, view.visualRect(view.model().index(3, 0)).center().y())
    qtbot.mouseClick(view.viewport(), Qt.LeftButton, pos=beside)
    assert [entry.seq for entry in view.selected_entries()] == [4]
    assert not view.selection
    _drag(view, _at(view, 1, 5), _at(view, 2, 3))
    assert view.selected_entries() == []
    qtbot.keyClick(view, Qt.Key_Up, Qt.ShiftModifier)
    assert view.selected_entries()
    assert not view.selection


def test_shift_draws_it_on(view: MessageView, qtbot: QtBot) -> None:
    """From where it was begun."""
    _drag(view, _at(view, 1, 5), _at(view, 1, 8))
    qtbot.mouseClick(view.viewport(), Qt.LeftButton, Qt.ShiftModifier, _at(view, 2, 4))
    assert view.selection.span(view.model().index(1, 0)) == (5, 12)
    assert view.selection.span(view.model().index(2, 0)) == (0, 4)


def test_two_clicks_select_a_word_and_three_the_message(view: MessageView) -> None:
    """But a third one long after is a click."""
    point, soon = _at(view, 1, 7), QApplication.doubleClickInterval() // 2
    for wait, expected in ((soon, "some words 2"), (10 * soon, "")):
        _press_at(view, point, QEvent.MouseButtonDblClick, 10_000)
        assert view.selection.text() == "words"
        _press_at(view, point, QEvent.MouseButtonPress, 10_000 + wait)
        assert view.selection.text() == expected


def test_the_list_scrolls_along_at_its_edges(view: MessageView, fill: Fill) -> None:
    """As long as the pointer is beyond, and the selection with it."""
    fill(100)
    view.jump_to_bottom()
    bar = view.verticalScrollBar()
    _drag(view, _at(view, 104, 3), QPoint(50, -60), release=False)
    assert view._scroll_timer.isActive()
    before, first = bar.value(), view.selection.rows()[0]
    for _ in range(20):
        view._scroll_timer.timeout.emit()
    assert bar.value() < before - 200
    assert view.selection.rows()[0] < first
    QTest.mouseRelease(view.viewport(), Qt.LeftButton, Qt.NoModifier, QPoint(50, -60))
    assert not view._scroll_timer.isActive()


def test_it_stays_with_its_rows(
    view: MessageView, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """When others come; it goes with them."""
    _drag(view, _at(view, 1, 5), _at(view, 2, 3))
    before = view.selection.text()
    messages.apply([Inserted(LOBBY, 0, (make_entry(90),)), Inserted(LOBBY, 6, (make_entry(99),))])
    assert view.selection.text() == before
    messages.apply([Removed(LOBBY, 2, 1)])
    assert not view.selection
    last = messages.rowCount() - 1
    _drag(view, _at(view, last - 1, 5), _at(view, last, 3))
    messages.apply([Removed(LOBBY, last, 1)])
    assert not view.selection


def test_escape_lets_go_first_of_what_is_selected(view: MessageView, qtbot: QtBot) -> None:
    """And only then of the room."""
    _drag(view, _at(view, 1, 5), _at(view, 2, 3))
    with qtbot.assertNotEmitted(view.dismissed):
        qtbot.keyClick(view, Qt.Key_Escape)
    assert not view.selection
    with qtbot.waitSignal(view.dismissed):
        qtbot.keyClick(view, Qt.Key_Escape)


def test_a_link_is_a_click_and_not_the_end_of_a_selection(
    view: MessageView, qtbot: QtBot, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """Pressed and released in its place."""
    messages.apply([Inserted(LOBBY, 5, (make_entry(6, "https://example.com/ see"),))])
    point = _at(view, 5, 3)
    qtbot.mouseMove(view.viewport(), point)
    assert view.viewport().cursor().shape() == Qt.PointingHandCursor
    with qtbot.assertNotEmitted(view.link_wanted):
        _drag(view, point, _at(view, 5, 12))
        _drag(view, _at(view, 4, 2), point)
    view.clear_text_selection()
    with qtbot.waitSignal(view.link_wanted) as wanted:
        qtbot.mouseClick(view.viewport(), Qt.LeftButton, pos=point)
    assert wanted.args[0].host == "example.com"


def test_a_press_where_nothing_is_does_no_harm(qtbot: QtBot) -> None:
    """Of an empty list."""
    view = MessageView()
    qtbot.addWidget(view)
    view.setModel(MessageListModel(LOBBY, view))
    view.show()
    _drag(view, QPoint(10, 10), QPoint(50, -60))
    assert not view.selection
