"""A change of members whose answer was lost: found out, and carried out if it had happened."""

from collections.abc import Callable
from typing import Any

import pytest

from reactor.doubts import AGAIN
from reactor.records import Role
from tests.helpers.chat import NOW, Client, Stage


@pytest.fixture
def ann(stage: Stage) -> Client:
    """The owner of a private room."""
    client = stage.full("user1")
    client.asks("0011|Cellar|private")
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
def lose_answer(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """What the store does next under that name is done, and nobody is told so."""

    def lose_answer(name: str) -> None:
        work = getattr(stage.store.rooms, name)

        def lost(*args: Any) -> None:
            monkeypatch.setattr(stage.store.rooms, name, work)
            work(*args)
            raise OSError("the connection was lost")

        monkeypatch.setattr(stage.store.rooms, name, lost)

    return lose_answer


LoseAnswer = Callable[[str], None]


def outcome(frames: list[str]) -> list[str]:
    return [frame.split("|")[2] for frame in frames if frame.startswith("1000")]


def test_who_was_put_out_hears_nothing_more(
    stage: Stage, ann: Client, bo: Client, lose_answer: LoseAnswer
) -> None:
    """Though the owner was told to try again."""
    lose_answer("remove")
    assert outcome(ann.asks("0015|Cellar|user2")) == ["unavailable"]
    assert bo.told_but_presence() == ["2008|#2|removed"]
    ann.asks("0002|user1|now that they are gone|Cellar")
    stage.advance(1)
    assert ann.told_of("2004") == ["2004|#2|user2|itcast2"]
    assert bo.told_but_presence() == []


def test_who_left_has_left(stage: Stage, ann: Client, bo: Client, lose_answer: LoseAnswer) -> None:
    """With all sessions; and by leaving."""
    same = stage.full("user2")
    lose_answer("leave")
    assert sorted(bo.asks("0013|Cellar"))[1:] == ["2008|#2|left"]
    assert same.told_but_presence() == ["2008|#2|left"]


def test_somebody_else_may_own_a_room_that_its_owner_left(
    stage: Stage, ann: Client, bo: Client, lose_answer: LoseAnswer
) -> None:
    """Any member: they are all looked up."""
    lose_answer("leave")
    ann.asks("0013|Cellar")
    assert bo.told_but_presence() == ["1011|#2|private|Cellar|owner||1"]
    assert outcome(bo.asks("0017|Cellar|Mine")) == ["ok"]


def test_who_was_let_in_is_in(
    stage: Stage, ann: Client, bo: Client, lose_answer: LoseAnswer
) -> None:
    """And hears what comes then."""
    cy = stage.full("user3")
    lose_answer("invite")
    assert outcome(ann.asks("0014|Cellar|USER3")) == ["unavailable"]
    assert cy.told_but_presence() == ["1011|#2|private|Cellar|member||3"]
    ann.asks("0002|user1|welcome|Cellar")
    assert cy.told_of("1002") == [f"1002|itcast1|welcome|user1|#2|1|{NOW}"]


def test_another_role(stage: Stage, ann: Client, bo: Client, lose_answer: LoseAnswer) -> None:
    """Of both, where a room has another owner."""
    lose_answer("set_role")
    ann.told()
    assert "1011|#2|private|Cellar|moderator||2" in ann.asks("0016|Cellar|user2|owner")
    assert bo.told_but_presence() == ["1011|#2|private|Cellar|owner||2"]
    assert outcome(ann.asks("0016|Cellar|user2|member")) == ["not-allowed"]


@pytest.mark.parametrize(
    ("name", "line", "reference"),
    [
        ("create", "0011|Attic", "#3"),
        ("join", "0012|Attic", "#3"),
        ("open_direct", "0012|@user3", "#3"),
        ("open_direct", "0002|user1|hello|@user3|c1", "#3"),
    ],
)
def test_who_came_is_in(
    stage: Stage, ann: Client, lose_answer: LoseAnswer, name: str, line: str, reference: str
) -> None:
    """The other one too, where there are two."""
    cy = stage.full("user3")
    if name == "join":
        cy.asks("0011|Attic")
    cy.told()
    lose_answer(name)
    assert "unavailable" in outcome(ann.asks(line))
    assert outcome(ann.asks(f"0002|user1|x|{reference}")) == ["ok"]
    assert len(cy.told_of("1002")) == (name != "create")


def test_where_nothing_has_happened_nothing_happens(stage: Stage, ann: Client, bo: Client) -> None:
    """It was refused before anything was done."""
    ann.says("0015|Cellar|user2")
    stage.turn()
    stage.database.fail_one(OSError("the database has gone"))
    stage.settle()
    assert outcome(ann.told()) == ["unavailable"]
    stage.advance(1)
    assert bo.told_but_presence() == ann.told_but_presence() == []
    assert outcome(bo.asks("0002|user2|still here|Cellar")) == ["ok"]


@pytest.mark.parametrize("is_full", [False, True])
def test_a_storage_that_cannot_say_yet(
    stage: Stage, ann: Client, bo: Client, lose_answer: LoseAnswer, is_full: bool
) -> None:
    """Is asked again; others in doubt wait meanwhile, once each."""
    lose_answer("remove")
    ann.says("0015|Cellar|user2")
    stage.turn()
    stage.database.run_all()
    if is_full:
        stage.database.capacity = 0
        stage.turn()
    else:
        stage.turn()
        stage.database.fail_one(OSError("the database has gone"))
        stage.turn()
    stage.services.doubts.about([bo.session.user], "removed")
    assert len(stage.database) == 0
    stage.database.capacity = 100
    stage.advance(AGAIN)
    stage.settle()
    assert bo.told_but_presence() == ["2008|#2|removed"]
    assert len(stage.services.doubts._waiting) == 0
    stage.advance(10 * AGAIN)
    assert len(stage.database) == 0


def test_who_is_in_doubt_again_is_looked_up_again(stage: Stage, ann: Client, bo: Client) -> None:
    """The first answer was worked out before."""
    doubts = stage.services.doubts
    doubts.about([bo.session.user], "removed")
    stage.database.run_all()
    stage.store.tables.members[2, 2] = Role.MODERATOR
    doubts.about([bo.session.user], "removed")
    stage.settle()
    assert bo.told_but_presence() == ["1011|#2|private|Cellar|moderator||2"]


def test_who_has_gone_is_not_looked_up(stage: Stage, ann: Client, bo: Client) -> None:
    """They find out when they come back."""
    account = bo.session.user
    bo.loses_connection()
    stage.services.doubts.about([account], "removed")
    assert len(stage.database) == 0
    doubts = stage.services.doubts
    doubts.about([ann.session.user], "removed")
    ann.loses_connection()
    stage.settle()
    assert not doubts._waiting
