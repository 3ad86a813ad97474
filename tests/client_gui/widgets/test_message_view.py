"""The messages of a room: what is painted, and what one can do with it."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from PyQt5.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PyQt5.QtGui import QColor, QContextMenuEvent, QGuiApplication, QHelpEvent
from PyQt5.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from client_gui.changes import Inserted
from client_gui.items import Delivery, Quote, Reaction
from client_gui.models.message_list import MessageListModel
from client_gui.state.rooms import LOBBY
from client_gui.widgets.message_view import MessageView
from client_gui.widgets.reaction_palette import SIGNS, ReactionPalette
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
    assert "&Try again" in [action.text() for action in menu.actions()]
    menu.close()


@pytest.mark.parametrize(
    ("reason", "choices"),
    [("busy", ["Edit", "Copy", "Try again", "Remove"]), ("too-long", ["Edit", "Copy", "Remove"])],
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
    actions = {action.text().replace("&", ""): action for action in menu.actions()}
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


THUMB = Reaction("👍", 2, True, ("<b>Ann</b>", "Bob"))


def _answer(make_entry: MakeEntry) -> Inserted:
    entry = make_entry(7, "yes", reply=Quote(1, "Ann", "question"), reactions=(THUMB,))
    return Inserted(LOBBY, 0, (entry,))


def _bubble(view: MessageView) -> QRect:
    index = view.model().index(0, 0)
    return view.itemDelegate().bubble_rect(view.option(0), index).toRect()


def test_a_click_on_a_quote_leads_there(
    qtbot: QtBot, view: MessageView, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """And the pointer says so."""
    messages.apply([_answer(make_entry)])
    quote = _bubble(view).topLeft() + QPoint(25, 15)
    qtbot.mouseMove(view.viewport(), quote)
    assert view.viewport().cursor().shape() == Qt.PointingHandCursor
    with qtbot.waitSignal(view.quote_wanted) as wanted:
        qtbot.mouseClick(view.viewport(), Qt.LeftButton, pos=quote)
    assert wanted.args == [messages.entry(0)]


def test_a_click_on_a_reaction_joins_in_or_steps_back(
    qtbot: QtBot, view: MessageView, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """Ours was there."""
    messages.apply([_answer(make_entry)])
    chip = _bubble(view).bottomLeft() + QPoint(15, 15)
    with qtbot.waitSignal(view.react_wanted) as wanted:
        qtbot.mouseClick(view.viewport(), Qt.LeftButton, pos=chip)
    assert wanted.args == [messages.entry(0), "👍", False]


def test_a_reaction_says_who_put_it(
    view: MessageView, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """As plain text."""
    messages.apply([_answer(make_entry)])
    chip = _bubble(view).bottomLeft() + QPoint(15, 15)
    with patch.object(QToolTip, "showText") as shown:
        for point in (chip, QPoint(5, 5)):
            event = QHelpEvent(QEvent.ToolTip, point, view.viewport().mapToGlobal(point))
            QApplication.sendEvent(view.viewport(), event)
    told = [call.args[1] for call in shown.call_args_list]
    assert "&lt;b&gt;Ann&lt;/b&gt;" in told[0]
    assert told[1] == ""


def test_one_can_react_from_the_menu(
    qtbot: QtBot, view: MessageView, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """By a small window of its own."""
    messages.apply([_answer(make_entry)])
    menu = _opened_menu(view)
    next(action for action in menu.actions() if "act" in action.text()).trigger()
    menu.close()
    palette = view.findChild(ReactionPalette)
    with qtbot.waitSignal(view.react_wanted) as wanted:
        qtbot.mouseClick(palette.buttons[1], Qt.LeftButton)
    assert wanted.args == [messages.entry(0), SIGNS[1], True]


def test_a_row_that_was_looked_for_is_in_the_middle(view: MessageView, fill: Fill) -> None:
    """And marked, wherever it is."""
    fill(2_000, "words " * 30)
    for row in (5, 1_000, 1_995):
        view.show_row(row)
        rect = view.visualRect(view.model().index(row, 0))
        assert view.viewport().rect().contains(rect)
        assert view.currentIndex().row() == row
