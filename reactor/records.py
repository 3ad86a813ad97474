"""Plain values that travel between the loop and the storage. No database object ever does."""

from typing import NamedTuple


class Account(NamedTuple):
    """A user as far as the server needs to know one."""

    user_id: int
    name: str
    nickname: str
    password_hash: str


class NewUser(NamedTuple):
    """A user to be created."""

    name: str
    nickname: str
    password_hash: str


class NewMessage(NamedTuple):
    """A message to be stored; ``sent_at`` in milliseconds since 1970 UTC, no cid is ``""``."""

    room_id: int
    sender_id: int
    cid: str
    text: str
    sent_at: int


class Stored(NamedTuple):
    """A message is stored, durably. Not ``fresh``: its cid was stored before, and this is what was
    answered then."""

    room_id: int
    seq: int
    sent_at: int
    fresh: bool


class Refused(NamedTuple):
    """A message was not stored. ``reason`` is a word of the wire: ``unavailable`` may be tried
    again, ``invalid`` never will do."""

    reason: str
    detail: str


class StoredMessage(NamedTuple):
    """A message as history has it."""

    room_id: int
    seq: int
    sent_at: int
    cid: str
    text: str
    sender_name: str
    sender_nickname: str
