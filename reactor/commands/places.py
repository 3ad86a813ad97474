"""Which room a request means, and whether it is one of the session's.

What is not found does not exist: nobody is told whether there is a room that they are not in.
"""

from collections.abc import Callable
from functools import partial

from reactor.commands.ask import Question, Refuse
from reactor.records import Direct, Membership, Refused, Role, RoomRecord
from reactor.rooms import Room
from reactor.services import Services
from reactor.session import Session
from wire.limits import MAX_NAME
from wire.messages import Message

NO_ROOM = Refused("no-such-room", "there is no such room for you")

_DIRECT = "@"


def in_room(
    services: Services,
    session: Session,
    request: Message,
    text: str,
    then: Callable[[Room], object],
    refuse: Refuse | None = None,
) -> None:
    """Call *then* with the room that *text* means, at once if the loop knows it; or refuse, perhaps
    with *refuse*."""
    room = services.rooms.find(text, session)
    question = Question(services, session, request, refuse)
    if room is not None:
        then(room)
    elif is_direct(text):
        user_id, other = session.user.user_id, text.removeprefix(_DIRECT)
        found = partial(_direct_found, services, session, question, other, then)
        question.ask(
            services.database, services.stores.rooms.find_direct, user_id, other, then=found
        )
    else:
        question.answer(*NO_ROOM)


def is_direct(text: str) -> bool:
    """Whether *text* may name the direct room with somebody."""
    return text.startswith(_DIRECT) and len(text) <= MAX_NAME + len(_DIRECT)


def _direct_found(
    services: Services,
    session: Session,
    question: Question,
    other: str,
    then: Callable[[Room], object],
    record: RoomRecord | None,
) -> None:
    room = services.rooms.by_id(record.room_id) if record is not None else None
    if room is None or session not in room:
        question.answer(*NO_ROOM)
    else:
        services.rooms.note_direct(room, session.user.user_id, other)
        then(room)


def elsewhere(
    services: Services,
    session: Session,
    request: Message,
    text: str,
    then: Callable[[Membership], object],
    refuse: Refuse | None = None,
) -> None:
    """Call *then* with the session's place in a room that the loop does not know it in: the direct
    room with ``@somebody``, which is made if there is none, or, of a session that is told nothing
    but the lobby, any room that its user is in."""
    question = Question(services, session, request, refuse)
    if is_direct(text):
        open_direct(services, session, question, text, then)
    elif not session.dialect.tells_rooms and len(text) <= MAX_NAME:
        question.ask(services.database, _find, services, text, session.user.user_id, then=then)
    else:
        question.answer(*NO_ROOM)


def _find(services: Services, text: str, user_id: int) -> Membership | Refused:
    return services.stores.rooms.find(text, user_id) or NO_ROOM


def open_direct(
    services: Services,
    session: Session,
    question: Question,
    text: str,
    then: Callable[[Membership], object],
) -> None:
    """Call *then* with the session's place in the direct room with ``@somebody``; all sessions of
    both have been let in."""

    def opened(direct: Direct) -> None:
        services.memberships.opened(direct.room, direct.users)
        then(Membership(direct.room, Role.MEMBER))

    other = text.removeprefix(_DIRECT)
    question.ask(
        services.database,
        services.stores.rooms.open_direct,
        session.user.user_id,
        other,
        services.now(),
        then=opened,
        unsure=partial(unsure_of_direct, services, session, text),
    )


def unsure_of_direct(services: Services, session: Session, text: str) -> None:
    """Nobody knows whether the direct room with ``@somebody`` was made: let both of them in, if it
    was."""
    other = services.sessions.accounts_named(text.removeprefix(_DIRECT))
    services.doubts.about([session.user, *other], "left")
