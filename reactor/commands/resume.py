"""Catching up after a login: what was missed, then what is said from then on."""

from reactor.resume import parse_marks
from reactor.services import Services
from reactor.session import Session
from wire.limits import MAX_RESUMED
from wire.messages import Result, Resume
from wire.reasons import REASONS


def resume(services: Services, session: Session, request: Resume) -> None:
    """Bring the session up to date, room by room; what it has sent behind its request waits."""
    try:
        marks = parse_marks(request.marks)
    except ValueError as error:
        session.refuse(request, "bad-field", str(error))
        return
    if len(marks) > MAX_RESUMED:
        session.refuse(request, "too-long", f"there may be {MAX_RESUMED} rooms in one resume")
        return
    session.hold()
    rooms = [(mark, services.rooms.find(mark.room, session)) for mark in marks]
    for mark, room in rooms:
        if room is None:
            reason = "no-such-room"
            session.send(Result(Resume.code, reason, mark.room, REASONS[reason]))
    open_to_it = [(mark, room) for mark, room in rooms if room is not None]
    services.resumes.begin(session, open_to_it, request.limit)
