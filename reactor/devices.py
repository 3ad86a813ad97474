"""Devices that log in with a token in place of the password: made, and made void.

How they log in stands in :mod:`reactor.device_logins`.

A login is under way for a while, and its device may be revoked or the password changed meanwhile.
:meth:`Devices.is_void` says so at its end, from what was made void lately.
"""

import contextlib
import hashlib
import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from reactor.records import Account
from reactor.stores import DeviceStore
from reactor.workers import Lane, LaneFull

log = logging.getLogger(__name__)

# Bytes of a token: as many as nobody guesses in the life of the universe.
TOKEN_BYTES = 24

# What was made void lately, and may concern a login under way: far more than happen meanwhile.
LATELY_MAX = 10_000


class Login(NamedTuple):
    """Who has logged in, and as which device; 0 is none. *at*: how much had been made void when the
    device was found or made. *password_hash*: of the password, if it was one."""

    account: Account
    device_id: int
    at: int = 0
    password_hash: str = ""

    def __repr__(self) -> str:
        return f"Login({self.account.name!r}, {self.device_id})"


class NewDevice(NamedTuple):
    """A device that was just made, and its token, which nobody but the client keeps."""

    device_id: int
    token: str

    def __repr__(self) -> str:
        return f"NewDevice({self.device_id})"


NO_DEVICE = NewDevice(0, "")


def random_token() -> str:
    """Return a new token."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Devices:
    """Makes devices. Answers come on the loop, exactly one for each question."""

    def __init__(
        self,
        store: DeviceStore,
        database: Lane,
        now: Callable[[], int],
        new_token: Callable[[], str] = random_token,
    ) -> None:
        """*now* is the time of day in milliseconds."""
        self._store = store
        self._database = database
        self._now = now
        self._new_token = new_token
        self._void: OrderedDict[int | str, int] = OrderedDict()  # the how manieth each was
        self._voided = 0

    def login(self, account: Account, device_id: int, password_hash: str = "") -> Login:
        """Return the login of a device that has just been found or made."""
        return Login(account, device_id, self._voided, password_hash)

    def make(self, user_id: int, client: str, answer: Callable[[NewDevice], object]) -> None:
        """Make a device of that user; ``NO_DEVICE`` if that cannot be done now: one can do without,
        and log in with the password."""
        token = self._new_token()

        def failed(error: BaseException) -> None:
            log.error("no device made: %s", error)
            answer(NO_DEVICE)

        try:
            self._database.submit(
                self._store.add,
                *(user_id, _digest(token), client, self._now()),
                done=lambda device_id: answer(NewDevice(device_id, token)),
                failed=failed,
            )
        except LaneFull:
            answer(NO_DEVICE)

    def discard(self, user_id: int, device_id: int) -> None:
        """Nobody has the token of that device: its client had gone before it was told."""
        with contextlib.suppress(LaneFull):
            self._database.submit(
                self._store.revoke,
                *(user_id, device_id),
                done=lambda _: None,
                failed=lambda error: log.warning("device not discarded: %s", error),
            )

    # --- what is void

    def revoked(self, device_id: int) -> None:
        """That device's token was taken from it."""
        self._note_void(device_id)

    def password_changed(self, old_hash: str) -> None:
        """Whoever logs in with what that was the hash of does so no longer."""
        self._note_void(old_hash)

    def is_void(self, login: Login) -> bool:
        """Whether *login*, which was right when it was checked, is so no longer."""
        if login.password_hash in self._void:  # it is salted and never comes again
            return True
        # But a number does: SQLite gives the highest that was deleted to the next device.
        return self._void.get(login.device_id, 0) > login.at

    def _note_void(self, what: int | str) -> None:
        """Note the number of a device, or a hash."""
        self._voided += 1
        self._void[what] = self._voided
        self._void.move_to_end(what)
        if len(self._void) > LATELY_MAX:
            self._void.popitem(last=False)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
