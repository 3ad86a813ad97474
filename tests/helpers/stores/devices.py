"""What may log in with a token, in memory."""

from collections.abc import Sequence

from reactor.records import Account, DeviceEntry
from tests.helpers.stores.tables import Tables


class FakeDevices:
    """As ``storage.devices``, without its bound; numbers come again as on SQLite.

    Attributes:
        hashes: whose device each has, and its number, by the digest of its token.
        entries: by number.
    """

    def __init__(self, tables: Tables) -> None:
        self.hashes: dict[str, tuple[int, int]] = {}
        self.entries: dict[int, DeviceEntry] = {}
        self._tables = tables

    def add(self, user_id: int, token_hash: str, client: str, now: int) -> int:
        number = max((number for _, number in self.hashes.values()), default=0) + 1
        self.hashes[token_hash] = user_id, number
        self.entries[number] = DeviceEntry(number, client, now, now)
        return number

    def find(self, token_hashes: Sequence[str], now: int) -> dict[str, tuple[Account, int]]:
        return {
            token_hash: (self._tables.account(user_id), number)
            for token_hash, (user_id, number) in self.hashes.items()
            if token_hash in token_hashes
        }

    def of_user(self, user_id: int) -> list[DeviceEntry]:
        return [self.entries[number] for user, number in self.hashes.values() if user == user_id]

    def revoke(self, user_id: int, device_id: int) -> bool:
        for token_hash, device in self.hashes.items():
            if device == (user_id, device_id):
                del self.hashes[token_hash]
                return True
        return False

    def change_password(self, user_id: int, old_hash: str, new_hash: str) -> bool:
        for key, account in self._tables.accounts.items():
            if (account.user_id, account.password_hash) == (user_id, old_hash):
                self._tables.accounts[key] = account._replace(password_hash=new_hash)
                self.hashes = {h: d for h, d in self.hashes.items() if d[0] != user_id}
                return True
        return False
