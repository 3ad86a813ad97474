"""Entries of a log and rooms, as they are told."""

import pytest

from reactor.entries import from_history, from_now, room_info
from reactor.records import (
    Account,
    Kind,
    NewMessage,
    Role,
    RoomEntry,
    RoomKind,
    RoomRecord,
    Stored,
    StoredMessage,
)
from wire.messages import Change, ChatMessage, RoomInfo

ANN = Account(1, "ann", "Ann")
STORED = Stored(17, 4, 1000, fresh=True)


def test_a_message() -> None:
    """The same now and later, but for what has changed since."""
    entry = NewMessage(17, 1, "c1", "hello", 1000, target=2)
    now = ChatMessage("Ann", "hello", "ann", "#17", 4, 1000, 2, cid="c1")
    assert from_now(ANN, entry, STORED, "#17") == now
    later = StoredMessage(17, 4, 1000, "c1", "hullo", "ann", "Ann", Kind.SAID, 2, changed=7)
    told = ChatMessage("Ann", "hullo", "ann", "#17", 4, 1000, 2, 7, "c1")
    assert from_history(later, "#17") == told


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (Kind.EDITED, "edited"),
        (Kind.DELETED, "deleted"),
        (Kind.REACTED, "reacted"),
        (Kind.UNREACTED, "unreacted"),
        (Kind.TOPIC, "topic"),
        (Kind.RENAMED, "renamed"),
    ],
)
def test_a_change(kind: Kind, word: str) -> None:
    """With the word of the specification, now and later."""
    entry = NewMessage(17, 1, "c1", "x", 1000, kind, 2)
    told = Change("Ann", "x", "ann", "#17", 4, 1000, word, 2)
    assert from_now(ANN, entry, STORED, "#17") == told
    assert from_history(StoredMessage(17, 4, 1000, "c1", "x", "ann", "Ann", kind, 2), "#17") == told


@pytest.mark.parametrize(("role", "word"), [(None, ""), (Role.OWNER, "owner")])
def test_a_room(role: Role | None, word: str) -> None:
    """With what the user is in it."""
    record = RoomRecord(17, RoomKind.PRIVATE, "Cellar", "Wine")
    told = RoomInfo("#17", "private", "Cellar", word, "Wine", 3, 9, 7, 2, 1)
    assert room_info(RoomEntry(record, role, 3, 9, 7, 2, 1), "#17", role) == told
