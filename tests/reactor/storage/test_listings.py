"""Listings: pages of rooms and members, with what one user has not read."""

from reactor.records import (
    Direct,
    Kind,
    MemberEntry,
    NewMessage,
    ReadMark,
    Role,
    RoomEntry,
    RoomKind,
    RoomRecord,
)
from reactor.storage import Storage
from reactor.storage.listings import MAX_UNREAD_LOOKED_AT
from tests.helpers.stored import LOBBY, NOW, change, make_room, say
from wire.limits import MAX_PAGE, MAX_UNREAD


def _entry(storage: Storage, user_id: int, room_id: int = LOBBY) -> RoomEntry:
    entry = storage.rooms.entry(user_id, room_id)
    assert entry is not None
    return entry


def test_ones_own_rooms_begin_with_the_lobby(people: Storage) -> None:
    """By their numbers, in pages that go on behind the last."""
    rooms = [make_room(people, 1, f"room {n}", "private") for n in (3, 1, 2)]
    make_room(people, 2, "another's")
    whole = people.rooms.entries_of(1, 0, 10)
    assert [each.room.room_id for each in whole] == [LOBBY, *rooms]
    assert whole[0] == RoomEntry(
        RoomRecord(LOBBY, RoomKind.LOBBY, "lobby", ""), Role.MEMBER, 0, 0, 0, 0, 0
    )
    private = RoomRecord(rooms[0], RoomKind.PRIVATE, "room 3", "")
    assert whole[1] == RoomEntry(private, Role.OWNER, 1, 0, 0, 0, 0)
    pages = [people.rooms.entries_of(1, after, 2) for after in (0, rooms[0], rooms[2])]
    assert [*pages[0], *pages[1]] == whole
    assert pages[2] == []
    assert people.rooms.entries_of(1, 0, 0) == people.rooms.entries_of(1, 0, -1) == []


def test_a_direct_room_is_shown_as_the_other(people: Storage) -> None:
    """To each of the two, and to one who talks to themselves."""
    for peer in ("user2", "user1"):
        assert isinstance(people.rooms.open_direct(1, peer, NOW), Direct)

    def shown(user_id: int) -> list[tuple[str, str, int]]:
        entries = people.rooms.entries_of(user_id, LOBBY, 10)
        return [(each.room.name, each.room.topic, each.members) for each in entries]

    assert shown(1) == [("user2", "nick2", 2), ("user1", "nick1", 1)]
    assert shown(2) == [("user1", "nick1", 2)]


def test_unread_is_what_others_said_behind_the_mark(people: Storage) -> None:
    """Neither ones own messages nor changes; without a row in the lobby, all of it."""
    first = say(people, LOBBY, 1, "a")
    say(people, LOBBY, 2, "b")
    change(people, Kind.REACTED, 1, first, "x")
    say(people, LOBBY, 1, "c", mentions=("user3", "user2"))
    assert [_entry(people, user).unread for user in (1, 2, 3)] == [1, 2, 3]
    assert [_entry(people, user).mentions for user in (1, 2, 3)] == [0, 1, 1]
    people.marks.save([ReadMark(LOBBY, 3, 3), ReadMark(LOBBY, 2, 4)])
    assert [_entry(people, user).unread for user in (1, 2, 3)] == [1, 0, 1]
    assert [_entry(people, user).mentions for user in (1, 2, 3)] == [0, 0, 1]
    assert _entry(people, 3).read_seq == 3
    assert _entry(people, 3).last_seq == 4


def test_what_was_taken_back_is_not_unread(people: Storage) -> None:
    """Nor counted as a mention; what was edited still is."""
    taken_back, edited = (say(people, LOBBY, 1, text, mentions=("user2",)) for text in "ab")
    change(people, Kind.DELETED, 1, taken_back, "")
    change(people, Kind.EDITED, 1, edited, "c")
    assert (_entry(people, 2).unread, _entry(people, 2).mentions) == (1, 0)


def test_who_comes_new_has_missed_nothing(people: Storage) -> None:
    """Everything before counts as read."""
    room_id = make_room(people, 1, "cellar")
    say(people, room_id, 1, "a", mentions=("user2",))
    people.rooms.join(2, "cellar", NOW)
    say(people, room_id, 1, "b")
    entry = _entry(people, 2, room_id)
    assert (entry.read_seq, entry.unread, entry.mentions, entry.members) == (1, 1, 0, 2)


def test_unread_is_counted_up_to_a_bound(people: Storage) -> None:
    """And looked for up to another one, in a room full of changes."""
    many = [NewMessage(LOBBY, 1, "", "x", NOW)] * (MAX_UNREAD + 1)
    people.messages.append(many)
    assert _entry(people, 2).unread == MAX_UNREAD
    assert _entry(people, 1).unread == 0
    people._database.execute_sql(f"UPDATE room SET last_seq = {MAX_UNREAD_LOOKED_AT}")
    people.messages.append(many[:2])
    people.marks.save([ReadMark(LOBBY, 2, MAX_UNREAD)])
    assert _entry(people, 2).unread == 3
    people.marks.save([ReadMark(LOBBY, 3, 1)])
    assert _entry(people, 3).unread == MAX_UNREAD


def test_public_rooms_are_listed_by_name(people: Storage) -> None:
    """To everybody, with what one is in them; private and direct ones are not."""
    for name, kind in (("B", "public"), ("a", "announcement"), ("c", "private"), ("小", "public")):
        make_room(people, 1, name, kind)
    people.rooms.open_direct(1, "user2", NOW)
    people.rooms.join(2, "b", NOW)

    def listed(after: str, limit: int) -> list[tuple[str, Role | None]]:
        return [(e.room.name, e.role) for e in people.rooms.public_entries(2, after, limit)]

    assert listed("", 10) == [("a", None), ("B", Role.MEMBER), ("小", None)]
    assert listed("", 1) + listed("A", 9) == listed("", 10)
    assert listed("ｂ", 9) == [("小", None)]
    assert listed("小", 9) == []


def test_who_was_put_out_sees_nothing_of_the_room(people: Storage) -> None:
    """Neither in the public list, which would tell how much is said there, nor among their own."""
    room_id = make_room(people, 1, "cellar")
    people.rooms.join(2, "cellar", NOW)
    people.rooms.remove(1, room_id, "user2")
    say(people, room_id, 1, "x", mentions=("user2",))
    assert [each.room.room_id for each in people.rooms.entries_of(2, 0, 10)] == [LOBBY]
    assert people.rooms.public_entries(2, "", 10) == []
    (others,) = people.rooms.public_entries(3, "", 10)
    assert (others.role, others.members, others.unread, others.mentions) == (None, 1, 0, 0)


def test_members_are_listed_by_name(people: Storage) -> None:
    """In pages, without those who were put out."""
    room_id = make_room(people, 3, "cellar")
    for user_id in (1, 2, 4):
        people.rooms.join(user_id, "cellar", NOW)
    people.rooms.remove(3, room_id, "user2")
    everybody = people.rooms.members(room_id, "", 10)
    assert everybody == [
        MemberEntry("user1", "nick1", Role.MEMBER),
        MemberEntry("user3", "nick3", Role.OWNER),
        MemberEntry("user4", "nick4", Role.MEMBER),
    ]
    assert people.rooms.members(room_id, "USER1", 1) == everybody[1:2]
    assert people.rooms.members(room_id, "user4", 10) == []


def test_no_page_is_longer_than_the_bound(people: Storage) -> None:
    """Whatever is asked for."""
    with people._database.connection_context():
        for number in range(2, MAX_PAGE + 3):
            people._database.execute_sql(
                "INSERT INTO room (room_id, room_name, room_key, last_seq, created_at) "
                f"VALUES ({number}, 'r{number}', 'r{number}', 0, 0)"
            )
            people._database.execute_sql(
                "INSERT INTO member (room_id, user_id, role, joined_at, read_seq) "
                f"VALUES ({number}, 1, 'member', 0, 0)"
            )
    assert len(people.rooms.entries_of(1, 0, 10**9)) == MAX_PAGE
    assert len(people.rooms.public_entries(1, "", 10**9)) == MAX_PAGE


def test_there_is_no_entry_of_no_room(people: Storage) -> None:
    """Rather than an empty one."""
    assert people.rooms.entry(1, 99) is None
