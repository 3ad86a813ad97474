"""Who is in a room and as what: bringing others in, putting them out, giving them a role, leaving.

The loop refuses what it can tell from what it knows; the storage asks again in the transaction that
changes something. What it decides is carried out on the loop before it is answered: see
memberships.py.
"""

from functools import partial
from typing import NamedTuple

from reactor.commands.ask import Question
from reactor.commands.places import NO_ROOM, in_room
from reactor.commands.posting import FOR_MODERATORS, moderates
from reactor.records import MemberChange, Refused, Role, RoomEntry, RoomKind
from reactor.rooms import Room
from reactor.services import Services
from reactor.session import Session
from reactor.stores import RoomStore
from wire.limits import MAX_NAME
from wire.messages import Invite, LeaveRoom, Message, RemoveMember, Result, SetRole
from wire.reasons import REASONS

_ROLES = {role.value: role for role in (Role.OWNER, Role.MODERATOR, Role.MEMBER)}

_NO_USER = Refused("no-such-user", REASONS["no-such-user"])


class Changed(NamedTuple):
    """What a member is from now on, and what they are told of the room if they are still in it."""

    change: MemberChange
    entry: RoomEntry | None


def leave(services: Services, session: Session, request: LeaveRoom) -> None:
    """Be in a room no longer; if its owner leaves, it has another one."""

    def ask(room: Room) -> None:
        if not _has_members(room):
            session.refuse(request, "not-allowed", "nobody leaves the lobby or a direct room")
            return
        Question(services, session, request).ask(
            services.database,
            _leave,
            services.stores.rooms,
            session.user.user_id,
            room.room_id,
            then=partial(_carry_out, services, session, request, room, "left"),
            unsure=partial(_unsure_who_left, services, session, room),
        )

    in_room(services, session, request, request.room, ask)


def invite(services: Services, session: Session, request: Invite) -> None:
    """Bring another user into a room."""

    def ask(room: Room) -> None:
        place = room.membership(session)
        if not _has_members(room):
            session.refuse(request, "not-allowed", "nobody is invited to this room")
        elif place.room.kind is RoomKind.PRIVATE and not moderates(place.role):
            session.refuse(request, *FOR_MODERATORS)
        elif _too_long(request.username):
            session.refuse(request, *_NO_USER)
        else:
            Question(services, session, request).ask(
                services.database,
                _invite,
                services.stores.rooms,
                session.user.user_id,
                room.room_id,
                request.username,
                services.now(),
                then=partial(_invited, services, session, request, room),
                unsure=partial(_unsure_of, services, session, request),
            )

    in_room(services, session, request, request.room, ask)


def remove(services: Services, session: Session, request: RemoveMember) -> None:
    """Put a member out, who is told nothing more."""

    def ask(room: Room) -> None:
        if not _has_members(room) or not moderates(room.membership(session).role):
            session.refuse(request, *FOR_MODERATORS)
        elif _too_long(request.username):
            session.refuse(request, *_NO_USER)
        else:
            Question(services, session, request).ask(
                services.database,
                _remove,
                services.stores.rooms,
                session.user.user_id,
                room.room_id,
                request.username,
                then=partial(_carry_out, services, session, request, room, "removed"),
                unsure=partial(_unsure_of, services, session, request),
            )

    in_room(services, session, request, request.room, ask)


def set_role(services: Services, session: Session, request: SetRole) -> None:
    """Say what a member is."""
    role = _ROLES.get(request.role)
    if role is None:
        session.refuse(request, "bad-field", "a role is owner, moderator or member")
        return

    def ask(room: Room) -> None:
        if room.membership(session).role is not Role.OWNER:
            session.refuse(request, "not-allowed", "only the owner of the room may do this")
        elif _too_long(request.username):
            session.refuse(request, *_NO_USER)
        else:
            Question(services, session, request).ask(
                services.database,
                _set_role,
                services.stores.rooms,
                session.user.user_id,
                room.room_id,
                request.username,
                role,
                then=partial(_carry_out, services, session, request, room, "removed"),
                unsure=partial(_unsure_of, services, session, request),
            )

    in_room(services, session, request, request.room, ask)


def _unsure_who_left(services: Services, session: Session, room: Room) -> None:
    """If it was the owner, any other may own the room now."""
    is_owner = session in room and room.membership(session).role is Role.OWNER
    others = room.users() if is_owner else []
    services.doubts.about([session.user, *others], "left")


def _unsure_of(
    services: Services, session: Session, request: Invite | RemoveMember | SetRole
) -> None:
    """Whom it was about; and who asked, since a room has one owner."""
    accounts = services.sessions.accounts_named(request.username)
    services.doubts.about([session.user, *accounts], "removed")


def _has_members(room: Room) -> bool:
    """Whether members come to this room and go."""
    return room.record.kind not in (RoomKind.LOBBY, RoomKind.DIRECT)


def _too_long(username: str) -> bool:
    # The key of a long name is not even made: that may take a time that grows with its square.
    return not 0 < len(username) <= MAX_NAME


# --- in the lane: what is decided, and what those whom it concerns are told


def _leave(store: RoomStore, user_id: int, room_id: int) -> list[Changed] | Refused:
    changes = store.leave(user_id, room_id)
    return changes if isinstance(changes, Refused) else _with_entries(store, room_id, changes)


def _remove(store: RoomStore, by: int, room_id: int, username: str) -> list[Changed] | Refused:
    change = store.remove(by, room_id, username)
    return change if isinstance(change, Refused) else [Changed(change, None)]


def _set_role(
    store: RoomStore, by: int, room_id: int, username: str, role: Role
) -> list[Changed] | Refused:
    changes = store.set_role(by, room_id, username, role)
    return changes if isinstance(changes, Refused) else _with_entries(store, room_id, changes)


def _invite(store: RoomStore, by: int, room_id: int, username: str, now: int) -> Changed | Refused:
    invited = store.invite(by, room_id, username, now)
    if isinstance(invited, Refused):
        return invited
    (changed,) = _with_entries(store, room_id, [invited[0]])
    return changed if changed.entry is not None else NO_ROOM


def _with_entries(store: RoomStore, room_id: int, changes: list[MemberChange]) -> list[Changed]:
    return [
        Changed(change, store.entry(change.user_id, room_id) if change.role else None)
        for change in changes
    ]


# --- on the loop again


def _carry_out(
    services: Services,
    session: Session,
    request: Message,
    room: Room,
    reason: str,
    changes: list[Changed],
) -> None:
    """Whoever has no entry is out of the room for *reason*; the others are told their role."""
    for change, entry in changes:
        if entry is None:
            services.memberships.left(room.room_id, change, reason)
        else:
            services.memberships.role_changed(change, entry)
    session.send(Result(request.code, "ok", "", room.reference))


def _invited(
    services: Services, session: Session, request: Invite, room: Room, changed: Changed
) -> None:
    if changed.entry is not None:
        services.memberships.entered(changed.change, changed.entry)
    session.send(Result(request.code, "ok", "", room.reference))
