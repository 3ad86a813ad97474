"""Saying something: checked, and posted."""

from functools import partial

from reactor.commands.places import elsewhere
from reactor.commands.posting import Wrong, may_speak, post, refuse, wrong_cid, wrong_text
from reactor.records import Account, Kind, Membership, NewMessage
from reactor.services import Services
from reactor.session import Session
from wire import names
from wire.limits import MAX_CID, MAX_NAME
from wire.mentions import mentioned
from wire.messages import Chat

# Looked up once: with an enumeration that takes longer than the rest of a test.
_SAID = Kind.SAID


def chat(services: Services, session: Session, request: Chat) -> None:
    """Give the message to the journal, or say why not."""
    wrong = (
        _wrong_user(session.user, request.username)
        or wrong_text(request.text)
        or (wrong_cid(request.cid) if request.cid else None)
    )
    if wrong is not None:
        session.refuse(request, *wrong, request.cid[:MAX_CID])
        return
    room = services.rooms.find(request.room, session)
    if room is not None:
        _say(services, session, request, room.membership(session))
    else:
        say = partial(_say, services, session, request)
        refusal = partial(refuse, services, session, request)
        elsewhere(services, session, request, request.room, say, refusal)


def _wrong_user(account: Account, username: str) -> Wrong | None:
    if username == account.name:
        return None
    # The key of a long name is not even made: that may take a time that grows with its square.
    if len(username) <= MAX_NAME and names.key(username) == names.key(account.name):
        return None
    return "wrong-user", "this is not the user who is logged in here"


def _say(services: Services, session: Session, request: Chat, place: Membership) -> None:
    refused = may_speak(place)
    if refused is not None:
        refuse(services, session, request, *refused)
        return
    message = NewMessage(
        place.room.room_id,
        session.user.user_id,
        request.cid,
        request.text,
        services.now(),
        _SAID,
        request.reply_to,
        False,  # nothing is changed
        mentioned(request.text),
    )
    post(services, session, request, message)
