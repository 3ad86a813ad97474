"""Which room a request means: found on the loop, asked for, or not there."""

from collections.abc import Callable

import pytest

from reactor.commands.places import elsewhere, in_room, is_direct
from reactor.records import Membership
from reactor.rooms import Room
from tests.helpers.chat import Client, Stage
from wire.limits import MAX_NAME
from wire.messages import History


@pytest.fixture
def ann(stage: Stage) -> Client:
    client = stage.full("user1")
    client.asks("0011|Cellar", "0002|user1|psst|@user2")
    return client


Find = Callable[[Client, str], list[object]]


@pytest.fixture
def find(stage: Stage) -> Find:
    def find(client: Client, text: str) -> list[object]:
        found: list[object] = []
        in_room(stage.services, client.session, History(), text, found.append)
        return found

    return find


@pytest.mark.parametrize(("text", "room_id"), [("", 1), ("#2", 2), ("cellar", 2), ("@user2", 3)])
def test_what_the_loop_knows(
    stage: Stage, ann: Client, find: Find, text: str, room_id: int
) -> None:
    """Is found at once."""
    assert find(ann, text) == [stage.services.rooms.by_id(room_id)]
    assert len(stage.database) == 0


def test_a_direct_room_that_was_not_named_yet(stage: Stage, ann: Client, find: Find) -> None:
    """Is asked for once, then known."""
    ann.loses_connection()
    bo = stage.full("user2")
    found = find(bo, "@user1")
    assert found == []
    stage.settle()
    (room,) = found
    assert isinstance(room, Room)
    assert room.room_id == 3
    assert find(bo, "@USER1") == [room]


@pytest.mark.parametrize("text", ["nowhere", "#9", "@user3", "@nobody", "@" + "x" * MAX_NAME, "@"])
def test_what_is_not_there(stage: Stage, ann: Client, find: Find, text: str) -> None:
    found = find(ann, text)
    ann.told()
    stage.settle()
    assert found == []
    assert [frame[:22] for frame in ann.told()] in ([], ["1000|0006|no-such-room"])


def test_whoever_is_put_out_while_it_is_looked_for(stage: Stage, ann: Client, find: Find) -> None:
    """Has no such room any more."""
    ann.loses_connection()
    bo = stage.full("user2")
    found = find(bo, "@user1")
    stage.services.rooms.leave_all(bo.session)
    stage.settle()
    assert found == []
    assert bo.told_of("1000")[0].startswith("1000|0006|no-such-room|")


def test_elsewhere(stage: Stage, ann: Client) -> None:
    """Where a full session is not, is nowhere; a basic one may be in rooms of its user."""
    basic = stage.basic("user1")
    places: list[Membership] = []
    for client in (ann, basic):
        elsewhere(stage.services, client.session, History(), "Cellar", places.append)
    stage.settle()
    assert [place.room.name for place in places] == ["Cellar"]


def test_what_may_name_a_direct_room() -> None:
    assert is_direct("@" + "x" * MAX_NAME)
    assert not is_direct("@" + "x" * (MAX_NAME + 1))
    assert not is_direct("x@y")
