"""Which devices may log in with a token, and putting an end to that."""

from functools import partial

from reactor.accounts import Verified
from reactor.commands.ask import Question
from reactor.devices import NewDevice
from reactor.records import DeviceEntry
from reactor.services import Services
from reactor.session import Session
from wire.limits import MAX_PASSWORD
from wire.messages import ChangePassword, Device, Devices, Result, RevokeDevice
from wire.reasons import REASONS


def devices(services: Services, session: Session, request: Devices) -> None:
    """Send all of the user's devices: there are a few at the most."""

    def tell(entries: list[DeviceEntry]) -> None:
        for entry in entries:
            current = "1" if entry.device_id == session.device_id else ""
            session.send(Device(*entry, current))
        session.send(Result(request.code, "ok"))

    Question(services, session, request).ask(
        services.reading, services.stores.devices.of_user, session.user.user_id, then=tell
    )


def revoke_device(services: Services, session: Session, request: RevokeDevice) -> None:
    """Take the token from a device, and end its sessions."""
    user_id, device_id = session.user.user_id, request.device
    question = Question(services, session, request)

    def revoked(was_there: bool) -> None:
        if not was_there:
            question.answer("no-such-device")
            return
        services.devices.revoked(device_id)
        session.send(Result(request.code, "ok"))
        for each in services.sessions.of(user_id):
            if each.device_id == device_id:
                each.end("revoked", REASONS["revoked"])

    question.ask(
        services.database, services.stores.devices.revoke, user_id, device_id, then=revoked
    )


def change_password(services: Services, session: Session, request: ChangePassword) -> None:
    """Check the old password as at a login; then nothing but the new one is right."""
    if not request.new:
        session.refuse(request, "bad-field", "a password may not be empty")
        return
    if len(request.new) > MAX_PASSWORD:
        session.refuse(request, "too-long", f"a password may have {MAX_PASSWORD} characters")
        return
    session.hold()
    answer = partial(_verified, services, session, request)
    services.accounts.verify_and_hash(
        session.user.name, request.old, request.new, session.peer, answer
    )


def _verified(
    services: Services, session: Session, request: ChangePassword, answer: Verified | str
) -> None:
    question = Question(services, session, request)
    if isinstance(answer, str):
        question.answer(answer)
    else:
        found, new_hash = answer
        question.ask(
            services.database,
            services.stores.devices.change_password,
            *(found.user_id, found.password_hash, new_hash),
            then=partial(_changed, services, session, request, question, found.password_hash),
        )
    session.release()


def _changed(
    services: Services,
    session: Session,
    request: ChangePassword,
    question: Question,
    old_hash: str,
    changed: bool,
) -> None:
    if not changed:  # from elsewhere, in the same moment
        question.answer("busy")
        return
    user_id = session.user.user_id
    services.devices.password_changed(old_hash)
    for each in services.sessions.of(user_id):
        if each is not session:
            each.end("revoked", REASONS["revoked"])
    session.device_id = 0
    if session.ended or not session.dialect.tells_rooms:
        session.send(Result(request.code, "ok"))
        return
    session.hold()
    services.devices.make(user_id, session.client, partial(_tell_token, services, session, request))


def _tell_token(
    services: Services, session: Session, request: ChangePassword, device: NewDevice
) -> None:
    if session.ended:
        services.devices.discard(session.user.user_id, device.device_id)
        return
    session.device_id = device.device_id
    session.send(Result(request.code, "ok", detail=device.token))
    session.release()
