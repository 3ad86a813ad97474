"""Making a room, and coming into one.

What the storage decides is carried out on the loop before it is answered: see memberships.py.
"""

from functools import partial

from reactor.commands.ask import Question
from reactor.commands.places import NO_ROOM, is_direct, unsure_of_direct
from reactor.commands.posting import wrong_line
from reactor.records import Direct, MemberChange, Refused, RoomEntry, RoomKind
from reactor.services import Services
from reactor.session import Session
from reactor.stores import RoomStore
from wire.limits import MAX_NAME
from wire.messages import CreateRoom, JoinRoom, Message, Result
from wire.names import check_room_name, check_topic

_KINDS = {
    "": RoomKind.PUBLIC,
    "public": RoomKind.PUBLIC,
    "private": RoomKind.PRIVATE,
    "announcement": RoomKind.ANNOUNCEMENT,
}


def create(services: Services, session: Session, request: CreateRoom) -> None:
    """Make a room, whose owner is in it at once."""
    wrong = wrong_line(check_room_name, request.name) or wrong_line(check_topic, request.topic)
    if wrong is None and request.kind not in _KINDS:
        wrong = "bad-field", "a room is public, private or announcement"
    if wrong is not None:
        session.refuse(request, *wrong)
        return
    Question(services, session, request).ask(
        services.database,
        _create,
        services.stores.rooms,
        session.user.user_id,
        request,
        services.now(),
        then=partial(_is_in, services, session, request),
        unsure=partial(services.doubts.about, [session.user], "left"),
    )


def _create(store: RoomStore, user_id: int, request: CreateRoom, now: int) -> RoomEntry | Refused:
    """In the lane."""
    made = store.create(user_id, request.name, _KINDS[request.kind], request.topic, now)
    if isinstance(made, Refused):
        return made
    return RoomEntry(made.room, made.role, 1, 0, 0, 0, 0)


def join(services: Services, session: Session, request: JoinRoom) -> None:
    """Come into a room; also the direct one with ``@somebody``, which is made if there is none."""
    room = services.rooms.find(request.room, session)
    question = Question(services, session, request)
    store, user_id, now = services.stores.rooms, session.user.user_id, services.now()
    answer = partial(_is_in, services, session, request)
    if room is not None:
        question.ask(services.database, _entry, store, user_id, room.room_id, then=answer)
    elif is_direct(request.room):
        question.ask(
            services.database,
            _open_direct,
            store,
            user_id,
            request.room[1:],
            now,
            then=partial(_opened, services, session, request),
            unsure=partial(unsure_of_direct, services, session, request.room),
        )
    elif len(request.room) <= MAX_NAME:
        unsure = partial(services.doubts.about, [session.user], "left")
        question.ask(
            services.database, _join, store, user_id, request.room, now, then=answer, unsure=unsure
        )
    else:
        question.answer(*NO_ROOM)


def _join(store: RoomStore, user_id: int, text: str, now: int) -> RoomEntry | Refused:
    """In the lane."""
    joined = store.join(user_id, text, now)
    return joined if isinstance(joined, Refused) else _entry(store, user_id, joined.room.room_id)


def _open_direct(
    store: RoomStore, user_id: int, other: str, now: int
) -> tuple[Direct, RoomEntry] | Refused:
    """In the lane."""
    direct = store.open_direct(user_id, other, now)
    if isinstance(direct, Refused):
        return direct
    entry = _entry(store, user_id, direct.room.room_id)
    return entry if isinstance(entry, Refused) else (direct, entry)


def _entry(store: RoomStore, user_id: int, room_id: int) -> RoomEntry | Refused:
    """In the lane: what a user who is in a room is told of it; they may just have been put out."""
    entry = store.entry(user_id, room_id)
    return entry if entry is not None and entry.role is not None else NO_ROOM


def _opened(
    services: Services, session: Session, request: Message, found: tuple[Direct, RoomEntry]
) -> None:
    direct, entry = found
    if _knows(services, session, entry):
        services.memberships.tell_info(session, entry)
    services.memberships.opened(direct.room, direct.users)
    _answer(services, session, request, entry)


def _is_in(services: Services, session: Session, request: Message, entry: RoomEntry) -> None:
    """The user is in the room: let all their sessions in, and answer."""
    account = session.user
    change = MemberChange(account.user_id, account.name, account.nickname, entry.role)
    if _knows(services, session, entry):
        services.memberships.tell_info(session, entry)
    else:
        services.memberships.entered(change, entry)
    _answer(services, session, request, entry)


def _knows(services: Services, session: Session, entry: RoomEntry) -> bool:
    """Whether the session is in that room already, and would not be told of it again."""
    room = services.rooms.by_id(entry.room.room_id)
    return room is not None and session in room


def _answer(services: Services, session: Session, request: Message, entry: RoomEntry) -> None:
    reference = services.rooms.reference(entry.room.room_id)
    session.send(Result(request.code, "ok", "", reference))
