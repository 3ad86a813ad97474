"""The left side of the window."""

from dataclasses import replace

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from client_gui.items import RoomItem
from client_gui.models.room_list import ROOM_ROLE, RoomListModel
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


@pytest.mark.parametrize(
    ("unread", "current", "by", "wanted"),
    [
        (("#1", "#2"), "lobby", 1, ["#1"]),
        (("#1", "#2"), "lobby", -1, ["#2"]),
        (("#1",), "#2", 1, ["#1"]),
        (("lobby",), "#1", 1, ["lobby"]),
        (("#1",), "#1", 1, []),
        ((), "#1", -1, []),
    ],
)
def test_one_can_step_to_what_is_unread(
    pane: RoomsPane, unread: tuple, current: str, by: int, wanted: list[str]
) -> None:
    """Around the ends; nothing where nothing is, in another room than the one in sight."""
    told: list[str] = []
    pane.view.model().set_rooms(tuple(replace(r, unread=2 * (r.room in unread)) for r in ROOMS))
    pane.room_wanted.connect(told.append)
    pane.set_current(current)
    pane.step_unread(by)
    assert told == wanted


def test_the_room_in_sight_stays_marked(pane: RoomsPane) -> None:
    """In whatever order they come."""
    pane.set_current("#1")
    pane.view.model().set_rooms((ROOMS[0], ROOMS[2], ROOMS[1]))
    assert _marked(pane) == "#1"


def test_typing_finds_a_room(qtbot: QtBot, pane: RoomsPane) -> None:
    """Enter opens it, and the list is whole again."""
    pane.find()
    qtbot.keyClicks(pane.filter, "che")
    assert _marked(pane) == "#2"
    with qtbot.waitSignal(pane.room_wanted) as wanted:
        qtbot.keyClick(pane.filter, Qt.Key_Return)
    assert wanted.args == ["#2"]
    assert pane.filter.text() == ""
    assert pane.view.model().rowCount() == 3


def test_the_keys_of_the_list(qtbot: QtBot, pane: RoomsPane) -> None:
    """Down leads there, Enter opens, Escape leaves."""
    qtbot.keyClick(pane.filter, Qt.Key_Down)
    qtbot.keyClick(pane.view, Qt.Key_Down)
    with qtbot.waitSignal(pane.room_wanted) as wanted:
        qtbot.keyClick(pane.view, Qt.Key_Return)
    assert wanted.args == ["#1"]
    pane.filter.setText("x")
    with qtbot.waitSignal(pane.left):
        qtbot.keyClick(pane.filter, Qt.Key_Escape)
    assert pane.filter.text() == ""


def test_the_menu_is_that_of_the_room(qtbot: QtBot, pane: RoomsPane) -> None:
    """Where there is something to choose."""
    pane.view.customContextMenuRequested.emit(_middle(pane, 2))
    menu = pane.findChild(QMenu)
    leave = next(action for action in menu.actions() if action.text() == "&Leave")
    with qtbot.waitSignal(pane.leave_wanted) as wanted:
        leave.trigger()
    assert wanted.args == ["#2"]
    menu.close()
    pane.view.customContextMenuRequested.emit(_middle(pane, 0))
    assert not any(menu.isVisible() for menu in pane.findChildren(QMenu))
