"""Up to where one has read, and who has read what."""

from functools import partial

from reactor.commands.ask import Question
from reactor.commands.places import NO_ROOM, in_room
from reactor.read_marks import MarksFull
from reactor.records import ReaderEntry
from reactor.rooms import Room
from reactor.services import Services
from reactor.session import Session
from wire.messages import MarkRead, Reader, Readers, ReadUpTo, Result
from wire.reasons import REASONS


def mark_read(services: Services, session: Session, request: MarkRead) -> None:
    """Move the user's mark in a room, and tell their other sessions."""
    in_room(services, session, request, request.room, partial(_move, services, session, request))


def _move(services: Services, session: Session, request: MarkRead, room: Room) -> None:
    user_id = session.user.user_id
    # What nobody was told here may be there all the same: then the storage knows the last number.
    seq = min(request.seq, room.last_seq) if room.last_seq else request.seq
    try:
        moved = services.read_marks.move(room.room_id, user_id, seq, room.last_seq)
    except MarksFull:
        session.refuse(request, "busy", REASONS["busy"])
        return
    if moved:
        for other in services.sessions.full_of(user_id):
            if other is not session:
                other.send(ReadUpTo(room.reference, seq))


def readers(services: Services, session: Session, request: Readers) -> None:
    """Send who has read a message."""
    in_room(services, session, request, request.room, partial(_ask, services, session, request))


def _ask(services: Services, session: Session, request: Readers, room: Room) -> None:
    Question(services, session, request).ask(
        services.reading,
        services.stores.marks.readers,
        room.room_id,
        request.target,
        then=partial(_tell, session, request, room),
    )


def _tell(session: Session, request: Readers, room: Room, entries: list[ReaderEntry]) -> None:
    if session not in room:  # put out meanwhile
        session.refuse(request, *NO_ROOM)
        return
    for entry in entries:
        session.send(Reader(entry.name, entry.nickname, entry.seq))
    session.send(Result(request.code, "ok", detail=room.reference))
