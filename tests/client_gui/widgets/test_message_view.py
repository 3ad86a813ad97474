"""The list of messages: where it stands, what it lays out, what one can do with it."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from PyQt5.QtCore import QPoint, QPointF, Qt
from PyQt5.QtGui import QColor, QContextMenuEvent, QGuiApplication
from PyQt5.QtWidgets import QAbstractItemView, QMenu
from pytestqt.qtbot import QtBot

from client_gui.changes import Delivery, Inserted, Removed, Updated
from client_gui.models.message_list import MessageListModel
from client_gui.rooms import LOBBY
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


def test_what_is_selected_is_copied(qtbot: QtBot, view: MessageView, fill: Fill) -> None:
    """By mouse, with Shift, and Ctrl+C."""
    fill(5)
    middles = [view.visualRect(view.model().index(row, 0)).center() for row in range(5)]
    qtbot.mouseClick(view.viewport(), Qt.LeftButton, pos=middles[1])
    qtbot.mouseClick(view.viewport(), Qt.LeftButton, Qt.ShiftModifier, pos=middles[3])
    assert [entry.seq for entry in view.selected_entries()] == [2, 3, 4]
    qtbot.keyClick(view, Qt.Key_C, Qt.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert [line[-len("message 2") :] for line in copied.split("\n")] == [
        "message 2",
        "message 3",
        "message 4",
    ]


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


def _refused(make_entry: MakeEntry, reason: str) -> Inserted:
    entry = make_entry(1, own=True, delivery=Delivery.REFUSED, reason=reason)
    return Inserted(LOBBY, 0, (entry,))


def _bubble_middle(view: MessageView) -> QPoint:
    index = view.model().index(0, 0)
    bubble = view.itemDelegate().bubble(view.option(0), index)
    return bubble.bubble_rect(QPointF(view.visualRect(index).topLeft())).center().toPoint()


def test_a_click_on_a_message_not_sent_sends_it_again(
    qtbot: QtBot, view: MessageView, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """On its bubble, not beside it."""
    messages.apply([_refused(make_entry, "busy")])
    with qtbot.assertNotEmitted(view.retry_wanted):
        qtbot.mouseClick(view.viewport(), Qt.LeftButton, pos=QPoint(5, _bubble_middle(view).y()))
    with qtbot.waitSignal(view.retry_wanted) as wanted:
        qtbot.mouseClick(view.viewport(), Qt.LeftButton, pos=_bubble_middle(view))
    assert wanted.args == ["lobby#1"]


def test_a_click_on_one_that_can_never_be_sent_does_nothing(
    qtbot: QtBot, view: MessageView, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """It would be refused again."""
    messages.apply([_refused(make_entry, "too-long")])
    with qtbot.assertNotEmitted(view.retry_wanted):
        qtbot.mouseClick(view.viewport(), Qt.LeftButton, pos=_bubble_middle(view))


def test_selecting_over_one_that_was_not_sent_does_not_send_it(
    qtbot: QtBot, view: MessageView, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """Only what is pressed and released there is a click on it."""
    messages.apply([_refused(make_entry, "error"), Inserted(LOBBY, 1, (make_entry(2),))])
    below = view.visualRect(messages.index(1, 0)).center()
    with qtbot.assertNotEmitted(view.retry_wanted):
        qtbot.mousePress(view.viewport(), Qt.LeftButton, pos=below)
        qtbot.mouseRelease(view.viewport(), Qt.LeftButton, pos=_bubble_middle(view))


def test_the_keyboard_sends_again_and_opens_the_menu(
    qtbot: QtBot, view: MessageView, messages: MessageListModel, make_entry: MakeEntry, fill: Fill
) -> None:
    """Of the message one is at, wherever the pointer is."""
    messages.apply([_refused(make_entry, "error")])
    view.setCurrentIndex(messages.index(0))
    with qtbot.waitSignal(view.retry_wanted):
        qtbot.keyClick(view, Qt.Key_Return)
    nowhere = QPoint(5, view.viewport().height() - 5)
    view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Keyboard, nowhere))
    menu = view.findChild(QMenu)
    assert "Try again" in [action.text() for action in menu.actions()]
    menu.close()


def test_an_empty_room_says_what_will_be_there(view: MessageView, fill: Fill) -> None:
    """By the pixels of the window; the words make room for the first message."""

    def colours_in_the_middle() -> int:
        image = view.viewport().grab().toImage()
        middle = image.height() // 2
        area = ((x, y) for x in range(image.width()) for y in range(middle - 8, middle + 8))
        return len({image.pixel(x, y) for x, y in area})

    assert colours_in_the_middle() > 1
    fill(1)
    assert colours_in_the_middle() == 1


@pytest.mark.parametrize(
    ("reason", "choices"),
    [("busy", ["Copy", "Try again", "Remove"]), ("too-long", ["Copy", "Remove"])],
)
def test_the_menu_offers_what_can_be_done(
    qtbot: QtBot,
    view: MessageView,
    messages: MessageListModel,
    make_entry: MakeEntry,
    reason: str,
    choices: list[str],
) -> None:
    """And what is chosen is wanted."""
    messages.apply([_refused(make_entry, reason)])
    menu = _opened_menu(view)
    actions = {action.text(): action for action in menu.actions()}
    assert list(actions) == choices
    with qtbot.waitSignal(view.discard_wanted) as wanted:
        actions["Remove"].trigger()
    assert wanted.args == ["lobby#1"]
    actions["Copy"].trigger()
    assert QGuiApplication.clipboard().text() == "hello"
    menu.close()


def _opened_menu(view: MessageView) -> QMenu:
    middle = _bubble_middle(view)
    event = QContextMenuEvent(QContextMenuEvent.Mouse, middle, view.viewport().mapToGlobal(middle))
    view.contextMenuEvent(event)
    return view.findChild(QMenu)


def test_bubbles_are_really_painted_on_their_sides(
    view: MessageView, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """By the pixels of the window."""
    messages.apply([Inserted(LOBBY, 0, (make_entry(1), make_entry(2, own=True)))])
    image = view.viewport().grab().toImage()
    base = QColor(view.palette().base().color())
    sides = []
    for row in (0, 1):
        bottom = view.visualRect(view.model().index(row, 0)).bottom() - 8
        sides.append([image.pixelColor(x, bottom) != base for x in (20, image.width() - 20)])
    assert sides == [[True, False], [False, True]]


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
