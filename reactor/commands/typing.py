"""Saying that one is writing something."""

from functools import partial

from reactor.commands.places import in_room
from reactor.services import Services
from reactor.session import Session
from wire.messages import Typing


def typing(services: Services, session: Session, request: Typing) -> None:
    """Let the others in the room know, now and then."""
    tell = partial(services.typing.typed, session=session)
    in_room(services, session, request, request.room, tell)
