"""What was in doubt is asked once; an answer that was lost is given once."""

import pytest

from reactor import lost_commits
from reactor.lost_commits import LostCommits
from reactor.records import NewMessage, Stored

WITH_CID = NewMessage(1, 7, "cid", "hello", 100)
WITHOUT = NewMessage(1, 7, "", "hello", 100)


def answer(seq: int) -> Stored:
    """The answer for the message numbered *seq*."""
    return Stored(1, seq, 100, fresh=True)


def test_without_a_lost_commit_nothing_is_asked() -> None:
    """The usual case costs nothing."""
    lost = LostCommits()
    lost.settle(lambda attempt: pytest.fail("asked"))
    lost.add([])
    lost.settle(lambda attempt: pytest.fail("asked"))
    assert lost.answer(WITH_CID) is None


def test_what_landed_is_answered_once() -> None:
    """By sender and cid, whatever else has changed; without a cid, only if nothing has."""
    lost = LostCommits()
    lost.add([(WITH_CID, answer(1)), (WITHOUT, answer(2))])
    lost.settle(lambda attempt: True)
    assert lost.answer(WITHOUT._replace(sent_at=101)) is None
    assert lost.answer(WITH_CID._replace(sender_id=8)) is None
    assert lost.answer(WITH_CID._replace(sent_at=101)) == answer(1)
    assert lost.answer(WITHOUT) == answer(2)
    assert lost.answer(WITH_CID) is None
    assert lost.answer(WITHOUT) is None


def test_what_did_not_land_is_forgotten() -> None:
    """It is stored anew when it comes again."""
    lost = LostCommits()
    lost.add([(WITH_CID, answer(1))])
    lost.settle(lambda attempt: False)
    assert lost.answer(WITH_CID) is None
    lost.settle(lambda attempt: pytest.fail("asked twice"))


def test_the_same_message_twice_has_two_answers() -> None:
    """Two equal lines of one sender in one millisecond, in the order in which they came."""
    lost = LostCommits()
    lost.add([(WITHOUT, answer(1)), (WITHOUT, answer(2))])
    lost.settle(lambda attempt: True)
    assert [lost.answer(WITHOUT) for _ in range(3)] == [answer(1), answer(2), None]


def test_while_the_database_cannot_be_asked_the_doubt_stays() -> None:
    """Until it answers."""
    lost = LostCommits()
    lost.add([(WITH_CID, answer(1))])

    def fail(attempt: lost_commits.Attempt) -> bool:
        raise ConnectionError

    for _ in range(2):
        with pytest.raises(ConnectionError):
            lost.settle(fail)
    lost.settle(lambda attempt: True)
    assert lost.answer(WITH_CID) == answer(1)


def test_no_more_answers_are_kept_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest go first."""
    monkeypatch.setattr(lost_commits, "MAX_ANSWERS", 2)
    lost = LostCommits()
    messages = [WITH_CID._replace(cid=str(i)) for i in range(3)]
    lost.add([(message, answer(i)) for i, message in enumerate(messages)])
    lost.settle(lambda attempt: True)
    assert [lost.answer(message) for message in messages] == [None, answer(1), answer(2)]
