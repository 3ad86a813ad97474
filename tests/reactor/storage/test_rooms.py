"""Rooms: who may make, find, join, leave and change them; and what happens at the same moment."""

import itertools
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from peewee import QueryEvent, chunked

from models import Member
from reactor.records import (
    Direct,
    MemberChange,
    Membership,
    Quotas,
    Refused,
    Role,
    RoomKind,
    RoomRecord,
)
from reactor.storage import Storage
from reactor.storage.statements import MAX_LENGTH
from tests.helpers.stored import LOBBY, NOW, add_users, make_room, refusal

NICK = {number: f"nick{number}" for number in range(1, 6)}


def role(storage: Storage, user_id: int, room_id: int) -> Role | None:
    """What a user is in a room, as others see it."""
    entry = storage.rooms.entry(user_id, room_id)
    assert entry is not None
    return entry.role


def changed(user_id: int, new: Role | None) -> MemberChange:
    """The change by which a user becomes that."""
    return MemberChange(user_id, f"user{user_id}", f"nick{user_id}", new)


def room_of(storage: Storage, *members: int, kind: str = "public") -> int:
    """A room that user1 owns, with some members, in the order of their coming."""
    room_id = make_room(storage, 1, "cellar", kind)
    for place, user_id in enumerate(members, 1):
        answer = storage.rooms.invite(1, room_id, f"user{user_id}", NOW + place)
        assert not isinstance(answer, Refused)
    return room_id


# --- Making and finding -------------------------------------------------------------------------


def test_who_makes_a_room_owns_it(people: Storage) -> None:
    """And is in it."""
    made = people.rooms.create(1, "二 班", "private", "maths", NOW)
    assert isinstance(made, Membership)
    assert made.role is Role.OWNER
    assert made.room[1:] == (RoomKind.PRIVATE, "二 班", "maths")
    assert people.rooms.memberships(1) == [made]
    assert people.rooms.memberships(2) == []


NO_ROOMS = [
    ("", "public", ""),
    ("@a", "public", ""),
    ("＃1", "public", ""),
    ("a", "lobby", ""),
    ("a", "direct", ""),
    ("a", "", ""),
    ("a", "public", "x" * 201),
    ("a", "public", "a\nb"),
    ("\ud800", "public", ""),
]


def test_the_rooms_of_many_users(people: Storage) -> None:
    """As of each alone; of more users than one statement looks up, too."""
    people.rooms.create(1, "one", RoomKind.PUBLIC, "", NOW)
    people.rooms.create(2, "two", RoomKind.PUBLIC, "", NOW)
    people.rooms.join(1, "two", NOW)
    users = [3, 1, *range(100, 100 + MAX_LENGTH), 2]
    assert people.rooms.memberships_of(users) == {
        user_id: people.rooms.memberships(user_id) for user_id in users
    }
    assert [len(people.rooms.memberships(user_id)) for user_id in (1, 2, 3)] == [2, 1, 0]
    assert people.rooms.memberships_of([]) == {}


def test_rooms_that_may_not_be(people: Storage) -> None:
    """Refused before the database sees them."""
    for name, kind, topic in NO_ROOMS:
        assert refusal(people.rooms.create(1, name, kind, topic, NOW)) == "bad-field", name


@pytest.mark.parametrize("name", ["cellar", "CELLAR", "ｃellar", "Lobby"])
def test_a_name_is_taken_by_its_look_alikes(people: Storage, name: str) -> None:
    """Also by a room that one may not see."""
    make_room(people, 1, "Cellar", "private")
    assert refusal(people.rooms.create(2, name, "public", "", NOW)) == "name-taken"
    assert people.rooms.memberships(2) == []


def test_a_room_is_found_by_reference_and_name_by_those_who_are_in_it(people: Storage) -> None:
    """By nobody else; the lobby by everybody."""
    room_id = make_room(people, 1, "Cellar")
    for name in (f"#{room_id}", "cellar", "ＣELLAR"):
        assert people.rooms.find(name, 1) == people.rooms.memberships(1)[0]
        assert people.rooms.find(name, 2) is None
    for name in ("", "lobby", "LOBBY", f"#{LOBBY}"):
        assert people.rooms.find(name, 2) == Membership(people.rooms.lobby(), Role.MEMBER)


NO_REFERENCES = ["#", "#x", "#-1", "#99", "#" + "9" * 30, "#1 ", "#²"]
NO_NAMES = ["cellar ", "cellar\0", "\ud800", "x" * 5_000, "%", "c_llar", "cellar' OR '1'='1"]


def test_what_names_no_room(people: Storage) -> None:
    """None is found, and none is joined, whatever the characters."""
    make_room(people, 1, "cellar")
    for name in (*NO_REFERENCES, *NO_NAMES, "@", "@nobody", "@user2", "@1:2"):
        assert people.rooms.find(name, 1) is None, name
        assert refusal(people.rooms.join(1, name, NOW)) == "no-such-room", name


# --- Direct rooms -------------------------------------------------------------------------------


def test_two_users_have_one_direct_room(people: Storage) -> None:
    """Whoever opens it, by whatever look-alike."""
    opened = people.rooms.open_direct(2, "ＵSER1", NOW)
    assert isinstance(opened, Direct)
    assert opened.room[1:] == (RoomKind.DIRECT, "", "")
    assert [user.user_id for user in opened.users] == [1, 2]
    assert people.rooms.open_direct(1, "user2", NOW) == opened
    assert people.rooms.find_direct(1, "user2") == people.rooms.find_direct(2, "user1")
    assert people.rooms.find_direct(1, "user2") == opened.room
    assert people.rooms.find_direct(1, "user3") is None
    assert people.rooms.find("@user2", 1) == Membership(opened.room, Role.MEMBER)
    for user_id in (1, 2):
        assert people.rooms.memberships(user_id) == [Membership(opened.room, Role.MEMBER)]


def test_one_may_talk_to_oneself(people: Storage) -> None:
    """In a room of one."""
    opened = people.rooms.open_direct(1, "user1", NOW)
    assert isinstance(opened, Direct)
    assert [user.user_id for user in opened.users] == [1]
    assert people.rooms.open_direct(1, "user1", NOW) == opened


def test_nobody_else_gets_into_a_direct_room(people: Storage) -> None:
    """Nor is it joined, left, invited to, or made somebody's; a third one does not even find it."""
    opened = people.rooms.open_direct(1, "user2", NOW)
    assert isinstance(opened, Direct)
    room_id = opened.room.room_id
    assert refusal(people.rooms.join(3, f"#{room_id}", NOW)) == "no-such-room"
    assert people.rooms.find(f"#{room_id}", 3) is None
    assert refusal(people.rooms.invite(1, room_id, "user3", NOW)) == "not-allowed"
    assert refusal(people.rooms.leave(1, room_id)) == "not-allowed"
    assert refusal(people.rooms.remove(1, room_id, "user2")) == "not-allowed"
    assert refusal(people.rooms.set_role(1, room_id, "user1", "owner")) == "not-allowed"
    assert refusal(people.rooms.open_direct(1, "nobody", NOW)) == "no-such-user"


def test_the_lobby_is_as_it_is(people: Storage) -> None:
    """Everybody is in it and stays what they are."""
    assert people.rooms.join(1, "lobby", NOW) == Membership(people.rooms.lobby(), Role.MEMBER)
    assert refusal(people.rooms.leave(1, LOBBY)) == "not-allowed"
    assert refusal(people.rooms.invite(1, LOBBY, "user2", NOW)) == "not-allowed"
    assert refusal(people.rooms.remove(1, LOBBY, "user2")) == "not-allowed"
    assert refusal(people.rooms.set_role(1, LOBBY, "user2", "owner")) == "not-allowed"


# --- Coming and going ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["public", "announcement"])
def test_anybody_joins_an_open_room(people: Storage, kind: str) -> None:
    """By name or reference; once more changes nothing."""
    room_id = make_room(people, 1, "cellar", kind)
    joined = people.rooms.join(2, "CELLAR", NOW)
    assert joined == Membership(RoomRecord(room_id, RoomKind(kind), "cellar", ""), Role.MEMBER)
    assert people.rooms.join(2, f"#{room_id}", NOW) == joined
    again = people.rooms.join(1, "cellar", NOW)
    assert isinstance(again, Membership)
    assert again.role is Role.OWNER


def test_to_others_there_is_no_private_room(people: Storage) -> None:
    """Not even to one who was put out of it."""
    room_id = room_of(people, 2, kind="private")
    assert refusal(people.rooms.join(3, "cellar", NOW)) == "no-such-room"
    people.rooms.remove(1, room_id, "user2")
    assert refusal(people.rooms.join(2, "cellar", NOW)) == "no-such-room"


def test_who_was_put_out_comes_back_by_invitation_only(people: Storage) -> None:
    """Of those who may put out."""
    room_id = room_of(people, 2, 3)
    assert people.rooms.remove(1, room_id, "user2") == changed(2, None)
    assert refusal(people.rooms.join(2, "cellar", NOW)) == "not-allowed"
    assert people.rooms.find("cellar", 2) is None
    assert people.rooms.memberships(2) == []
    assert refusal(people.rooms.leave(2, room_id)) == "no-such-room"
    assert refusal(people.rooms.invite(3, room_id, "user2", NOW)) == "not-allowed"
    answer = people.rooms.invite(1, room_id, "user2", NOW)
    assert not isinstance(answer, Refused)
    assert answer[0] == changed(2, Role.MEMBER)
    assert people.rooms.memberships(2) == [answer[1]]


def test_an_invitation(people: Storage) -> None:
    """To an open room by every member, to a private one by those who lead it."""
    public = room_of(people, 2)
    private = make_room(people, 1, "attic", "private")
    people.rooms.invite(1, private, "user2", NOW)
    assert not isinstance(people.rooms.invite(2, public, "user3", NOW), Refused)
    assert refusal(people.rooms.invite(2, private, "user3", NOW)) == "not-allowed"
    people.rooms.set_role(1, private, "user2", "moderator")
    answer = people.rooms.invite(2, private, "USER3", NOW)
    assert not isinstance(answer, Refused)
    assert answer[0] == changed(3, Role.MEMBER)
    again = people.rooms.invite(2, private, "user1", NOW)
    assert not isinstance(again, Refused)
    assert again[0] == changed(1, Role.OWNER)
    assert refusal(people.rooms.invite(4, public, "user5", NOW)) == "no-such-room"
    assert refusal(people.rooms.invite(1, public, "nobody", NOW)) == "no-such-user"
    assert refusal(people.rooms.invite(1, 99, "user5", NOW)) == "no-such-room"


def test_an_owner_is_followed_by_who_has_been_there_longest(people: Storage) -> None:
    """A moderator first, then a member; the last one leaves the room to nobody."""
    room_id = room_of(people, 2, 3, 4)
    people.rooms.set_role(1, room_id, "user4", "moderator")
    assert people.rooms.leave(1, room_id) == [changed(1, None), changed(4, Role.OWNER)]
    assert people.rooms.leave(2, room_id) == [changed(2, None)]
    assert people.rooms.leave(4, room_id) == [changed(4, None), changed(3, Role.OWNER)]
    assert people.rooms.leave(3, room_id) == [changed(3, None)]
    assert refusal(people.rooms.leave(3, room_id)) == "no-such-room"
    assert refusal(people.rooms.leave(3, 99)) == "no-such-room"


def test_joining_costs_the_same_however_many_are_there(tmp_path: Path) -> None:
    """Steps of SQLite's machine, counted: what a join decides does not count all members."""
    storage = Storage(f"sqlite:///{tmp_path}/chat.db")
    storage.open()
    add_users(storage, 1203)
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    storage._database.connection().set_progress_handler(step, 1)
    costs = []
    for size in (2, 1200):
        room_id = make_room(storage, 1, f"room of {size}")
        rows = [(room_id, user_id, "member", NOW) for user_id in range(2, size + 1)]
        columns = Member.room, Member.user, Member.role, Member.joined_at
        for some in chunked(rows, 100):
            Member.insert_many(some, columns).execute(storage._database)
        steps[0] = 0
        storage.rooms.join(1203, f"#{room_id}", NOW)
        costs.append(steps[0])
    storage.close()
    assert costs[1] < costs[0] * 1.25


def test_an_empty_room_belongs_to_who_comes_first(people: Storage) -> None:
    """And not to who comes second."""
    room_id = room_of(people)
    people.rooms.leave(1, room_id)
    for user_id in (2, 3):
        people.rooms.join(user_id, "cellar", NOW)
    assert [role(people, user_id, room_id) for user_id in (1, 2, 3)] == [
        None,
        Role.OWNER,
        Role.MEMBER,
    ]


# --- Roles --------------------------------------------------------------------------------------


def test_who_may_put_out_whom(people: Storage) -> None:
    """The owner all others, a moderator those who are members only, a member nobody."""
    room_id = room_of(people, 2, 3, 4)
    people.rooms.set_role(1, room_id, "user2", "moderator")
    people.rooms.set_role(1, room_id, "user3", "moderator")
    for by, whom in ((4, "user4"), (4, "user2"), (2, "user1"), (2, "user3"), (2, "user2")):
        assert refusal(people.rooms.remove(by, room_id, whom)) == "not-allowed"
    assert refusal(people.rooms.remove(1, room_id, "user1")) == "not-allowed"
    assert refusal(people.rooms.remove(5, room_id, "user4")) == "no-such-room"
    assert refusal(people.rooms.remove(1, room_id, "user5")) == "no-such-user"
    assert refusal(people.rooms.remove(1, room_id, "nobody")) == "no-such-user"
    assert people.rooms.remove(2, room_id, "user4") == changed(4, None)
    assert people.rooms.remove(1, room_id, "user2") == changed(2, None)
    assert refusal(people.rooms.remove(1, room_id, "user2")) == "no-such-user"
    assert refusal(people.rooms.remove(2, room_id, "user3")) == "no-such-room"


def test_only_the_owner_gives_roles(people: Storage) -> None:
    """And not to oneself."""
    room_id = room_of(people, 2, 3)
    people.rooms.set_role(1, room_id, "user2", "moderator")
    for by, whom in ((2, "user3"), (3, "user3"), (1, "user1")):
        assert refusal(people.rooms.set_role(by, room_id, whom, "moderator")) == "not-allowed"
    for word in ("", "removed", "Owner"):
        assert refusal(people.rooms.set_role(1, room_id, "user2", word)) == "bad-field"
    assert refusal(people.rooms.set_role(1, room_id, "user5", "owner")) == "no-such-user"
    answer = people.rooms.set_role(1, room_id, "user2", "member")
    assert answer == [changed(2, Role.MEMBER)]


def test_there_is_one_owner(people: Storage) -> None:
    """Who makes another one the owner becomes a moderator."""
    room_id = room_of(people, 2)
    answer = people.rooms.set_role(1, room_id, "user2", "owner")
    assert answer == [changed(2, Role.OWNER), changed(1, Role.MODERATOR)]
    assert [role(people, user_id, room_id) for user_id in (1, 2)] == [Role.MODERATOR, Role.OWNER]
    assert refusal(people.rooms.set_role(1, room_id, "user2", "member")) == "not-allowed"


# --- Quotas -------------------------------------------------------------------------------------


@pytest.fixture
def narrow(people: Storage, storage_url: str) -> Storage:
    """The same database with little room for each user."""
    people.close()
    people.rooms._quotas = Quotas(rooms=2, directs=1, memberships=3)
    return people


def test_nobody_makes_too_many_rooms(narrow: Storage) -> None:
    """Those that were left count too, or they could be made without end."""
    rooms = [make_room(narrow, 1, name) for name in ("a", "b")]
    narrow.rooms.leave(1, rooms[0])
    assert refusal(narrow.rooms.create(1, "c", "public", "", NOW)) == "too-many"
    make_room(narrow, 2, "c")


def test_nobody_is_in_too_many_rooms(narrow: Storage) -> None:
    """However they would come there; direct rooms have a quota of their own."""
    for number in range(4):
        make_room(narrow, 1 + number // 2, f"r{number}")
    for number in range(3):
        assert isinstance(narrow.rooms.join(3, f"r{number}", NOW), Membership)
    assert refusal(narrow.rooms.join(3, "r3", NOW)) == "too-many"
    last = narrow.rooms.find("r3", 2)
    assert last is not None
    assert refusal(narrow.rooms.invite(2, last.room.room_id, "user3", NOW)) == "too-many"
    assert refusal(narrow.rooms.create(3, "mine", "public", "", NOW)) == "too-many"
    assert isinstance(narrow.rooms.open_direct(3, "user1", NOW), Direct)
    assert refusal(narrow.rooms.open_direct(3, "user2", NOW)) == "too-many"
    assert isinstance(narrow.rooms.open_direct(2, "user3", NOW), Direct)
    first = narrow.rooms.find("r0", 3)
    assert first is not None
    narrow.rooms.leave(3, first.room.room_id)
    assert isinstance(narrow.rooms.join(3, "r3", NOW), Membership)


# --- At the same moment -------------------------------------------------------------------------


def at_once(storage: Storage, *calls: Callable[[], object]) -> list[object]:
    """Make the calls on threads that begin together; return their answers in that order."""
    barrier = threading.Barrier(len(calls))
    answers: dict[int, object] = {}

    def work(place: int, call: Callable[[], object]) -> None:
        try:
            barrier.wait()
            answers[place] = call()
        finally:
            storage.close()

    threads = [threading.Thread(target=work, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers.get(place) for place in range(len(calls))]


def test_of_two_who_make_a_room_of_one_name_one_does(people: Storage) -> None:
    """The other is told that it is taken."""
    answers = at_once(
        people,
        *(
            lambda user=user: people.rooms.create(user, "cellar", "public", "", NOW)
            for user in (1, 2)
        ),
    )
    assert sorted(isinstance(each, Membership) for each in answers) == [False, True]
    (refused,) = (each for each in answers if isinstance(each, Refused))
    assert refused.reason == "name-taken"


def test_two_who_open_one_direct_room_have_the_same(people: Storage) -> None:
    """And both are in it once."""
    answers = at_once(
        people,
        lambda: people.rooms.open_direct(1, "user2", NOW),
        lambda: people.rooms.open_direct(2, "user1", NOW),
    )
    assert isinstance(answers[0], Direct)
    assert answers[0] == answers[1]


def test_quotas_hold_against_joins_at_the_same_moment(narrow: Storage) -> None:
    """Each counts what the others have done."""
    for number in range(4):
        make_room(narrow, 1 + number // 2, f"r{number}")
    calls = [lambda n=n: narrow.rooms.join(3, f"r{n}", NOW) for n in range(4)]
    answers = at_once(narrow, *calls)
    assert [isinstance(each, Membership) for each in answers].count(True) == 3
    assert len(narrow.rooms.memberships(3)) == 3


def test_a_room_keeps_one_owner_whatever_happens_at_once(people: Storage) -> None:
    """While one leaves and makes another the owner who leaves as well."""
    for number in range(5):
        room_id = make_room(people, 1, f"cellar {number}")
        for user_id in (2, 3):
            people.rooms.join(user_id, f"#{room_id}", NOW)
        at_once(
            people,
            lambda room_id=room_id: people.rooms.set_role(1, room_id, "user2", "owner"),
            lambda room_id=room_id: people.rooms.leave(1, room_id),
            lambda room_id=room_id: people.rooms.leave(2, room_id),
        )
        members = people.rooms.members(room_id, "", 10)
        assert [each.role for each in members].count(Role.OWNER) == 1, members


def test_rows_are_locked_in_one_order(mariadb_url: str) -> None:
    """First the room, then the user whose rooms are counted: no two wait for each other, and no two
    act on what the other is changing."""
    storage = Storage(mariadb_url)
    storage.open()
    add_users(storage)
    room_id = room_of(storage, 2, 3)
    locked: list[str] = []

    def note(event: QueryEvent) -> None:
        if "FOR UPDATE" in event.sql:
            locked.append(event.sql.partition("FROM `")[2].partition("`")[0])

    storage._database.query_hooks.append(note)

    def locks(answer: object) -> list[str]:
        assert not isinstance(answer, Refused), answer
        tables = locked[:]
        locked.clear()
        return [table for table, _ in itertools.groupby(tables)]

    rooms = storage.rooms
    assert locks(rooms.create(1, "attic", "public", "", NOW)) == ["user"]
    assert locks(rooms.open_direct(1, "user2", NOW)) == ["user"]
    assert locks(rooms.join(4, "cellar", NOW)) == ["room", "user"]
    assert locks(rooms.invite(1, room_id, "user5", NOW)) == ["room", "user"]
    assert locks(rooms.set_role(1, room_id, "user2", "moderator")) == ["room"]
    assert locks(rooms.remove(1, room_id, "user5")) == ["room"]
    assert locks(rooms.leave(1, room_id)) == ["room"]
    storage.close()
