"""Showing that one is there."""

from reactor.services import Services
from reactor.session import Session
from wire.limits import MAX_TOKEN
from wire.messages import Ping, Result


def ping(_services: Services, session: Session, request: Ping) -> None:
    """Answer with the same token. That something was heard at all is what counts."""
    if len(request.token) > MAX_TOKEN:
        session.refuse(request, "too-long", f"a token may have {MAX_TOKEN} characters")
    else:
        session.send(Result(request.code, "ok", request.token))
