"""Who is in which room: publish once, deliver many.

What is published during a turn is gathered, and at the end of the turn each member is handed all of
it in one piece. It is encoded once for each dialect: one bytes object for all members who share it.

1. Every member is told the lines of a room in the order in which they were published.
2. The session that sent a message is told its acknowledgement, at that message's place in the
   order, and never the message; so what a sender sees is in order too.
3. A member who joins is told what is published from then on, one who leaves nothing more.
4. A member who catches up is told what is numbered through a seam, the rest as ever.
"""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from reactor.dialects import Dialect
from reactor.seam import Seam
from wire import names
from wire.limits import MAX_NAME
from wire.messages import ChatMessage, Message

LOBBY = "lobby"
"""The room where everybody is, and where a chat without a room goes."""


class Member(Protocol):
    """A session, as a room sees it."""

    dialect: Dialect

    def write(self, data: bytes) -> None: ...


class _Line(NamedTuple):
    """What *sender* is told, and what everybody else is; None is nothing. *seq* is 0 of what has no
    number."""

    message: Message | None
    sender: Member | None
    acknowledgement: Message | None
    seq: int = 0


class Room:
    """The members of one room, and what this turn has for them."""

    def __init__(self, room_id: int, name: str) -> None:
        self.room_id = room_id
        self.name = name
        self.reference = name
        self._members: dict[Member, None] = {}  # a set that keeps its order
        self._lines: list[_Line] = []
        self._seams: dict[Member, Seam] = {}

    def __contains__(self, member: Member) -> bool:
        return member in self._members

    def __len__(self) -> int:
        return len(self._members)

    def join(self, member: Member) -> None:
        """Let *member* in. What was published before, in this turn too, is not for them."""
        self.deliver()
        self._members[member] = None

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

    def publish(self, message: ChatMessage, sender: Member, acknowledgement: Message) -> None:
        """At the end of the turn, tell *sender* the acknowledgement and the others *message*."""
        self._lines.append(_Line(message, sender, acknowledgement, message.seq))

    def answer(self, sender: Member, acknowledgement: Message) -> None:
        """At the end of the turn, tell *sender* alone, behind what was published before."""
        self._lines.append(_Line(None, sender, acknowledgement))

    def announce(self, event: Message) -> None:
        """Tell *event* to all members at the end of the turn."""
        self._lines.append(_Line(event, None, None))

    def deliver(self) -> None:
        """Hand every member what was gathered."""
        if not self._lines:
            return
        lines, self._lines = self._lines, []
        encoded = _Encoded(lines)
        senders = {line.sender for line in lines}
        for member in self._members:
            if member in self._seams:
                self._deliver_through_seam(member, encoded)
            elif member in senders:
                encoded.write_to_sender(member)
            else:
                encoded.write_to(member)
        for sender in senders.difference(self._members):
            if sender is not None:
                encoded.write_acknowledgements(sender)

    def _deliver_through_seam(self, member: Member, encoded: "_Encoded") -> None:
        seam = self._seams[member]
        encoded.write_through(seam, member)
        if seam.done:
            del self._seams[member]


class _Encoded:
    """The lines of a turn as bytes, made once for each dialect that is asked for."""

    def __init__(self, lines: list[_Line]) -> None:
        self._lines = lines
        self._pieces: dict[Dialect, list[bytes]] = {}
        self._wholes: dict[Dialect, list[bytes]] = {}

    def write_to(self, member: Member) -> None:
        for whole in self._whole(member.dialect):
            member.write(whole)

    def write_to_sender(self, member: Member) -> None:
        for line, piece in zip(self._lines, self._of(member.dialect), strict=True):
            own = line.sender is member
            member.write(_encoded(line.acknowledgement, member.dialect) if own else piece)

    def write_through(self, seam: Seam, member: Member) -> None:
        for line, piece in zip(self._lines, self._of(member.dialect), strict=True):
            if line.sender is member:
                member.write(_encoded(line.acknowledgement, member.dialect))
            elif line.seq:
                seam.hear(line.seq, piece)
            else:
                member.write(piece)

    def write_acknowledgements(self, sender: Member) -> None:
        for line in self._lines:
            if line.sender is sender:
                sender.write(_encoded(line.acknowledgement, sender.dialect))

    def _of(self, dialect: Dialect) -> list[bytes]:
        pieces = self._pieces.get(dialect)
        if pieces is None:
            pieces = [_encoded(line.message, dialect) for line in self._lines]
            self._pieces[dialect] = pieces
        return pieces

    def _whole(self, dialect: Dialect) -> list[bytes]:
        whole = self._wholes.get(dialect)
        if whole is None:
            pieces = self._of(dialect)
            whole = self._wholes[dialect] = [b"".join(pieces)] if dialect.joins else pieces
        return whole


def _encoded(message: Message | None, dialect: Dialect) -> bytes:
    return b"" if message is None else dialect.encode(message)


class Rooms:
    """The rooms of this server."""

    def __init__(self, lobby_id: int) -> None:
        self.lobby = Room(lobby_id, LOBBY)
        self._by_key = {names.key(LOBBY): self.lobby}
        self._by_id = {lobby_id: self.lobby}

    def __iter__(self) -> Iterator[Room]:
        return iter(self._by_id.values())

    def find(self, name: str) -> Room | None:
        """Return the room of that name; an empty name is the lobby."""
        if not name:
            return self.lobby
        # The key of a long name is not even made: that may take a time that grows with its square.
        return self._by_key.get(names.key(name)) if len(name) <= MAX_NAME else None

    def joined(self, name: str, member: Member) -> Room | None:
        """Return the room of that name if *member* is in it; to others there is none."""
        room = self.find(name)
        return room if room is not None and member in room else None

    def by_id(self, room_id: int) -> Room:
        """Return the room with that id, which comes from the storage."""
        return self._by_id[room_id]

    def end_turn(self) -> None:
        """Deliver what the turn has gathered. To be called at the end of every turn."""
        for room in self:
            room.deliver()
