"""Group commit: who waits for whom, in which order, and what a failure does."""

from collections.abc import Sequence
from typing import Any

import pytest

from reactor import journal as journal_module
from reactor.journal import MAX_BATCH, Journal, JournalFull, Outcome
from reactor.loop import Loop
from reactor.records import NewMessage, Refused, Stored
from tests.helpers.workers import HandLane
from tests.reactor.conftest import Faults


class Disk:
    """Keeps the batches that were stored."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def append(self, batch: Sequence[NewMessage]) -> list[Outcome]:
        self.batches.append([message.text for message in batch])
        return [Stored(1, int(message.text), 0, fresh=True) for message in batch]


def message(number: int) -> NewMessage:
    return NewMessage(1, 1, "", str(number), 0)


@pytest.fixture
def lane() -> HandLane:
    return HandLane()


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def journal(loop: Loop, lane: HandLane, disk: Disk) -> Journal:
    return Journal(loop, lane, disk.append, capacity=5000)


@pytest.fixture
def answers() -> list[Any]:
    return []


def post(journal: Journal, answers: list[Any], *numbers: int) -> None:
    for number in numbers:
        journal.post(message(number), answers.append)


def test_a_quiet_server_commits_each_message_at_once(
    journal: Journal, lane: HandLane, disk: Disk, answers: list[Any]
) -> None:
    """At the end of its turn."""
    post(journal, answers, 1)
    assert len(lane) == 0
    journal.end_turn()
    lane.run_one()
    assert disk.batches == [["1"]]
    assert answers == [Stored(1, 1, 0, fresh=True)]


def test_a_busy_server_commits_all_that_waits_together(
    journal: Journal, lane: HandLane, disk: Disk, answers: list[Any]
) -> None:
    """What comes while a batch is being committed is the next batch."""
    post(journal, answers, 1)
    journal.end_turn()
    for number in range(2, 50):
        post(journal, answers, number)
        journal.end_turn()
        assert len(lane) == 1
    lane.run_one()
    journal.end_turn()
    lane.run_one()
    assert disk.batches == [["1"], [str(n) for n in range(2, 50)]]
    assert [answer.seq for answer in answers] == list(range(1, 50))


def test_nothing_is_answered_before_it_is_done(
    journal: Journal, lane: HandLane, answers: list[Any]
) -> None:
    """An acknowledgement means: committed."""
    post(journal, answers, 1, 2)
    journal.end_turn()
    journal.end_turn()
    assert answers == []
    assert not journal.idle
    lane.run_one()
    assert len(answers) == 2
    assert journal.idle


def test_a_batch_is_bounded(
    journal: Journal, lane: HandLane, disk: Disk, answers: list[Any]
) -> None:
    """What is left goes with the next; the order stays."""
    post(journal, answers, *range(MAX_BATCH + 3))
    for _ in range(2):
        journal.end_turn()
        lane.run_one()
    assert [len(batch) for batch in disk.batches] == [MAX_BATCH, 3]
    assert [answer.seq for answer in answers] == list(range(MAX_BATCH + 3))


def test_a_batch_is_bounded_in_characters_too(
    journal: Journal,
    lane: HandLane,
    disk: Disk,
    answers: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Long messages are told in several turns; one that is over the bound by itself goes alone."""
    monkeypatch.setattr(journal_module, "MAX_BATCH_CHARACTERS", 4)
    post(journal, answers, 10, 11, 12, 12345, 1, 2)
    for _ in range(4):
        journal.end_turn()
        lane.run_one()
    assert disk.batches == [["10", "11"], ["12"], ["12345"], ["1", "2"]]
    assert [answer.seq for answer in answers] == [10, 11, 12, 12345, 1, 2]


def test_what_waits_is_bounded(loop: Loop, lane: HandLane, disk: Disk, answers: list[Any]) -> None:
    """One more is not taken, and not answered later either; what is taken makes room."""
    journal = Journal(loop, lane, disk.append, capacity=2)
    post(journal, answers, 1, 2)
    with pytest.raises(JournalFull):
        post(journal, answers, 3)
    journal.end_turn()
    post(journal, answers, 4, 5)
    with pytest.raises(JournalFull):
        post(journal, answers, 6)
    lane.run_one()
    journal.end_turn()
    lane.run_one()
    assert [answer.seq for answer in answers] == [1, 2, 4, 5]


def test_a_full_lane_is_tried_again(journal: Journal, lane: HandLane, answers: list[Any]) -> None:
    """At the end of the next turn; nothing is lost or doubled."""
    post(journal, answers, 1, 2)
    lane.capacity = 0
    journal.end_turn()
    assert not journal.idle
    lane.capacity = 1
    journal.end_turn()
    lane.run_one()
    assert [answer.seq for answer in answers] == [1, 2]
    assert journal.idle


def test_nothing_goes_to_the_lane_when_nothing_waits(journal: Journal, lane: HandLane) -> None:
    """A turn without messages costs the disk nothing."""
    journal.end_turn()
    assert len(lane) == 0
    assert journal.idle


def test_refusals_are_told_to_whom_they_belong(
    loop: Loop, lane: HandLane, answers: list[Any]
) -> None:
    """Outcomes and callbacks are in one order."""
    refused = Refused("invalid", "no")
    outcomes: list[Outcome] = [Stored(1, 1, 0, fresh=True), refused]
    journal = Journal(loop, lane, lambda batch: outcomes, capacity=10)
    post(journal, answers, 1, 2)
    journal.end_turn()
    lane.run_one()
    assert answers == outcomes


def test_a_fault_of_the_storage_answers_all_and_is_seen(
    journal: Journal, lane: HandLane, answers: list[Any]
) -> None:
    """Nobody waits for ever, the loop logs it, and the next batch is tried."""
    post(journal, answers, 1, 2)
    journal.end_turn()
    with pytest.raises(ZeroDivisionError):
        lane.fail_one(ZeroDivisionError())
    assert [answer.reason for answer in answers] == ["error", "error"]
    assert journal.idle
    post(journal, answers, 3)
    journal.end_turn()
    lane.run_one()
    assert answers[-1] == Stored(1, 3, 0, fresh=True)


def test_an_answer_may_post_the_next_message(
    journal: Journal, lane: HandLane, disk: Disk, answers: list[Any]
) -> None:
    """As a session does whose next frame has waited."""
    journal.post(message(1), lambda outcome: post(journal, answers, 2))
    journal.end_turn()
    lane.run_one()
    journal.end_turn()
    lane.run_one()
    assert disk.batches == [["1"], ["2"]]
    assert [answer.seq for answer in answers] == [2]


def test_a_fault_in_one_answer_does_not_reach_the_next(
    journal: Journal, lane: HandLane, answers: list[Any], faults: Faults
) -> None:
    """One client's failure is one client's."""

    def fault(outcome: Outcome) -> None:
        raise ZeroDivisionError

    journal.post(message(1), fault)
    post(journal, answers, 2)
    journal.end_turn()
    lane.run_one()
    assert [answer.seq for answer in answers] == [2]
    faults.expect(ZeroDivisionError)
    assert journal.idle
