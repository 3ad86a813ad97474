"""Bringing others in, putting them out, roles, leaving: what each of them is told, and no more."""

import pytest

from reactor.records import RoomKind
from tests.helpers.chat import NOW, Client, Stage
from wire.limits import MAX_NAME


@pytest.fixture
def ann(stage: Stage) -> Client:
    """The owner of a private room."""
    client = stage.full("user1")
    client.asks("0011|Cellar|private", "0002|user1|first|Cellar")
    return client


@pytest.fixture
def bo(stage: Stage, ann: Client) -> Client:
    """A member of it."""
    client = stage.full("user2")
    ann.asks("0014|Cellar|user2")
    stage.advance(1)
    client.told()
    ann.told()
    return client


@pytest.fixture
def cy(stage: Stage, ann: Client) -> Client:
    """Somebody who is not in it."""
    return stage.full("user3")


def outcome(frames: list[str]) -> list[str]:
    return [frame.split("|")[2] for frame in frames if frame.startswith("1000")]


def told_of_members(stage: Stage, client: Client) -> list[str]:
    """What *client* is told of members when a moment has passed."""
    client.told()
    stage.advance(1)
    return client.told_of("2004")


# --- inviting


@pytest.mark.parametrize("name", ["user3", "USER3"])
def test_inviting(stage: Stage, ann: Client, bo: Client, cy: Client, name: str) -> None:
    """Whoever is invited is in it at once, with all their sessions, and hears what comes then."""
    basic = stage.basic("user3")
    cy.told()
    assert ann.asks(f"0014|Cellar|{name}") == ["1000|0014|ok||#2"]
    assert cy.told_but_presence() == ["1011|#2|private|Cellar|member||3|1"]
    assert told_of_members(stage, bo) == ["2004|#2|user3|itcast3|member"]
    ann.asks("0002|user1|welcome|Cellar")
    assert cy.told_of("1002") == [f"1002|itcast1|welcome|user1|#2|2|{NOW}"]
    assert basic.told() == []


def test_somebody_who_is_away(stage: Stage, ann: Client) -> None:
    """Finds the room at their next login."""
    assert outcome(ann.asks("0014|Cellar|user3")) == ["ok"]
    cy = stage.full("user3")
    assert outcome(cy.asks("0006|Cellar")) == ["ok"]


def test_inviting_again(stage: Stage, ann: Client, bo: Client) -> None:
    """Changes nothing."""
    ann.asks("0016|Cellar|user2|moderator")
    bo.told()
    assert outcome(ann.asks("0014|Cellar|user2")) == ["ok"]
    assert bo.told_of("1011") == []
    assert outcome(bo.asks("0017|Cellar|Wine")) == ["ok"]


def test_who_may_invite(stage: Stage, ann: Client, bo: Client, cy: Client) -> None:
    """Into a private room its owner and moderators, into others every member."""
    assert outcome(bo.asks("0014|Cellar|user3")) == ["not-allowed"]
    ann.asks("0016|Cellar|user2|moderator")
    assert outcome(bo.asks("0014|Cellar|user3")) == ["ok"]
    cy.asks("0011|Open")
    cy.asks("0014|Open|user2")
    assert outcome(bo.asks("0014|Open|user1")) == ["ok"]


@pytest.mark.parametrize("room", ["lobby", "", "@user2"])
def test_rooms_into_which_nobody_is_invited(ann: Client, bo: Client, room: str) -> None:
    ann.asks("0012|@user2")
    assert outcome(ann.asks(f"0014|{room}|user3")) == ["not-allowed"]


@pytest.mark.parametrize("code", ["0014", "0015", "0016"])
@pytest.mark.parametrize("name", ["nobody", "", "x" * (MAX_NAME + 1), "x" * 10_000, "a\x00b"])
def test_nobody_of_that_name(ann: Client, code: str, name: str) -> None:
    assert outcome(ann.asks(f"{code}|Cellar|{name}|member")) == ["no-such-user"]


# --- putting out


def test_putting_somebody_out(stage: Stage, ann: Client, bo: Client, cy: Client) -> None:
    """They are told so, in each session, and nothing more, live or from history."""
    same = stage.full("user2")
    bo.told()
    assert ann.asks("0015|Cellar|user2") == ["1000|0015|ok||#2"]
    for client in (bo, same):
        assert client.told_but_presence() == ["2008|#2|removed"]
    ann.asks("0002|user1|now that they are gone|Cellar", "0008|Cellar|1|x", "0017|Cellar|Wine")
    stage.advance(1)
    for client in (bo, same):
        assert client.told_but_presence() == []
    for line in ("0006|#2", "0020|#2", "0002|user2|x|#2", "0009|#2|1", "0010|#2|1|+|1", "0013|#2"):
        assert outcome(bo.asks(line)) == ["no-such-room"]
    again = stage.full("user2")
    ann.asks("0002|user1|still|Cellar")
    assert again.told_but_presence() == []
    assert outcome(again.asks("0006|Cellar")) == ["no-such-room"]


def test_the_others_are_told_who_is_out(stage: Stage, ann: Client, bo: Client) -> None:
    """After a moment; the one who is out is not."""
    ann.asks("0015|Cellar|user2")
    stage.advance(1)
    assert ann.told_of("2004") == ["2004|#2|user2|itcast2"]
    assert bo.told_of("2004") == []


def test_coming_back(stage: Stage, ann: Client, bo: Client) -> None:
    """Not by oneself, but by invitation: then with what was said meanwhile."""
    ann.asks("0015|Cellar|user2", "0002|user1|meanwhile|Cellar")
    assert outcome(bo.asks("0012|#2")) == ["no-such-room"]
    ann.asks("0014|Cellar|user2")
    assert bo.told_but_presence() == ["1011|#2|private|Cellar|member||2|2"]
    assert len([frame for frame in bo.asks("0006|#2") if frame.startswith("1002")]) == 2


def test_a_public_room_does_not_take_them_back(stage: Stage, ann: Client, cy: Client) -> None:
    ann.asks("0011|Open")
    cy.asks("0012|Open")
    ann.asks("0015|Open|user3")
    assert outcome(cy.asks("0012|Open")) == ["not-allowed"]


@pytest.mark.parametrize("line", ["0006|#2", "0020|#2"])
def test_a_page_that_was_under_way(stage: Stage, ann: Client, bo: Client, line: str) -> None:
    """Is not sent to one who has been put out meanwhile."""
    bo.says(line)
    stage.turn()
    assert len(stage.reading) == 1
    ann.says("0015|Cellar|user2")
    stage.turn()
    stage.database.run_all()
    stage.turn(2)
    stage.reading.run_all()
    stage.settle()
    told = bo.told_but_presence()
    assert told[0] == "2008|#2|removed"
    assert outcome(told[1:]) == ["no-such-room"]
    assert len(told) == 2


def test_a_login_while_one_is_put_out(stage: Stage, ann: Client, bo: Client) -> None:
    """Whichever is first in the database, the new session is not in the room in the end."""
    for first in ("login", "remove"):
        ann.asks("0014|Cellar|user2")
        new = stage.connect()
        new.says("0001|user2|222222|test/1")
        stage.reading.run_one()
        stage.turn()
        stage.hashing.run_all()
        if first == "login":
            stage.turn()
        ann.says("0015|Cellar|user2")
        stage.settle()
        new.told()
        ann.asks("0002|user1|alone?|Cellar")
        assert new.told_of("1002") == []
        assert outcome(new.asks("0006|#2")) == ["no-such-room"]


def test_who_may_put_out(stage: Stage, ann: Client, bo: Client, cy: Client) -> None:
    """A moderator members, the owner all; nobody else anybody."""
    ann.asks("0014|Cellar|user3")
    assert outcome(bo.asks("0015|Cellar|user3")) == ["not-allowed"]
    assert outcome(bo.asks("0015|lobby|user3")) == ["not-allowed"]
    ann.asks("0016|Cellar|user2|moderator")
    assert outcome(bo.asks("0015|Cellar|user1")) == ["not-allowed"]
    assert outcome(bo.asks("0015|Cellar|user3")) == ["ok"]
    assert outcome(ann.asks("0015|Cellar|user2", "0015|Cellar|user3")) == ["ok", "no-such-user"]


# --- roles


def test_giving_a_role(stage: Stage, ann: Client, bo: Client) -> None:
    """They are told, so are the others, and it counts at once."""
    assert ann.asks("0016|Cellar|user2|moderator") == ["1000|0016|ok||#2"]
    assert bo.told_but_presence() == ["1011|#2|private|Cellar|moderator||2|1"]
    assert told_of_members(stage, ann) == ["2004|#2|user2|itcast2|moderator"]
    assert outcome(bo.asks("0017|Cellar|Wine")) == ["ok"]
    ann.asks("0016|Cellar|user2|member")
    assert outcome(bo.asks("0017|Cellar|Beer")) == ["not-allowed"]


def test_another_owner(stage: Stage, ann: Client, bo: Client) -> None:
    """The one before is a moderator then."""
    assert ann.asks("0016|Cellar|user2|owner") == [
        "1011|#2|private|Cellar|moderator||2|1",
        "1000|0016|ok||#2",
    ]
    assert bo.told_but_presence() == ["1011|#2|private|Cellar|owner||2|1"]
    assert told_of_members(stage, ann) == [
        "2004|#2|user2|itcast2|owner",
        "2004|#2|user1|itcast1|moderator",
    ]
    assert outcome(ann.asks("0016|Cellar|user2|member")) == ["not-allowed"]


def test_who_may_give_roles(ann: Client, bo: Client) -> None:
    """The owner alone; in the lobby nobody; and roles that there are."""
    ann.asks("0016|Cellar|user2|moderator")
    assert outcome(bo.asks("0016|Cellar|user2|owner")) == ["not-allowed"]
    assert outcome(ann.asks("0016|lobby|user2|moderator")) == ["not-allowed"]
    for role in ("removed", "", "OWNER", "king"):
        assert outcome(ann.asks(f"0016|Cellar|user2|{role}")) == ["bad-field"]


# --- leaving


def test_leaving(stage: Stage, ann: Client, bo: Client) -> None:
    """With all sessions; the others are told."""
    same = stage.full("user2")
    same.told()
    assert bo.asks("0013|Cellar") == ["2008|#2|left", "1000|0013|ok||#2"]
    assert same.told_but_presence() == ["2008|#2|left"]
    assert told_of_members(stage, ann) == ["2004|#2|user2|itcast2"]
    ann.asks("0002|user1|alone|Cellar")
    assert bo.told() == same.told() == []
    assert outcome(bo.asks("0013|Cellar", "0012|#2")) == ["no-such-room"] * 2


def test_an_owner_leaves(stage: Stage, ann: Client, bo: Client) -> None:
    """Another one owns the room, and is told."""
    assert outcome(ann.asks("0013|Cellar")) == ["ok"]
    assert bo.told_but_presence() == ["1011|#2|private|Cellar|owner||1|1"]
    assert told_of_members(stage, bo) == [
        "2004|#2|user1|itcast1",
        "2004|#2|user2|itcast2|owner",
    ]
    assert outcome(bo.asks("0014|Cellar|user1")) == ["ok"]


def test_the_last_one_leaves(stage: Stage, ann: Client) -> None:
    """And the room is forgotten here, with what was to be told in it."""
    ann.asks("0013|Cellar")
    stage.advance(1)
    assert len(stage.services.rooms) == 1
    assert stage.services.memberships._changes == {}


def test_what_cannot_be_left(ann: Client, bo: Client) -> None:
    """The lobby and direct rooms."""
    ann.asks("0012|@user2")
    assert outcome(ann.asks("0013|lobby", "0013|", "0013|@user2")) == ["not-allowed"] * 3


# --- nobody is told what is there


@pytest.mark.parametrize(
    "line",
    [
        "0006|{}",
        "0002|user3|x|{}",
        "0008|{}|1|x",
        "0009|{}|1",
        "0010|{}|1|+|1",
        "0012|{}",
        "0013|{}",
        "0014|{}|user3",
        "0015|{}|user1",
        "0016|{}|user3|owner",
        "0017|{}|x",
        "0018|{}|x",
        "0020|{}",
    ],
)
def test_a_room_of_others_is_no_room(
    stage: Stage, ann: Client, bo: Client, cy: Client, line: str
) -> None:
    """Its name and reference are answered like those of one that was never there."""
    assert stage.store.tables.rooms[2].kind is RoomKind.PRIVATE
    answers = [cy.asks(line.format(room)) for room in ("#2", "Cellar", "#999", "Nowhere")]
    assert outcome(answers[0]) == ["no-such-room"]
    assert answers == [answers[0]] * 4
    assert stage.store.messages.stored[-1].text == "first"
