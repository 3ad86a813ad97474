"""Logging in, with all the rooms that one is in, and out."""

import logging
from functools import partial

from reactor.records import Account, Membership
from reactor.services import Services
from reactor.session import Session
from reactor.workers import LaneFull
from wire.limits import MAX_CLIENT
from wire.messages import LogIn, LoginResult, LogOut, Result
from wire.reasons import REASONS

log = logging.getLogger(__name__)


def log_in(services: Services, session: Session, request: LogIn) -> None:
    """Check the password, and let the session into its rooms; what comes behind it waits."""
    session.introduce(request.client)
    session.hold()
    answer = partial(_answer, services, session)
    if len(request.client) > MAX_CLIENT:
        answer("too-long")
        return
    services.accounts.authenticate(request.username, request.password, session.peer, answer)


def _answer(services: Services, session: Session, answer: Account | str) -> None:
    if isinstance(answer, str):
        _refuse(services, session, answer)
    elif session.dialect.tells_rooms:
        _find_rooms(services, session, answer)
    else:
        _let_in(services, session, answer, LoginResult("1", answer.nickname, answer.name), [])


def _find_rooms(services: Services, session: Session, account: Account) -> None:
    """Ask in which rooms the user is. In the lane in which that changes: see memberships.py."""

    def found(memberships: list[Membership]) -> None:
        result = LoginResult("1", account.nickname, account.name, epoch=services.epoch)
        _let_in(services, session, account, result, memberships)

    def failed(error: BaseException) -> None:
        log.error("rooms of a user not found: %s", error)
        _refuse(services, session, "unavailable")

    try:
        services.database.submit(
            services.stores.rooms.memberships, account.user_id, done=found, failed=failed
        )
    except LaneFull:
        _refuse(services, session, "busy")


def _let_in(
    services: Services,
    session: Session,
    account: Account,
    result: LoginResult,
    memberships: list[Membership],
) -> None:
    services.counts["login"] += 1
    session.send(result)
    session.login_checked(account, memberships)


def _refuse(services: Services, session: Session, reason: str) -> None:
    services.counts[reason] += 1
    session.send(LoginResult("0", "", "", reason, REASONS[reason]))
    session.login_checked(None)


def log_out(_services: Services, session: Session, request: LogOut) -> None:
    """When all that was said before is answered, answer this, and end the session."""
    session.finish(partial(_leave, session, request))


def _leave(session: Session, request: LogOut) -> None:
    session.send(Result(request.code, "ok"))
    session.end("logged-out", REASONS["logged-out"])
