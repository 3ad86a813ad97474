"""Posting an entry of a room's log, whatever it is: stored, acknowledged, and only then told.

1. The others are told after the commit, never before.
2. The acknowledgement stands at the entry's place in the order of the room.
3. A ``cid`` that was stored before gets the first answer again, and nothing is told again; also if
   its sender was put out since, for example: what may not be posted is looked up first.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from reactor.entries import from_now
from reactor.journal import JournalFull, Outcome
from reactor.records import Kind, Membership, NewMessage, Refused, Role, RoomKind, Stored
from reactor.rooms import Room
from reactor.services import Services
from reactor.session import Session
from wire.limits import MAX_CID, MAX_TEXT
from wire.messages import Chat, Delete, Edit, React, RenameRoom, Result, SetTopic

Posting: TypeAlias = Chat | Edit | Delete | React | SetTopic | RenameRoom

Wrong = tuple[str, str]
"""The reason and the sentence for a field that cannot be taken."""

_PASSING = frozenset(("busy", "unavailable", "error"))
"""Refusals that say nothing of what is stored: the request comes again."""

# Looked up once: with an enumeration that takes longer than the rest of a test.
_SAID = Kind.SAID
_ANNOUNCEMENT = RoomKind.ANNOUNCEMENT

_NO_ROOM = 0
"""No room has this number."""

FOR_MODERATORS: Wrong = "not-allowed", "only the owner and the moderators of the room may do this"


def moderates(role: Role) -> bool:
    """Whether who is that in a room may change what others have said there."""
    return role in (Role.OWNER, Role.MODERATOR)


def may_speak(place: Membership) -> Wrong | None:
    """Return why who is that there may say nothing."""
    if place.room.kind is _ANNOUNCEMENT and not moderates(place.role):
        return "not-allowed", "only the owner and the moderators speak in this room"
    return None


def wrong_text(text: str) -> Wrong | None:
    """Return why *text* cannot be said."""
    if not text or text.isspace():
        return "bad-field", "a message may not be empty"
    if len(text) > MAX_TEXT:
        return "too-long", f"a message may have {MAX_TEXT} characters"
    return None


def wrong_line(check: Callable[[str], None], text: str) -> Wrong | None:
    """Return why *check* does not let *text* through."""
    try:
        check(text)
    except ValueError as error:
        return "bad-field", str(error)
    return None


def wrong_cid(cid: str) -> Wrong | None:
    """Return why *cid* cannot be one."""
    if len(cid) > MAX_CID:
        return "too-long", f"a cid may have {MAX_CID} characters"
    # Databases differ in how they compare everything else: letters with marks, spaces at the end.
    if cid and not (cid.isascii() and cid.isprintable() and " " not in cid):
        return "bad-field", "a cid may have only visible ASCII characters"
    return None


def post(services: Services, session: Session, request: Posting, entry: NewMessage) -> None:
    """Give *entry* to the journal, and answer *request* when it is stored."""
    try:
        services.journal.post(entry, partial(_answered, services, session, request, entry))
    except JournalFull:
        session.refuse(request, "busy", "the server has too much to do; try again", request.cid)
    else:
        session.message_posted()


def refuse(
    services: Services, session: Session, request: Posting, reason: str, detail: str
) -> None:
    """Answer *request* with a reason and a sentence, unless its ``cid`` turns out to be stored."""
    if not request.cid or reason in _PASSING:
        session.refuse(request, reason, detail, request.cid)
        return
    user_id, why = session.user.user_id, Refused(reason, detail)
    lookup = NewMessage(_NO_ROOM, user_id, request.cid, "", services.now(), barred=why)
    post(services, session, request, lookup)


def _answered(
    services: Services, session: Session, request: Posting, entry: NewMessage, outcome: Outcome
) -> None:
    try:
        if isinstance(outcome, Stored):
            _tell(services, session, request, entry, outcome)
        else:
            session.refuse(request, outcome.reason, outcome.detail, request.cid)
    finally:
        session.message_answered()  # after a fault too, or it would wait for ever


def _tell(
    services: Services, session: Session, request: Posting, entry: NewMessage, stored: Stored
) -> None:
    room_id, seq, sent_at, is_fresh = stored
    room = services.rooms.by_id(room_id)
    reference = room.reference if room is not None else services.rooms.reference(room_id)
    done = Result(request.code, "ok", request.cid, reference, seq, sent_at)
    if is_fresh:
        services.counts["message" if entry.kind is _SAID else "change"] += 1
        services.stored()
    if room is None:  # nobody who is told what is said there is here
        session.send(done)
    elif is_fresh:
        room.publish(from_now(session.user, entry, stored, reference), session, done)
        services.typing.said(room, entry.sender_id)
        if entry.kind is not _SAID:
            _keep_in_step(services, room, entry)
    else:
        # Through the room: sent at once, it would overtake smaller numbers of this turn.
        room.answer(session, done)


def _keep_in_step(services: Services, room: Room, entry: NewMessage) -> None:
    if entry.kind is Kind.TOPIC:
        services.rooms.topic_set(room, entry.text)
    elif entry.kind is Kind.RENAMED:
        services.rooms.renamed(room, entry.text)
