"""The left side of the window."""

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QContextMenuEvent
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client_gui.items import RoomItem
from client_gui.models.room_list import ROOM_ROLE, RoomListModel
from client_gui.widgets.room_menu import RoomMenu
from client_gui.widgets.rooms_pane import RoomsPane

ROOMS = (
    RoomItem("lobby", "lobby", "lobby"),
    RoomItem("#1", "direct", "user2", "Grace"),
    RoomItem("#2", "public", "Chess", role="owner"),
)


@pytest.fixture
def pane(qtbot: QtBot) -> RoomsPane:
    """Three rooms, the lobby in sight."""
    model = RoomListModel()
    model.set_rooms(ROOMS)
    pane = RoomsPane(model)
    model.setParent(pane)
    qtbot.addWidget(pane)
    pane.set_current("lobby")
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def _marked(pane: RoomsPane) -> str:
    return pane.view.currentIndex().data(ROOM_ROLE).room


def _middle(pane: RoomsPane, row: int) -> QPoint:
    return pane.view.visualRect(pane.view.model().index(row, 0)).center()


def test_a_click_wants_a_room(qtbot: QtBot, pane: RoomsPane) -> None:
    """Only the left button's."""
    with qtbot.waitSignal(pane.room_wanted) as wanted:
        qtbot.mouseClick(pane.view.viewport(), Qt.LeftButton, pos=_middle(pane, 2))
    assert wanted.args == ["#2"]


@pytest.mark.parametrize(
    ("current", "by", "wanted"),
    [
        ("lobby", 1, ["#1"]),
        ("#2", -1, ["#1"]),
        ("#2", 1, []),
        ("lobby", -1, []),
        ("#9", 1, ["lobby"]),
    ],
)
def test_one_can_step_from_room_to_room(
    pane: RoomsPane, current: str, by: int, wanted: list[str]
) -> None:
    """The ends are ends."""
    told: list[str] = []
    pane.room_wanted.connect(told.append)
    pane.set_current(current)
    pane.step(by)
    assert told == wanted


def test_the_room_in_sight_stays_marked(pane: RoomsPane) -> None:
    """In whatever order they come."""
    pane.set_current("#1")
    pane.view.model().set_rooms((ROOMS[0], ROOMS[2], ROOMS[1]))
    assert _marked(pane) == "#1"


def test_the_keys_of_the_list(qtbot: QtBot, pane: RoomsPane) -> None:
    """Enter opens, Escape leaves."""
    qtbot.keyClick(pane.view, Qt.Key_Down)
    with qtbot.waitSignal(pane.room_wanted) as wanted:
        qtbot.keyClick(pane.view, Qt.Key_Return)
    assert wanted.args == ["#1"]
    with qtbot.waitSignal(pane.left):
        qtbot.keyClick(pane.view, Qt.Key_Escape)


def _ask_for_menu(pane: RoomsPane, reason: int, point: QPoint) -> RoomMenu:
    event = QContextMenuEvent(reason, point, pane.view.viewport().mapToGlobal(point))
    QApplication.sendEvent(pane.view.viewport(), event)
    return pane.findChildren(RoomMenu)[-1]


def test_the_menu_is_that_of_the_room(qtbot: QtBot, pane: RoomsPane) -> None:
    """Of the one under the pointer, or by key of the chosen one; beside the rows there is none."""
    menu = _ask_for_menu(pane, QContextMenuEvent.Mouse, _middle(pane, 2))
    leave = next(action for action in menu.actions() if action.text() == "&Leave")
    with qtbot.waitSignal(pane.leave_wanted) as wanted:
        leave.trigger()
    assert wanted.args == ["#2"]
    menu.close()
    menu = _ask_for_menu(pane, QContextMenuEvent.Keyboard, _middle(pane, 2))
    with qtbot.waitSignal(pane.pin_wanted) as wanted:
        next(action for action in menu.actions() if action.text() == "&Pin").trigger()
    assert wanted.args == ["lobby", True]
    menu.close()
    before = len(pane.findChildren(RoomMenu))
    point = pane.view.viewport().rect().bottomLeft()
    assert _ask_for_menu(pane, QContextMenuEvent.Mouse, point) in (None, menu)
    assert len(pane.findChildren(RoomMenu)) == before


def test_whoever_goes_through_the_list_is_not_brought_back(qtbot: QtBot, pane: RoomsPane) -> None:
    """By what is said meanwhile; but by leaving it."""
    pane.view.setCurrentIndex(pane.view.model().index(2, 0))
    pane.view.model().set_rooms((ROOMS[1], ROOMS[0], ROOMS[2]))
    pane.set_current("lobby")
    assert _marked(pane) == "#2"
    qtbot.keyClick(pane.view, Qt.Key_Escape)
    assert _marked(pane) == "lobby"


UNREAD = (
    RoomItem("lobby", "lobby", "lobby", unread=1),
    RoomItem("#1", "direct", "user2", "Grace", unread=3, muted=True),
    RoomItem("#2", "public", "Chess"),
    RoomItem("#3", "public", "Tea", unread=3, mentions=1, muted=True),
    RoomItem("#4", "public", "News"),
)


@pytest.mark.parametrize(
    ("current", "by", "wanted"),
    [
        ("lobby", 1, ["#3"]),
        ("#3", 1, ["lobby"]),
        ("#4", -1, ["#3"]),
        ("#2", -1, ["lobby"]),
        ("#9", 1, ["lobby"]),
        ("#9", -1, ["#3"]),
        ("#1", 1, ["#3"]),
    ],
)
def test_one_can_step_to_what_is_unread(
    pane: RoomsPane, current: str, by: int, wanted: list[str]
) -> None:
    """Around the ends; a muted room must name one."""
    told: list[str] = []
    pane.room_wanted.connect(told.append)
    pane.view.model().set_rooms(UNREAD)
    pane.set_current(current)
    pane.step_unread(by)
    assert told == wanted


def test_when_all_is_read_there_is_no_step(qtbot: QtBot, pane: RoomsPane) -> None:
    """Also in an empty list."""
    with qtbot.assertNotEmitted(pane.room_wanted):
        pane.step_unread(1)
        pane.view.model().set_rooms(())
        pane.step_unread(1)
        pane.go_to(1)
        pane.toggle_pin()


def test_a_number_leads_to_a_room(pane: RoomsPane) -> None:
    """If there is one there."""
    told: list[str] = []
    pane.room_wanted.connect(told.append)
    pane.go_to(2)
    pane.go_to(9)
    assert told == ["#1"]


def test_the_chosen_room_is_pinned_muted_and_read(qtbot: QtBot, pane: RoomsPane) -> None:
    """Or no longer."""
    pane.view.model().set_rooms((RoomItem("lobby", "lobby", "x", pinned=True, last_seq=9),))
    told: list[tuple] = []
    for signal in (pane.pin_wanted, pane.mute_wanted, pane.read_wanted):
        signal.connect(lambda *args: told.append(args))
    pane.toggle_pin()
    pane.toggle_mute()
    pane.mark_read()
    assert told == [("lobby", False), ("lobby", True), ("lobby", 9)]
