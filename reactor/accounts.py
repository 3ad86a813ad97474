"""Who somebody is: user name and password in, their owner or a reason word out.

The account is found in the reading lane and the password hashed in another, so that the loop never
waits for either. A crowd that logs in and messages that are stored do not wait for each other, and
people come in even while nothing can be stored. Unknown users cost the same hash as known ones and
get the same answer, so that neither the words nor the time tell which names exist.

Logins wait here for the hashing lane, and whether there were too many failures is asked again when
their turn comes: who guesses on a thousand connections at once has no more guesses than on one.
"""

import contextlib
import logging
from collections import deque
from collections.abc import Callable
from typing import NamedTuple, Protocol

from reactor import passwords
from reactor.records import Credentials
from reactor.rota import Rota
from reactor.throttle import FailedLogins
from reactor.workers import Lane, LaneFull
from wire.limits import MAX_NAME, MAX_PASSWORD

log = logging.getLogger(__name__)

Answer = Callable[[Credentials | str], object]


class Verified(NamedTuple):
    """Whose password was right, and the hash of the one that is to take its place."""

    credentials: Credentials
    new_hash: str

    def __repr__(self) -> str:
        return f"Verified({self.credentials.name!r})"


class AccountStore(Protocol):
    """The part of the storage that is needed here; called in the lanes."""

    def find_account(self, name: str) -> Credentials | None: ...

    def replace_password_hash(self, user_id: int, old: str, new: str) -> bool: ...


class Accounts:
    """Checks passwords. Answers come on the loop, exactly one for each question."""

    def __init__(
        self,
        store: AccountStore,
        reading: Lane,
        database: Lane,
        hashing: Lane,
        failures: FailedLogins,
        rota: Rota,
        *,
        capacity: int,
    ) -> None:
        """*capacity*: logins that may wait for the hashing lane, beside those that are in it."""
        self._store = store
        self._reading = reading
        self._database = database
        self._hashing = hashing
        self._failures = failures
        self._rota = rota
        self._capacity = capacity
        self._waiting: deque[_Authentication] = deque()
        self._refusing = False

    def authenticate(self, username: str, password: str, address: str, answer: Answer) -> None:
        """Call *answer* with whose password it is, or with a reason word: ``wrong-login``,
        ``too-many-tries``, ``busy``, ``unavailable``."""

        def verified(found: Credentials, new_hash: str | None) -> None:
            answer(found)
            if new_hash is not None:
                self._replace_hash(found, new_hash)

        self._begin(_Authentication(self, username, password, address, verified, answer))

    def verify_and_hash(
        self,
        username: str,
        password: str,
        new_password: str,
        address: str,
        answer: Callable[[Verified | str], object],
    ) -> None:
        """Like :meth:`authenticate`, and hash the *new_password* if the other is right; it must
        have MAX_PASSWORD characters at the most."""

        def verified(found: Credentials, new_hash: str | None) -> None:
            answer(Verified(found, new_hash or ""))

        self._begin(
            _Authentication(self, username, password, address, verified, answer, new_password)
        )

    def _begin(self, authentication: "_Authentication") -> None:
        username, address = authentication.username, authentication.address
        if not 0 < len(username) <= MAX_NAME or len(authentication.password) > MAX_PASSWORD:
            authentication.answer("wrong-login")
        elif self._failures.too_many(address, username):
            authentication.answer("too-many-tries")
        else:
            authentication.find()

    def wait_for_hashing(self, authentication: "_Authentication") -> None:
        """Let it verify its password when those who came before have had their turn."""
        if len(self._waiting) >= self._capacity:
            authentication.answer("busy")
        else:
            self._waiting.append(authentication)
            self.fill_hashing_lane()

    def fill_hashing_lane(self) -> None:
        """Let those whose turn it is verify, as many as the lane takes."""
        while self._waiting and not self._refusing:
            first = self._waiting[0]
            if self._failures.too_many(first.address, first.username):
                # One in a turn: thousands may be waiting.
                self._refusing = True
                self._rota.next_turn(self._refuse_first)
            elif first.verify():
                self._waiting.popleft()
            else:
                return  # the lane is full; each that ends makes room

    def _refuse_first(self) -> None:
        self._refusing = False
        refused = self._waiting.popleft()
        self.fill_hashing_lane()
        refused.answer("too-many-tries")

    def _replace_hash(self, found: Credentials, new_hash: str) -> None:
        """The parameters have changed since the old hash. If this fails, the next login tries."""
        with contextlib.suppress(LaneFull):
            self._database.submit(
                self._store.replace_password_hash,
                found.user_id,
                found.password_hash,
                new_hash,
                done=lambda _: log.info("password hashed anew user=%r", found.name),
                failed=lambda error: log.warning("password not hashed anew: %s", error),
            )


class _Authentication:
    """One question on its way through the lanes: find the account, verify, perhaps hash anew."""

    def __init__(
        self,
        accounts: Accounts,
        username: str,
        password: str,
        address: str,
        verified: Callable[[Credentials, str | None], object],
        answer: Callable[[str], object],
        new_password: str | None = None,
    ) -> None:
        """*verified* is given whose it is and, if there is to be one, a new hash."""
        self.username = username
        self.address = address
        self.password = password
        self.answer = answer
        self._accounts = accounts
        self._verified = verified
        self._new_password = new_password
        self._credentials: Credentials | None = None

    def find(self) -> None:
        accounts = self._accounts
        try:
            accounts._reading.submit(
                accounts._store.find_account, self.username, done=self._found, failed=self._failed
            )
        except LaneFull:
            self.answer("busy")

    def _found(self, credentials: Credentials | None) -> None:
        self._credentials = credentials
        self._accounts.wait_for_hashing(self)

    def verify(self) -> bool:
        """Have the password checked; False if the lane is full."""
        found = self._credentials
        password_hash = found.password_hash if found is not None else passwords.DUMMY_HASH
        try:
            self._accounts._hashing.submit(
                *(_check, password_hash, self.password, self._new_password),
                done=self._checked,
                failed=self._not_checked,
            )
        except LaneFull:
            return False
        return True

    def _checked(self, result: tuple[bool, str | None]) -> None:
        matches, new_hash = result
        credentials = self._credentials if matches else None
        if credentials is None:
            self._accounts._failures.failed(self.address, self.username)
            log.info("login refused peer=%s user=%r", self.address, self.username)
        else:
            self._accounts._failures.succeeded(self.address, self.username)
        self._accounts.fill_hashing_lane()
        if credentials is None:
            self.answer("wrong-login")
        else:
            self._verified(credentials, new_hash)

    def _not_checked(self, error: BaseException) -> None:
        self._accounts.fill_hashing_lane()
        self._failed(error)

    def _failed(self, error: BaseException) -> None:
        log.error("login not checked: %s", error)
        self.answer("unavailable")


def _check(password_hash: str, password: str, new_password: str | None) -> tuple[bool, str | None]:
    """In the hashing lane: whether they match; then a hash of the new password, or, if this one's
    parameters are old, a new hash of the same."""
    if not passwords.verify(password_hash, password):
        return False, None
    if new_password is not None:
        return True, passwords.hash_password(new_password)
    is_old = passwords.needs_rehash(password_hash)
    return True, passwords.hash_password(password) if is_old else None
