"""One row of a room's log: what the server said of it, before anything of our own is added.

Plain values and pure functions: a row is made of a message, and changed by a numbered change, which
gives another row. The highest number wins, so the same change twice, or an older one behind a newer
one, changes nothing.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from client_gui.items import MAX_NAMES, Entry, Quote, Reaction
from wire.limits import MAX_SIGNS
from wire.mentions import mentioned
from wire.messages import Change as RoomChange
from wire.messages import ChatMessage, Result
from wire.names import key

LATEST_TIME = 253_402_214_400_000
"""Milliseconds of the last day that a calendar of four-digit years has. A later one is unknown."""

MAX_SEQ = 2**31 - 1
"""The greatest number that is believed; with a message a second, a room gets there in 68 years."""

MAX_DIGITS = 19
"""Digits of a number, and one."""

MAX_REACTORS = 5_000
"""Users that are remembered behind one sign of one message: everybody in a full lobby."""

MAX_QUOTE = 120
"""Characters of a quoted message: one line above the answer."""

ROW_BYTES = 800
"""What a row takes beside its text and reactions: itself, its entry, and its place in lists."""

REACTION_BYTES = 150
"""What one user behind one sign takes."""

NOTICES = frozenset(("topic", "renamed"))
"""The kinds of change that are rows themselves."""

Signs = Mapping[str, Mapping[str, str]]
"""Who put which sign: sign → user name → nickname, in the order in which they did."""


@dataclass(frozen=True, slots=True)
class Row:
    """A message, or a change that is shown as a row, as it is now. One without text was taken
    back, unless it is a notice."""

    seq: int
    username: str
    nickname: str
    text: str
    time: int
    """As the server said, which is not to be trusted to be a date."""
    reply_to: int = 0
    changed: int = 0
    """The number of the change that gave it its text; 0 is as it was said."""
    notice: str = ""
    signs: Signs = field(default_factory=dict)
    key: str = ""
    """The ``cid``, if it was written here and has been in sight since."""

    @property
    def deleted(self) -> bool:
        """Whether it was taken back."""
        return not self.text and not self.notice


def said(message: ChatMessage) -> Row:
    """Return the row of *message*."""
    return Row(
        message.seq,
        message.username,
        message.nickname,
        message.text,
        message.time,
        message.reply_to,
        message.changed,
    )


def noticed(change: RoomChange) -> Row:
    """Return the row of *change*, whose kind is one of ``NOTICES``."""
    return Row(
        change.seq, change.username, change.nickname, change.text, change.time, notice=change.kind
    )


def row_of(entry: ChatMessage | RoomChange) -> Row | None:
    """Return the row of *entry*, if it is one."""
    if isinstance(entry, ChatMessage):
        return said(entry)
    return noticed(entry) if entry.kind in NOTICES else None


def changed_by(row: Row, change: RoomChange) -> Row:
    """Return what *change* makes of *row*: the same object if nothing."""
    if row.notice or row.deleted:
        return row
    match change.kind:
        case "edited" | "deleted" if change.seq > row.changed:
            # An old edit of what was taken back since has no text either.
            text = change.text if change.kind == "edited" else ""
            signs = row.signs if text else {}
            return replace(row, text=text, changed=change.seq, signs=signs)
        case "reacted":
            return _signed(row, change.text, change.username, change.nickname)
        case "unreacted":
            return _unsigned(row, change.text, change.username)
    return row


def _signed(row: Row, sign: str, username: str, nickname: str) -> Row:
    users = row.signs.get(sign, {})
    full = len(users) >= MAX_REACTORS or (not users and len(row.signs) >= MAX_SIGNS)
    if not sign or full or username in users:
        return row
    return replace(row, signs={**row.signs, sign: {**users, username: nickname}})


def _unsigned(row: Row, sign: str, username: str) -> Row:
    users = row.signs.get(sign, {})
    if username not in users:
        return row
    left = {name: nickname for name, nickname in users.items() if name != username}
    signs = {**row.signs, sign: left}
    return replace(row, signs={of: users for of, users in signs.items() if users})


def edge_of(page: Result) -> int:
    """Return where a page that was read backwards begins, as its end says; 0 if it has everything.
    What is below was told once more by chance, and would leave a hole."""
    at = page.reference
    return int(at) if at.isascii() and at.isdigit() and len(at) < MAX_DIGITS else 0


def weight(row: Row) -> int:
    """Return how many bytes of memory *row* and what is made of it take, about."""
    reactions = sum(map(len, row.signs.values())) if row.signs else 0
    return ROW_BYTES + sys.getsizeof(row.text) + REACTION_BYTES * reactions


def entry_of(row: Row, room: str, me: str, reply: Quote | None) -> Entry:
    """Return *row* as the list shows it to *me*."""
    own = bool(me) and row.username == me
    return Entry(
        key=row.key or f"{room}#{row.seq}",
        username=row.username,
        nickname=row.nickname,
        text=row.text,
        own=own,
        time=sane_time(row.time),
        seq=row.seq,
        edited=bool(row.changed) and not row.deleted,
        deleted=row.deleted,
        reply=reply,
        reactions=tuple(_reaction(sign, users, me) for sign, users in row.signs.items()),
        mentions_me=not own and not row.notice and names(row.text, me),
        notice=row.notice,
    )


def _reaction(sign: str, users: Mapping[str, str], me: str) -> Reaction:
    return Reaction(sign, len(users), me in users, tuple(users.values())[:MAX_NAMES])


def names(text: str, me: str) -> bool:
    """Whether *text* names *me* as ``@user``."""
    return bool(me) and "@" in text and key(me) in mentioned(text)


def quote_of(row: Row) -> Quote:
    """Return *row* as what another one answers: its beginning, on one line."""
    line = " ".join(row.text[: 2 * MAX_QUOTE].split())
    shortened = line if len(line) <= MAX_QUOTE else line[: MAX_QUOTE - 1] + "…"
    return Quote(row.seq, row.nickname, shortened)


def sane_time(time: int) -> int:
    """Return *time*, or 0 for what no calendar has."""
    return time if time <= LATEST_TIME else 0
