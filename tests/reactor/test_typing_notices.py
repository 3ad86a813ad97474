"""Who is writing something."""

import pytest

from reactor import typing_notices
from reactor.typing_notices import AGAIN_AFTER, DELAY
from tests.helpers.chat import Client, Stage

NOTICE = "2006|lobby|user1|itcast1"


@pytest.fixture
def ann(stage: Stage) -> Client:
    return stage.full("user1")


@pytest.fixture
def bob(stage: Stage, ann: Client) -> Client:
    bob = stage.full("user2")
    stage.advance(1)
    ann.told()
    bob.told()
    return bob


def test_the_others_are_told(stage: Stage, ann: Client, bob: Client) -> None:
    """A moment later, and once; the one who writes is not."""
    ann.says("0023|lobby", "0023|")
    assert bob.told() == []
    stage.advance(DELAY)
    assert bob.told() == [NOTICE]
    assert ann.told() == []


def test_once_in_a_while(stage: Stage, ann: Client, bob: Client) -> None:
    """However often the client says so."""
    for _ in range(10):
        ann.says("0023|lobby")
        stage.advance(AGAIN_AFTER / 10)
    assert bob.told() == [NOTICE]
    stage.advance(DELAY)
    ann.says("0023|lobby")
    stage.advance(DELAY)
    assert bob.told() == [NOTICE]


def test_what_has_come_is_not_announced(stage: Stage, ann: Client, bob: Client) -> None:
    """The message stands for itself; the next one is announced again."""
    ann.says("0023|lobby", "0002|user1|hello")
    stage.settle()
    stage.advance(DELAY)
    assert [line[:4] for line in bob.told()] == ["1002"]
    ann.says("0023|lobby")
    stage.advance(DELAY)
    assert bob.told() == [NOTICE]


def test_one_who_has_gone(stage: Stage, ann: Client, bob: Client) -> None:
    """Writes nothing any more."""
    ann.says("0023|lobby")
    ann.loses_connection()
    stage.advance(DELAY)
    assert bob.told_of("2006") == []


def test_in_a_large_room(
    stage: Stage, ann: Client, bob: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is told."""
    monkeypatch.setattr(typing_notices, "LISTENERS_MAX", 1)
    ann.says("0023|lobby")
    stage.advance(DELAY)
    assert bob.told() == []
    monkeypatch.setattr(typing_notices, "LISTENERS_MAX", 2)
    ann.says("0023|lobby")
    stage.advance(DELAY)
    assert bob.told() == [NOTICE]


def test_basic_clients_are_told_nothing(stage: Stage, ann: Client) -> None:
    """As ever."""
    basic = stage.basic("user2")
    ann.says("0023|lobby")
    stage.advance(DELAY)
    assert basic.told() == []


def test_nothing_is_kept(stage: Stage, ann: Client, bob: Client) -> None:
    """Of what is over."""
    ann.says("0023|lobby")
    stage.advance(AGAIN_AFTER)
    bob.says("0023|lobby")
    stage.advance(DELAY)
    notices = stage.services.typing
    assert len(notices._quiet_until) == 1
    assert not notices._gathered
