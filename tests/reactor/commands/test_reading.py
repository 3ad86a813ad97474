"""Up to where one has read, and who has read what."""

import pytest

from reactor import read_marks
from reactor.read_marks import SAVE_EVERY
from tests.helpers.chat import Client, Stage
from tests.helpers.stores import LOBBY_ID
from wire.reasons import REASONS


@pytest.fixture
def ann(stage: Stage) -> Client:
    """Alone in the lobby, with three messages of her own."""
    ann = stage.full("user1")
    ann.says(*(f"0002|user1|m{n}" for n in range(3)))
    stage.settle()
    stage.advance(1)
    ann.told()
    return ann


def save(stage: Stage) -> None:
    stage.advance(SAVE_EVERY)
    stage.settle()


def test_a_mark_is_saved(stage: Stage, ann: Client) -> None:
    """Without an answer, and only once."""
    ann.says("0021|lobby|2", "0021|lobby|2", "0021||1")
    assert ann.told() == []
    save(stage)
    assert stage.store.marks.saved == {(LOBBY_ID, 1): 2}
    assert stage.store.marks.saves == [1]


def test_other_sessions_of_the_user_are_told(stage: Stage, ann: Client) -> None:
    """At once; nobody else is, and a lower number tells nobody anything."""
    same, basic, other = stage.full("user1"), stage.basic("user1"), stage.full("user2")
    stage.advance(1)
    for client in (ann, same, basic, other):
        client.told()
    ann.says("0021|lobby|2", "0021|lobby|1")
    assert same.told() == ["2007|lobby|2"]
    assert [client.told() for client in (ann, basic, other)] == [[], [], []]
    same.says("0021|lobby|3")
    assert ann.told() == ["2007|lobby|3"]


def test_what_nobody_has_said_is_not_read(stage: Stage, ann: Client) -> None:
    """A number that is not there yet is taken for the last one."""
    same = stage.full("user1")
    stage.advance(1)
    same.told()
    ann.says("0021|lobby|999999999999999999")
    assert same.told() == ["2007|lobby|3"]
    save(stage)
    assert stage.store.marks.saved == {(LOBBY_ID, 1): 3}


def test_a_nonsense_mark_does_not_stay(stage: Stage) -> None:
    """Set before the loop knew a last number, it does not keep the next ones from moving."""
    client, other = stage.full("user1"), stage.full("user2")
    client.says("0021|lobby|999999999999999999")
    save(stage)
    other.asks("0002|user2|first")
    client.says("0021|lobby|1")
    save(stage)
    assert stage.store.marks.saves == [1, 1]


def test_too_many_marks_wait(stage: Stage, ann: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again in a moment."""
    monkeypatch.setattr(read_marks, "WAITING_MAX", 0)
    ann.says("0021|lobby|1")
    assert ann.told() == [f"1000|0021|busy||{REASONS['busy']}"]


@pytest.mark.parametrize("request_", ["0021|nowhere|1", "0022|nowhere|1", "0023|nowhere"])
def test_no_such_room(ann: Client, request_: str) -> None:
    """Of what one is not in, nothing is told."""
    ann.says(request_)
    (answer,) = ann.told()
    assert answer.startswith(f"1000|{request_[:4]}|no-such-room|")


@pytest.mark.parametrize("request_", ["0021|lobby|-1", "0021|lobby|x", "0022|lobby|x"])
def test_what_is_no_number(ann: Client, request_: str) -> None:
    """Refused."""
    ann.says(request_)
    (answer,) = ann.told()
    assert answer.startswith(f"1000|{request_[:4]}|bad-number|")


# --- readers


@pytest.fixture
def bob(stage: Stage, ann: Client) -> Client:
    """In a room of Ann's, ``#2``, where she has said something."""
    ann.says("0011|Attic")
    stage.settle()
    bob = stage.full("user2")
    bob.says("0012|Attic")
    stage.settle()
    ann.says("0002|user1|hello|Attic", "0002|user1|again|Attic")
    stage.settle()
    stage.advance(1)
    ann.told()
    bob.told()
    return bob


def test_who_has_read(stage: Stage, ann: Client, bob: Client) -> None:
    """Each with how far they are."""
    bob.says("0021|Attic|1")
    ann.says("0021|Attic|2")
    save(stage)
    bob.says("0022|Attic|1", "0022|#2|2")
    stage.settle()
    assert bob.told() == [
        "1013|user1|itcast1|2",
        "1013|user2|itcast2|1",
        "1000|0022|ok||#2",
        "1013|user1|itcast1|2",
        "1000|0022|ok||#2",
    ]


def test_a_room_that_is_too_large(stage: Stage, ann: Client) -> None:
    """Has no list of readers."""
    ann.says("0022|lobby|1")
    stage.settle()
    (answer,) = ann.told()
    assert answer.startswith("1000|0022|too-large|")


def test_one_who_was_put_out_meanwhile(stage: Stage, ann: Client, bob: Client) -> None:
    """Is told nothing more, not even this."""
    bob.says("0022|Attic|1")
    ann.says("0015|Attic|user2")
    stage.database.run_all()
    stage.turn()
    stage.settle()
    assert [line for line in bob.told() if line[:4] in ("1013", "1000")] == [
        "1000|0022|no-such-room||there is no such room for you"
    ]
