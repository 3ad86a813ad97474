"""Which entries could ever be stored, by themselves, and how one looks as a row."""

from collections.abc import Sequence
from itertools import chain

from models import Message
from reactor.records import Kind, NewMessage, Refused, Stored
from wire import names
from wire.limits import MAX_CID, MAX_MENTIONS, MAX_SIGN, MAX_TEXT

# What every database holds in a BIGINT.
MAX_INTEGER = 2**63 - 1

COLUMNS = (
    Message.room,
    Message.seq,
    Message.sender,
    Message.cid,
    Message.text,
    Message.sent_at,
    Message.kind,
    Message.target,
    Message.changed,
)
"""The columns of a row that is inserted, in the order of :func:`as_row`."""

# Looked up once: with an enumeration that takes longer than the rest of a test.
SAID = Kind.SAID

TEXT_AT = 4
"""Where the text stands in a row."""

# Kinds whose text is not kept with the entry: an edit's stands in its target, so that a text that
# is changed or taken back is nowhere any more.
WITHOUT_TEXT = frozenset((Kind.EDITED, Kind.DELETED))


# Entries that are looked at one by one sooner than all at once.
FEW = 4


def as_row(message: NewMessage, answer: Stored) -> tuple[object, ...]:
    """The row with which *message* is stored at the place of *answer*."""
    room_id, sender_id, cid, text, sent_at, kind, target, _, _, _ = message
    if kind is SAID:
        return (room_id, answer.seq, sender_id, cid or None, text, sent_at, 0, target, 0)
    if kind in WITHOUT_TEXT:
        text = ""
    # A plain number, not one of an enumeration: for those, SQLite's driver looks for an adapter.
    return (room_id, answer.seq, sender_id, cid or None, text, sent_at, kind.value, target, 0)


def is_row_of(row: tuple[object, ...] | None, message: NewMessage, answer: Stored) -> bool:
    """Whether *row* was inserted for *message*; of one that was changed since, the text does not
    tell."""
    if row is None:
        return False
    *inserted, changed = row
    *wanted, _ = as_row(message, answer)
    if changed:
        inserted[TEXT_AT] = wanted[TEXT_AT]
    return inserted == wanted


def refusals(batch: Sequence[NewMessage]) -> list[Refused | None]:
    """:func:`why_invalid` of each. Mostly nothing is wrong, which is found out for all at once."""
    if len(batch) > FEW and _are_plainly_valid(batch):
        return [None] * len(batch)
    return [why_invalid(message) for message in batch]


def _are_plainly_valid(batch: Sequence[NewMessage]) -> bool:
    """Whether all of them are valid messages, without spaces in a cid. False may be wrong."""
    rooms, senders, cids, texts, times, kinds, targets, _, mentions, _ = zip(*batch, strict=True)
    numbers = (*rooms, *senders, *times, *targets)
    said = "".join(chain(cids, texts, *mentions))
    return (
        kinds.count(SAID) == len(kinds)
        and min(numbers) >= 0
        and max(numbers) <= MAX_INTEGER
        and max(map(len, cids)) <= MAX_CID
        and max(map(len, texts)) <= MAX_TEXT
        and max(map(len, mentions)) <= MAX_MENTIONS
        and " " not in "".join(cids)
        and _is_unicode(said)
    )


def why_invalid(message: NewMessage) -> Refused | None:
    """A refusal for what no database could store, or not all alike; None for the rest."""
    if len(message.cid) > MAX_CID or message.cid != message.cid.rstrip(" "):
        # MySQL ignores spaces at the end when it compares.
        return _invalid(f"a cid has at most {MAX_CID} characters and no space at its end")
    numbers = (message.room_id, message.sender_id, message.sent_at, message.target)
    if min(numbers) < 0 or max(numbers) > MAX_INTEGER:
        return _invalid("a number is out of range")
    if len(message.text) > MAX_TEXT:
        return _invalid(f"a message may have at most {MAX_TEXT} characters")
    if len(message.mentions) > MAX_MENTIONS:
        return _invalid(f"a message names at most {MAX_MENTIONS} users")
    if not _is_unicode("".join((message.cid, message.text, *message.mentions))):
        return _invalid("the text is not Unicode: it has half a surrogate pair")
    return None if message.kind is SAID else _why_no_change(message)


def _why_no_change(message: NewMessage) -> Refused | None:
    text = message.text
    if message.kind == Kind.EDITED and not text:
        # In a target that would mean that it was taken back.
        return _invalid("a message may not be empty")
    if message.kind in (Kind.REACTED, Kind.UNREACTED) and (
        not 0 < len(text) <= MAX_SIGN or text != text.rstrip(" ")
    ):
        return _invalid(f"a sign has at most {MAX_SIGN} characters and no space at its end")
    try:
        if message.kind == Kind.TOPIC:
            names.check_topic(text)
        elif message.kind == Kind.RENAMED:
            names.check_room_name(text)
    except ValueError as error:
        return Refused("bad-field", str(error))
    return None


def _is_unicode(text: str) -> bool:
    """Whether it has no half of a surrogate pair. Joined to another, a half is still one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _invalid(detail: str) -> Refused:
    return Refused("invalid", detail)
