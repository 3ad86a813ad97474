"""Logging in and out."""

from functools import partial

from reactor.records import Account
from reactor.services import Services
from reactor.session import Session
from wire.limits import MAX_CLIENT
from wire.messages import LogIn, LoginResult, LogOut, Result
from wire.reasons import REASONS


def log_in(services: Services, session: Session, request: LogIn) -> None:
    """Check the password; what the client has sent behind its login waits for that."""
    session.introduce(request.client)
    session.hold()
    answer = partial(_answer, services, session)
    if len(request.client) > MAX_CLIENT:
        answer("too-long")
        return
    services.accounts.authenticate(request.username, request.password, session.peer, answer)


def _answer(services: Services, session: Session, answer: Account | str) -> None:
    if isinstance(answer, Account):
        services.counts["login"] += 1
        session.send(LoginResult("1", answer.nickname, answer.name))
        session.login_checked(answer)
    else:
        services.counts[answer] += 1
        session.send(_refused(answer))
        session.login_checked(None)


def _refused(reason: str) -> LoginResult:
    return LoginResult("0", "", "", reason, REASONS[reason])


def log_out(_services: Services, session: Session, request: LogOut) -> None:
    """When all that was said before is answered, answer this, and end the session."""
    session.finish(partial(_leave, session, request))


def _leave(session: Session, request: LogOut) -> None:
    session.send(Result(request.code, "ok"))
    session.end("logged-out", REASONS["logged-out"])
