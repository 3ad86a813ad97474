"""What the storage knows, as it is told: the entries of a room's log, and what a room is.

The same entry looks the same whether it is told as it happens or from history.
"""

from reactor.records import Account, Kind, NewMessage, Role, RoomEntry, Stored, StoredMessage
from wire.messages import Change, ChatMessage, RoomInfo

# Looked up once: with an enumeration that takes longer than the rest of a test.
_SAID = Kind.SAID

_WORDS = {kind: kind.name.lower() for kind in Kind}


def from_now(
    sender: Account, entry: NewMessage, stored: Stored, reference: str
) -> ChatMessage | Change:
    """Return what the others are told of an entry that has just been stored."""
    _, seq, sent_at, _ = stored
    _, _, cid, text, _, kind, target, _, _, _ = entry
    if kind is _SAID:
        who = (sender.nickname, text, sender.name)
        return ChatMessage(*who, reference, seq, sent_at, target, 0, cid)
    word = _WORDS[kind]
    return Change(sender.nickname, text, sender.name, reference, seq, sent_at, word, target)


def from_history(entry: StoredMessage, reference: str) -> ChatMessage | Change:
    """Return what is told of an entry later: the texts are the latest ones."""
    who = (entry.sender_nickname, entry.text, entry.sender_name)
    where = (reference, entry.seq, entry.sent_at)
    if entry.kind is _SAID:
        return ChatMessage(*who, *where, entry.target, entry.changed, entry.cid)
    return Change(*who, *where, _WORDS[entry.kind], entry.target)


def room_info(entry: RoomEntry, reference: str, role: Role | None) -> RoomInfo:
    """Return what a user who is *role* in a room, or not in it, is told of it."""
    return RoomInfo(
        reference,
        entry.room.kind,
        entry.room.name,
        role or "",
        entry.room.topic,
        entry.members,
        entry.last_seq,
        entry.read_seq,
        entry.unread,
        entry.mentions,
    )
