"""Read marks go forward, and tell who has read what."""

from reactor.records import ReaderEntry, ReadMark
from reactor.storage import Storage
from tests.helpers.stored import LOBBY, NOW, add_users, make_room, refusal, say
from wire.limits import MAX_READERS


def _read_seq(storage: Storage, user_id: int, room_id: int) -> int:
    entry = storage.rooms.entry(user_id, room_id)
    assert entry is not None
    return entry.read_seq


def test_a_mark_goes_forward_only(people: Storage) -> None:
    """And never beyond what there is."""
    room_id = make_room(people, 1, "cellar")
    for _ in range(5):
        say(people, room_id, 1, "x")
    for seq, expected in ((3, 3), (2, 3), (3, 3), (4, 4), (10**17, 5)):
        people.marks.save([ReadMark(room_id, 1, seq)])
        assert _read_seq(people, 1, room_id) == expected


def test_the_lobby_needs_no_row_before(people: Storage) -> None:
    """It is made with the first mark; other rooms need a membership."""
    room_id = make_room(people, 1, "cellar")
    say(people, LOBBY, 1, "x")
    say(people, room_id, 1, "x")
    marks = [ReadMark(LOBBY, 2, 1), ReadMark(LOBBY, 3, 0), ReadMark(room_id, 2, 1)]
    people.marks.save([*marks, ReadMark(99, 1, 1)])
    assert _read_seq(people, 2, LOBBY) == 1
    assert people.rooms.memberships(2) == []
    assert people.rooms.members(room_id, "", 10)[1:] == []
    people.marks.save([ReadMark(LOBBY, 2, 1)])
    people.marks.save([])
    assert _read_seq(people, 2, LOBBY) == 1
    assert _read_seq(people, 3, LOBBY) == 0


def test_readers_are_members_who_are_that_far(people: Storage) -> None:
    """By name, without those who were put out."""
    room_id = make_room(people, 1, "cellar")
    for user_id in (2, 3, 4):
        people.rooms.join(user_id, "cellar", NOW)
    for _ in range(2):
        say(people, room_id, 1, "x")
    people.marks.save([ReadMark(room_id, user, seq) for user, seq in ((1, 1), (2, 2), (4, 2))])
    people.rooms.remove(1, room_id, "user4")
    assert people.marks.readers(room_id, 1) == [
        ReaderEntry("user1", "nick1", 1),
        ReaderEntry("user2", "nick2", 2),
    ]
    assert people.marks.readers(room_id, 2) == [ReaderEntry("user2", "nick2", 2)]
    assert people.marks.readers(LOBBY, 1) == []


def test_in_a_large_room_nobody_reads_the_list(people: Storage) -> None:
    """The lobby is as large as there are users."""
    add_users(people, MAX_READERS + 1)
    room_id = make_room(people, 1, "cellar")
    for user_id in range(2, MAX_READERS + 1):
        people.rooms.join(user_id, "cellar", NOW)
    readers = people.marks.readers(room_id, 0)
    assert isinstance(readers, list)
    assert len(readers) == MAX_READERS
    people.rooms.join(MAX_READERS + 1, "cellar", NOW)
    assert refusal(people.marks.readers(room_id, 0)) == "too-large"
    assert refusal(people.marks.readers(LOBBY, 0)) == "too-large"
