"""Saying something: stored, acknowledged, then told to the others; or refused with a word."""

import pytest

from reactor.dialects import LINELESS
from reactor.journal import Journal
from reactor.records import NewMessage, Refused
from tests.helpers.chat import NOW, Client, Stage
from tests.helpers.stores import LOBBY_ID
from tests.reactor.conftest import Faults
from wire.limits import MAX_CID, MAX_TEXT

LIMIT_NAME = "user1" + "x" * 28


@pytest.fixture
def client(stage: Stage) -> Client:
    return stage.full("user1")


def test_the_seeds_conversation(stage: Stage) -> None:
    """Byte for byte: the others get it, who said it gets nothing."""
    one, two, three = (stage.basic(f"user{n}") for n in (1, 2, 3))
    one.says("0002|user1|hello")
    stage.settle()
    assert two.told() == three.told() == ["1002|itcast1|hello"]
    assert one.told() == []


def test_all_dialects_in_one_room(stage: Stage) -> None:
    """Each is told in its own way."""
    full, basic = stage.full("user1"), stage.basic("user2")
    seed = stage.connect(LINELESS)
    seed.sends(b"0001|user3|333333")
    stage.advance(1)
    stage.settle()
    stage.advance(1)
    for client in (full, basic, seed):
        client.told()
    seed.sends("0002|user3|早|上\n好".encode())
    stage.advance(1)
    stage.settle()
    assert seed.told() == []
    assert basic.told() == ["1002|itcast3|早\\p上\\n好"]
    assert full.told() == [f"1002|itcast3|早\\p上\\n好|user3|lobby|1|{NOW}"]
    full.says("0002|user1|a\\pb||c1")
    stage.settle()
    assert full.told() == [f"1000|0002|ok|c1|lobby|2|{NOW}"]
    assert basic.told() == ["1002|itcast1|a\\pb"]
    assert seed.told() == ["1002|itcast1|a\N{FULLWIDTH VERTICAL LINE}b"]


def test_an_acknowledgement_comes_after_the_commit(stage: Stage, client: Client) -> None:
    """And so does the message to the others: never before."""
    other = stage.full("user2")
    client.says("0002|user1|hello||c1")
    stage.turn(5)
    assert client.told_of("1000") == []
    assert other.told_of("1002") == []
    stage.settle()
    assert client.told_of("1000") == [f"1000|0002|ok|c1|lobby|1|{NOW}"]
    assert other.told_of("1002") == [f"1002|itcast1|hello|user1|lobby|1|{NOW}|0|0|c1"]


def test_what_is_stored(stage: Stage, client: Client) -> None:
    """As it was typed."""
    client.says("0002|user1| a\\nb ||c1")
    stage.settle()
    (message,) = stage.store.messages.stored
    assert message == NewMessage(LOBBY_ID, client.session.user.user_id, "c1", " a\nb ", NOW)


def test_the_other_session_of_the_same_user_gets_it(stage: Stage, client: Client) -> None:
    """Each session each message once; the one that said it, its acknowledgement."""
    same = stage.full("user1")
    same.told()
    client.told()
    client.says("0002|user1|hello")
    stage.settle()
    assert [frame[:4] for frame in client.told()] == ["1000"]
    assert [frame[:4] for frame in same.told()] == ["1002"]


def test_who_is_not_logged_in_hears_nothing(stage: Stage, client: Client) -> None:
    """A connection is not a member."""
    stranger = stage.connect()
    client.says("0002|user1|hello")
    stage.settle()
    assert stranger.told() == []


def test_the_same_cid_again(stage: Stage, client: Client) -> None:
    """Gets the first answer again, and nobody gets a second message."""
    other = stage.full("user2")
    other.told()
    client.says("0002|user1|hello||c1")
    stage.settle()
    client.says("0002|user1|hello again||c1")
    stage.settle()
    assert client.told_of("1000") == [f"1000|0002|ok|c1|lobby|1|{NOW}"] * 2
    assert len(other.told_of("1002")) == 1
    assert stage.services.counts["message"] == 1


def test_the_same_cid_again_overtakes_nothing(stage: Stage, client: Client) -> None:
    """A reconnected client that is told number 3 first would drop 1 and 2 as seen."""
    again, other = stage.full("user1"), stage.full("user2")
    again.told()
    other.says("0002|user2|one", "0002|user2|two")
    client.says("0002|user1|three||c1")
    again.says("0002|user1|three||c1")
    stage.settle()
    seqs = [frame.split("|")[5] for frame in again.told() if frame[0] == "1"]
    assert seqs == ["1", "2", "3", "3"]


def test_a_fault_as_it_is_published(
    stage: Stage, client: Client, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Does not leave the session waiting for an answer that never comes."""
    window = stage.services.patience.unacknowledged

    def fault(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(stage.services.rooms.lobby, "publish", fault)
    client.told()
    client.says(*["0002|user1|hello"] * window, "0003|after")
    stage.settle()
    assert client.pings_answered() == ["after"]
    faults.expect(ZeroDivisionError, window)


def test_others_see_the_name_that_is_registered(stage: Stage, client: Client) -> None:
    """Whatever way it was spelled in the request."""
    other = stage.full("user2")
    client.says("0002|\uff35SER1|hello")
    stage.settle()
    assert other.told_of("1002") == [f"1002|itcast1|hello|user1|lobby|1|{NOW}"]


def test_many_in_one_read_keep_their_order(stage: Stage, client: Client) -> None:
    """For the sender and for the others."""
    other = stage.full("user2")
    other.told()
    client.says(*(f"0002|user1|{n}||c{n}" for n in range(20)))
    stage.settle()
    assert [f.split("|")[3] for f in client.told_of("1000")] == [f"c{n}" for n in range(20)]
    assert [f.split("|")[2] for f in other.told_of("1002")] == [str(n) for n in range(20)]


# --- refusals


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("0002|user2|hello||c1", "wrong-user"),
        ("0002||hello||c1", "wrong-user"),
        (f"0002|{LIMIT_NAME}|hello||c1", "wrong-user"),
        ("0002|user1|||c1", "bad-field"),
        ("0002|user1| \\n\t||c1", "bad-field"),
        ("0002|user1|" + "x" * (MAX_TEXT + 1) + "||c1", "too-long"),
        ("0002|user1|hello|cellar|c1", "no-such-room"),
    ],
)
def test_refusals(stage: Stage, client: Client, line: str, reason: str) -> None:
    """With the cid; nothing is stored, nobody is told, and the session lives."""
    other = stage.full("user2")
    other.told()
    client.told()
    client.says(line)
    stage.settle()
    (answer,) = client.told()
    assert answer.startswith(f"1000|0002|{reason}|c1|")
    assert stage.services.counts[reason] == 1
    assert stage.store.messages.stored == []
    assert other.told() == []


@pytest.mark.parametrize(
    ("cid", "reason"),
    [
        ("x" * (MAX_CID + 1), "too-long"),
        ("a b", "bad-field"),
        ("é", "bad-field"),
        ("a\t", "bad-field"),
        ("\x7f", "bad-field"),
    ],
)
def test_cids_that_cannot_be(stage: Stage, client: Client, cid: str, reason: str) -> None:
    """Databases would not compare them alike; no more of it is sent back than one may have."""
    client.says(f"0002|user1|hello||{cid}")
    stage.settle()
    (answer,) = client.told_of("1000")
    assert answer.startswith(f"1000|0002|{reason}|{cid[:MAX_CID]}|")
    assert stage.store.messages.stored == []


def test_the_limits_themselves_are_allowed(stage: Stage, client: Client) -> None:
    """The longest text of the widest characters, and the longest cid."""
    text, cid = "😀" * MAX_TEXT, "~" * MAX_CID
    client.says(f"0002|USER1|{text}|LOBBY|{cid}")
    stage.settle()
    assert client.told_of("1000") == [f"1000|0002|ok|{cid}|lobby|1|{NOW}"]
    assert stage.store.messages.stored[0].text == text


@pytest.mark.parametrize("line", ["0002|user2|I am user2", "0002|user1|", "0002|user1", "0002"])
def test_a_basic_client_is_refused_in_silence(stage: Stage, line: str) -> None:
    """And nobody is told what it said in another's name."""
    client, other = stage.basic("user1"), stage.full("user2")
    other.told()
    client.says(line)
    stage.settle()
    assert client.told() == []
    assert other.told() == []
    assert not client.connection.closed


def test_nobody_speaks_for_others_with_what_they_type(stage: Stage, client: Client) -> None:
    """No text becomes a second frame, or another's name."""
    basic = stage.basic("user2")
    client.says("0002|user1|x\\n1002\\pitcast3\\pforged\\r")
    stage.settle()
    assert basic.told() == ["1002|itcast1|x\\n1002\\pitcast3\\pforged\\r"]


@pytest.mark.parametrize("code", ["0002|user1|hello", "0004", "0005"])
def test_a_login_comes_first(stage: Stage, code: str) -> None:
    """Before it, only a login and a ping are served."""
    client = stage.connect()
    client.says("0001|user1|wrong|test/1", code)
    stage.settle()
    assert client.told()[-1].startswith(f"1000|{code[:4]}|login-first|")
    assert stage.store.messages.stored == []


def test_a_full_journal(stage: Stage, client: Client) -> None:
    """Try again; and what was taken is answered."""
    journal = Journal(stage.loop, stage.database, stage.store.messages.append, capacity=2)
    stage.change(journal=journal)
    client = stage.full("user1")
    client.told()
    client.says(*(f"0002|user1|hello||c{n}" for n in range(3)))
    stage.settle()
    answers = [frame.split("|")[2:4] for frame in client.told_of("1000")]
    assert answers == [["busy", "c2"], ["ok", "c0"], ["ok", "c1"]]


@pytest.mark.parametrize("reason", ["unavailable", "invalid"])
def test_what_the_storage_refuses(stage: Stage, client: Client, reason: str) -> None:
    """Is told with its word; nobody else hears of it."""
    other = stage.full("user2")
    other.told()
    client.told()
    stage.store.messages.refusals.append(Refused(reason, "why"))
    client.says("0002|user1|hello||c1", "0002|user1|again||c2")
    stage.settle()
    assert client.told_of("1000") == [
        f"1000|0002|{reason}|c1|why",
        f"1000|0002|ok|c2|lobby|1|{NOW}",
    ]
    assert [frame.split("|")[2] for frame in other.told_of("1002")] == ["again"]


def test_a_fault_of_the_storage(stage: Stage, client: Client, faults: Faults) -> None:
    """Is answered to all of the batch; the next message is tried."""
    client.told()
    client.says("0002|user1|hello||c1", "0002|user1|hello||c2")
    stage.turn()
    stage.database.fail_one(ZeroDivisionError())
    stage.settle()
    assert [f.split("|")[2:4] for f in client.told_of("1000")] == [["error", "c1"], ["error", "c2"]]
    faults.expect(ZeroDivisionError)
    client.says("0002|user1|hello||c3")
    stage.settle()
    assert client.told_of("1000") == [f"1000|0002|ok|c3|lobby|1|{NOW}"]
