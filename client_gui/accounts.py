"""The accounts that have logged in on this machine: who, where, and whether it is remembered.

Never a password, and never a token: *remembered* only says that the system's keyring has one.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from client_gui.address import MAX_HOST, Address, parse_address
from wire.limits import MAX_NAME
from wire.names import key

MAX_ACCOUNTS = 10
"""Accounts that are offered: as many as a menu shows at a glance. Of more, the oldest goes."""

Accounts = tuple["Account", ...]
"""The one that logged in last is the first."""


@dataclass(frozen=True, slots=True)
class Account:
    """One person at one server."""

    address: Address
    username: str
    remembered: bool = False
    """The keyring has a token for it."""

    def __str__(self) -> str:
        return f"{self.username}@{self.address}"

    def is_same(self, other: "Account") -> bool:
        """Whether both are the same person at the same server."""
        return self.address == other.address and key(self.username) == key(other.username)


def with_first(accounts: Accounts, account: Account) -> Accounts:
    """*accounts* with *account* in front, and nowhere else."""
    return (account, *without(accounts, account))[:MAX_ACCOUNTS]


def without(accounts: Accounts, account: Account) -> Accounts:
    """*accounts* but for *account*."""
    return tuple(other for other in accounts if not other.is_same(account))


def find(accounts: Accounts, address: Address, username: str) -> Account | None:
    """The one of *accounts* that is *username* at *address*."""
    wanted = Account(address, username)
    return next((account for account in accounts if account.is_same(wanted)), None)


def written(accounts: Iterable[Account]) -> str:
    """*accounts* as a line of text."""
    return json.dumps([[str(one.address), one.username, one.remembered] for one in accounts])


def read(text: str) -> Accounts:
    """The accounts in *text*; what may not be so is left out."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    accounts: Accounts = ()
    for entry in reversed(found if isinstance(found, list) else []):
        account = _account(entry)
        if account is not None:
            accounts = with_first(accounts, account)
    return accounts


def _account(entry: object) -> Account | None:
    match entry:
        case [str(server), str(username), bool(remembered)]:
            allowed = 0 < len(username) <= MAX_NAME and len(server) <= MAX_HOST + len(":65535")
            try:
                address = parse_address(server, 0)
            except ValueError:
                return None
            return Account(address, username, remembered) if allowed else None
    return None
