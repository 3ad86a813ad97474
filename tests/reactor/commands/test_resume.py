"""Catching up: what is asked, and what is answered."""

import pytest

from reactor.dialects import BASIC
from tests.helpers.chat import NOW, Client, Stage
from wire.limits import MAX_PAGE, MAX_RESUMED
from wire.reasons import REASONS


def said(stage: Stage, count: int) -> Client:
    """*count* messages of user2, who stays."""
    speaker = stage.full("user2")
    for number in range(1, count + 1):
        speaker.says(f"0002|user2|m{number}")
        stage.settle()
    stage.advance(1)
    return speaker


def frame(seq: int) -> str:
    return f"1002|itcast2|m{seq}|user2|lobby|{seq}|{NOW}"


@pytest.fixture
def client(stage: Stage) -> Client:
    """One who was away while five messages were said."""
    said(stage, 5)
    client = stage.full("user1")
    stage.advance(1)
    client.told()
    return client


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        ("lobby:0:0", [1, 2, 3, 4, 5]),
        (f"lobby:3:{NOW}", [4, 5]),
        (f"lobby:5:{NOW}", []),
    ],
)
def test_what_was_missed(stage: Stage, client: Client, marks: str, told: list[int]) -> None:
    """In order; then the result with the number of the last; then what is said."""
    client.says(f"0007|{marks}")
    stage.settle()
    assert client.told() == [*map(frame, told), "1000|0007|ok|lobby||5"]
    other = stage.full("user3")
    stage.advance(1)
    client.told()
    other.says("0002|user3|live")
    stage.settle()
    assert client.told() == [f"1002|itcast3|live|user3|lobby|6|{NOW}"]


def test_right_behind_the_login(stage: Stage) -> None:
    """In the same packet: not even what is said in that moment comes before what was missed."""
    speaker = said(stage, 5)
    client = stage.connect(BASIC)
    client.says("0001|user1|111111|test/1", f"0007|lobby:3:{NOW}")
    speaker.says("0002|user2|m6")
    stage.settle()
    assert client.told_of("1002") == [frame(4), frame(5), frame(6)]


@pytest.mark.parametrize(
    "marks", [f"lobby:6:{NOW}", f"lobby:5:{NOW + 1}", "lobby:999999999999999999:1"]
)
def test_another_database(stage: Stage, client: Client, marks: str) -> None:
    """The number is not there, or not of that time: a backup was restored."""
    client.says(f"0007|{marks}")
    stage.settle()
    assert client.told() == [f"1000|0007|reset|lobby|{REASONS['reset']}"]


@pytest.mark.parametrize(("limit", "gives_up"), [(0, False), (1, True), (2, False)])
def test_too_far_back(stage: Stage, client: Client, limit: int, gives_up: bool) -> None:
    """Whoever wants not to read so much is told how far it has gone."""
    client.says(f"0007|lobby:3:{NOW}|{limit}")
    stage.settle()
    if gives_up:
        assert client.told() == [f"1000|0007|too-far|lobby|{REASONS['too-far']}|5"]
    else:
        assert client.told_of("1000") == ["1000|0007|ok|lobby||5"]


def test_live_again_after_a_refusal(stage: Stage, client: Client) -> None:
    """Whatever the outcome, what is said from then on is told."""
    client.says("0007|lobby:9:9")
    stage.settle()
    client.told()
    speaker = stage.full("user3")
    speaker.says("0002|user3|live")
    stage.settle()
    assert client.told_of("1002") == [f"1002|itcast3|live|user3|lobby|6|{NOW}"]


def test_a_room_that_is_not_open(stage: Stage, client: Client) -> None:
    """Is said, and the others are brought."""
    client.says("0007|#99:1:1 lobby:0:0")
    stage.settle()
    refused, *told, ok = client.told()
    assert refused == f"1000|0007|no-such-room|#99|{REASONS['no-such-room']}"
    assert told == [frame(n) for n in range(1, 6)]
    assert ok == "1000|0007|ok|lobby||5"


@pytest.mark.parametrize("marks", ["", "lobby", "lobby:x:1", "lobby:1:1 lobby:1:1"])
def test_bad_marks(stage: Stage, client: Client, marks: str) -> None:
    """Refused whole, and nothing is held back."""
    client.says(f"0007|{marks}", "0003|t")
    refused, ping = client.told()
    assert refused.startswith("1000|0007|bad-field|")
    assert ping == "1000|0003|ok|t"


def test_too_many_rooms(stage: Stage, client: Client) -> None:
    """The most are taken, one more is not."""
    client.says("0007|" + " ".join(f"#{n}:0:0" for n in range(1, MAX_RESUMED + 1)))
    assert len(client.told_of("1000|0007|no-such-room")) == MAX_RESUMED
    client.says("0007|" + " ".join(f"#{n}:0:0" for n in range(1, MAX_RESUMED + 2)))
    (refused,) = client.told()
    assert refused.startswith("1000|0007|too-long|")


def test_thousands_are_missed(stage: Stage) -> None:
    """Page after page, while the client reads them; nothing behind a client that does not."""
    said(stage, 2 * MAX_PAGE + 10)
    client = stage.full("user1")
    stage.advance(1)
    client.told()
    client.says("0007|lobby:0:0")
    stage.turn(3)
    stage.reading.run_one()
    client.session.behind(True)
    stage.settle()
    assert len(client.told_of("1002")) == MAX_PAGE
    stage.settle()
    assert client.told() == []
    client.session.behind(False)
    stage.settle()
    told = client.told()
    assert len(told) == MAX_PAGE + 11
    assert told[-1] == f"1000|0007|ok|lobby||{2 * MAX_PAGE + 10}"


def test_what_comes_behind_it_waits(stage: Stage, client: Client) -> None:
    """Until all is told."""
    client.says(f"0007|lobby:4:{NOW}", "0003|t")
    assert client.told() == []
    stage.settle()
    assert client.told() == [frame(5), "1000|0007|ok|lobby||5", "1000|0003|ok|t"]


def test_who_came_and_went_is_told_meanwhile(stage: Stage, client: Client) -> None:
    """What has no number is not held back: nobody could bring it later."""
    newcomer = stage.connect(BASIC)
    newcomer.says("0001|user3|333333")
    stage.settle()
    client.says("0007|lobby:0:0")
    stage.advance(1)
    assert client.told() == ["2002|user3|itcast3|1"]
    stage.settle()
    assert len(client.told()) == 6


def test_leaving_a_room_meanwhile(stage: Stage, client: Client) -> None:
    """The page that comes then is not sent."""
    client.says("0007|lobby:0:0", "0003|t")
    stage.turn(3)
    stage.services.rooms.leave(client.session, stage.services.rooms.lobby)
    stage.settle()
    assert client.told() == [
        f"1000|0007|no-such-room|lobby|{REASONS['no-such-room']}",
        "1000|0003|ok|t",
    ]


def test_a_storage_that_fails(
    stage: Stage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is said; the client asks again later, and is served meanwhile."""

    def fails(*_: int) -> None:
        raise OSError("the disk has gone")

    monkeypatch.setattr(stage.store.history, "after", fails)
    client.says("0007|lobby:0:0", "0003|t")
    stage.settle()
    refused, ping = client.told()
    assert refused.startswith("1000|0007|unavailable|lobby|")
    assert ping == "1000|0003|ok|t"


def test_a_fault_of_ours(
    stage: Stage, client: Client, monkeypatch: pytest.MonkeyPatch, faults: object
) -> None:
    """Is said; the session is not left waiting, nor held back."""
    monkeypatch.setattr("reactor.resume.from_history", lambda *_: 1 / 0)
    client.says("0007|lobby:0:0", "0003|t")
    stage.settle()
    faults.expect(ZeroDivisionError)  # type: ignore[attr-defined]
    assert client.told() == [f"1000|0007|error||{REASONS['error']}", "1000|0003|ok|t"]
    assert stage.services.rooms.lobby.seam_of(client.session) is None


def test_one_who_has_gone_is_told_nothing(stage: Stage, client: Client) -> None:
    """The page comes, and nobody is there."""
    client.says("0007|lobby:0:0")
    stage.turn(3)
    client.loses_connection()
    stage.settle()
    assert client.told() == []


def test_before_a_login(stage: Stage) -> None:
    """Nothing is brought to strangers."""
    stranger = stage.full_stranger()
    stranger.says("0007|lobby:0:0")
    (answer,) = stranger.told()
    assert answer.startswith("1000|0007|login-first|")
