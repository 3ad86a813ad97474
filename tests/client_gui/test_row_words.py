"""What a row says."""

import pytest

from client_gui.items import Delivery
from client_gui.row_words import filled, notice_words, shown_text, speaker, state_words
from tests.client_gui.conftest import MakeEntry


def _plain(words: str) -> str:
    return words.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    ("notice", "text", "words"),
    [
        ("topic", "Plans", "Grace set the topic: Plans"),
        ("topic", "", "Grace took the topic away"),
        ("renamed", "New\nname", "Grace named the room New name"),
    ],
)
def test_what_changed_is_a_sentence(
    make_entry: MakeEntry, notice: str, text: str, words: str
) -> None:
    """On one line."""
    entry = make_entry(text=text, notice=notice)
    assert _plain(notice_words(entry)) == _plain(shown_text(entry)) == words


def test_a_message_says_its_text(make_entry: MakeEntry) -> None:
    """Or that it was taken back."""
    assert shown_text(make_entry(text="hello")) == "hello"
    assert shown_text(make_entry(text="", deleted=True)) == "message deleted"


def test_who_speaks_is_one_visible_line(make_entry: MakeEntry) -> None:
    """The user name stands in for a nickname that cannot be seen."""
    assert speaker(make_entry(nickname="A\nB")) == "AB"
    assert speaker(make_entry(nickname="\u202e", username="user2")) == "user2"


def test_what_is_filled_in_is_not_looked_at_again() -> None:
    """A nickname may look like a place; a % that is none stays."""
    assert _plain(filled("%1 and %2, 100%", "%2", "b")) == "%2 and b, 100%"
    assert _plain(filled("%2 %3", "a", "b")) == "b %3"


def test_what_became_of_a_message_is_said(make_entry: MakeEntry) -> None:
    """Of one that simply stands there, nothing."""
    assert state_words(make_entry()) == ""
    assert state_words(make_entry(edited=True)) == "edited"
    assert state_words(make_entry(edited=True, changing=True)) == "sending…"
    assert state_words(make_entry(delivery=Delivery.PENDING)) == "sending…"
    busy = state_words(make_entry(delivery=Delivery.REFUSED, reason="busy"))
    assert "too much to do" in busy
    assert "again" in busy
