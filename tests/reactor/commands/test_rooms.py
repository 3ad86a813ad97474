"""Making rooms and coming into them; and that a room is there for those who are in it alone."""

import pytest

from reactor.records import Refused, Role
from tests.helpers.chat import NOW, Client, Stage
from wire.limits import MAX_NAME, MAX_TOPIC


@pytest.fixture
def ann(stage: Stage) -> Client:
    return stage.full("user1")


@pytest.fixture
def bo(stage: Stage) -> Client:
    return stage.full("user2")


def outcome(frames: list[str]) -> list[str]:
    """The outcome of each result among *frames*."""
    return [frame.split("|")[2] for frame in frames if frame.startswith("1000")]


# --- making


@pytest.mark.parametrize(
    ("fields", "kind", "topic"),
    [
        ("Cellar", "public", ""),
        ("Cellar|public", "public", ""),
        ("Cellar|private|Wine \\p beer", "private", "|Wine \\p beer"),
        ("Cellar|announcement", "announcement", ""),
    ],
)
def test_making_a_room(ann: Client, fields: str, kind: str, topic: str) -> None:
    """Its maker owns it, and is in it at once."""
    info, result = ann.asks(f"0011|{fields}")
    assert info == f"1011|#2|{kind}|Cellar|owner|{topic.lstrip('|')}|1"
    assert result == "1000|0011|ok||#2"
    assert ann.asks("0002|user1|hello|#2|c1") == [f"1000|0002|ok|c1|#2|1|{NOW}"]


def test_all_sessions_of_the_maker_are_in_it(stage: Stage, ann: Client) -> None:
    """Those that can tell rooms apart."""
    same, basic = stage.full("user1"), stage.basic("user1")
    ann.asks("0011|Cellar")
    assert same.told_but_presence() == ["1011|#2|public|Cellar|owner||1"]
    ann.asks("0002|user1|hello|Cellar")
    assert same.told() == [f"1002|itcast1|hello|user1|#2|1|{NOW}"]
    assert basic.told() == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ("", "bad-field"),
        ("@user2", "bad-field"),
        ("\uff20user2", "bad-field"),
        ("#2", "bad-field"),
        ("a\\pb", "bad-field"),
        ("a\\nb", "bad-field"),
        ("a\x1bb", "bad-field"),
        ("a\u202eb", "bad-field"),
        ("x" * (MAX_NAME + 1), "bad-field"),
        ("Cellar|lobby", "bad-field"),
        ("Cellar|direct", "bad-field"),
        ("Cellar||a\\nb", "bad-field"),
        ("Cellar||" + "x" * (MAX_TOPIC + 1), "bad-field"),
        ("Lobby", "name-taken"),
    ],
)
def test_rooms_that_cannot_be_made(stage: Stage, ann: Client, fields: str, reason: str) -> None:
    """Refused, and nothing is there."""
    assert outcome(ann.asks(f"0011|{fields}")) == [reason]
    assert len(stage.store.tables.rooms) == len(stage.services.rooms) == 1


def test_what_the_storage_refuses(stage: Stage, ann: Client) -> None:
    """Is told with its word."""
    stage.store.rooms.refusals.append(Refused("too-many", "you have twenty rooms"))
    assert ann.asks("0011|Cellar") == ["1000|0011|too-many||you have twenty rooms"]


def test_what_comes_behind_it_waits(ann: Client) -> None:
    """So a room may be made and spoken to in one piece."""
    told = ann.asks("0011|Cellar", "0002|user1|hello|Cellar", "0003|t")
    assert [frame[:9] for frame in told] == ["1011|#2|p", "1000|0011", "1000|0003", "1000|0002"]


def test_the_maker_has_gone_when_it_is_made(stage: Stage, ann: Client) -> None:
    """Another session of theirs is in it; the one that has ended is in no room."""
    same = stage.full("user1")
    ann.says("0011|Cellar")
    ann.loses_connection()
    stage.settle()
    assert same.told_but_presence() == ["1011|#2|public|Cellar|owner||1"]
    room = stage.services.rooms.by_id(2)
    assert room is not None
    assert len(room) == 1
    assert ann.told() == []


# --- coming in


@pytest.mark.parametrize("text", ["Cellar", "CELLAR", "#2"])
def test_joining(stage: Stage, ann: Client, bo: Client, text: str) -> None:
    """By name or reference; what was said before is counted, what is said then is told."""
    ann.asks("0011|Cellar", "0002|user1|before|Cellar")
    assert bo.asks(f"0012|{text}") == ["1011|#2|public|Cellar|member||2|1", "1000|0012|ok||#2"]
    ann.asks("0002|user1|behind|#2")
    assert bo.told_of("1002") == [f"1002|itcast1|behind|user1|#2|2|{NOW}"]


def test_the_others_are_told_who_has_come(stage: Stage, ann: Client, bo: Client) -> None:
    """After a moment, those who are in the room."""
    outsider = stage.full("user3")
    ann.asks("0011|Cellar")
    bo.asks("0012|Cellar")
    stage.advance(1)
    assert ann.told_of("2004")[-1] == "2004|#2|user2|itcast2|member"
    assert outsider.told_of("2004") == []


def test_joining_again(stage: Stage, ann: Client, bo: Client) -> None:
    """Is answered like the first time; nobody else hears of it."""
    ann.asks("0011|Cellar")
    bo.asks("0012|Cellar")
    stage.advance(1)
    ann.told()
    assert bo.asks("0012|Cellar") == ["1011|#2|public|Cellar|member||2", "1000|0012|ok||#2"]
    assert ann.asks("0012|#2") == ["1011|#2|public|Cellar|owner||2", "1000|0012|ok||#2"]
    stage.advance(1)
    assert ann.told_but_presence() == []


def test_joining_again_while_one_is_put_out(stage: Stage, ann: Client, bo: Client) -> None:
    """Is too late: the answer is not that one is in the room."""
    ann.asks("0011|Cellar")
    bo.asks("0012|Cellar")
    ann.says("0015|#2|user2")
    stage.turn()
    assert bo.asks("0012|#2") == [
        "2008|#2|removed",
        "1000|0012|no-such-room||there is no such room for you",
    ]


def test_joining_the_lobby(ann: Client) -> None:
    """Everybody is in it."""
    for text in ("", "lobby", "Lobby"):
        assert ann.asks(f"0012|{text}") == [
            "1011|lobby|lobby|lobby|member",
            "1000|0012|ok||lobby",
        ]


@pytest.mark.parametrize(
    "text", ["nowhere", "#99", "#2", "Secret", "#-1", "#" + "9" * 18, "@nobody", "x" * 1000, "@"]
)
def test_what_cannot_be_joined(stage: Stage, ann: Client, bo: Client, text: str) -> None:
    """A private room is no more there than one that was never made."""
    ann.asks("0011|Secret|private")
    (answer,) = bo.asks(f"0012|{text}")
    reason = "no-such-user" if text in ("@nobody", "@") else "no-such-room"
    assert answer.startswith(f"1000|0012|{reason}|")
    private, absent = bo.asks("0012|#2", "0012|#99")
    assert private == absent


def test_a_class_arrives(stage: Stage, ann: Client) -> None:
    """So many that they are not told one by one."""
    ann.asks("0011|Cellar")
    for number in range(60):
        stage.store.tables.add_user(f"pupil{number}", "Pupil", "hash:x")
        pupil = stage.connect()
        pupil.says(f"0001|pupil{number}|x|test/1", "0012|Cellar")
    stage.settle()
    ann.told()
    stage.advance(1)
    assert ann.told_of("200") == ["2003|61", "2005|#2"]


# --- direct rooms


def test_a_message_to_somebody(stage: Stage, ann: Client, bo: Client) -> None:
    """Makes the direct room: each is shown the other, and told before the message comes."""
    same, outsider = stage.full("user1"), stage.full("user3")
    assert ann.asks("0002|user1|psst|@USER2|c1") == [
        "1011|#2|direct|user2|member|itcast2|2",
        f"1000|0002|ok|c1|#2|1|{NOW}",
    ]
    said = f"1002|itcast1|psst|user1|#2|1|{NOW}|0|0|c1"
    assert bo.told_but_presence() == ["1011|#2|direct|user1|member|itcast1|2", said]
    assert same.told_but_presence() == ["1011|#2|direct|user2|member|itcast2|2", said]
    assert outsider.told_but_presence() == []


def test_the_second_message_finds_it(stage: Stage, ann: Client, bo: Client) -> None:
    """Without the storage; and the other answers in the same room."""
    ann.asks("0002|user1|psst|@user2")
    stage.database.called.clear()
    ann.asks("0002|user1|hey|@user2")
    assert stage.database.called == ["append"]
    bo.told()
    assert bo.asks("0002|user2|yes?|@user1") == [f"1000|0002|ok||#2|3|{NOW}"]
    assert ann.told() == [f"1002|itcast2|yes?|user2|#2|3|{NOW}"]


def test_who_comes_later_finds_it_too(stage: Stage, ann: Client) -> None:
    """Under the other's name, though nobody has told this server whose room it is."""
    ann.asks("0002|user1|psst|@user2")
    ann.loses_connection()
    bo = stage.full("user2")
    assert bo.asks("0006|@user1") == [
        f"1002|itcast1|psst|user1|#2|1|{NOW}",
        "1000|0006|ok||#2",
    ]
    assert bo.asks("0002|user2|yes?|@user1") == [f"1000|0002|ok||#2|2|{NOW}"]
    assert outcome(bo.asks("0006|@user3", "0006|@nobody")) == ["no-such-room"] * 2


def test_a_talk_with_oneself(ann: Client) -> None:
    """One user, one room."""
    assert ann.asks("0002|user1|milk, bread|@user1") == [
        "1011|#2|direct|user1|member|itcast1|1",
        f"1000|0002|ok||#2|1|{NOW}",
    ]


def test_opening_a_direct_room(ann: Client, bo: Client) -> None:
    """By joining it, without saying anything."""
    info = "1011|#2|direct|user2|member|itcast2|2"
    assert ann.asks("0012|@user2") == [info, "1000|0012|ok||#2"]
    assert bo.told_but_presence() == ["1011|#2|direct|user1|member|itcast1|2"]
    assert ann.asks("0012|@user2") == [info, "1000|0012|ok||#2"]
    assert bo.told() == []


@pytest.mark.parametrize("name", ["nobody", "", "x" * (MAX_NAME + 1), "#2", "user2 "])
def test_nobody_of_that_name(stage: Stage, ann: Client, name: str) -> None:
    """No room is made."""
    (answer,) = ann.asks(f"0002|user1|psst|@{name}|c1")
    assert answer.startswith(("1000|0002|no-such-user|c1|", "1000|0002|no-such-room|c1|"))
    assert len(stage.store.tables.rooms) == 1


def test_nobody_else_gets_into_a_direct_room(stage: Stage, ann: Client, bo: Client) -> None:
    """Neither by its reference nor by invitation."""
    ann.asks("0002|user1|psst|@user2")
    outsider = stage.full("user3")
    for line in ("0012|#2", "0002|user3|hi|#2", "0006|#2", "0014|#2|user3", "0020|#2"):
        assert outcome(outsider.asks(line)) == ["no-such-room"]
    assert outcome(ann.asks("0014|#2|user3", "0015|#2|user2", "0013|#2")) == ["not-allowed"] * 3
    assert outcome(ann.asks("0018|#2|Ours", "0017|#2|Love")) == ["not-allowed"] * 2


# --- basic sessions


def test_a_basic_session_hears_the_lobby_only(stage: Stage, ann: Client) -> None:
    """It could not tell rooms apart."""
    basic = stage.basic("user1")
    ann.asks("0011|Cellar", "0002|user1|hello|Cellar", "0002|user1|psst|@user1")
    assert basic.told() == []
    again = stage.basic("user1")
    ann.asks("0002|user1|behind|Cellar", "0002|user1|all!")
    assert again.told() == ["1002|itcast1|all!"]


def test_a_basic_session_may_speak_elsewhere(stage: Stage, ann: Client, bo: Client) -> None:
    """In the rooms of its user; its answer is silence, as ever."""
    ann.asks("0011|Cellar")
    bo.asks("0012|Cellar")
    basic = stage.basic("user2")
    ann.told()
    basic.says("0002|user2|one|Cellar", "0002|user2|two|#2", "0002|user2|three|@user1")
    stage.settle()
    said = [frame.split("|")[2:5] for frame in ann.told_of("1002")]
    assert said == [["one", "user2", "#2"], ["two", "user2", "#2"], ["three", "user2", "#3"]]
    assert basic.told() == []


def test_a_basic_session_where_nobody_listens(stage: Stage) -> None:
    """It is stored, and found later."""
    ann = stage.full("user1")
    ann.asks("0011|Cellar")
    ann.loses_connection()
    basic = stage.basic("user1")
    basic.asks("0002|user1|hello|Cellar|c1", "0002|user1|hello|Cellar|c1")
    assert stage.services.rooms.by_id(2) is None
    assert [entry.text for entry in stage.store.tables.logs[2]] == ["hello"]


@pytest.mark.parametrize("room", ["Cellar", "#2", "#3", "nowhere", "x" * 1000])
def test_a_basic_session_gets_into_no_room_of_others(stage: Stage, ann: Client, room: str) -> None:
    ann.asks("0011|Cellar|private")
    ann.told()
    stage.basic("user2").asks(f"0002|user2|hello|{room}")
    assert stage.store.messages.stored == []


# --- logging in and out


def test_a_login_brings_all_rooms(stage: Stage, ann: Client) -> None:
    """Nothing of them is missed from then on, and what came behind the login finds them."""
    ann.asks("0011|Cellar", "0011|Attic|private")
    same = stage.connect()
    same.says("0001|user1|111111|test/1", "0002|user1|hello|Attic|c1")
    stage.settle()
    assert same.told()[1:] == [f"1000|0002|ok|c1|#3|1|{NOW}"]
    ann.asks("0002|user1|all|Cellar")
    assert same.told_of("1002") == [f"1002|itcast1|all|user1|#2|1|{NOW}"]


@pytest.mark.parametrize("reason", ["busy", "unavailable"])
def test_a_login_that_cannot_find_its_rooms(stage: Stage, reason: str) -> None:
    """Is refused: a session without its rooms would miss what is said there."""
    client = stage.connect()
    client.says("0001|user1|111111|test/1")
    stage.reading.run_one()
    stage.turn()
    if reason == "busy":
        stage.database.capacity = 0
        stage.settle()
    else:
        stage.hashing.run_all()
        stage.turn()
        stage.database.run_one()  # a device is made
        stage.turn()
        stage.database.fail_one(OSError("away"))
        stage.settle()
    (answer,) = client.told()
    assert answer.startswith(f"1001|0|||{reason}|")
    assert client.session.account is None
    stage.database.capacity = 100
    client.logs_in("user1", "test/1")


def test_rooms_are_forgotten_with_the_last_session(stage: Stage, ann: Client) -> None:
    """And are there again with the next."""
    ann.asks("0011|Cellar", "0017|Cellar|Wine", "0018|Cellar|Attic")
    ann.loses_connection()
    assert len(stage.services.rooms) == 1
    again = stage.full("user1")
    assert again.asks("0012|attic") == [
        "1011|#2|public|Attic|owner|Wine|1|2",
        "1000|0012|ok||#2",
    ]


def test_a_session_that_ends_leaves_its_rooms(stage: Stage, ann: Client) -> None:
    """Its user stays a member."""
    same = stage.full("user1")
    ann.asks("0011|Cellar")
    same.loses_connection()
    ann.asks("0002|user1|hello|Cellar")
    assert stage.store.tables.members == {(2, 1): Role.OWNER}


def test_joining_while_something_is_being_stored(stage: Stage, ann: Client, bo: Client) -> None:
    """What the joiner is told as the last number is exactly what came before them."""
    ann.asks("0011|Cellar")
    bo.told()
    ann.says("0002|user1|one|Cellar")
    stage.turn()
    bo.says("0012|Cellar")
    ann.says("0002|user1|two|Cellar")
    stage.settle()
    told = bo.told_but_presence()
    assert told[0].startswith("1011|#2|public|Cellar|member||2|1")
    assert [frame.split("|")[5] for frame in told if frame.startswith("1002")] == ["2"]


def test_the_same_cid_in_another_room(stage: Stage, ann: Client) -> None:
    """Gets the first answer, with the room where it was stored, though nobody is there now."""
    ann.asks("0011|Cellar", "0002|user1|hello|Cellar|c1")
    first = f"1000|0002|ok|c1|#2|1|{NOW}"
    assert ann.asks("0002|user1|hello||c1") == [first]
    ann.asks("0013|Cellar")
    assert ann.asks("0002|user1|hello||c1") == [first]
