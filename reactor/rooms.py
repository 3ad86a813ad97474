"""Who is in which room: publish once, deliver many.

What is published during a turn is gathered, and at the end of the turn each member is handed all of
it in one piece, which all members share (:mod:`reactor.lines`).

1. Every member is told the lines of a room in the order in which they were published.
2. The session that sent a message is told its acknowledgement, at that message's place in the
   order, and never the message; so what a sender sees is in order too.
3. A member who joins is told what is published from then on, one who leaves nothing more.
4. A member who catches up is told what is numbered through a seam, the rest as ever.
5. A room is here while a session is in it, the lobby always. What no session here is in does not
   exist for the loop; whoever asks for it is not told whether it exists elsewhere.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

from reactor.dialects import Dialect
from reactor.lines import Line, Lines, Member
from reactor.records import Account, Membership, Role, RoomKind, RoomRecord
from reactor.seam import Seam
from wire import names
from wire.limits import MAX_NAME
from wire.messages import Change, ChatMessage, Message

LOBBY = "lobby"
"""The room where everybody is, and where a chat without a room goes: its name and reference."""

_DIRECT = "@"


class Room:
    """The members of one room, what each of them is there, and what this turn has for them.

    Attributes:
        record: what the storage knows of it, kept in step.
        reference: what it is called on the wire, whatever its name is.
        keys: by which else it is found.
        last_seq: the last number that was published since the room is here; 0 if there is none.
    """

    def __init__(
        self, record: RoomRecord, reference: str, has_news: Callable[["Room"], object]
    ) -> None:
        """*has_news* is called when something is to be delivered at the end of the turn."""
        self.record = record
        self.room_id = record.room_id
        self.reference = reference
        self.keys: list[str] = []
        self.last_seq = 0
        self._has_news = has_news
        self._members: dict[Member, Role] = {}  # keeps its order
        self._lines: list[Line] = []
        self._seams: dict[Member, Seam] = {}

    def __contains__(self, member: Member) -> bool:
        return member in self._members

    def __len__(self) -> int:
        return len(self._members)

    def membership(self, member: Member) -> Membership:
        """Return as what *member* is here. Raises :class:`KeyError` if they are not."""
        return Membership(self.record, self._members[member])

    def users(self) -> list[Account]:
        """Return those of whom a session is here, each once."""
        return list({member.user.user_id: member.user for member in self._members}.values())

    def set_role(self, member: Member, role: Role) -> None:
        """*member*, who is here, is another one from now on."""
        self._members[member] = role

    def join(self, member: Member, role: Role = Role.MEMBER) -> None:
        """Let *member* in. What was published before, in this turn too, is not for them."""
        self.deliver()
        self._members[member] = role

    def leave(self, member: Member) -> None:
        self.deliver()
        self._members.pop(member, None)
        self._seams.pop(member, None)

    def hold_back(self, member: Member) -> Seam:
        """Let *member* catch up: what is numbered comes to them through the seam from now on, what
        has been gathered in this turn too."""
        seam = self._seams[member] = Seam(member.write)
        return seam

    def seam_of(self, member: Member) -> Seam | None:
        """Return the seam through which *member* is told, if there is one."""
        return self._seams.get(member)

    def let_go(self, member: Member) -> None:
        """Tell *member* everything from now on, without a seam."""
        self._seams.pop(member, None)

    def publish(
        self, message: ChatMessage | Change, sender: Member, acknowledgement: Message
    ) -> None:
        """At the end of the turn, tell *sender* the acknowledgement and the others *message*."""
        self.last_seq = message.seq
        if not self._lines:  # as _gather does, without a call for every message
            self._has_news(self)
        self._lines.append(Line(message, sender, acknowledgement, message.seq))

    def answer(self, sender: Member, acknowledgement: Message) -> None:
        """At the end of the turn, tell *sender* alone, behind what was published before."""
        self._gather(Line(None, sender, acknowledgement))

    def announce(self, event: Message, but: Member | None = None) -> None:
        """Tell *event* to all members at the end of the turn, *but* not to that one."""
        self._gather(Line(event, but, None))

    def _gather(self, line: Line) -> None:
        if not self._lines:
            self._has_news(self)
        self._lines.append(line)

    def deliver(self) -> None:
        """Hand every member what was gathered."""
        if not self._lines:
            return
        lines, self._lines = Lines(self._lines), []
        senders = lines.by_sender
        apart = self._seams.keys() | senders.keys() if self._seams else senders  # one look-up each
        dialect: Dialect | None = None
        wholes: Sequence[bytes] = ()
        for member in self._members:
            if member in apart:
                self._deliver_apart(member, lines)
                continue
            if member.dialect is not dialect:
                dialect = member.dialect
                wholes = lines.wholes(dialect)
            for whole in wholes:
                member.write(whole)
        for sender in senders:
            if sender not in self._members:
                lines.write_acknowledgements(sender)

    def _deliver_apart(self, member: Member, lines: Lines) -> None:
        seam = self._seams.get(member)
        if seam is None:
            lines.write_to_sender(member)
            return
        lines.write_through(seam, member)
        if seam.done:
            del self._seams[member]


class Rooms:
    """The rooms of this server that somebody is in, and who is in them."""

    def __init__(self, lobby: RoomRecord, lobby_moderators: Collection[str] = ()) -> None:
        """*lobby_moderators*: names of users, known or not."""
        self._news: list[Room] = []
        self._by_id: dict[int, Room] = {}
        self._by_name: dict[str, Room] = {}  # its reference, or the key of its name
        # Beside the lobby: most members are in that alone.
        self._others_of: dict[Member, dict[Room, None]] = {}
        self._lobby_moderators = frozenset(map(names.key, lobby_moderators))
        self._lobby_id = lobby.room_id
        self.lobby = self._load(lobby)

    def __iter__(self) -> Iterator[Room]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    # --- finding

    def find(self, text: str, member: Member) -> Room | None:
        """Return the room that *member* calls so, by its reference, its name or ``@`` and the
        other's name; to those who are not in it there is none. Nothing is the lobby."""
        room = self._called(text, member) if text else self.lobby
        return room if room is not None and member in room else None

    def _called(self, text: str, member: Member) -> Room | None:
        # The key of a long name is not even made: that may take a time that grows with its square.
        fits = len(text) <= MAX_NAME + len(_DIRECT)
        if text.startswith(_DIRECT):  # never as it stands: keys of direct rooms look like that
            other = text.removeprefix(_DIRECT)
            return self._by_name.get(_direct_key(member.user.user_id, other)) if fits else None
        if text in self._by_name:
            return self._by_name[text]
        return self._by_name.get(names.key(text)) if fits else None

    def by_id(self, room_id: int) -> Room | None:
        """Return the room with that id, which comes from the storage, if somebody is in it."""
        return self._by_id.get(room_id)

    def reference(self, room_id: int) -> str:
        """Return what that room is called on the wire, whether it is here or not."""
        return LOBBY if room_id == self._lobby_id else f"#{room_id}"

    def lobby_role(self, account: Account) -> Role:
        """Return what that user is in the lobby."""
        return Role.MODERATOR if names.key(account.name) in self._lobby_moderators else Role.MEMBER

    def of(self, member: Member) -> tuple[Room, ...]:
        """Return the rooms that *member* is in."""
        lobby = (self.lobby,) if member in self.lobby else ()
        return (*lobby, *self._others_of.get(member, ()))

    # --- coming and going

    def enter_lobby(self, member: Member) -> None:
        """Let *member*, whose user is logged in, into the room where everybody is."""
        self.lobby.join(member, self.lobby_role(member.user))

    def enter(self, member: Member, membership: Membership) -> Room:
        """Let *member* into a room, which is made here if it is not."""
        room = self._by_id.get(membership.room.room_id)
        if room is None:
            room = self._load(membership.room)
        room.join(member, membership.role)
        self._others_of.setdefault(member, {})[room] = None
        return room

    def leave(self, member: Member, room: Room) -> None:
        """Tell *member* nothing more of *room*; forget the room if that was the last one."""
        room.leave(member)
        others = self._others_of.get(member, {})
        others.pop(room, None)
        if not others:
            self._others_of.pop(member, None)
        if not len(room) and room is not self.lobby:
            self._unload(room)

    def leave_all(self, member: Member) -> None:
        """Let *member* out of every room, told what this turn has for them."""
        for room in self.of(member):
            self.leave(member, room)

    def note_direct(self, room: Room, user_id: int, other: str) -> None:
        """*room* is what that user calls ``@`` and the *other*'s name."""
        key = _direct_key(user_id, other)
        if key not in room.keys:
            self._add_key(room, key)

    # --- what changes

    def renamed(self, room: Room, name: str) -> None:
        """*room*, which is here, has another name."""
        self._forget_keys(room)
        room.record = room.record._replace(name=name)
        self._add_key(room, names.key(name))

    def topic_set(self, room: Room, topic: str) -> None:
        """*room* is for something else."""
        room.record = room.record._replace(topic=topic)

    def end_turn(self) -> None:
        """Deliver what the turn has gathered. To be called at the end of every turn."""
        for room in self._news:
            room.deliver()
        self._news.clear()

    def _load(self, record: RoomRecord) -> Room:
        room = Room(record, self.reference(record.room_id), self._news.append)
        self._by_id[record.room_id] = self._by_name[room.reference] = room
        if record.kind is not RoomKind.DIRECT:
            self._add_key(room, names.key(record.name))
        return room

    def _unload(self, room: Room) -> None:
        self._forget_keys(room)
        del self._by_id[room.room_id], self._by_name[room.reference]

    def _add_key(self, room: Room, key: str) -> None:
        if key != room.reference:
            self._by_name[key] = room
            room.keys.append(key)

    def _forget_keys(self, room: Room) -> None:
        for key in room.keys:
            # By now it may be the name of another room: the storage has no names that are taken.
            if self._by_name.get(key) is room:
                del self._by_name[key]
        room.keys.clear()


def _direct_key(user_id: int, other: str) -> str:
    """No name of a room begins like this."""
    return f"{_DIRECT}{user_id}:{names.key(other)}"
