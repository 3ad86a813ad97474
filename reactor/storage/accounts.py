"""Who may log in."""

import time
from collections.abc import Sequence
from typing import Any

from peewee import chunked

from models import User
from reactor.database_failures import ROW_ERRORS, StorageUnavailable
from reactor.records import Credentials, NewUser
from reactor.storage.part import Part
from wire import names
from wire.limits import MAX_NAME

# Rows in one statement of add_users: SQLite allows 999 parameters where it was built long ago.
USERS_PER_STATEMENT = 100

# add_users begins again when another program took one of the names at the same time.
ADD_ATTEMPTS = 3

# The columns that are written.
USER_COLUMNS = (
    User.user_name,
    User.user_password,
    User.user_nickname,
    User.user_key,
    User.created_at,
)


def account_named(name: str) -> Any:
    """The query for the account that *name*, or a look-alike of it, belongs to."""
    return accounts().where(User.user_key == key_of(name))


def accounts() -> Any:
    """The query for all accounts, as an :class:`Account` has its fields."""
    return User.select(User.user_id, User.user_name, User.user_nickname)


def key_of(name: str) -> str:
    """The key of *name*; of what cannot be a name, one that nobody has.

    MySQL ignores spaces at the end when it compares; of text beyond Unicode, the driver makes a
    fault; and the key of a long text takes a time that grows with its square.
    """
    if len(name) > MAX_NAME:
        return ""
    key = names.key(name)
    return key if key.isprintable() and not key.endswith(" ") else ""


class Accounts(Part):
    """The users of a database."""

    def find_account(self, name: str) -> Credentials | None:
        """Return the account that *name*, or a look-alike of it, belongs to, with its hash."""
        query = account_named(name).select_extend(User.user_password)
        row = self._ask(lambda: self._row(query))
        return Credentials(*row) if row else None

    def replace_password_hash(self, user_id: int, old: str, new: str) -> bool:
        """Replace the hash *old* by *new*; False if it is another one by now."""
        same = (User.user_id == user_id) & (User.user_password == old)
        query = User.update({User.user_password: new}).where(same)
        return bool(self._ask(lambda: self._do(query)))

    def add_users(self, users: Sequence[NewUser]) -> list[bool]:
        """Add all of *users* in one transaction; False for one whose name, by key, exists already.

        Raises :class:`ValueError` for a name or nickname that is not allowed, and then adds nobody.
        """
        for user in users:
            names.check_name(user.name)
            names.check_nickname(user.nickname)
        for _ in range(ADD_ATTEMPTS):
            try:
                return self._transact(lambda: self._add_users(users))
            except ROW_ERRORS:
                continue
        raise StorageUnavailable("other programs add the same users; try again")

    def _add_users(self, users: Sequence[NewUser]) -> list[bool]:
        keys = [names.key(user.name) for user in users]
        now = time.time_ns() // 1_000_000
        added = []
        rows = []
        taken = self._taken(keys)
        for user, key in zip(users, keys, strict=True):
            added.append(key not in taken)
            if key not in taken:
                taken.add(key)
                rows.append((user.name, user.password_hash, user.nickname, key, now))
        for some in chunked(rows, USERS_PER_STATEMENT):
            self._do(User.insert_many(some, USER_COLUMNS))
        return added

    def _taken(self, keys: list[str]) -> set[str]:
        taken: set[str] = set()
        for some in chunked(keys, USERS_PER_STATEMENT):
            query = User.select(User.user_key).where(User.user_key.in_(some))
            taken.update(key for (key,) in self._rows(query))
        return taken
