"""Which rooms there are, and who is in one: a page at a time.

A page is bounded by the number of its entries; the longest entries make 200 KiB of it, a fifth of
the send queue's default hard mark.
"""

import re
from collections.abc import Callable
from functools import partial

from reactor.commands.ask import Question
from reactor.commands.places import NO_ROOM, in_room
from reactor.records import MemberEntry, RoomEntry, RoomKind
from reactor.rooms import LOBBY, Room
from reactor.services import Services
from reactor.session import Session
from wire.limits import MAX_NAME, MAX_PAGE
from wire.messages import ListRooms, Member, Members, ReadUpTo, Result

_REFERENCE = re.compile(r"#([0-9]{1,18})", re.ASCII)


def list_rooms(services: Services, session: Session, request: ListRooms) -> None:
    """Send a page of rooms, then where to continue."""
    store, user_id = services.stores.rooms, session.user.user_id
    question = Question(services, session, request)
    limit = min(request.limit or MAX_PAGE, MAX_PAGE)
    answer = partial(_tell_rooms, services, session, request, limit)
    after = _room_id(services, request.after)
    if request.scope == "mine" and after is not None:
        question.ask(
            services.reading,
            store.entries_of,
            user_id,
            after,
            limit,
            then=partial(answer, lambda last: services.rooms.reference(last.room.room_id)),
        )
    elif request.scope == "public" and len(request.after) <= MAX_NAME:
        question.ask(
            services.reading,
            store.public_entries,
            user_id,
            request.after,
            limit,
            then=partial(answer, lambda last: last.room.name),
        )
    else:
        question.answer("bad-field", "ask for mine or public, and continue as the result says")


def _room_id(services: Services, reference: str) -> int | None:
    """The id in *reference*; 0 in none, None if it cannot be one."""
    if reference in ("", LOBBY):
        return services.rooms.lobby.room_id if reference else 0
    found = _REFERENCE.fullmatch(reference)
    return int(found[1]) if found is not None else None


def _tell_rooms(
    services: Services,
    session: Session,
    request: ListRooms,
    limit: int,
    continue_behind: Callable[[RoomEntry], str],
    entries: list[RoomEntry],
) -> None:
    for entry in entries:
        services.memberships.tell_info(session, entry)
        _tell_mark(services, session, entry)
    at = continue_behind(entries[-1]) if len(entries) == limit else ""
    session.send(Result(request.code, "ok", at))


def _tell_mark(services: Services, session: Session, entry: RoomEntry) -> None:
    """Tell the user's mark in a room of theirs, if it has moved and is yet to be saved."""
    room_id = entry.room.room_id
    known = services.read_marks.known(room_id, session.user.user_id)
    if entry.role is not None and known > entry.read_seq:
        session.send(ReadUpTo(services.rooms.reference(room_id), known))


def list_members(services: Services, session: Session, request: Members) -> None:
    """Send a page of the members of a room, then where to continue."""
    in_room(services, session, request, request.room, partial(_ask, services, session, request))


def _ask(services: Services, session: Session, request: Members, room: Room) -> None:
    question = Question(services, session, request)
    limit = min(request.limit or MAX_PAGE, MAX_PAGE)
    if room.record.kind is RoomKind.LOBBY:
        question.answer("too-large", "everybody is in the lobby; ask who is online")
    elif len(request.after) > MAX_NAME:
        question.answer("bad-field", "continue behind a user name")
    else:
        question.ask(
            services.reading,
            services.stores.rooms.members,
            room.room_id,
            request.after,
            limit,
            then=partial(_tell_members, services, session, request, room, limit),
        )


def _tell_members(
    services: Services,
    session: Session,
    request: Members,
    room: Room,
    limit: int,
    entries: list[MemberEntry],
) -> None:
    if session not in room:  # put out while the page was read: nothing more, not even this
        session.refuse(request, *NO_ROOM)
        return
    for entry in entries:
        is_online = services.online.is_here(entry.name)
        session.send(Member(entry.name, entry.nickname, entry.role, "1" if is_online else "0"))
    at = entries[-1].name if len(entries) == limit else ""
    session.send(Result(request.code, "ok", at, room.reference))
