"""Changing what was said, and what a room is called and is for. Like what is said, changes are
numbered in their room and posted."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from reactor.commands.places import in_room
from reactor.commands.posting import (
    FOR_MODERATORS,
    Posting,
    Wrong,
    may_speak,
    moderates,
    post,
    refuse,
    wrong_cid,
    wrong_line,
    wrong_text,
)
from reactor.records import Kind, Membership, NewMessage, RoomKind
from reactor.rooms import Room
from reactor.services import Services
from reactor.session import Session
from wire.limits import MAX_CID
from wire.mentions import mentioned
from wire.messages import Delete, Edit, React, RenameRoom, SetTopic
from wire.names import check_room_name, check_topic
from wire.signs import check_sign


class _Draft(NamedTuple):
    """What is to change, and why it cannot be, whoever asks and wherever."""

    kind: Kind
    text: str
    target: int
    wrong: Wrong | None


def edit(services: Services, session: Session, request: Edit) -> None:
    """Put another text in place of a message's; whose it is, the storage knows."""
    draft = _Draft(Kind.EDITED, request.text, request.target, wrong_text(request.text))
    _change(services, session, request, draft, may_speak)


def delete(services: Services, session: Session, request: Delete) -> None:
    """Take a message back; whose it is, the storage knows."""
    _change(services, session, request, _Draft(Kind.DELETED, "", request.target, None), _anybody)


def react(services: Services, session: Session, request: React) -> None:
    """Put a sign to a message, or take it away."""
    wrong = wrong_line(check_sign, request.sign)
    if wrong is None and request.on not in ("0", "1"):
        wrong = "bad-field", "put a sign with 1, take it away with 0"
    kind = Kind.REACTED if request.on == "1" else Kind.UNREACTED
    draft = _Draft(kind, request.sign, request.target, wrong)
    _change(services, session, request, draft, _anybody)


def set_topic(services: Services, session: Session, request: SetTopic) -> None:
    """Say what a room is for."""
    draft = _Draft(Kind.TOPIC, request.topic, 0, wrong_line(check_topic, request.topic))
    _change(services, session, request, draft, _may_set_topic)


def rename(services: Services, session: Session, request: RenameRoom) -> None:
    """Give a room another name; whether it is taken, the storage knows."""
    draft = _Draft(Kind.RENAMED, request.name, 0, wrong_line(check_room_name, request.name))
    _change(services, session, request, draft, _may_rename)


def _anybody(_place: Membership) -> Wrong | None:
    return None


def _may_set_topic(place: Membership) -> Wrong | None:
    # The topic of a direct room is the other's nickname; there is no moderator in it.
    return None if moderates(place.role) else FOR_MODERATORS


def _may_rename(place: Membership) -> Wrong | None:
    if place.room.kind is RoomKind.LOBBY:
        return "not-allowed", "the lobby keeps its name"
    return _may_set_topic(place)


def _change(
    services: Services,
    session: Session,
    request: Posting,
    draft: _Draft,
    refusal: Callable[[Membership], Wrong | None],
) -> None:
    wrong = draft.wrong or wrong_cid(request.cid)
    if wrong is not None:
        session.refuse(request, *wrong, request.cid[:MAX_CID])
        return
    then = partial(_post, services, session, request, draft, refusal)
    refused = partial(refuse, services, session, request)
    in_room(services, session, request, request.room, then, refused)


def _post(
    services: Services,
    session: Session,
    request: Posting,
    draft: _Draft,
    refusal: Callable[[Membership], Wrong | None],
    room: Room,
) -> None:
    place = room.membership(session)
    refused = refusal(place)
    if refused is not None:
        refuse(services, session, request, *refused)
        return
    entry = NewMessage(
        room.room_id,
        session.user.user_id,
        request.cid,
        draft.text,
        services.now(),
        draft.kind,
        draft.target,
        moderates(place.role) and draft.kind is not Kind.EDITED,  # nobody speaks for others
        mentioned(draft.text) if draft.kind is Kind.EDITED else (),
    )
    post(services, session, request, entry)
