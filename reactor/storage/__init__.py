"""Everything the server keeps, as plain values in and out; one part for each topic.

The only importer of :mod:`models`; no model instance leaves this package, and there is no SQL
outside it and the migrations. Every method may take as long as a disk takes, so it is called on a
worker thread, never on the loop. Each thread has its own connection and ends it with
:meth:`Storage.close`.

Methods raise :class:`StorageUnavailable` when the environment fails: the caller may try again.
After a connection that was lost in COMMIT, what was to be written may be there;
:mod:`reactor.storage.messages` alone finds that out.
"""

import secrets

from models import Fact
from reactor.connection import Connection
from reactor.database import from_url
from reactor.database_failures import DatabaseRefused, StorageUnavailable
from reactor.migrations import upgrade
from reactor.records import Quotas
from reactor.storage.accounts import Accounts
from reactor.storage.devices import Devices
from reactor.storage.history import History
from reactor.storage.marks import Marks
from reactor.storage.messages import Messages
from reactor.storage.part import Part
from reactor.storage.retention import Retention
from reactor.storage.rooms import Rooms
from reactor.storage.search import Search

__all__ = ["DatabaseRefused", "Storage", "StorageUnavailable"]

# Where nothing is set: for scripts and tests.
QUOTAS = Quotas()

EPOCH = "epoch"

# Bytes of an epoch: enough that no two are ever the same.
EPOCH_BYTES = 8


class Storage(Part):
    """The database behind a URL; see :func:`reactor.database.from_url` for what it may be.

    Attributes:
        accounts: who may log in.
        devices: what may log in with a token.
        rooms: rooms, and who is in them.
        messages: writes the rooms' logs.
        history: reads them.
        marks: up to where everybody has read.
        search: finds words in what one may read.
        retention: takes old entries away.
    """

    def __init__(self, url: str, quotas: Quotas = QUOTAS) -> None:
        """Connect nothing yet. Raises :class:`ValueError` for a URL that cannot be right."""
        connection = Connection(from_url(url))
        super().__init__(connection)
        self.accounts = Accounts(connection)
        self.devices = Devices(connection)
        self.rooms = Rooms(connection, quotas)
        self.messages = Messages(connection)
        self.history = History(connection)
        self.marks = Marks(connection)
        self.search = Search(connection)
        self.retention = Retention(connection)

    def open(self) -> list[str]:
        """Make, connect and migrate the database; return what was done, and warnings, as sentences.

        Leaves no connection open in this thread. Raises :class:`StorageUnavailable`, or
        :class:`DatabaseRefused` when trying again cannot help.
        """
        try:
            return self._connection.attempt(self._open)
        finally:
            self.close()

    def _open(self) -> list[str]:
        database = self._connection.database
        return database.create_missing() + upgrade(database) + database.weaknesses()

    def close(self) -> None:
        """Close this thread's connection; the next call in this thread would open another."""
        self._connection.drop()

    def epoch(self) -> str:
        """Return which database this is: a copy that was put back has the epoch of the first."""
        row = self._ask(lambda: self._row(Fact.select(Fact.value).where(Fact.name == EPOCH)))
        if row is None:
            raise KeyError(EPOCH)
        return str(row[0])

    def new_epoch(self) -> str:
        """Say that this is another database than before: to be done when a backup was put back."""
        epoch = secrets.token_hex(EPOCH_BYTES)
        self._ask(lambda: self._do(Fact.update({Fact.value: epoch}).where(Fact.name == EPOCH)))
        return epoch
