"""The seed's database becomes ours: no row lost, no plain text left, killed or not."""

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from argon2 import PasswordHasher
from peewee import SQL, Entity, MySQLDatabase, NodeList, QueryEvent
from playhouse.schema_diff import diff_models

import models
from reactor import database as database_module
from reactor import migrations, passwords
from reactor.database import from_url
from reactor.database_failures import DatabaseRefused, StorageUnavailable
from reactor.records import NewMessage, NewUser, Stored
from reactor.storage import Storage
from tests.helpers.mariadb import MariaDbServer

# How long a test may take that migrates a database anew for each statement, where much else is to
# be done; a machine with nothing else to do needs one or two minutes.
MANY_SECONDS = 600

# As printed, but for the name of the database.
SEED_ON_MYSQL = """
CREATE TABLE user(
user_id INT NOT NULL AUTO_INCREMENT,
user_name VARCHAR(15) CHARACTER SET utf8 NOT NULL,
user_password VARCHAR(15) CHARACTER SET utf8 NOT NULL,
user_nickname VARCHAR(15) CHARACTER SET utf8 NOT NULL,
PRIMARY KEY(user_id)
);
INSERT into user VALUES(0,'user1','111111','itcast1');
INSERT into user VALUES(0,'user2','111111','itcast2');
INSERT into user VALUES(0,'user3','111111','itcast3');
"""

SEED_ON_SQLITE = (
    SEED_ON_MYSQL.replace("user_id INT NOT NULL AUTO_INCREMENT", "user_id INTEGER NOT NULL")
    .replace("CHARACTER SET utf8 ", "")
    .replace("VALUES(0,", "VALUES(NULL,")
)

TABLES = {model._meta.table_name for model in models.ALL} | {"schema_migration"}

Row = tuple[int, str, str, str]


class Killed(BaseException):
    """The program ends here."""


@contextmanager
def connected(url: str) -> Iterator[Any]:
    """The database behind *url*, without the storage; made if it is missing, as others make it."""
    database = from_url(url)
    if isinstance(database, MySQLDatabase):
        server = MySQLDatabase("information_schema", **database.connect_params)
        name = Entity(database.database)
        with server.connection_context():
            server.execute(NodeList((SQL("CREATE DATABASE IF NOT EXISTS"), name)))
    else:
        database.create_missing()
    with database.connection_context():
        yield database


def make_seed(url: str, rows: list[Row] | None = None) -> None:
    """Make the seed's database at *url*, with the seed's users or with *rows* instead."""
    with connected(url) as database:
        is_mysql = isinstance(database, MySQLDatabase)
        if is_mysql:
            database.execute_sql("SET SESSION sql_mode = DEFAULT")
        for statement in (SEED_ON_MYSQL if is_mysql else SEED_ON_SQLITE).split(";")[:-1]:
            database.execute_sql(statement)
        if rows is not None:
            database.execute_sql("DELETE FROM user")
            mark = database.param
            insert = f"INSERT INTO user VALUES ({mark}, {mark}, {mark}, {mark})"
            for row in rows:
                database.execute_sql(insert, row)


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nothing, for tests that make many."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 8, 1))


def accounts(url: str) -> dict[int, tuple[str, str, str]]:
    """Name, nickname and hash of every user, by id."""
    with connected(url) as database:
        query = models.User.select(
            models.User.user_id,
            models.User.user_name,
            models.User.user_nickname,
            models.User.user_password,
        )
        return {row[0]: row[1:] for row in query.tuples().execute(database)}


def assert_is_ours(url: str) -> None:
    """The tables are as declared, there are no others, and the lobby is one."""
    with connected(url) as database:
        assert str(diff_models(database, models.ALL)) == ""
        assert {name for name in database.get_tables() if "message_search" not in name} == TABLES
        is_sqlite = not isinstance(database, MySQLDatabase)
        assert ("message_search" in database.get_tables()) == is_sqlite
        assert models.Room.select().count(database) == 1


def test_the_seeds_database_is_migrated_without_losing_a_row(storage_url: str) -> None:
    """Same ids, names and nicknames; the passwords still open the door, hashed."""
    make_seed(storage_url)
    storage = Storage(storage_url)
    done = storage.open()
    assert "migrated the database: 0001_users" in done
    assert "replaced 3 plain-text passwords by argon2id hashes" in done
    users = accounts(storage_url)
    assert {user_id: user[:2] for user_id, user in users.items()} == {
        number: (f"user{number}", f"itcast{number}") for number in (1, 2, 3)
    }
    hashes = {user[2] for user in users.values()}
    assert len(hashes) == 3
    assert all(passwords.verify(each, "111111") for each in hashes)
    assert not any(passwords.needs_rehash(each) for each in hashes)
    assert_is_ours(storage_url)


def test_the_migrated_database_works(storage_url: str) -> None:
    """A new user gets a new id, and old and new ones can write."""
    make_seed(storage_url)
    storage = Storage(storage_url)
    storage.open()
    assert storage.accounts.add_users([NewUser("小明", "小明 😀", "hash")]) == [True]
    new = storage.accounts.find_account("小明")
    assert new is not None
    assert new.user_id == 4
    lobby = storage.rooms.lobby().room_id
    answers = storage.messages.append(
        [NewMessage(lobby, user_id, "", "好 😀", 1) for user_id in (1, 4)]
    )
    assert answers == [Stored(lobby, 1, 1, True), Stored(lobby, 2, 1, True)]
    storage.close()


def test_a_current_database_is_opened_without_a_change(storage_url: str) -> None:
    """The second time nothing is done, and nothing is written."""
    make_seed(storage_url)
    Storage(storage_url).open()
    before = accounts(storage_url)
    again = Storage(storage_url)
    statements: list[str] = []
    again._database.query_hooks.append(lambda event: statements.append(event.sql))
    assert again.open() == []
    assert not [sql for sql in statements if not sql.lstrip().startswith(("SELECT", "SHOW"))]
    assert accounts(storage_url) == before


def test_no_plain_text_stays_in_the_file(tmp_path: Path, cheap_hashes: None) -> None:
    """Neither in the file nor in its log, also while another program has it open."""
    url = f"sqlite:///{tmp_path / 'chat.db'}"
    make_seed(url, [(i, f"user{i}", "Gehe1mnis!", "nick") for i in range(500)])
    assert b"Gehe1mnis!" in (tmp_path / "chat.db").read_bytes()
    storage = Storage(url)
    database: Any = storage._database
    # As most builds of SQLite have it; Debian's has it on.
    database._pragmas.append(("secure_delete", 0))
    with connected(url) as other:
        other.get_tables()
        storage.open()
        assert b"argon2id" in (tmp_path / "chat.db").read_bytes()
        for path in tmp_path.iterdir():
            assert b"Gehe1mnis!" not in path.read_bytes(), path


@pytest.mark.slow
@pytest.mark.timeout(MANY_SECONDS)
def test_killed_after_any_statement_it_is_finished_the_next_time(
    storage_url: str, cheap_hashes: None
) -> None:
    """MySQL commits every change of a table at once, so each state in between is a start too."""
    for step in itertools.count(1):
        make_seed(storage_url)
        if not _is_killed_after(storage_url, step):
            break
        storage = Storage(storage_url)
        storage.open()
        users = accounts(storage_url)
        assert sorted(users) == [1, 2, 3], step
        for number, (name, nickname, password_hash) in users.items():
            assert (name, nickname) == (f"user{number}", f"itcast{number}"), step
            assert passwords.verify(password_hash, "111111"), step
        assert_is_ours(storage_url)
        _drop_everything(storage_url)
    # The steps were really taken: more than there are tables.
    assert step > 10


def make_version_2(url: str) -> None:
    """Make a database as the program left it that knew the lobby and messages, and no more."""
    with connected(url) as database:
        runner = migrations.Runner(database, str(migrations.DIRECTORY))
        runner.migrator.notes = []
        runner.up("0002_rooms_and_messages")
        for number in (1, 2):
            database.execute_sql(
                "INSERT INTO user (user_name, user_password, user_nickname, user_key, created_at) "
                f"VALUES ('user{number}', 'hash', 'nick{number}', 'user{number}', 1)"
            )
        for seq in (1, 2, 3):
            database.execute_sql(
                "INSERT INTO message (room_id, seq, sender_id, cid, text, sent_at) "
                f"VALUES (1, {seq}, {1 + seq % 2}, 'c{seq}', 'text {seq}', {seq})"
            )
        database.execute_sql("UPDATE room SET last_seq = 3")


def assert_version_2_is_whole(url: str) -> None:
    """What `make_version_2` made is there, and has become the lobby and plain messages."""
    assert_is_ours(url)
    with connected(url) as database:
        assert list(models.Room.select().tuples().execute(database)) == [
            (1, "lobby", "lobby", 3, ANY, "lobby", "", None, 1)
        ]
        assert list(
            models.Message.select().order_by(models.Message.seq).tuples().execute(database)
        ) == [
            (ANY, 1, seq, 1 + seq % 2, f"c{seq}", f"text {seq}", seq, 0, 0, 0) for seq in (1, 2, 3)
        ]
        epoch = models.Fact.select(models.Fact.value).where(models.Fact.name == "epoch")
        assert len(epoch.scalar(database)) == 16
        keys = {(key.column, key.dest_table) for key in database.get_foreign_keys("room")}
        assert keys == {("creator_id", "user")}


def test_a_database_of_version_2_is_migrated_whole(storage_url: str) -> None:
    """Its messages are messages, its room is the lobby, and it is still written to."""
    make_version_2(storage_url)
    storage = Storage(storage_url)
    assert "migrated the database: 0003_members_and_changes" in storage.open()
    assert_version_2_is_whole(storage_url)


def test_an_empty_database_gets_the_same_defaults(storage_url: str) -> None:
    """A program that does not know a column leaves it as it was for the rows before it."""
    Storage(storage_url).open()
    with connected(storage_url) as database:
        database.execute_sql(
            "INSERT INTO room (room_name, room_key, last_seq, created_at) VALUES ('a', 'a', 0, 1)"
        )
        new = list(
            models.Room.select().where(models.Room.room_key == "a").tuples().execute(database)
        )
    assert new == [(2, "a", "a", 0, 1, "public", "", None, 1)]


@pytest.mark.slow
@pytest.mark.timeout(MANY_SECONDS)
def test_version_2_killed_after_any_statement_is_finished_the_next_time(storage_url: str) -> None:
    """MySQL keeps half of a script; each state in between is a start too."""
    for step in itertools.count(1):
        make_version_2(storage_url)
        if not _is_killed_after(storage_url, step):
            break
        Storage(storage_url).open()
        assert_version_2_is_whole(storage_url)
        _drop_everything(storage_url)
    # The steps were really taken: more than there are columns and tables to add.
    assert step > 12


def _is_killed_after(url: str, step: int) -> bool:
    storage = Storage(url)
    count = itertools.count(1)

    def kill(event: QueryEvent) -> None:
        if next(count) == step:
            raise Killed

    storage._database.query_hooks.append(kill)
    try:
        storage.open()
    except Killed:
        return True
    return False


def _drop_everything(url: str) -> None:
    with connected(url) as database:
        index = ["message_search"] if "message_search" in database.get_tables() else []
        tables = [model._meta.table_name for model in models.ALL[::-1]]
        for table in [*index, *tables, "schema_migration"]:
            database.execute(NodeList((SQL("DROP TABLE"), Entity(table))))


def test_a_name_that_exists_twice_is_kept_by_the_first(
    storage_url: str, cheap_hashes: None
) -> None:
    """The others get a number, and a name that somebody has is never given to them."""
    rows = [
        (1, "anna", "a", "Anna"),
        (2, "Ａnna", "b", "Anna in full width"),
        (3, "anna~2", "c", "had it all along"),
        (7, "ANNA", "d", "Anna again"),
    ]
    make_seed(storage_url, [(i, n, p, k[:15]) for i, n, p, k in rows])
    done = Storage(storage_url).open()
    users = accounts(storage_url)
    assert {i: user[0] for i, user in users.items()} == {
        1: "anna",
        2: "Ａnna~3",
        3: "anna~2",
        7: "ANNA~4",
    }
    assert "user name 'ANNA' existed twice; row 7 is now called ANNA~4" in done
    assert passwords.verify(users[7][2], "d")


def test_names_that_may_not_exist_are_replaced(storage_url: str, cheap_hashes: None) -> None:
    """Empty ones, and those that would disturb a list or a log; the row stays."""
    make_seed(
        storage_url,
        [
            (1, "", "a", "nobody"),
            (2, "", "b", "nobody"),
            (3, "a\tb", "c", "tab"),
            (4, "x", "d", ""),
        ],
    )
    done = Storage(storage_url).open()
    names = {user_id: user[:2] for user_id, user in accounts(storage_url).items()}
    assert names == {
        1: ("user~1", "nobody"),
        2: ("user~2", "nobody"),
        3: ("user~3", "tab"),
        4: ("x", "x"),
    }
    assert any("'a\\tb'" in line and "row 3 is now called user~3" in line for line in done)
    assert any(line.startswith("nickname '' of x") for line in done)


def test_old_names_that_are_no_longer_given_out_are_kept(
    storage_url: str, cheap_hashes: None
) -> None:
    """Whoever logged in as that before still does: the rules for new names are stricter."""
    old = ["john smith", "a@b.cn", "x|y", "#1"]
    make_seed(storage_url, [(i, name, "p", "n") for i, name in enumerate(old, start=1)])
    Storage(storage_url).open()
    assert [user[0] for user in accounts(storage_url).values()] == old


def test_an_empty_password_stays_one_and_is_warned_of(storage_url: str, cheap_hashes: None) -> None:
    """It is hashed like any other: the account is the owner's to keep or to close."""
    make_seed(storage_url, [(1, "anna", "", "Anna")])
    assert "warning: user anna has an empty password" in Storage(storage_url).open()
    assert passwords.verify(accounts(storage_url)[1][2], "")


def test_only_a_real_hash_is_taken_for_one(tmp_path: Path) -> None:
    """A password that looks like a hash is hashed; a hash is kept as it is."""
    url = f"sqlite:///{tmp_path / 'chat.db'}"
    real = passwords.hash_password("secret")
    make_seed(url, [(1, "a", real, "a"), (2, "b", "$argon2id$v=19$m=8,t=1,p=1$aa$bb", "b")])
    assert "replaced 1 plain-text passwords by argon2id hashes" in Storage(url).open()
    users = accounts(url)
    assert users[1][2] == real
    assert passwords.verify(users[2][2], "$argon2id$v=19$m=8,t=1,p=1$aa$bb")


def test_a_password_too_long_to_be_typed_locks_the_account(tmp_path: Path) -> None:
    """SQLite enforces no VARCHAR(15); the row is kept."""
    url = f"sqlite:///{tmp_path / 'chat.db'}"
    make_seed(url, [(1, "anna", "x" * 500, "Anna")])
    assert any("too long" in line for line in Storage(url).open())
    assert accounts(url)[1][2] == passwords.DUMMY_HASH


def test_more_rows_than_are_copied_at_a_time(storage_url: str, cheap_hashes: None) -> None:
    """Every row arrives, in spite of gaps between the ids."""
    rows = [(3 * i + 1, f"user{i}", f"pass{i}", f"nick{i}") for i in range(250)]
    make_seed(storage_url, rows)
    Storage(storage_url).open()
    users = accounts(storage_url)
    assert {i: user[:2] for i, user in users.items()} == {row[0]: (row[1], row[3]) for row in rows}
    assert passwords.verify(users[748][2], "pass249")


@pytest.fixture
def old_server(mariadb_server: MariaDbServer) -> Iterator[None]:
    """A server whose tables have no transactions unless one asks for them."""
    mariadb_server.execute("SET GLOBAL default_storage_engine = MyISAM")
    yield
    mariadb_server.execute("SET GLOBAL default_storage_engine = InnoDB")


def test_a_table_of_another_kind_is_taken_over(
    old_server: None, mariadb_url: str, cheap_hashes: None
) -> None:
    """Ours have transactions, whatever the server prefers."""
    make_seed(mariadb_url)
    with connected(mariadb_url) as database:
        database.execute_sql("ALTER TABLE user ENGINE=MyISAM")
    Storage(mariadb_url).open()
    with connected(mariadb_url) as database:
        engines = database.execute_sql(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = DATABASE() AND engine = 'InnoDB'"
        ).fetchall()
    assert {name for (name,) in engines} >= TABLES - {"schema_migration"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("ALTER TABLE user ADD COLUMN user_email VARCHAR(30)", "user_email"),
        ("ALTER TABLE user DROP COLUMN user_nickname", "user_nickname"),
        ("CREATE TABLE message (message_id INT, subject VARCHAR(30))", "subject"),
    ],
)
def test_a_table_that_is_not_understood_is_refused(
    storage_url: str, cheap_hashes: None, change: str, said: str
) -> None:
    """Nothing of it is lost, and the sentence names it."""
    make_seed(storage_url)
    with connected(storage_url) as database:
        database.execute_sql(change)
    with pytest.raises(DatabaseRefused, match=said):
        Storage(storage_url).open()
    with connected(storage_url) as database:
        assert database.execute_sql("SELECT COUNT(*) FROM user").fetchone() == (3,)


def test_a_newer_database_is_refused_unchanged(storage_url: str) -> None:
    """A migration that this program does not know was applied."""
    storage = Storage(storage_url)
    storage.open()
    with connected(storage_url) as database:
        mark = database.param
        database.execute_sql(
            f"INSERT INTO schema_migration (name, applied) VALUES ({mark}, {mark})",
            ("0099_from_the_future", "2099-01-01 00:00:00"),
        )
    with pytest.raises(DatabaseRefused, match=r"newer MiniChat.*0099_from_the_future"):
        storage.open()


def test_of_servers_that_start_at_once_one_migrates(storage_url: str, cheap_hashes: None) -> None:
    """The others wait for it and find everything done."""
    make_seed(storage_url)
    barrier = threading.Barrier(4)
    results: list[list[str]] = []

    def start() -> None:
        storage = Storage(storage_url)
        barrier.wait()
        results.append(storage.open())

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [bool(done) for done in sorted(results)] == [False, False, False, True]
    assert_is_ours(storage_url)


def test_a_server_does_not_wait_for_ever_for_another(
    storage_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says who is in the way."""
    monkeypatch.setattr(database_module, "MIGRATION_TIMEOUT", 0)
    monkeypatch.setattr(database_module, "LOCK_TIMEOUT", 0)
    make_seed(storage_url)
    refusal = pytest.raises(StorageUnavailable, match=r"another server is migrating|locked")
    with connected(storage_url) as database, database.alone(), refusal:
        Storage(storage_url).open()
    assert Storage(storage_url).open() != []


def test_the_scripts_are_numbered_one_by_one() -> None:
    """No number twice, no gap, and each has an `up`."""
    scripts = migrations.Runner(from_url("sqlite:////nowhere/x"), str(migrations.DIRECTORY))
    found = scripts.migrations()
    assert [script.idx for script in found] == list(range(1, len(found) + 1))
    up: Callable[..., object]
    for script in found:
        up = script.load().up
        assert callable(up)
