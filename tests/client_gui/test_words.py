"""Reason words and failures in words."""

import pytest

from client_gui.events import Failure
from client_gui.words import (
    closed_words,
    login_words,
    lost_words,
    refusal_words,
    room_words,
    store_words,
    too_many_waiting_words,
)

SERVER = "chat.example.org:8090"
OF_ONE_KIND = {Failure.LOST, Failure.SILENT}


def test_each_failure_of_a_login_has_words_of_its_own() -> None:
    """So that one knows what to do."""
    reasons = [
        *(failure for failure in Failure if failure not in OF_ONE_KIND),
        *("wrong-login", "too-many-tries", "busy", "unavailable", "stopping", "error"),
    ]
    sentences = {login_words(reason, SERVER) for reason in reasons}
    assert len(sentences) == len(reasons)


@pytest.mark.parametrize("failure", [Failure.NO_SUCH_HOST, Failure.REFUSED, Failure.NOT_MINICHAT])
def test_the_server_is_named(failure: Failure) -> None:
    """It may be misspelt."""
    assert SERVER in login_words(failure, SERVER)


def test_what_only_the_server_knows_it_says_itself() -> None:
    """A reason of a later version."""
    assert login_words("new-word", SERVER, "Come back on Monday.") == "Come back on Monday."
    assert login_words("new-word", SERVER)
    assert refusal_words("new-word", "not on Mondays") == "not on Mondays"
    assert refusal_words("new-word", "") == "new-word"


@pytest.mark.parametrize("reason", [*Failure, "stopping", "slow-reader", "new-word"])
def test_every_loss_has_a_few_words(reason: object) -> None:
    """For the slim bar."""
    assert 0 < len(lost_words(reason)) < 60


def test_a_full_outbox_is_explained() -> None:
    """And says what to wait for."""
    assert "connection" in too_many_waiting_words()


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("name-taken", "of this name"),
        ("offline", "no connection"),
        ("new-word", "it says so"),
    ],
)
def test_a_refused_wish_has_words(outcome: str, words: str) -> None:
    """Ours, or else the server's."""
    assert words in room_words(outcome, "it says so")
    assert "newer-word" in room_words("newer-word", "")


def test_only_a_room_that_was_taken_away_is_talked_about() -> None:
    """Who left it knows."""
    assert "Chess" in closed_words("removed", "Chess")
    assert closed_words("left", "Chess") == ""


def test_each_trouble_with_the_disk_has_words_of_its_own() -> None:
    """So that one knows what to do."""
    assert len({store_words(reason) for reason in ("in-use", "corrupt", "disk")}) == 3
