"""Rooms kept in step with the storage: who is let in and out, and who is told."""

import pytest

from reactor.coalescing import BURST_MAX
from reactor.records import MemberChange, Role, RoomEntry, RoomKind, RoomRecord
from tests.helpers.chat import Client, Stage

RECORD = RoomRecord(2, RoomKind.PUBLIC, "Cellar", "")


def change(number: int, role: Role | None = Role.MEMBER) -> MemberChange:
    return MemberChange(number, f"user{number}", f"itcast{number}", role)


def entry(role: Role | None = Role.MEMBER) -> RoomEntry:
    return RoomEntry(RECORD, role, 1, 0, 0, 0, 0)


@pytest.fixture
def ann(stage: Stage) -> Client:
    """One who is in the room."""
    client = stage.full("user1")
    stage.advance(1)
    stage.services.memberships.entered(change(1), entry())
    stage.advance(1)
    client.told()
    return client


def test_one_whose_sessions_have_ended(stage: Stage, ann: Client) -> None:
    """Nobody of them is here: the others are told, and nothing else happens."""
    stage.services.memberships.entered(change(2), entry())
    stage.services.memberships.role_changed(change(2, Role.MODERATOR), entry(Role.MODERATOR))
    stage.advance(1)
    assert ann.told() == ["2004|#2|user2|itcast2|moderator"]
    stage.services.memberships.left(2, change(2, None), "left")
    stage.advance(1)
    assert ann.told() == ["2004|#2|user2|itcast2"]


def test_a_room_in_which_nobody_is(stage: Stage) -> None:
    """Nothing is to be done here."""
    memberships = stage.services.memberships
    memberships.entered(change(1), entry())
    memberships.role_changed(change(1), entry())
    memberships.left(2, change(1, None), "removed")
    assert len(stage.services.rooms) == 1
    assert memberships._changes == {}


def test_only_full_sessions_come_in(stage: Stage, ann: Client) -> None:
    basic, full = stage.basic("user2"), stage.full("user2")
    stage.services.memberships.entered(change(2), entry())
    room = stage.services.rooms.by_id(2)
    assert room is not None
    assert full.session in room
    assert basic.session not in room


def test_coming_and_going_is_one_line(stage: Stage, ann: Client) -> None:
    """With what is true in the end."""
    for role in (Role.MEMBER, Role.MODERATOR):
        stage.services.memberships.entered(change(2, role), entry(role))
        stage.services.memberships.left(2, change(2, None), "left")
    stage.services.memberships.entered(change(3), entry())
    stage.advance(1)
    assert ann.told() == ["2004|#2|user2|itcast2", "2004|#2|user3|itcast3|member"]


@pytest.mark.parametrize("count", [BURST_MAX, BURST_MAX + 1])
def test_many_are_not_told_one_by_one(stage: Stage, ann: Client, count: int) -> None:
    """n arrivals never cost n times n lines."""
    for number in range(2, count + 2):
        stage.services.memberships.entered(change(number), entry())
    stage.advance(1)
    told = ann.told()
    assert told == ["2005|#2"] if count > BURST_MAX else len(told) == count


def test_a_room_that_is_made_anew_meanwhile(stage: Stage, ann: Client) -> None:
    """What was to be told in the old one is told to nobody, and nothing is left of it."""
    stage.services.memberships.left(2, change(1, None), "left")
    stage.services.memberships.entered(change(1), entry())
    ann.told()
    stage.advance(1)
    assert ann.told() == ["2004|#2|user1|itcast1|member"]
    assert stage.services.memberships._changes == {}


def test_the_direct_room_of_two(stage: Stage) -> None:
    """Each is shown the other, in all full sessions, once."""
    ann, bo = stage.full("user1"), stage.full("user2")
    for client in (ann, bo):
        client.told()
    direct = RoomRecord(2, RoomKind.DIRECT, "", "")
    users = (ann.session.user, bo.session.user)
    for _ in range(2):
        stage.services.memberships.opened(direct, users)
    assert ann.told_but_presence() == ["1011|#2|direct|user2|member|itcast2|2"]
    assert bo.told_but_presence() == ["1011|#2|direct|user1|member|itcast1|2"]
    room = stage.services.rooms.by_id(2)
    assert room is not None
    assert room.record == direct
    assert sorted(room.keys) == ["@1:user2", "@2:user1"]
