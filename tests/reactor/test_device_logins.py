"""Crowds that log in with tokens: few pieces of work, each answered once, nobody in the way."""

import pytest

from reactor.device_logins import BATCH_MAX
from reactor.dialects import BASIC
from reactor.records import Account, Role, RoomKind
from tests.helpers.chat import Client, Stage
from tests.reactor.conftest import Faults
from wire.reasons import REASONS


def arrive(stage: Stage, tokens: list[str], program: str = "test/1") -> list[Client]:
    """One client for each of *tokens*, which says it, all in the same turn."""
    clients = [stage.connect(BASIC) for _ in tokens]
    for client, token in zip(clients, tokens, strict=True):
        client.says(f"0001|user1||{program}|{token}")
    return clients


@pytest.fixture
def token(stage: Stage) -> str:
    """Of user1, who has gone again."""
    stage.full("user1").loses_connection()
    stage.advance(1)
    return "token1"


@pytest.mark.parametrize(("count", "calls"), [(1, 1), (BATCH_MAX, 1), (BATCH_MAX + 1, 2)])
def test_a_crowd_is_few_pieces_of_work(stage: Stage, token: str, count: int, calls: int) -> None:
    """Tokens and rooms of a batch are found by one call in the lane."""
    stage.database.called.clear()
    clients = arrive(stage, [token] * count)
    stage.settle()
    assert all(client.told_of("1001|1|") for client in clients)
    assert stage.database.called == ["_look_up"] * calls


def test_one_batch_at_a_time(stage: Stage, token: str) -> None:
    """The lane has time for what others want between two of them, and a turn has a bound."""
    clients = arrive(stage, [token] * (3 * BATCH_MAX))
    stage.turn(3)
    assert len(stage.database) == 1
    stage.database.run_all()
    stage.turn()
    assert len([client for client in clients if client.told_of("1001|1|")]) == BATCH_MAX
    assert len(stage.database) == 1


def test_each_has_their_own_answer(stage: Stage, token: str) -> None:
    """Right and wrong ones, in one batch."""
    tokens = [token, "wrong", token, "other"]
    clients = arrive(stage, tokens)
    stage.settle()
    outcomes = [client.told_of("1001")[0].split("|")[1] for client in clients]
    assert outcomes == ["1", "0", "1", "0"]
    assert stage.services.counts["wrong-token"] == 2


def test_their_rooms_are_found_with_them(stage: Stage, token: str) -> None:
    """As they are in the lane at that moment; a basic client is in the lobby only."""
    room = stage.store.tables.add_room(RoomKind.PUBLIC, "garden", "")
    stage.store.tables.members[room.room_id, 1] = Role.MEMBER
    (full,), (basic,) = arrive(stage, [token]), arrive(stage, [token], program="")
    stage.settle()
    garden = stage.services.rooms.by_id(room.room_id)
    assert garden is not None
    assert full.session in garden
    assert basic.session not in garden
    assert basic.session in stage.services.rooms.lobby


@pytest.mark.parametrize("reason", ["busy", "unavailable"])
def test_all_are_told_when_it_fails(stage: Stage, token: str, reason: str) -> None:
    """And those who come after it are looked up."""
    if reason == "busy":
        stage.database.capacity = 0
    clients = arrive(stage, [token] * 3)
    stage.turn()
    if reason == "unavailable":
        stage.database.fail_one(OSError("away"))
    stage.settle()
    for client in clients:
        assert client.told() == [f"1001|0|||{reason}|{REASONS[reason]}"]
    stage.database.capacity = 100
    (client,) = arrive(stage, [token])
    stage.settle()
    assert client.told_of("1001|1|")


def test_a_fault_with_one_does_not_reach_the_next(stage: Stage, token: str, faults: Faults) -> None:
    """Each of a batch is answered by itself."""

    def faulty(_answer: object) -> None:
        raise ArithmeticError

    stage.services.device_logins.log_in("user1", token, "192.0.2.1", faulty, wants_rooms=False)
    (client,) = arrive(stage, [token])
    stage.settle()
    faults.expect(ArithmeticError)
    assert client.told_of("1001|1|")
    assert stage.database.called[-1:] == ["_look_up"]


def test_who_has_gone_meanwhile(stage: Stage, token: str) -> None:
    """Is let in nowhere."""
    gone, here = arrive(stage, [token] * 2)
    stage.turn()
    gone.loses_connection()
    stage.settle()
    assert gone.session.account is None
    assert here.session.user == Account(1, "user1", "itcast1")
    assert len(stage.services.rooms.lobby) == 1
