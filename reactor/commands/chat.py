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


def chat(services: Services, session: Session, request: Chat) -> None:
    """Give the message to the journal, or say why not."""
    wrong = _wrong_field(session, request)
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


def _wrong_field(session: Session, request: Chat) -> Wrong | None:
    if not _is_name_of(session.user, request.username):
        return "wrong-user", "this is not the user who is logged in here"
    return wrong_text(request.text) or wrong_cid(request.cid)


def _is_name_of(account: Account, username: str) -> bool:
    if username == account.name:
        return True
    # The key of a long name is not even made: that may take a time that grows with its square.
    return len(username) <= MAX_NAME and names.key(username) == names.key(account.name)


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
        Kind.SAID,
        request.reply_to,
        False,  # nothing is changed
        mentioned(request.text),
    )
    post(services, session, request, message)
