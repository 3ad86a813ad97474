"""Accounts, in memory."""

from reactor.records import Credentials
from tests.helpers.stores.tables import Tables
from wire import names


class FakeAccounts:
    """As ``storage.accounts``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def find_account(self, name: str) -> Credentials | None:
        return self._tables.accounts.get(names.key(name))

    def replace_password_hash(self, user_id: int, old: str, new: str) -> bool:
        for key, account in self._tables.accounts.items():
            if (account.user_id, account.password_hash) == (user_id, old):
                self._tables.accounts[key] = account._replace(password_hash=new)
                return True
        return False
