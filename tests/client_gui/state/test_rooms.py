"""The list of rooms, and what is unread in them."""

import pytest

from client_gui.items import RoomItem
from client_gui.log.rows import LATEST_TIME, MAX_SEQ
from client_gui.state import rooms as rooms_module
from client_gui.state.rooms import LOBBY, MAX_RECENT, Rooms, is_reference
from wire.limits import MAX_TEXT, MAX_UNREAD
from wire.messages import Change, ChatMessage, MarkRead, RoomInfo


def _info(room: str = "#1", **fields: object) -> RoomInfo:
    usual = {"kind": "public", "name": "general", "role": "member"}
    return RoomInfo(room, **(usual | fields))


def _say(
    rooms: Rooms, seq: int, *, own: bool = False, names_us: bool = False, time: int = 5
) -> None:
    rooms.said(ChatMessage("n", "text", "u", "#1", seq, time), own, names_us)


def _counts(rooms: Rooms) -> tuple[int, int]:
    item = rooms.find("#1")
    return item.unread, item.mentions


@pytest.fixture
def rooms() -> Rooms:
    """One room, with three messages that were not read of the ten that it has."""
    rooms = Rooms()
    rooms.info(_info(last_seq=10, read_seq=7, unread=3, mentions=1))
    return rooms


def test_references() -> None:
    """And what is none."""
    assert all(is_reference(text) for text in ("lobby", "#1", "#" + "9" * 18))
    assert not any(is_reference(text) for text in ("", "#", "#x", "1", "@ann", "lobby ", "#1\n"))


def test_the_lobby_is_always_there() -> None:
    """Whatever the server has said."""
    (told,) = Rooms().changed()
    assert [item.room for item in told.rooms] == [LOBBY]


def test_what_comes_behind_the_servers_count_is_counted_along(rooms: Rooms) -> None:
    """What was counted, what is ours and what was taken back is not."""
    for seq in (9, 10):
        _say(rooms, seq)
    assert _counts(rooms) == (3, 1)
    _say(rooms, 11)
    _say(rooms, 11)
    _say(rooms, 12, own=True)
    _say(rooms, 13, names_us=True)
    rooms.said(ChatMessage("n", "", "u", "#1", 14, 5), own=False, names_us=False)
    assert _counts(rooms) == (5, 2)
    assert rooms.find("#1").last_seq == 14


def test_what_is_taken_back_is_not_unread_any_more(rooms: Rooms) -> None:
    """If it was counted here, once; what the server counted is not known one by one."""

    def take_back(seq: int, target: int) -> tuple[int, int]:
        rooms.has_changed(Change("n", "", "u", "#1", seq, 5, "deleted", target))
        return _counts(rooms)

    _say(rooms, 11, names_us=True)
    _say(rooms, 12)
    _say(rooms, 13, own=True)
    assert _counts(rooms) == (5, 2)
    assert take_back(14, 11) == (4, 1)
    assert [take_back(seq, target) for seq, target in ((15, 11), (16, 13), (17, 8))] == [(4, 1)] * 3
    rooms.info(_info(last_seq=10, read_seq=7, unread=3, mentions=1))
    assert _counts(rooms) == (4, 1)
    rooms.read("#1", 12, None, told=False)
    before = _counts(rooms)
    assert take_back(18, 12) == before


def test_that_or_more_is_that_or_more_without_one(rooms: Rooms) -> None:
    """What is beyond the bound is not counted, so it stays as it is."""
    for seq in range(11, 11 + MAX_UNREAD):
        _say(rooms, seq, names_us=True)
    last = 10 + MAX_UNREAD
    rooms.has_changed(Change("n", "", "u", "#1", last + 1, 5, "deleted", last))
    assert _counts(rooms) == (MAX_UNREAD, MAX_UNREAD)


def test_a_count_that_was_overtaken_is_corrected(rooms: Rooms) -> None:
    """The listing was read before 11 was said, and came behind it."""
    _say(rooms, 11, names_us=True)
    rooms.info(_info(last_seq=10, read_seq=7, unread=3, mentions=1))
    assert _counts(rooms) == (4, 2)
    rooms.info(_info(last_seq=11, read_seq=7, unread=4, mentions=2))
    assert _counts(rooms) == (4, 2)
    for seq in range(12, 2 * MAX_RECENT):
        _say(rooms, seq)
    rooms.info(_info(last_seq=11, read_seq=7, unread=4))
    assert _counts(rooms)[0] == 4 + MAX_RECENT


def test_reading_clears_the_counts(rooms: Rooms) -> None:
    """As far as it goes; and a lower number than before changes nothing."""
    rooms.read("#1", 8, (2, 1), told=False)
    assert _counts(rooms) == (2, 1)
    rooms.read("#1", 7, (3, 1), told=False)
    assert _counts(rooms) == (2, 1)
    rooms.read("#1", 9, None, told=True)
    assert _counts(rooms) == (1, 1)
    rooms.read("#1", 10, None, told=True)
    assert _counts(rooms) == (0, 0)
    rooms.read("#9", 1, None, told=True)
    rooms.read("#1", MAX_SEQ + 1, None, told=True)
    assert rooms.find("#1").read_seq == 10


def test_the_server_is_told_once_what_was_read(rooms: Rooms) -> None:
    """The highest; not what it knows; and again when it has forgotten it."""
    rooms.read("#1", 8, None, told=False)
    rooms.read("#1", 9, None, told=False)
    assert rooms.unsent_marks() == [MarkRead("#1", 9)]
    assert rooms.unsent_marks() == []
    rooms.read("#1", 10, None, told=True)
    assert rooms.unsent_marks() == []
    rooms.info(_info(last_seq=10, read_seq=7, unread=3))
    assert rooms.unsent_marks() == [MarkRead("#1", 10)]
    assert _counts(rooms) == (0, 0)


def test_topic_and_name_change_with_newer_numbers_only(rooms: Rooms) -> None:
    """What the server told last is newer than what history brings."""
    for seq in (9, 11):
        rooms.has_changed(Change("n", f"topic {seq}", "u", "#1", seq, 5, "topic"))
    rooms.has_changed(Change("n", "another", "u", "#1", 12, 5, "renamed"))
    rooms.has_changed(Change("n", "x", "u", "#2", 12, 5, "renamed"))
    item = rooms.find("#1")
    assert (item.topic, item.name, item.unread) == ("topic 11", "another", 3)


def test_rooms_are_in_the_order_of_what_was_said_last() -> None:
    """The lobby is the first; history says when, too."""
    rooms = Rooms()
    for room in ("#1", "#2", "#3"):
        rooms.info(_info(room, name=f"room {room}", last_seq=9))
    for room, time in (("#2", 5), ("#3", 9), ("#1", LATEST_TIME + 1)):
        rooms.said(ChatMessage("n", "x", "u", room, 3, time), own=False, names_us=False)
    assert rooms.latest() == [LOBBY, "#3", "#2", "#1"]


def test_pinned_rooms_stand_first_and_stay_there(rooms: Rooms) -> None:
    """By name, whatever is said; then the lobby, then the latest. A room that is not is none."""
    for room, name in (("#2", "beta"), ("#3", "alpha"), ("#4", "gamma")):
        rooms.info(_info(room, name=name))
        rooms.pin(room, on=room != "#4")
    rooms.pin("#9", on=True)
    _say(rooms, 11, time=9)
    assert rooms.latest() == ["#3", "#2", LOBBY, "#1", "#4"]
    rooms.said(ChatMessage("n", "text", "u", "#2", 1, 99), own=False, names_us=False)
    assert rooms.latest() == ["#3", "#2", LOBBY, "#1", "#4"]
    rooms.pin(LOBBY, on=True)
    rooms.pin("#3", on=False)
    assert rooms.latest() == [LOBBY, "#2", "#1", "#3", "#4"]


def test_what_is_pinned_or_muted_stays_so(rooms: Rooms) -> None:
    """Whatever the server tells of the room; it is told and kept once for each change."""
    rooms.pin("#1", on=True)
    rooms.mute("#1", on=True)
    rooms.info(_info(name="renamed"))
    item = rooms.find("#1")
    assert (item.name, item.pinned, item.muted) == ("renamed", True, True)
    assert len(rooms.changed()) == 1
    assert item in rooms.take_unsaved()[0]
    rooms.mute("#1", on=True)
    rooms.pin("#1", on=True)
    assert (rooms.changed(), rooms.take_unsaved()[0]) == ([], [])
    rooms.mute("#1", on=False)
    assert not rooms.find("#1").muted


def test_direct_rooms_are_found_by_name(rooms: Rooms) -> None:
    """Any that looks like it."""
    rooms.info(_info("#2", kind="direct", name="Ann", topic="Annie"))
    assert rooms.find_direct("ａｎｎ") == "#2"
    assert rooms.find_direct("general") == ""


def test_drafts_are_kept_until_they_are_empty(rooms: Rooms) -> None:
    """The list shows that there is one, and is told once."""
    rooms.changed()
    rooms.set_draft("#1", "x" * (MAX_TEXT + 1))
    assert len(rooms.draft("#1")) == MAX_TEXT
    assert rooms.changed()[0].rooms[1].has_draft
    rooms.set_draft("#1", "")
    assert rooms.take_unsaved()[2] == {"#1": ""}
    assert not rooms.changed()[0].rooms[1].has_draft
    rooms.set_draft("#9", "no such room")
    assert rooms.changed() == []


def test_a_room_that_is_gone_leaves_nothing(rooms: Rooms) -> None:
    """And the disk is told so."""
    rooms.set_draft("#1", "x")
    rooms.read("#1", 9, None, told=False)
    rooms.gone("#1")
    rooms.gone("#1")
    assert "#1" not in rooms
    assert rooms.unsent_marks() == []
    items, gone, drafts = rooms.take_unsaved()
    assert ([item.room for item in items], gone, drafts) == ([LOBBY], ["#1"], {"#1": ""})


def test_a_hostile_server_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rooms without end, and numbers that Qt could not carry."""
    monkeypatch.setattr(rooms_module, "MAX_ROOMS", 3)
    rooms = Rooms()
    huge = 10**18 - 1
    for n in range(9):
        rooms.info(_info(f"#{n}", members=huge, last_seq=huge, unread=huge, mentions=huge))
    assert len(rooms.latest()) == 3
    item = rooms.find("#1")
    assert item.last_seq == MAX_SEQ
    assert item.unread == item.mentions == MAX_UNREAD
    assert item.members < 2**31
    _say(rooms, huge)
    rooms.read("#1", huge, None, told=True)
    rooms.members("#1", -huge)
    assert rooms.find("#1").members == 0


def test_another_database_has_other_numbers(rooms: Rooms) -> None:
    """They are forgotten, and not told."""
    rooms.read("#1", 9, None, told=False)
    rooms.forget_numbers()
    item = rooms.find("#1")
    assert (item.last_seq, item.read_seq, item.unread) == (0, 0, 0)
    assert rooms.unsent_marks() == []


def test_rooms_go_on_from_what_is_on_disk() -> None:
    """Drafts too."""
    rooms = Rooms()
    rooms.load([RoomItem("#1", "public", "general", last_seq=5)], {"#1": "draft"})
    assert rooms.draft("#1") == "draft"
    _say(rooms, 5)
    assert _counts(rooms) == (0, 0)
