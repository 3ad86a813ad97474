"""The rooms, as rows."""

from dataclasses import replace

import pytest
from PyQt5.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from client_gui.items import RoomItem
from client_gui.models.room_list import ONLINE_ROLE, ROOM_ROLE, RoomListModel, counted, room_title
from wire.limits import MAX_UNREAD

LOBBY = RoomItem("lobby", "lobby", "lobby")
GRACE = RoomItem("#1", "direct", "user2", "Grace 陈", unread=2, mentions=1)
PLANS = RoomItem("#2", "private", "期末项目", "<b>Plans</b> & more", has_draft=True)
ME = RoomItem("#3", "direct", "user1", "Ann")


@pytest.fixture
def rooms(qapp: object) -> RoomListModel:
    """Four rooms of user1."""
    rooms = RoomListModel()
    rooms.me = "user1"
    rooms.set_rooms((LOBBY, GRACE, PLANS, ME))
    return rooms


def _shown(rooms: RoomListModel) -> list[str]:
    return [rooms.index(row).data(ROOM_ROLE).room for row in range(rooms.rowCount())]


def _plain(words: str) -> str:
    return words.replace("\u2068", "").replace("\u2069", "")


def test_it_is_a_proper_model(rooms: RoomListModel, qtmodeltester: ModelTester) -> None:
    """By Qt's own tests."""
    qtmodeltester.check(rooms)


def test_rooms_have_names_for_people(rooms: RoomListModel) -> None:
    """A direct one that of the other, with oneself it says so; any other is isolated."""
    names = [_plain(rooms.index(row).data()) for row in range(4)]
    assert names == ["Lobby", "Grace 陈", "期末项目", "Ann (you)"]
    assert rooms.index(1).data().startswith("\u2068")
    assert room_title(RoomItem("#9", "public", "\u202eabc\n")) == "abc"
    assert _plain(rooms.title("#3")) == "Ann (you)"
    assert rooms.title("#99") == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["lobby", "#1", "#2", "#3"]),
        ("GRACE", ["#1"]),
        ("user2", ["#1"]),
        ("项", ["#2"]),
        ("qmxm", ["#2"]),
        ("ｌｏｂ", ["lobby"]),
        ("nowhere", []),
    ],
)
def test_a_filter_finds_names_in_any_writing(
    rooms: RoomListModel, text: str, found: list[str]
) -> None:
    """User names too."""
    rooms.set_filter(text)
    assert _shown(rooms) == found
    assert rooms.item("#2") == PLANS


def test_the_same_rooms_are_not_begun_anew(qtbot: QtBot, rooms: RoomListModel) -> None:
    """So that nothing jumps when a number changes; others are another list."""
    read = RoomItem("#1", "direct", "user2", "Grace 陈")
    with qtbot.assertNotEmitted(rooms.modelReset), qtbot.waitSignal(rooms.dataChanged):
        rooms.set_rooms((LOBBY, read, PLANS, ME))
    with qtbot.waitSignal(rooms.modelReset):
        rooms.set_rooms((LOBBY, PLANS, ME))
    assert rooms.row_of("#1") is None


def test_another_order_takes_a_view_along(qtbot: QtBot, rooms: RoomListModel) -> None:
    """What it has marked stays marked, and it does not scroll."""
    marked = QPersistentModelIndex(rooms.index(1))
    with qtbot.assertNotEmitted(rooms.modelReset), qtbot.waitSignal(rooms.layoutChanged):
        rooms.set_rooms((ME, PLANS, LOBBY, GRACE))
    assert (marked.row(), marked.data(ROOM_ROLE)) == (3, GRACE)
    assert _shown(rooms) == ["#3", "#2", "lobby", "#1"]
    assert rooms.row_of("#1") == 3


def test_only_what_has_changed_is_painted_anew(qtbot: QtBot, rooms: RoomListModel) -> None:
    """A thousand rooms are not, for each message."""
    with qtbot.assertNotEmitted(rooms.dataChanged):
        rooms.set_rooms((LOBBY, GRACE, PLANS, ME))
    with qtbot.waitSignal(rooms.dataChanged) as changed:
        rooms.set_rooms((LOBBY, GRACE, replace(PLANS, unread=1), ME))
    assert [index.row() for index in changed.args[:2]] == [2, 2]


def test_who_is_online_is_marked_where_it_means_something(rooms: RoomListModel) -> None:
    """And not when nobody knows."""
    assert rooms.index(1).data(ONLINE_ROLE) is None
    rooms.set_online(frozenset(["user2"]))
    assert [rooms.index(row).data(ONLINE_ROLE) for row in range(4)] == [None, True, None, False]


def test_a_screen_reader_hears_what_is_painted(rooms: RoomListModel) -> None:
    """Badges, draft and the online mark."""
    rooms.set_online(frozenset(["user2"]))
    spoken = [_plain(rooms.index(row).data(Qt.AccessibleTextRole)) for row in range(3)]
    assert spoken == ["Lobby", "Grace 陈, online, unread: 2, names you: 1", "期末项目, draft"]
    rooms.set_rooms((replace(LOBBY, pinned=True, muted=True), GRACE, PLANS, ME))
    assert _plain(rooms.index(0).data(Qt.AccessibleTextRole)) == "Lobby, pinned, muted"


def test_a_tooltip_is_never_html(rooms: RoomListModel) -> None:
    """Whatever a topic looks like."""
    assert "&lt;b&gt;Plans&lt;/b&gt; &amp; more" in rooms.index(2).data(Qt.ToolTipRole)


def test_large_numbers_are_not_counted_out() -> None:
    """A badge has little room."""
    assert counted(MAX_UNREAD - 1).startswith(str(MAX_UNREAD - 1))
    assert counted(MAX_UNREAD) == f"{MAX_UNREAD - 1}+"
