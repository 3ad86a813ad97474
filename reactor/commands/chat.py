"""Saying something: checked, stored, acknowledged, and only then told to the others."""

from functools import partial

from reactor.journal import JournalFull, Outcome
from reactor.records import Account, NewMessage, Stored
from reactor.rooms import Room
from reactor.services import Services
from reactor.session import Session
from wire import names
from wire.limits import MAX_CID, MAX_NAME, MAX_TEXT
from wire.messages import Chat, ChatMessage, Result


def chat(services: Services, session: Session, request: Chat) -> None:
    """Give the message to the journal, or say why not."""
    wrong = _wrong_field(session, request)
    if wrong is not None:
        session.refuse(request, *wrong, request.cid[:MAX_CID])
        return
    room = services.rooms.joined(request.room, session)
    if room is None:
        session.refuse(request, "no-such-room", "there is no such room for you", request.cid)
        return
    _post(services, session, request, room)


def _wrong_field(session: Session, request: Chat) -> tuple[str, str] | None:
    """Return the reason and the sentence for the first field that cannot be taken."""
    account = session.user
    if not _is_name_of(account, request.username):
        return "wrong-user", "this is not the user who is logged in here"
    if not request.text or request.text.isspace():
        return "bad-field", "a message may not be empty"
    if len(request.text) > MAX_TEXT:
        return "too-long", f"a message may have {MAX_TEXT} characters"
    if len(request.cid) > MAX_CID:
        return "too-long", f"a cid may have {MAX_CID} characters"
    if request.cid and not _is_plain(request.cid):
        return "bad-field", "a cid may have only visible ASCII characters"
    return None


def _is_name_of(account: Account, username: str) -> bool:
    if username == account.name:
        return True
    # The key of a long name is not even made: that may take a time that grows with its square.
    return len(username) <= MAX_NAME and names.key(username) == names.key(account.name)


def _is_plain(cid: str) -> bool:
    # Databases differ in how they compare everything else: letters with marks, spaces at the end.
    return cid.isascii() and cid.isprintable() and " " not in cid


def _post(services: Services, session: Session, request: Chat, room: Room) -> None:
    sender_id = session.user.user_id
    message = NewMessage(room.room_id, sender_id, request.cid, request.text, services.now())
    stored = partial(_answered, services, session, request, room)
    try:
        services.journal.post(message, stored)
    except JournalFull:
        session.refuse(request, "busy", "the server has too much to do; try again", request.cid)
    else:
        session.message_posted()


def _answered(
    services: Services, session: Session, request: Chat, room: Room, outcome: Outcome
) -> None:
    try:
        if not isinstance(outcome, Stored):
            session.refuse(request, outcome.reason, outcome.detail, request.cid)
        elif outcome.fresh:
            _publish(services, session, request, room, outcome)
        else:
            # Through the room: sent at once, it would overtake smaller numbers of this turn.
            was_in = services.rooms.by_id(outcome.room_id)
            was_in.answer(session, _acknowledgement(request, was_in, outcome))
    finally:
        session.message_answered()  # after a fault too, or it would wait for ever


def _publish(
    services: Services, session: Session, request: Chat, room: Room, stored: Stored
) -> None:
    account = session.user
    services.counts["message"] += 1
    message = ChatMessage(
        account.nickname, request.text, account.name, room.name, stored.seq, stored.sent_at
    )
    room.publish(message, session, _acknowledgement(request, room, stored))


def _acknowledgement(request: Chat, room: Room, stored: Stored) -> Result:
    return Result(request.code, "ok", request.cid, room.name, stored.seq, stored.sent_at)
