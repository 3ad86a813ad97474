"""What was said before: pages, where to continue, and who may ask."""

import pytest

from reactor import archive
from tests.helpers.chat import NOW, Client, Stage
from wire.limits import MAX_PAGE


def said(stage: Stage, count: int, text: str = "m") -> None:
    """*count* messages of somebody who has left."""
    speaker = stage.full("user2")
    for number in range(1, count + 1):
        speaker.says(f"0002|user2|{text}{number}")
        stage.settle()
    speaker.loses_connection()
    stage.advance(1)


@pytest.fixture
def client(stage: Stage) -> Client:
    """One who was away while five messages were said."""
    said(stage, 5)
    client = stage.full("user1")
    stage.advance(1)
    client.told()
    return client


def frame(seq: int) -> str:
    return f"1002|itcast2|m{seq}|user2|lobby|{seq}|{NOW}"


@pytest.mark.parametrize(
    ("request_", "seqs", "continue_at"),
    [
        ("0006", [1, 2, 3, 4, 5], ""),
        ("0006|lobby", [1, 2, 3, 4, 5], ""),
        ("0006||1", [1, 2, 3, 4, 5], ""),
        ("0006||3", [3, 4, 5], ""),
        ("0006||3||2", [3, 4], "5"),
        ("0006||5||2", [5], ""),
        ("0006||6", [], ""),
        ("0006||999999999999999999", [], ""),
        ("0006|||4|2", [2, 3], "2"),
        ("0006|||2|2", [1], ""),
        ("0006|||1", [], ""),
        ("0006|||0|2", [4, 5], "4"),
        ("0006||2|5|1", [2], "3"),  # since is what counts
    ],
)
def test_a_page(
    stage: Stage, client: Client, request_: str, seqs: list[int], continue_at: str
) -> None:
    """In the order of the numbers; then the result, with where to continue."""
    client.says(request_)
    stage.settle()
    result = f"1000|0006|ok|{continue_at}|lobby"
    assert client.told() == [*map(frame, seqs), result]


@pytest.mark.parametrize("limit", ["", "0", str(MAX_PAGE + 1), "999999999999999999"])
def test_a_page_is_bounded(stage: Stage, limit: str) -> None:
    """Whatever is asked for."""
    said(stage, MAX_PAGE + 5)
    client = stage.full("user1")
    client.told()
    client.says(f"0006||1||{limit}", f"0006||||{limit}")
    stage.settle()
    assert len(client.told_of("1002")) == 2 * MAX_PAGE


def test_a_page_is_bounded_in_bytes_too(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """In both directions; but there is always one message in it."""
    said(stage, 5, text="早" * 10)
    client = stage.full("user1")
    stage.advance(1)
    client.told()
    monkeypatch.setattr(archive, "PAGE_BYTES", 70)
    client.says("0006||1", "0006")
    stage.settle()
    frames = client.told()
    assert [line.split("|")[5] for line in frames if line.startswith("1002")] == list("1245")
    assert [line for line in frames if line.startswith("1000")] == [
        "1000|0006|ok|3|lobby",
        "1000|0006|ok|4|lobby",
    ]
    monkeypatch.setattr(archive, "PAGE_BYTES", 1)
    client.says("0006||1", "0006")
    stage.settle()
    assert [line.split("|")[5] for line in client.told_of("1002")] == ["1", "5"]


@pytest.mark.parametrize(("pages", "first"), [("0006||{}||2", 1), ("0006|||{}|2", 0)])
def test_going_on_reaches_everything(stage: Stage, client: Client, pages: str, first: int) -> None:
    """Page after page, in both directions, each message once."""
    seqs: list[int] = []
    at = str(first)
    while at:
        client.says(pages.format(at))
        stage.settle()
        *messages, result = client.told()
        seqs += [int(message.split("|")[5]) for message in messages]
        at = result.split("|")[3]
    assert sorted(seqs) == [1, 2, 3, 4, 5]


def test_what_comes_behind_it_waits(stage: Stage, client: Client) -> None:
    """Answers come in the order of the requests."""
    client.says("0006||5", "0003|t")
    assert client.told() == []
    stage.settle()
    assert client.told() == [frame(5), "1000|0006|ok||lobby", "1000|0003|ok|t"]


def test_basic_clients_may_ask_too(stage: Stage) -> None:
    """They are told the messages, as ever."""
    said(stage, 2)
    client = stage.basic()
    client.says("0006")
    stage.settle()
    assert client.told() == ["1002|itcast2|m1", "1002|itcast2|m2"]


@pytest.mark.parametrize("room", ["nowhere", "x" * 1000])
def test_no_such_room(client: Client, room: str) -> None:
    """Refused, however it is called."""
    client.says(f"0006|{room}")
    (answer,) = client.told()
    assert answer.startswith("1000|0006|no-such-room|")


@pytest.mark.parametrize("field", ["0006||-1", "0006||x", "0006|||-1", "0006||||-1", "0006||||1e9"])
def test_what_is_no_number(client: Client, field: str) -> None:
    """Refused."""
    client.says(field)
    (answer,) = client.told()
    assert answer.startswith("1000|0006|bad-number|")


def test_a_storage_that_fails(
    stage: Stage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Try again later; and what comes next is served."""

    def fails(*_: int) -> None:
        raise OSError("the disk has gone")

    monkeypatch.setattr(stage.store.history, "before", fails)
    client.says("0006", "0003|t")
    stage.settle()
    refusal, ping = client.told()
    assert refusal.startswith("1000|0006|unavailable|")
    assert ping == "1000|0003|ok|t"


def test_a_full_lane(stage: Stage, client: Client) -> None:
    """Try again in a moment."""
    stage.reading.capacity = 0
    client.says("0006")
    (answer,) = client.told()
    assert answer.startswith("1000|0006|busy|")


def test_one_who_has_gone_is_told_nothing(stage: Stage, client: Client) -> None:
    """The page comes, and nobody is there."""
    client.says("0006")
    client.loses_connection()
    stage.settle()
    assert client.told() == []


def test_before_a_login(stage: Stage) -> None:
    """Nothing is read to strangers."""
    stranger = stage.full_stranger()
    stranger.says("0006")
    (answer,) = stranger.told()
    assert answer.startswith("1000|0006|login-first|")
