"""What a row is, and what changes make of it."""

import pytest

from client_gui.log import rows
from client_gui.log.rows import (
    LATEST_TIME,
    MAX_QUOTE,
    Row,
    changed_by,
    entry_of,
    noticed,
    quote_of,
    said,
)
from wire.limits import MAX_SIGNS
from wire.messages import Change, ChatMessage

ROW = Row(5, "user2", "Grace", "hello", 9)


def _change(kind: str, text: str = "", seq: int = 7, user: str = "user3") -> Change:
    return Change(f"nick of {user}", text, user, "lobby", seq, 9, kind, 5)


def test_a_message_is_a_row() -> None:
    """Field by field."""
    message = ChatMessage("Grace", "hello", "user2", "lobby", 5, 9, 3, 4)
    assert said(message) == Row(5, "user2", "Grace", "hello", 9, 3, 4)


def test_an_edit_changes_the_text_and_a_deletion_takes_it_away() -> None:
    """The highest number wins; what was deleted stays deleted."""
    edited = changed_by(ROW, _change("edited", "new", 7))
    assert (edited.text, edited.changed, edited.deleted) == ("new", 7, False)
    assert changed_by(edited, _change("edited", "old", 6)) is edited
    assert changed_by(edited, _change("edited", "new", 7)) is edited
    signed = changed_by(edited, _change("reacted", "👍"))
    deleted = changed_by(signed, _change("deleted", seq=8))
    assert (deleted.text, deleted.deleted, deleted.signs) == ("", True, {})
    for kind in ("edited", "reacted"):
        assert changed_by(deleted, _change(kind, "x", 9)) is deleted


def test_an_old_edit_of_what_was_deleted_since_deletes_it() -> None:
    """From history it comes with the latest text, which is none."""
    assert changed_by(ROW, _change("edited", "")).deleted


def test_reactions_count_users_once() -> None:
    """And go when they are taken away; the sign goes with the last of them."""
    row = changed_by(ROW, _change("reacted", "👍"))
    assert changed_by(row, _change("reacted", "👍", 8)) is row
    row = changed_by(row, _change("reacted", "👍", 8, "user4"))
    assert row.signs == {"👍": {"user3": "nick of user3", "user4": "nick of user4"}}
    row = changed_by(row, _change("unreacted", "👍", 9))
    row = changed_by(row, _change("unreacted", "👍", 10, "user4"))
    assert row.signs == {}
    assert changed_by(row, _change("unreacted", "👍", 11)) is row


def test_reactions_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """In signs, and in users of each; an empty sign is none."""
    monkeypatch.setattr(rows, "MAX_REACTORS", 2)
    row = ROW
    for n in range(2 * MAX_SIGNS):
        row = changed_by(row, _change("reacted", f"sign{n}"))
    assert len(row.signs) == MAX_SIGNS
    for n in range(4):
        row = changed_by(row, _change("reacted", "sign0", user=f"u{n}"))
    assert len(row.signs["sign0"]) == 2
    assert changed_by(ROW, _change("reacted", "")) is ROW


@pytest.mark.parametrize("kind", ["topic", "renamed"])
def test_a_notice_is_a_row_that_nothing_changes(kind: str) -> None:
    """An empty topic is not a deleted message."""
    row = noticed(_change(kind))
    assert row.notice == kind
    assert not row.deleted
    assert changed_by(row, _change("edited", "x", 9)) is row
    assert not entry_of(row, "lobby", "user3", None).mentions_me


def test_what_nobody_knows_changes_nothing() -> None:
    """A kind of a later time."""
    assert changed_by(ROW, _change("pinned", "x")) is ROW


def test_a_row_is_shown() -> None:
    """As ours or not, with whom it names, and with a time that is one."""
    row = Row(5, "user2", "Grace", "hi @User1", LATEST_TIME + 1, signs={"👍": {"user1": "me"}})
    entry = entry_of(row, "#1", "user1", None)
    assert (entry.key, entry.own, entry.mentions_me, entry.time) == ("#1#5", False, True, 0)
    assert entry.reactions[0].mine
    own = entry_of(row, "#1", "user2", None)
    assert (own.own, own.mentions_me, own.reactions[0].mine) == (True, False, False)


def test_a_quote_is_a_line() -> None:
    """Short, and without line ends."""
    quote = quote_of(Row(5, "user2", "Grace", "a\nb " + "x" * 500, 9))
    assert quote.text.startswith("a b xxx")
    assert len(quote.text) == MAX_QUOTE
    assert quote.text.endswith("…")
    assert quote_of(ROW).text == "hello"
