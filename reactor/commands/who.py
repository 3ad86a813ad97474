"""Who is online, a page at a time."""

from reactor.services import Services
from reactor.session import Session
from wire.limits import MAX_PAGE
from wire.messages import OnlineUser, Result, Who


def who(services: Services, session: Session, request: Who) -> None:
    """Send a page of users, then a result that tells where to continue, and how many there are."""
    session.end_turn()  # a page costs as much as some fifty other requests
    limit = min(request.limit or MAX_PAGE, MAX_PAGE)
    users, more = services.online.page(request.after, limit)
    for user in users:
        session.send(OnlineUser(user.name, user.nickname))
    session.send(
        Result(request.code, "ok", users[-1].name if more else "", str(len(services.online)))
    )
