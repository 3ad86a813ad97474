"""Asking the storage for a session: held meanwhile, answered once, whatever comes of it."""

from collections.abc import Callable

import pytest

from reactor.commands.ask import Question
from reactor.records import Refused
from tests.helpers.chat import Client, Stage
from tests.reactor.conftest import Faults
from wire.messages import CreateRoom
from wire.reasons import REASONS


@pytest.fixture
def client(stage: Stage) -> Client:
    client = stage.full()
    stage.advance(1)
    client.told()
    return client


@pytest.fixture
def question(stage: Stage, client: Client) -> Question:
    request = CreateRoom("Cellar")

    def refuse(reason: str, detail: str) -> None:
        client.session.refuse(request, reason, detail, "ref")

    return Question(stage.services, client.session, request, refuse)


Ask = Callable[..., list[object]]


@pytest.fixture
def ask(stage: Stage, question: Question) -> Ask:
    """Ask for something; what *then* is called with is in the list."""

    def ask(work: Callable[[], object]) -> list[object]:
        answers: list[object] = []
        question.ask(stage.database, work, then=answers.append)
        return answers

    return ask


def test_an_answer(stage: Stage, client: Client, ask: Ask) -> None:
    """What comes behind the request waits for it."""
    answers = ask(lambda: 7)
    client.says("0003|t")
    stage.turn(3)
    assert (answers, client.told()) == ([], [])
    stage.settle()
    assert (answers, client.told()) == ([7], ["1000|0003|ok|t"])


def test_a_refusal(stage: Stage, client: Client, ask: Ask) -> None:
    """With the storage's word and sentence, in the way that was asked for."""
    answers = ask(lambda: Refused("too-many", "enough"))
    stage.settle()
    assert (answers, client.told()) == ([], ["1000|0011|too-many|ref|enough"])


def test_a_full_lane(stage: Stage, client: Client, ask: Ask) -> None:
    """At once; and the session is not held."""
    stage.database.capacity = 0
    ask(lambda: 7)
    client.says("0003|t")
    busy = f"1000|0011|busy|ref|{REASONS['busy']}"
    assert client.told() == [busy, "1000|0003|ok|t"]


def test_a_storage_that_fails(
    stage: Stage, client: Client, question: Question, caplog: pytest.LogCaptureFixture
) -> None:
    """The client is told that it may try again, the log why; who is unsure then, is told too."""
    unsure: list[None] = []
    question.ask(stage.database, lambda: 7, then=unsure.append, unsure=lambda: unsure.append(None))
    client.says("0003|t")
    stage.database.fail_one(OSError("the disk has gone"))
    stage.settle()
    unavailable = f"1000|0011|unavailable|ref|{REASONS['unavailable']}"
    assert client.told() == [unavailable, "1000|0003|ok|t"]
    assert "the disk has gone" in caplog.text
    assert unsure == [None]


def test_a_fault_behind_the_lane(
    stage: Stage, client: Client, question: Question, faults: Faults
) -> None:
    """Is answered, and the session goes on."""
    question.ask(stage.database, lambda: 0, then=lambda number: 1 / number)
    client.says("0003|t")
    stage.settle()
    assert client.told() == [f"1000|0011|error|ref|{REASONS['error']}", "1000|0003|ok|t"]
    faults.expect(ZeroDivisionError)


def test_who_asked_has_gone(stage: Stage, client: Client, ask: Ask) -> None:
    """What the storage has done is done: it is carried out all the same."""
    answers = ask(lambda: 7)
    client.loses_connection()
    stage.settle()
    assert (answers, client.told()) == ([7], [])


def test_asking_once_more(stage: Stage, client: Client, question: Question) -> None:
    """The session is held until the last answer."""
    answers: list[int] = []

    def again(first: int) -> None:
        answers.append(first)
        question.ask(stage.database, lambda: 2, then=answers.append)

    question.ask(stage.database, lambda: 1, then=again)
    client.says("0003|t")
    stage.database.run_all()
    stage.turn(3)
    assert (answers, client.told()) == ([1], [])
    stage.settle()
    assert (answers, client.told()) == ([1, 2], ["1000|0003|ok|t"])
