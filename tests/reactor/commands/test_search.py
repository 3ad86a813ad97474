"""Looking for words."""

import sys

import pytest

from reactor.commands.search import _tell
from tests.helpers.chat import NOW, Client, Stage
from wire.limits import MAX_PAGE, MAX_QUERY


@pytest.fixture
def ann(stage: Stage) -> Client:
    """One who has said something in the lobby and in a room of her own."""
    ann = stage.full("user1")
    ann.says("0011|Attic")
    stage.settle()
    for text, room in (("one egg", ""), ("早上好", ""), ("two eggs", "Attic"), ("egg cup", "")):
        ann.says(f"0002|user1|{text}|{room}")
        stage.settle()
    stage.advance(1)
    ann.told()
    return ann


def found(text: str, room: str, seq: int) -> str:
    return f"1014|itcast1|{text}|user1|{room}|{seq}|{NOW}"


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        ("egg", [("egg cup", "lobby", 3), ("two eggs", "#2", 1), ("one egg", "lobby", 1)]),
        ("EGG one", [("one egg", "lobby", 1)]),
        ("上", [("早上好", "lobby", 2)]),
        ("egg|Attic", [("two eggs", "#2", 1)]),
        ("egg|lobby", [("egg cup", "lobby", 3), ("one egg", "lobby", 1)]),
        ("egg|#2", [("two eggs", "#2", 1)]),
        ("nothing", []),
    ],
)
def test_hits(stage: Stage, ann: Client, request_: str, told: list[tuple[str, str, int]]) -> None:
    """The latest first; everywhere, or in one room."""
    ann.says(f"0024|{request_}")
    stage.settle()
    assert ann.told() == [*(found(*hit) for hit in told), "1000|0024|ok"]


def test_rooms_that_one_is_not_in(stage: Stage, ann: Client) -> None:
    """Are never looked into, not even by name."""
    other = stage.full("user2")
    stage.advance(1)
    other.told()
    other.says("0024|eggs", "0024|egg|Attic", "0024|egg|#2")
    stage.settle()
    nothing, *refused = other.told()
    assert nothing == "1000|0024|ok"
    assert all(answer.startswith("1000|0024|no-such-room|") for answer in refused)


def test_one_who_was_put_out_meanwhile(stage: Stage, ann: Client) -> None:
    """Is told nothing of that room any more."""
    other = stage.full("user2")
    other.says("0012|Attic")
    stage.settle()
    stage.advance(1)
    other.told()
    other.says("0024|egg")
    stage.reading.run_all()
    ann.says("0015|Attic|user2")
    stage.database.run_all()
    room = stage.services.rooms.by_id(2)
    assert room is not None
    stage.services.rooms.leave(other.session, room)
    stage.settle()
    assert other.told_of("1014") == [
        found("egg cup", "lobby", 3),
        found("one egg", "lobby", 1),
    ]


def test_going_on(stage: Stage, ann: Client) -> None:
    """Page after page, each hit once."""
    told: list[str] = []
    before = ""
    for _ in range(3):
        ann.says(f"0024|egg||{before}|1")
        stage.settle()
        *hits, result = ann.told()
        told += hits
        before = result.split("|")[3] if result.count("|") > 2 else ""
    assert before == ""
    assert told == [
        found("egg cup", "lobby", 3),
        found("two eggs", "#2", 1),
        found("one egg", "lobby", 1),
    ]


def test_a_page_is_bounded(stage: Stage, ann: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """In hits and in bytes; and what did not fit comes with the next."""
    asked: list[int] = []
    real = stage.store.search.search

    def spy(user_id: int, room: int | None, words: str, before: int, limit: int) -> object:
        asked.append(limit)
        return real(user_id, room, words, before, limit)

    monkeypatch.setattr(stage.store.search, "search", spy)
    # The package has a function of the module's name.
    monkeypatch.setattr(sys.modules[_tell.__module__], "PAGE_BYTES", 8)
    ann.says("0024|egg|||999999999", "0024|egg")
    stage.settle()
    assert asked == [MAX_PAGE, MAX_PAGE]
    first, result, *_ = ann.told()
    assert first == found("egg cup", "lobby", 3)
    ann.says(f"0024|egg||{result.split('|')[3]}")
    stage.settle()
    assert ann.told()[0] == found("two eggs", "#2", 1)


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        ("", "bad-field"),
        (" ", "bad-field"),
        ("\u3000", "bad-field"),
        ("x" * (MAX_QUERY + 1), "too-long"),
        ("egg||x", "bad-field"),
        ("egg||-1", "bad-field"),
        ("egg||１", "bad-field"),
        ("egg||" + "1" * 19, "bad-field"),
    ],
)
def test_what_cannot_be_looked_for(ann: Client, request_: str, reason: str) -> None:
    """Refused, and nobody looks."""
    ann.says(f"0024|{request_}")
    (answer,) = ann.told()
    assert answer.startswith(f"1000|0024|{reason}|")


def test_before_a_login(stage: Stage) -> None:
    """Nothing is found for strangers."""
    stranger = stage.full_stranger()
    stranger.says("0024|egg")
    (answer,) = stranger.told()
    assert answer.startswith("1000|0024|login-first|")
