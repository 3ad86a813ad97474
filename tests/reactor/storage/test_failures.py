"""When the environment fails nothing is half stored; when it is back, everything works again."""

import contextlib
import logging
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from peewee import OperationalError, QueryEvent

from reactor import database as database_module
from reactor.records import Kind, NewMessage, NewUser, Refused, Stored
from reactor.storage import Storage, StorageUnavailable
from tests.helpers.mariadb import MariaDbServer

LOST = OperationalError(2013, "Lost connection to the server during the query")
LOBBY = 1


def batch(*texts: str, cid: bool = True) -> list[NewMessage]:
    """Messages of user 1 in the lobby, with their texts as cids or with none."""
    return [NewMessage(LOBBY, 1, text if cid else "", text, 100) for text in texts]


def stored(*seqs: int, fresh: bool = True) -> list[Stored]:
    """The answers for messages with these numbers."""
    return [Stored(LOBBY, seq, 100, fresh) for seq in seqs]


def reasons(answers: list[Stored | Refused]) -> list[str]:
    """The reasons of refusals; fails if there is anything else."""
    return [answer.reason if isinstance(answer, Refused) else "stored" for answer in answers]


def texts(storage: Storage) -> list[tuple[int, str]]:
    """What the lobby holds."""
    return [(each.seq, each.text) for each in storage.history.after(LOBBY, 0, 200)]


def add_user(storage: Storage) -> Storage:
    """Return *storage*, with the one user who writes here."""
    storage.accounts.add_users([NewUser("user1", "nick1", "hash")])
    return storage


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Storage]:
    """An opened SQLite storage with a user."""
    storage = Storage(f"sqlite:///{tmp_path}/chat.db")
    storage.open()
    yield add_user(storage)
    storage.close()


@pytest.fixture
def mariadb(mariadb_url: str) -> Iterator[Storage]:
    """An opened MariaDB storage with a user."""
    storage = Storage(mariadb_url)
    storage.open()
    yield add_user(storage)
    storage.close()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for a lock ends at once."""
    monkeypatch.setattr(database_module, "LOCK_TIMEOUT", 0)


# --- SQLite -------------------------------------------------------------------------------------


def test_a_full_disk_refuses_the_batch_and_no_more(
    sqlite: Storage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged once, and once when it is over."""
    big = batch(*(f"{i}" + "x" * 4_000 for i in range(50)), cid=False)
    database: Any = sqlite._database
    with monkeypatch.context() as full:
        pages = database.pragma("page_count")
        full.setattr(database, "_pragmas", [*database._pragmas, ("max_page_count", pages + 5)])
        sqlite.close()
        for _ in range(3):
            assert reasons(sqlite.messages.append(big)) == ["unavailable"] * 50
        assert texts(sqlite) == []
    sqlite.close()
    assert sqlite.messages.append(batch("a", "b")) == stored(1, 2)
    logged = [(record.levelno, record.getMessage()) for record in caplog.records]
    assert [level for level, _ in logged] == [logging.ERROR, logging.WARNING]
    assert "database or disk is full" in logged[0][1]


def test_a_locked_file_refuses_the_batch_until_it_is_free(
    tmp_path: Path, sqlite: Storage, at_once: None
) -> None:
    """Another program writes for longer than one waits."""
    storage = Storage(f"sqlite:///{tmp_path}/chat.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "chat.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert reasons(storage.messages.append(batch("a"))) == ["unavailable"]
        with pytest.raises(StorageUnavailable, match="locked"):
            storage.accounts.add_users([NewUser("user2", "nick2", "hash")])
        assert storage.accounts.find_account("user1") is not None
    assert storage.messages.append(batch("a")) == stored(1)
    storage.close()


def test_a_refusal_does_not_tell_clients_where_the_file_is(
    tmp_path: Path, sqlite: Storage, at_once: None
) -> None:
    """That stands in the log."""
    storage = Storage(f"sqlite:///{tmp_path}/chat.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "chat.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        (refused,) = storage.messages.append(batch("a"))
    assert isinstance(refused, Refused)
    storage.close()
    assert str(tmp_path) not in refused.detail


def test_what_can_never_be_stored_is_said_even_now(
    tmp_path: Path, sqlite: Storage, at_once: None
) -> None:
    """So that nobody tries it again."""
    storage = Storage(f"sqlite:///{tmp_path}/chat.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "chat.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        answers = storage.messages.append(batch("a", "x" * 9_000))
    storage.close()
    assert reasons(answers) == ["unavailable", "invalid"]


def test_a_try_finds_out_that_storing_works_again(
    tmp_path: Path, sqlite: Storage, at_once: None, caplog: pytest.LogCaptureFixture
) -> None:
    """While the cause lasts it fails, and reading goes on; it is logged as for a message."""
    storage = Storage(f"sqlite:///{tmp_path}/chat.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "chat.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        storage.messages.append(batch("a"))
        for _ in range(2):
            assert not storage.messages.try_to_store(LOBBY)
            assert storage.accounts.find_account("user1") is not None
            assert storage.messages.failing
            assert storage.messages.doubtful
    assert storage.messages.try_to_store(LOBBY)
    assert not storage.messages.failing
    assert not storage.messages.doubtful
    assert [record.levelno for record in caplog.records] == [logging.ERROR, logging.WARNING]
    storage.close()


def test_reading_that_fails_is_a_doubt_and_no_failure(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Storing may work all the same; trying it tells."""
    with monkeypatch.context() as gone:
        storage.close()
        gone.setattr(storage._database, "_connect", _no_connection)
        with pytest.raises(StorageUnavailable):
            storage.accounts.find_account("user1")
        assert (storage.messages.doubtful, storage.messages.failing) == (True, False)
        assert not storage.messages.try_to_store(LOBBY)
        assert (storage.messages.doubtful, storage.messages.failing) == (True, True)
    assert storage.accounts.find_account("user1") is None
    assert (storage.messages.doubtful, storage.messages.failing) == (True, True)
    assert storage.messages.try_to_store(LOBBY)
    assert (storage.messages.doubtful, storage.messages.failing) == (False, False)


@pytest.mark.parametrize("landed", [True, False])
def test_a_try_whose_commit_got_no_answer(storage: Storage, landed: bool) -> None:
    """It is made again, which does no harm."""
    add_user(storage)
    LostCommit(storage, landed=landed)
    assert storage.messages.try_to_store(LOBBY)
    assert storage.messages.append(batch("a")) == stored(1)


def test_a_try_writes_to_the_disk_and_changes_nothing(sqlite: Storage, tmp_path: Path) -> None:
    """A row that is given its own value is not written at all, and would show nothing."""
    sqlite.messages.append(batch("a"))
    log = tmp_path / "chat.db-wal"
    before = log.stat().st_size
    assert sqlite.messages.try_to_store(LOBBY)
    assert log.stat().st_size > before
    assert sqlite.messages.append(batch("b")) == stored(2)


def test_a_try_writes_to_mariadbs_log_too(mariadb: Storage, mariadb_server: MariaDbServer) -> None:
    """The redo log is what a commit waits for."""

    def written() -> int:
        ((_, value),) = mariadb_server.execute("SHOW GLOBAL STATUS LIKE 'Innodb_os_log_written'")
        return int(str(value))

    mariadb.messages.append(batch("a"))
    before = written()
    for _ in range(5):
        assert mariadb.messages.try_to_store(LOBBY)
    assert written() > before
    assert mariadb.messages.append(batch("b")) == stored(2)


# --- MariaDB ------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [MariaDbServer.stop, MariaDbServer.kill])
def test_while_the_server_is_gone_everything_is_refused(
    mariadb: Storage, mariadb_server: MariaDbServer, end: Callable[[MariaDbServer], None]
) -> None:
    """What was acknowledged survives, also a crash, and the numbers go on."""
    assert mariadb.messages.append(batch("a", "b")) == stored(1, 2)
    end(mariadb_server)
    try:
        for _ in range(2):
            assert reasons(mariadb.messages.append(batch("c"))) == ["unavailable"]
        with pytest.raises(StorageUnavailable, match="database server 127"):
            mariadb.accounts.find_account("user1")
    finally:
        mariadb_server.start()
    assert mariadb.messages.append(batch("c", "a")) == stored(3) + stored(1, fresh=False)
    assert texts(mariadb) == [(1, "a"), (2, "b"), (3, "c")]


def test_a_restart_between_two_calls_is_not_noticed(
    mariadb: Storage, mariadb_server: MariaDbServer
) -> None:
    """The dead connection is replaced, for reading as for writing."""
    assert mariadb.messages.append(batch("a")) == stored(1)
    mariadb_server.stop()
    mariadb_server.start()
    assert mariadb.messages.append(batch("b")) == stored(2)
    mariadb_server.stop()
    mariadb_server.start()
    assert mariadb.accounts.find_account("user1") is not None


def _kill_connection(storage: Storage, server: MariaDbServer) -> None:
    connection: Any = storage._database.connection()
    server.execute(f"KILL CONNECTION {connection.thread_id()}")


def test_a_killed_connection_is_replaced(mariadb: Storage, mariadb_server: MariaDbServer) -> None:
    """For every kind of call."""
    calls: list[Callable[[], object]] = [
        lambda: mariadb.messages.append(batch("a")),
        lambda: mariadb.accounts.find_account("user1"),
        lambda: mariadb.rooms.lobby().room_id,
        lambda: mariadb.history.after(LOBBY, 0, 10),
        lambda: mariadb.accounts.add_users([NewUser("user2", "nick2", "hash")]),
        lambda: mariadb.accounts.replace_password_hash(1, "hash", "new"),
    ]
    for call in calls:
        assert mariadb.rooms.lobby().room_id == LOBBY
        _kill_connection(mariadb, mariadb_server)
        assert call()


@pytest.mark.parametrize("statement", ["FOR UPDATE", "UPDATE `room`"])
def test_a_connection_killed_within_the_transaction_stores_once(
    mariadb: Storage, mariadb_server: MariaDbServer, statement: str
) -> None:
    """The server forgets the half of it; the second try has all."""
    assert mariadb.messages.append(batch("a")) == stored(1)
    hooks = mariadb._database.query_hooks

    def kill(event: QueryEvent) -> None:
        if statement in event.sql:
            hooks.remove(kill)
            _kill_connection(mariadb, mariadb_server)

    hooks.append(kill)
    answers = mariadb.messages.append(batch("b", "c", cid=False))
    assert hooks == []
    assert answers == stored(2, 3)
    assert texts(mariadb) == [(1, "a"), (2, "b"), (3, "c")]


# --- A commit without an answer -------------------------------------------------------------------


class LostCommit:
    """Replaces the COMMIT of a database; afterwards it is itself again.

    *landed* tells whether the database committed before the connection broke. *left_open* leaves
    the transaction to a connection that nobody reads from any more: the commit is under way.
    """

    def __init__(self, storage: Storage, *, landed: bool = False, left_open: bool = False) -> None:
        self.database: Any = storage._database
        self.landed = landed
        self.left_open = left_open
        self.connection: Any = None
        self.database.commit = self

    def __call__(self) -> None:
        del self.database.commit
        if self.landed:
            self.database.commit()
        if self.left_open:
            self.connection = self.database.connection()
            self.database.dispose()
        raise LOST

    def finish(self) -> None:
        """The commit that was under way happens."""
        with contextlib.closing(self.connection):
            self.connection.cursor().execute("COMMIT")


@pytest.mark.parametrize("landed", [True, False])
@pytest.mark.parametrize("cid", [True, False])
def test_a_lost_commit_is_looked_up_at_once(storage: Storage, landed: bool, cid: bool) -> None:
    """Stored or not, the answer is the first and only one; also for two equal messages."""
    add_user(storage)
    storage.messages.append(batch("a"))
    LostCommit(storage, landed=landed)
    texts_of_batch = ("b", "c") if cid else ("b", "b")
    assert storage.messages.append(batch(*texts_of_batch, cid=cid)) == stored(2, 3)
    assert texts(storage) == [(1, "a"), *zip((2, 3), texts_of_batch, strict=True)]


@pytest.mark.parametrize("landed", [True, False])
def test_what_was_stored_before_says_nothing_of_a_lost_commit(
    storage: Storage, landed: bool
) -> None:
    """Only what was new in the batch does, wherever it stands."""
    add_user(storage)
    storage.messages.append(batch("a"))
    LostCommit(storage, landed=landed)
    assert storage.messages.append(batch("b", "a")) == stored(2) + stored(1, fresh=False)
    assert texts(storage) == [(1, "a"), (2, "b")]


@pytest.mark.parametrize("landed", [True, False])
@pytest.mark.parametrize("cid", [True, False])
def test_a_lost_commit_is_looked_up_when_the_database_is_back(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, landed: bool, cid: bool
) -> None:
    """Until then the batch is refused; when it comes again it is not stored twice."""
    add_user(storage)
    storage.messages.append(batch("a"))
    LostCommit(storage, landed=landed)
    with monkeypatch.context() as gone:
        gone.setattr(storage._database, "_connect", _no_connection)
        assert reasons(storage.messages.append(batch("b", "c", cid=cid))) == ["unavailable"] * 2
        assert reasons(storage.messages.append(batch("d", cid=cid))) == ["unavailable"]
    again = batch("d", "c", "b", cid=cid)
    assert storage.messages.append(again) == (stored(4, 3, 2) if landed else stored(2, 3, 4))
    if cid:
        repeated = stored(4, 3, 2, fresh=False) if landed else stored(2, 3, 4, fresh=False)
        assert storage.messages.append(again) == repeated
    assert len(texts(storage)) == 4


def _no_connection() -> None:
    raise OperationalError(2003, "Can't connect")


@pytest.mark.parametrize("cid", [True, False])
def test_a_commit_under_way_is_waited_for(mariadb_url: str, at_once: None, cid: bool) -> None:
    """While it may still happen, nothing is stored that could be the same."""
    storage = Storage(mariadb_url)
    storage.open()
    add_user(storage)
    under_way = LostCommit(storage, left_open=True)
    assert reasons(storage.messages.append(batch("a", "b", cid=cid))) == ["unavailable"] * 2
    assert reasons(storage.messages.append(batch("a", "b", cid=cid))) == ["unavailable"] * 2
    under_way.finish()
    assert storage.messages.append(batch("a", "b", "c", cid=cid)) == stored(1, 2, 3)
    assert texts(storage) == [(1, "a"), (2, "b"), (3, "c")]
    storage.close()


def test_a_lost_commit_of_new_users_is_not_repeated(storage: Storage) -> None:
    """The caller is told; who looks finds them added."""
    add_user(storage)
    LostCommit(storage, landed=True)
    with pytest.raises(StorageUnavailable):
        storage.accounts.add_users([NewUser("user2", "nick2", "hash")])
    assert storage.accounts.find_account("user2") is not None


# --- A commit of changes without an answer --------------------------------------------------------

CHANGES = [
    NewMessage(LOBBY, 1, "", "new", 100, Kind.EDITED, 1),
    NewMessage(LOBBY, 1, "", "👍", 100, Kind.REACTED, 1),
    NewMessage(LOBBY, 1, "", "", 100, Kind.DELETED, 2),
]


@pytest.mark.parametrize("landed", [True, False])
@pytest.mark.parametrize("cid", [True, False])
def test_a_lost_commit_of_changes_is_looked_up(storage: Storage, landed: bool, cid: bool) -> None:
    """Each is made once, though a second time it would be refused."""
    add_user(storage)
    storage.messages.append(batch("a", "b"))
    changes = [each._replace(cid=each.kind.name if cid else "") for each in CHANGES]
    LostCommit(storage, landed=landed)
    assert storage.messages.append(changes) == stored(3, 4, 5)
    assert texts(storage) == [(1, "new"), (2, ""), (3, "new"), (4, "👍"), (5, "")]
    if cid:
        assert storage.messages.append(changes) == stored(3, 4, 5, fresh=False)


@pytest.mark.parametrize("landed", [True, False])
def test_a_lost_commit_of_changes_is_looked_up_later(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, landed: bool
) -> None:
    """When the database is back, what comes again has the answer that was lost."""
    add_user(storage)
    storage.messages.append(batch("a", "b"))
    LostCommit(storage, landed=landed)
    with monkeypatch.context() as gone:
        gone.setattr(storage._database, "_connect", _no_connection)
        assert reasons(storage.messages.append(CHANGES)) == ["unavailable"] * 3
    assert storage.messages.append(CHANGES) == stored(3, 4, 5)
    assert len(texts(storage)) == 5


def test_a_message_that_another_server_edited_meanwhile_is_known_again(
    storage: Storage, storage_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its text is another one by then: it is not stored a second time for that."""
    add_user(storage)
    LostCommit(storage, landed=True)
    with monkeypatch.context() as gone:
        gone.setattr(storage._database, "_connect", _no_connection)
        assert reasons(storage.messages.append(batch("a", cid=False))) == ["unavailable"]
    other = Storage(storage_url)
    edit = NewMessage(LOBBY, 1, "", "edited", 100, Kind.EDITED, 1)
    assert other.messages.append([edit]) == stored(2)
    other.close()
    assert storage.messages.append(batch("a", cid=False)) == stored(1)
    assert texts(storage) == [(1, "edited"), (2, "edited")]


def test_a_lost_commit_of_a_room_is_said(storage: Storage) -> None:
    """It is not repeated; who looks finds the room made."""
    add_user(storage)
    LostCommit(storage, landed=True)
    with pytest.raises(StorageUnavailable):
        storage.rooms.create(1, "cellar", "public", "", 1)
    assert storage.rooms.find("cellar", 1) is not None


def test_of_two_that_wait_for_each_other_one_begins_again(
    mariadb: Storage,
) -> None:
    """The server takes back a transaction of a deadlock whole: nothing was stored, and it is
    repeated."""
    tries = []

    def deadlock() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError(1213, "Deadlock found when trying to get lock")
        return "done"

    assert mariadb.rooms._transact(deadlock) == "done"
    assert len(tries) == 2
