"""The devices that may log in with a token, of which only the digest is kept."""

import contextlib
from collections.abc import Sequence
from typing import Any

from models import Device, User
from reactor.connection import Connection
from reactor.database_failures import StorageUnavailable
from reactor.records import Account, DeviceEntry
from reactor.storage.part import Part
from reactor.storage.statements import ListStatement

# More than a person has; programs that log in with the password each time push the oldest out.
MAX_DEVICES = 20

# Milliseconds for which a device counts as used without that being written again: a login by token
# is not to cost a commit.
USED_FOR = 24 * 60 * 60 * 1000


class Devices(Part):
    """The tokens of all users. Times are in milliseconds since 1970 UTC."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._find = ListStatement(connection.database, _find_query)

    def add(self, user_id: int, token_hash: str, client: str, now: int) -> int:
        """Add a device and return its number. Beyond MAX_DEVICES, the least recently used goes."""

        def add() -> int:
            self._row(self._locked(User.select(User.user_id).where(User.user_id == user_id)))
            recent = Device.select(Device.device_id).where(Device.user == user_id)
            recent = recent.order_by(Device.used_at.desc(), Device.device_id.desc())
            surplus = [number for (number,) in self._rows(recent)[MAX_DEVICES - 1 :]]
            self._do(Device.delete().where(Device.device_id.in_(surplus)))
            device = {
                Device.user: user_id,
                Device.token_hash: token_hash,
                Device.client: client,
                Device.created_at: now,
                Device.used_at: now,
            }
            return self._do(Device.insert(device))

        return self._transact(add)

    def find(self, token_hashes: Sequence[str], now: int) -> dict[str, tuple[Account, int]]:
        """Return whose device has which of these tokens, and its number; note, to the day, that
        they are used."""
        rows = self._ask(lambda: self._find.run(token_hashes))
        unnoted = [device_id for *_, device_id, used_at in rows if now - used_at >= USED_FOR]
        if unnoted:
            used = Device.update({Device.used_at: now}).where(Device.device_id.in_(unnoted))
            # On a full disk one can still log in.
            with contextlib.suppress(StorageUnavailable):
                self._ask(lambda: self._do(used))
        return {
            token_hash: (Account(*account), device_id)
            for token_hash, *account, device_id, _ in rows
        }

    def of_user(self, user_id: int) -> list[DeviceEntry]:
        """Return the devices of a user, by number."""
        query = Device.select(Device.device_id, Device.client, Device.created_at, Device.used_at)
        query = query.where(Device.user == user_id).order_by(Device.device_id)
        return [DeviceEntry(*row) for row in self._ask(lambda: self._rows(query))]

    def revoke(self, user_id: int, device_id: int) -> bool:
        """Take the token from a device; False if the user has no such device."""
        own = (Device.user == user_id) & (Device.device_id == device_id)
        return bool(self._ask(lambda: self._do(Device.delete().where(own))))

    def change_password(self, user_id: int, old_hash: str, new_hash: str) -> bool:
        """Replace the hash and take all devices' tokens; False, and neither, if it is another."""
        same = (User.user_id == user_id) & (User.user_password == old_hash)
        update = User.update({User.user_password: new_hash}).where(same)

        def change() -> bool:
            changed = bool(self._do(update))
            if changed:
                self._do(_devices_of(user_id))
            return changed

        return self._transact(change)


def _devices_of(user_id: int) -> Any:
    return Device.delete().where(Device.user == user_id)


def _find_query(length: int) -> Any:
    """Of so many digests, what logs in with them."""
    columns = (User.user_id, User.user_name, User.user_nickname, Device.device_id, Device.used_at)
    query = Device.select(Device.token_hash, *columns).join(User)
    return query.where(Device.token_hash.in_([""] * length))
