"""What was said before, a page at a time, and what has changed since."""

from functools import partial

from reactor.archive import Page
from reactor.commands.places import NO_ROOM, in_room
from reactor.entries import from_history
from reactor.rooms import Room
from reactor.services import Services
from reactor.session import Session
from wire.limits import MAX_PAGE
from wire.messages import History, Result
from wire.reasons import REASONS


def history(services: Services, session: Session, request: History) -> None:
    """Read a page; what the client has sent behind its request waits for that."""
    in_room(services, session, request, request.room, partial(_read, services, session, request))


def _read(services: Services, session: Session, request: History, room: Room) -> None:
    session.hold()
    limit = min(request.limit or MAX_PAGE, MAX_PAGE)
    answer = partial(_answer, session, request, room)
    if request.since:
        services.archive.after(room.room_id, request.since - 1, limit, answer)
    else:
        services.archive.before(room.room_id, request.before, limit, answer)


def _answer(session: Session, request: History, room: Room, answer: Page | str) -> None:
    try:
        _tell(session, request, room, answer)
    finally:  # a fault of ours is not to leave the session waiting for ever
        session.release()


def _tell(session: Session, request: History, room: Room, answer: Page | str) -> None:
    if isinstance(answer, str):
        session.refuse(request, answer, REASONS[answer])
    elif session not in room:  # put out while the page was read: nothing more, not even this
        session.refuse(request, *NO_ROOM)
    else:
        _send(session, request, room, answer)


def _send(session: Session, request: History, room: Room, page: Page) -> None:
    for entry in page.messages:
        session.send(from_history(entry, room.reference))
    session.send(Result(request.code, "ok", _continue_at(request, page), room.reference))


def _continue_at(request: History, page: Page) -> str:
    """The number with which to ask for the next page in the same direction; empty at the end."""
    if not page.more or not page.messages:
        return ""
    return str(page.messages[-1].seq + 1 if request.since else page.messages[0].seq)
