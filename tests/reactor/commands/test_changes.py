"""Changes: numbered and told like messages, refused with a word, and found in history."""

import pytest

from reactor.records import Kind, Role
from tests.helpers.chat import NOW, Client, Stage
from tests.helpers.stores import LOBBY_ID
from wire.limits import MAX_CID, MAX_SIGN, MAX_TEXT, MAX_TOPIC


@pytest.fixture
def ann(stage: Stage) -> Client:
    """One who owns a room and has said something in it, and something in the lobby."""
    client = stage.full("user1")
    client.asks("0011|Cellar", "0002|user1|first|Cellar", "0002|user1|hello all")
    return client


@pytest.fixture
def bo(stage: Stage, ann: Client) -> Client:
    """One who is in that room, and has said something there too."""
    client = stage.full("user2")
    client.asks("0012|Cellar")
    client.asks("0002|user2|second|Cellar")
    stage.advance(1)
    client.told()
    return client


def outcome(frames: list[str]) -> list[str]:
    return [frame.split("|")[2] for frame in frames if frame.startswith("1000")]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("0008|Cellar|1|one|c9", "one|user1|#2|3|{}|edited|1"),
        ("0009|Cellar|1|c9", "|user1|#2|3|{}|deleted|1"),
        ("0009|Cellar|2|c9", "|user1|#2|3|{}|deleted|2"),
        ("0010|Cellar|2|👍|1|c9", "👍|user1|#2|3|{}|reacted|2"),
        ("0010|Cellar|2|👍|0|c9", "👍|user1|#2|3|{}|unreacted|2"),
        ("0017|Cellar|Wine|c9", "Wine|user1|#2|3|{}|topic"),
        ("0018|Cellar|Attic|c9", "Attic|user1|#2|3|{}|renamed"),
    ],
)
def test_a_change(stage: Stage, ann: Client, bo: Client, line: str, told: str) -> None:
    """Takes the room's next number; the others are told after the commit, who did it has its
    result."""
    outsider, basic = stage.full("user3"), stage.basic("user2")
    bo.told()
    ann.told()
    ann.says(line)
    stage.turn(5)
    assert ann.told_but_presence() == bo.told_but_presence() == []
    stage.settle()
    assert ann.told_but_presence() == [f"1000|{line[:4]}|ok|c9|#2|3|{NOW}"]
    assert bo.told_but_presence() == [f"1003|itcast1|{told.format(NOW)}"]
    assert outsider.told_of("1003") == basic.told() == []
    assert stage.services.counts["change"] == 1


def test_changes_and_messages_have_one_order(ann: Client, bo: Client) -> None:
    """What is sent in one piece is numbered in that order."""
    ann.asks("0002|user1|x|#2", "0008|#2|1|y", "0002|user1|z|#2", "0010|#2|2|+1|1")
    assert [frame[:4] + frame.split("|")[5] for frame in bo.told_but_presence()] == [
        "10023",
        "10034",
        "10025",
        "10036",
    ]


def test_a_change_in_the_lobby(stage: Stage, ann: Client, bo: Client) -> None:
    """Basic clients are not told: they have no words for it."""
    basic = stage.basic("user3")
    bo.told()
    assert outcome(ann.asks("0008||1|hello you")) == ["ok"]
    assert bo.told_but_presence() == [f"1003|itcast1|hello you|user1|lobby|2|{NOW}|edited|1"]
    assert basic.told() == []


def test_the_same_cid_again(ann: Client, bo: Client) -> None:
    """Gets the first answer again, whatever else is sent with it, and nothing happens."""
    (first,) = ann.asks("0009|Cellar|1|c9")
    bo.told()
    for line in ("0009|Cellar|1|c9", "0008|Cellar|2|x|c9", "0018|Cellar|Attic|c9"):
        assert ann.asks(line) == [first.replace("0009", line[:4])]
    assert ann.asks("0002|user1|hello|lobby|c9") == [first.replace("0009", "0002")]
    assert bo.told_but_presence() == []


def test_what_is_stored(stage: Stage, ann: Client, bo: Client) -> None:
    """Whoever moderates may change what others said; but nobody may put words into their mouth."""
    ann.asks("0008|#2|1|@user2 look|c1", "0009|#2|2|c2")
    edited, deleted = stage.store.messages.stored[-2:]
    assert (edited.kind, edited.moderates, edited.mentions) == (Kind.EDITED, False, ("user2",))
    assert (deleted.kind, deleted.moderates, deleted.target) == (Kind.DELETED, True, 2)
    assert (deleted.text, deleted.mentions) == ("", ())


def test_replies_and_mentions(stage: Stage, ann: Client, bo: Client) -> None:
    """Are stored and told with the message."""
    bo.told()
    ann.asks("0002|user1|@user2 yes|#2|c1|2")
    assert stage.store.messages.stored[-1].target == 2
    assert stage.store.messages.stored[-1].mentions == ("user2",)
    assert bo.told() == [f"1002|itcast1|@user2 yes|user1|#2|3|{NOW}|2|0|c1"]
    assert outcome(ann.asks("0002|user1|yes|#2|c2|99")) == ["no-such-message"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("0008|Cellar|1||c9", "bad-field"),
        ("0008|Cellar|1| \\n|c9", "bad-field"),
        ("0008|Cellar|1|" + "x" * (MAX_TEXT + 1) + "|c9", "too-long"),
        ("0008|Cellar|2|mine now|c9", "not-allowed"),
        ("0008|Cellar|0|x|c9", "no-such-message"),
        ("0008|Cellar|99|x|c9", "no-such-message"),
        ("0008|Cellar|999999999999999999|x|c9", "no-such-message"),
        ("0008|nowhere|1|x|c9", "no-such-room"),
        ("0008|#99|1|x|c9", "no-such-room"),
        ("0009|@user3|1|c9", "no-such-room"),
        ("0010|Cellar|1||1|c9", "bad-field"),
        ("0010|Cellar|1|a b|1|c9", "bad-field"),
        ("0010|Cellar|1|a\x1bb|1|c9", "bad-field"),
        ("0010|Cellar|1|" + "x" * (MAX_SIGN + 1) + "|1|c9", "bad-field"),
        ("0010|Cellar|1|👍|2|c9", "bad-field"),
        ("0010|Cellar|1|👍||c9", "bad-field"),
        ("0017|Cellar|a\\nb|c9", "bad-field"),
        ("0017|Cellar|" + "x" * (MAX_TOPIC + 1) + "|c9", "bad-field"),
        ("0017|lobby|Mine|c9", "not-allowed"),
        ("0018|Cellar||c9", "bad-field"),
        ("0018|Cellar|@user2|c9", "bad-field"),
        ("0018|Cellar|LOBBY|c9", "name-taken"),
        ("0018|lobby|Mine|c9", "not-allowed"),
        ("0018||Mine|c9", "not-allowed"),
    ],
)
def test_refusals(stage: Stage, ann: Client, bo: Client, line: str, reason: str) -> None:
    """With the cid; nothing takes a number and nobody is told."""
    bo.told()
    (answer,) = ann.asks(line)
    assert answer.startswith(f"1000|{line[:4]}|{reason}|c9|")
    assert bo.told_but_presence() == []
    assert len(stage.store.tables.logs[2]) == 2
    assert len(stage.store.tables.logs[LOBBY_ID]) == 1


@pytest.mark.parametrize(
    ("cid", "reason"), [("a b", "bad-field"), ("x" * (MAX_CID + 1), "too-long")]
)
def test_cids_that_cannot_be(ann: Client, cid: str, reason: str) -> None:
    (answer,) = ann.asks(f"0009|Cellar|1|{cid}")
    assert answer.startswith(f"1000|0009|{reason}|{cid[:MAX_CID]}|")


@pytest.mark.parametrize("line", ["0008|Cellar|-1|x", "0009|Cellar|1e9", "0010|Cellar|x|+|1"])
def test_what_is_no_number(ann: Client, line: str) -> None:
    (answer,) = ann.asks(line)
    assert answer.startswith(f"1000|{line[:4]}|bad-number|")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("0008|Cellar|1|x", "not-allowed"),
        ("0009|Cellar|1", "not-allowed"),
        ("0017|Cellar|Wine", "not-allowed"),
        ("0018|Cellar|Attic", "not-allowed"),
        ("0010|Cellar|1|👍|1", "ok"),
        ("0009|Cellar|2", "ok"),
        ("0008|Cellar|2|mine", "ok"),
    ],
)
def test_what_a_member_may(bo: Client, line: str, reason: str) -> None:
    """Their own words are theirs; the room is its owner's and moderators'."""
    assert outcome(bo.asks(line)) == [reason]


def test_a_moderator_may_more(stage: Stage, ann: Client, bo: Client) -> None:
    """From the moment at which they are one."""
    ann.asks("0016|Cellar|user2|moderator")
    assert outcome(bo.asks("0009|Cellar|1", "0017|Cellar|Wine", "0018|Cellar|Attic")) == ["ok"] * 3


def test_the_room_keeps_in_step(stage: Stage, ann: Client, bo: Client) -> None:
    """It is found by its new name, and the topic is known; the reference stays."""
    ann.asks("0018|Cellar|Attic", "0017|Cellar|too late")
    assert outcome(bo.asks("0002|user2|x|attic", "0002|user2|x|#2", "0002|user2|x|Cellar")) == [
        "no-such-room",
        "ok",
        "ok",
    ]
    ann.asks("0017|Attic|Wine")
    room = stage.services.rooms.by_id(2)
    assert room is not None
    assert room.record == stage.store.tables.rooms[2]


def test_an_announcement_room(stage: Stage) -> None:
    """The owner and the moderators speak, the others react."""
    ann, bo = stage.full("user1"), stage.full("user2")
    ann.asks("0011|News|announcement", "0002|user1|one|News")
    bo.asks("0012|News")
    (answer,) = bo.asks("0002|user2|but|News|c1")
    assert answer.startswith("1000|0002|not-allowed|c1|")
    assert outcome(bo.asks("0010|News|1|👍|1")) == ["ok"]
    ann.asks("0016|News|user2|moderator")
    assert outcome(bo.asks("0002|user2|two|News")) == ["ok"]
    ann.asks("0016|News|user2|member")
    assert outcome(bo.asks("0008|News|3|three")) == ["not-allowed"]
    assert outcome(bo.asks("0009|News|3")) == ["ok"]
    basic = stage.basic("user2")
    basic.asks("0002|user2|but|News")
    assert len(stage.store.tables.logs[2]) == 4


def test_moderators_of_the_lobby(stage: Stage, ann: Client, bo: Client) -> None:
    """Those whom the settings name."""
    assert outcome(bo.asks("0009||1")) == ["not-allowed"]
    stage.services.rooms._lobby_moderators = frozenset({"user2"})
    moderator = stage.full("user2")
    assert moderator.asks("0012|lobby")[0] == "1011|lobby|lobby|lobby|moderator||0|1"
    assert outcome(moderator.asks("0009||1", "0017||Welcome", "0018||Mine")) == [
        "not-allowed",
        "ok",
        "ok",
    ]
    assert stage.store.tables.rooms[LOBBY_ID].topic == "Welcome"


def test_history_has_the_latest(stage: Stage, ann: Client, bo: Client) -> None:
    """Messages with their latest text and who answered what; changes at their numbers."""
    ann.asks("0008|#2|1|one", "0009|#2|2", "0002|user1|three|#2|c|1", "0008|#2|1|uno")
    assert bo.asks("0006|#2") == [
        f"1002|itcast1|uno|user1|#2|1|{NOW}|0|6",
        f"1002|itcast2||user2|#2|2|{NOW}|0|4",
        f"1003|itcast1|uno|user1|#2|3|{NOW}|edited|1",
        f"1003|itcast1||user1|#2|4|{NOW}|deleted|2",
        f"1002|itcast1|three|user1|#2|5|{NOW}|1|0|c",
        f"1003|itcast1|uno|user1|#2|6|{NOW}|edited|1",
        "1000|0006|ok||#2",
    ]


def test_basic_clients_are_told_messages_that_are_there(stage: Stage, ann: Client) -> None:
    """In history too, what was taken back is nothing to them, and changes are not."""
    ann.asks("0002|user1|behind", "0009||1", "0008||2|at last")
    basic = stage.basic("user2")
    assert basic.asks("0006") == ["1002|itcast1|at last"]


def test_what_somebody_sent_before_they_were_put_out(stage: Stage, ann: Client, bo: Client) -> None:
    """Is acknowledged to them; and that is the last they hear."""
    bo.says("0002|user2|last words|#2|c1")
    stage.turn()
    ann.says("0015|#2|user2", "0002|user1|behind|#2")
    stage.settle()
    told = bo.told_but_presence()
    assert told == [f"1000|0002|ok|c1|#2|3|{NOW}", "2008|#2|removed"]
    assert stage.store.tables.members[2, 2] is Role.REMOVED


def test_what_is_not_stored_yet_when_the_sender_is_put_out(
    stage: Stage, ann: Client, bo: Client
) -> None:
    """Is never stored, and its refusal tells nothing of the room."""
    ann.says("0015|#2|user2")
    stage.turn()
    bo.says("0002|user2|last words|#2|c1")
    stage.settle()
    refused = "1000|0002|no-such-room|c1|you were put out of this room"
    assert bo.told_but_presence() == ["2008|#2|removed", refused]
    assert "last words" not in " ".join(ann.told())
