"""Logging in, with all the rooms that one is in, and out."""

import logging
import sys
from collections.abc import Sequence
from functools import partial

from reactor.device_logins import Arrival
from reactor.devices import NO_DEVICE, Login, NewDevice
from reactor.records import Credentials, Membership
from reactor.services import Services
from reactor.session import Session
from reactor.workers import LaneFull
from wire.limits import MAX_CLIENT
from wire.messages import LogIn, LoginResult, LogOut, Result
from wire.reasons import REASONS

log = logging.getLogger(__name__)


def log_in(services: Services, session: Session, request: LogIn) -> None:
    """Check the password or the token, and let the session into its rooms; what comes behind it
    waits."""
    session.introduce(sys.intern(request.client))  # one text for all who use the same program
    session.hold()
    if len(request.client) > MAX_CLIENT:
        _refuse(services, session, "too-long")
    elif request.token and not request.password:
        answer = partial(_token_checked, services, session)
        services.device_logins.log_in(
            *(request.username, request.token, session.peer, answer),
            wants_rooms=session.dialect.tells_rooms,
        )
    else:
        answer = partial(_password_checked, services, session)
        services.accounts.authenticate(request.username, request.password, session.peer, answer)


def _password_checked(services: Services, session: Session, answer: Credentials | str) -> None:
    if isinstance(answer, str):
        _refuse(services, session, answer)
    elif session.dialect.tells_rooms and not session.ended:
        made = partial(_device_made, services, session, answer)
        services.devices.make(answer.user_id, session.client, made)
    else:
        login = services.devices.login(answer.account, 0, answer.password_hash)
        _let_in(services, session, login, NO_DEVICE, [])


def _device_made(
    services: Services, session: Session, found: Credentials, device: NewDevice
) -> None:
    login = services.devices.login(found.account, device.device_id, found.password_hash)
    _find_rooms(services, session, login, device)


def _token_checked(services: Services, session: Session, answer: Arrival | str) -> None:
    if isinstance(answer, str):
        _refuse(services, session, answer)
    else:
        _let_in(services, session, answer.login, NO_DEVICE, answer.memberships)


def _find_rooms(services: Services, session: Session, login: Login, device: NewDevice) -> None:
    """Ask in which rooms the user is. In the lane in which that changes: see memberships.py."""

    def failed(error: BaseException) -> None:
        log.error("rooms of a user not found: %s", error)
        _turn_away(services, session, login, device, "unavailable")

    try:
        services.database.submit(
            services.stores.rooms.memberships,
            login.account.user_id,
            done=partial(_let_in, services, session, login, device),
            failed=failed,
        )
    except LaneFull:
        _turn_away(services, session, login, device, "busy")


def _let_in(
    services: Services,
    session: Session,
    login: Login,
    device: NewDevice,
    memberships: Sequence[Membership],
) -> None:
    if session.ended:
        _turn_away(services, session, login, device, "busy")
    elif services.devices.is_void(login):
        _turn_away(services, session, login, device, "revoked")
    else:
        account = login.account
        services.counts["login"] += 1
        session.send(
            LoginResult("1", account.nickname, account.name, device.token, epoch=services.epoch)
        )
        session.device_id = login.device_id
        session.login_checked(account, memberships)


def _turn_away(
    services: Services, session: Session, login: Login, device: NewDevice, reason: str
) -> None:
    """Refuse a login that was right; a device that was made for it has no use any more."""
    if device is not NO_DEVICE:
        services.devices.discard(login.account.user_id, device.device_id)
    _refuse(services, session, reason)


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
