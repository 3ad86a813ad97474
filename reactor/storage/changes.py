"""What a change does to the message, or to the room, that it is about.

Each function looks whether the change may be and makes it, in the transaction that numbers it and
with the room's row locked. It returns a refusal and has written nothing, or None. ``seq`` is the
number that the change will have.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from peewee import IntegrityError

from models import Mention, Message, Reaction, Room, User
from reactor.connection import Connection
from reactor.records import Kind, NewMessage, Refused, RoomKind
from reactor.storage.part import Part
from reactor.storage.search_index import SearchIndex
from wire import names
from wire.limits import MAX_MENTIONS, MAX_SIGNS

NO_MESSAGE = Refused("no-such-message", "there is no such message in this room, or not any more")
NOT_YOURS = Refused("not-allowed", "this is for the author")
NOT_YOURS_TO_DELETE = Refused("not-allowed", "this is for the author and the moderators")
LEADERS_ONLY = Refused("not-allowed", "this is for the owner and the moderators of the room")

Change: TypeAlias = Callable[[NewMessage, int], Refused | None]


class Changes(Part):
    """The changes, by the kind of their entries."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._index = SearchIndex(connection)

    def apply(self, change: NewMessage, seq: int) -> Refused | None:
        """Make *change*, which is to be number *seq* of its room, or say why not."""
        of_room: dict[Kind, Change] = {Kind.TOPIC: self._set_topic, Kind.RENAMED: self._rename}
        of_message: dict[Kind, Change] = {
            Kind.EDITED: self._edit,
            Kind.DELETED: self._delete,
            Kind.REACTED: self._react,
            Kind.UNREACTED: self._unreact,
        }
        if change.kind in of_room:
            return of_room[change.kind](change, seq)
        return self._not_there(change) or of_message[change.kind](change, seq)

    def mention(self, message: NewMessage, seq: int) -> None:
        """Note for those whom the text of number *seq* names that it does, but for its author."""
        keys = message.mentions[:MAX_MENTIONS]
        named = User.select(User.user_id).where(
            User.user_key.in_(keys) & (User.user_id != message.sender_id)
        )
        rows = [(user_id, message.room_id, seq) for (user_id,) in self._rows(named)]
        if rows:
            self._do(Mention.insert_many(rows, (Mention.user, Mention.room, Mention.seq)))

    def _not_there(self, change: NewMessage) -> Refused | None:
        """A refusal unless the target is a message that was not taken back."""
        row = self._row(
            Message.select(Message.kind, Message.text, Message.changed).where(_target(change))
        )
        if row is None or row[0] != Kind.SAID or (row[2] and not row[1]):
            return NO_MESSAGE
        return None

    def _is_author(self, change: NewMessage) -> bool:
        row = self._row(Message.select(Message.sender).where(_target(change)))
        return row == (change.sender_id,)

    def _edit(self, change: NewMessage, seq: int) -> Refused | None:
        if not self._is_author(change):
            return NOT_YOURS
        self._set_text(change, change.text, seq)
        self._do(Mention.delete().where(_mentions_of(change)))
        self.mention(change, change.target)
        return None

    def _delete(self, change: NewMessage, seq: int) -> Refused | None:
        if not change.moderates and not self._is_author(change):
            return NOT_YOURS_TO_DELETE
        self._set_text(change, "", seq)
        self._do(Mention.delete().where(_mentions_of(change)))
        self._do(Reaction.delete().where(_reactions_to(change)))
        return None

    def _set_text(self, change: NewMessage, text: str, seq: int) -> None:
        ((message_id, old),) = self._rows(
            Message.select(Message.message_id, Message.text).where(_target(change))
        )
        self._do(Message.update({Message.text: text, Message.changed: seq}).where(_target(change)))
        self._index.replace(message_id, old, text)

    def _react(self, change: NewMessage, _seq: int) -> Refused | None:
        query = Reaction.select(Reaction.user, Reaction.sign).where(_reactions_to(change))
        if self._row(query.where(_own_sign(change))):
            return Refused("invalid", "you have put this sign there already")
        signs = Reaction.select(Reaction.sign).where(_reactions_to(change)).distinct()
        present = {sign for (sign,) in self._rows(signs)}
        if change.text not in present and len(present) >= MAX_SIGNS:
            return Refused("too-many", f"a message has at most {MAX_SIGNS} different signs")
        row = {
            Reaction.room: change.room_id,
            Reaction.target: change.target,
            Reaction.user: change.sender_id,
            Reaction.sign: change.text,
        }
        self._do(Reaction.insert(row))
        return None

    def _unreact(self, change: NewMessage, _seq: int) -> Refused | None:
        if not self._do(Reaction.delete().where(_reactions_to(change) & _own_sign(change))):
            return Refused("invalid", "you have not put this sign there")
        return None

    def _set_topic(self, change: NewMessage, _seq: int) -> Refused | None:
        kind = self._kind_of_room(change)
        if not change.moderates or kind == RoomKind.DIRECT:
            return LEADERS_ONLY
        room = Room.update({Room.topic: change.text}).where(Room.room_id == change.room_id)
        self._do(room)
        return None

    def _rename(self, change: NewMessage, _seq: int) -> Refused | None:
        kind = self._kind_of_room(change)
        if not change.moderates or kind in (RoomKind.DIRECT, RoomKind.LOBBY):
            return LEADERS_ONLY
        name = {Room.room_name: change.text, Room.room_key: names.key(change.text)}
        try:
            self._do(Room.update(name).where(Room.room_id == change.room_id))
        except IntegrityError:
            return Refused("name-taken", "there is a room of this name, or one that looks the same")
        return None

    def _kind_of_room(self, change: NewMessage) -> str:
        ((kind,),) = self._rows(Room.select(Room.kind).where(Room.room_id == change.room_id))
        return str(kind)


def _target(change: NewMessage) -> Any:
    return (Message.room == change.room_id) & (Message.seq == change.target)


def _mentions_of(change: NewMessage) -> Any:
    return (Mention.room == change.room_id) & (Mention.seq == change.target)


def _reactions_to(change: NewMessage) -> Any:
    return (Reaction.room == change.room_id) & (Reaction.target == change.target)


def _own_sign(change: NewMessage) -> Any:
    return (Reaction.user == change.sender_id) & (Reaction.sign == change.text)
