"""The threads' connections to one database: replaced when they break, and never guessing.

1. After a failure of the environment the connection is thrown away, unless nothing is wrong with
   it, so the next call starts from a clean one and works as soon as the cause has gone.
2. A connection that turns out to be dead before anything was committed is replaced once, unseen;
   so is a transaction begun again that the database took back because of a deadlock.
3. A COMMIT without an answer is never repeated blindly.
"""

import contextlib
import logging
from collections.abc import Callable, Iterator
from typing import TypeVar

from peewee import OperationalError, PeeweeException

from reactor.database import MySqlServer, SqliteFile
from reactor.database_failures import ROW_ERRORS, CommitLost, StorageUnavailable, is_undone, reason

T = TypeVar("T")

log = logging.getLogger(__name__)


class Connection:
    """The threads' connections to one database.

    Attributes, of all threads together; any of them may ask:
        failing: whether storing was what failed last.
        doubtful: whether anything has failed since the last commit.
    """

    def __init__(self, database: SqliteFile | MySqlServer) -> None:
        self.database = database
        self.failing = False
        self.doubtful = False
        self._log_saved = False

    def call(self, work: Callable[[], T]) -> T:
        """Return ``work()``; on a dead connection, try once more with a new one.

        Raises :class:`StorageUnavailable`, or one of ROW_ERRORS.
        """
        return self._attempt_twice(work, repeatable=False)

    def store(self, work: Callable[[], T]) -> T:
        """Like :meth:`call`, for work that finds out by itself whether its lost commit happened.

        It is repeated after :class:`CommitLost` too, and whether it fails is logged.
        """
        try:
            return self._attempt_twice(work, repeatable=True)
        except StorageUnavailable as error:
            self._note_failure(error)
            raise

    def _attempt_twice(self, work: Callable[[], T], *, repeatable: bool) -> T:
        try:
            return self.attempt(work)
        except StorageUnavailable as failure:
            cause = failure.__cause__
            undone = isinstance(cause, PeeweeException) and is_undone(cause)
            if not (undone or (repeatable and isinstance(cause, CommitLost))):
                raise
        return self.attempt(work)

    def attempt(self, work: Callable[[], T]) -> T:
        """Return ``work()``, tried once."""
        try:
            return work()
        except ROW_ERRORS:
            raise
        except (PeeweeException, CommitLost) as error:
            if not self.database.survives(error):
                self.drop()
            self.doubtful = True
            place = self.database.place
            raise StorageUnavailable(f"{place} is not available: {reason(error)}") from error

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what the body did, or nothing of it. Raises :class:`CommitLost`."""
        self.prepare_to_commit()
        committing = False
        try:
            with self.database.atomic():
                yield
                committing = True
        except PeeweeException as error:
            if committing:
                raise CommitLost(reason(error)) from error
            raise
        self._note_success()

    def _note_failure(self, error: StorageUnavailable) -> None:
        if not self.failing:  # logged once, not for every batch
            log.error("messages cannot be stored: %s", error)
        self.failing = True

    def _note_success(self) -> None:
        if self.failing:
            log.warning("messages are stored again")
        self.failing = self.doubtful = False

    def prepare_to_commit(self) -> None:
        """Before what the database holds counts as durable: once for each connection."""
        if not self._log_saved:
            try:
                self.database.save_log()
            except OSError as error:
                raise OperationalError(error.strerror) from error
            self._log_saved = True

    def drop(self) -> None:
        """Throw this thread's connection away, whatever state it is in."""
        self._log_saved = False
        if self.database.is_closed():
            return
        connection = self.database.connection()
        self.database.dispose()
        # It may be dead already, and then cannot say goodbye.
        with contextlib.suppress(Exception):
            connection.close()
