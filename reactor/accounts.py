"""Who somebody is: user name and password in, the account or a reason word out.

The database is asked in its lane and the password hashed in another, so that the loop never waits
for either. Unknown users cost the same hash as known ones and get the same answer, so that neither
the words nor the time tell which names exist.
"""

import contextlib
import logging
from collections.abc import Callable
from typing import Protocol, TypeVar

from reactor import passwords
from reactor.records import Account
from reactor.throttle import FailedLogins
from reactor.workers import Lane, LaneFull
from wire.limits import MAX_NAME, MAX_PASSWORD

log = logging.getLogger(__name__)

T = TypeVar("T")

Answer = Callable[[Account | str], object]


class AccountStore(Protocol):
    """The part of the storage that is needed here; called in the database lane."""

    def find_account(self, name: str) -> Account | None: ...

    def replace_password_hash(self, user_id: int, old: str, new: str) -> bool: ...


class Accounts:
    """Checks passwords. Answers come on the loop, exactly one for each question."""

    def __init__(
        self, store: AccountStore, database: Lane, hashing: Lane, failures: FailedLogins
    ) -> None:
        self._store = store
        self._database = database
        self._hashing = hashing
        self._failures = failures

    def authenticate(self, username: str, password: str, address: str, answer: Answer) -> None:
        """Call *answer* with the account, or with a reason word: ``wrong-login``,
        ``too-many-tries``, ``busy``, ``unavailable``."""
        if not 0 < len(username) <= MAX_NAME or len(password) > MAX_PASSWORD:
            answer("wrong-login")
        elif self._failures.too_many(address, username):
            answer("too-many-tries")
        else:
            _Authentication(self, username, password, address, answer).find()


class _Authentication:
    """One question on its way through the lanes: find the account, verify, perhaps hash anew."""

    def __init__(
        self, accounts: Accounts, username: str, password: str, address: str, answer: Answer
    ) -> None:
        self._accounts = accounts
        self._username = username
        self._password = password
        self._address = address
        self._answer = answer

    def find(self) -> None:
        accounts = self._accounts
        self._submit(
            accounts._database, accounts._store.find_account, self._username, done=self._verify
        )

    def _verify(self, account: Account | None) -> None:
        self._submit(
            self._accounts._hashing,
            _check,
            account.password_hash if account is not None else passwords.DUMMY_HASH,
            self._password,
            done=lambda checked: self._verified(account, *checked),
        )

    def _verified(self, account: Account | None, matches: bool, new_hash: str | None) -> None:
        failures = self._accounts._failures
        if account is None or not matches:
            failures.failed(self._address, self._username)
            self._answer("wrong-login")
            return
        failures.succeeded(self._address, self._username)
        self._answer(account)
        if new_hash is not None:
            self._replace_hash(account, new_hash)

    def _replace_hash(self, account: Account, new_hash: str) -> None:
        """The parameters have changed since the old hash. If this fails, the next login tries."""
        accounts = self._accounts
        with contextlib.suppress(LaneFull):
            accounts._database.submit(
                accounts._store.replace_password_hash,
                account.user_id,
                account.password_hash,
                new_hash,
                done=lambda _: log.info("password hashed anew user=%r", account.name),
                failed=lambda error: log.warning("password not hashed anew: %s", error),
            )

    def _submit(
        self, lane: Lane, work: Callable[..., T], *args: object, done: Callable[[T], object]
    ) -> None:
        try:
            lane.submit(work, *args, done=done, failed=self._failed)
        except LaneFull:
            self._answer("busy")

    def _failed(self, error: BaseException) -> None:
        log.error("login not checked: %s", error)
        self._answer("unavailable")


def _check(password_hash: str, password: str) -> tuple[bool, str | None]:
    """In the hashing lane: whether they match, and a new hash if this one's parameters are old."""
    if not passwords.verify(password_hash, password):
        return False, None
    return True, passwords.hash_password(password) if passwords.needs_rehash(
        password_hash
    ) else None
