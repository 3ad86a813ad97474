"""A URL becomes a database that commits durably, and no error says the password."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from reactor.database import MySqlServer, SqliteFile, from_url
from reactor.database_failures import StorageUnavailable
from reactor.storage import Storage
from tests.helpers.mariadb import PASSWORD, USER, MariaDbServer

SECRET = "geheim"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:////srv/chat.db", "/srv/chat.db"),
        ("sqlite:////srv/%E8%81%8A%20%25.db", "/srv/聊 %.db"),
        ("sqlite:////srv/a b/聊.db", "/srv/a b/聊.db"),
    ],
)
def test_an_sqlite_url_is_a_path(url: str, path: str) -> None:
    """What an address cannot hold is percent-encoded; what it need not be may stay."""
    database = from_url(url)
    assert isinstance(database, SqliteFile)
    assert database.path == Path(path).absolute()


def test_three_slashes_are_a_path_from_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As everywhere else where databases have addresses."""
    monkeypatch.chdir(tmp_path)
    database = from_url("sqlite:///data/chat.db")
    assert isinstance(database, SqliteFile)
    assert database.path == tmp_path / "data/chat.db"


@pytest.mark.parametrize("scheme", ["mysql", "mariadb"])
def test_a_mysql_url_is_a_server_and_a_database(scheme: str) -> None:
    """User and password may be percent-encoded; the port may be left out."""
    database = from_url(f"{scheme}://us%40er:p%40ss%2F%E5%AF%86@[::1]:3307/mini_chat")
    assert isinstance(database, MySqlServer)
    assert database.database == "mini_chat"
    wanted = {"host": "::1", "port": 3307, "user": "us@er", "password": "p@ss/密".encode()}
    assert wanted.items() <= database.connect_params.items()
    assert from_url(f"{scheme}://u@h/d").connect_params["port"] == 3306


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "begin with"),
        (f"postgres://u:{SECRET}@h/d", "begin with"),
        ("sqlite:chat.db", "three slashes"),
        (f"sqlite://{SECRET}/chat.db", "three slashes"),
        ("sqlite:///", "three slashes"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite:////a%00b", "needs a file"),
        (f"mysql://u:{SECRET}@h", "name of the database"),
        (f"mysql://u:{SECRET}@h/a/b", "name of the database"),
        (f"mysql://u:{SECRET}@/d", "host"),
        (f"mysql://:{SECRET}@h/d", "user"),
        (f"mysql://u:{SECRET}@h:x/d", "port"),
        (f"mysql://u:ab/{SECRET}@h/d", "port"),
        (f"mysql://u:{SECRET}@h:99999/d", "port"),
        (f"mysql://u:{SECRET}@[h/d", "port"),
        (f"mysql://u:{SECRET}@h/d?ssl=1", "options"),
        (f"mysql://u:{SECRET}@h/d#x", "options"),
    ],
)
def test_a_wrong_url_is_refused_without_its_password(url: str, said: str) -> None:
    """Neither in the sentence nor in what caused it."""
    with pytest.raises(ValueError, match=said) as caught:
        Storage(url)
    error: BaseException | None = caught.value
    assert SECRET not in str(error)
    assert error is not None
    assert error.__suppress_context__


@pytest.mark.skipif("os.name != 'posix'")
def test_the_file_and_its_directory_are_the_owners(tmp_path: Path) -> None:
    """Also the log beside the file."""
    path = tmp_path / "data" / "chat.db"
    storage = Storage(f"sqlite:///{path}")
    assert storage.open()[0] == f"created the database file {path}"
    storage.rooms.lobby()
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert modes == dict.fromkeys(["chat.db", "chat.db-wal", "chat.db-shm"], 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    storage.close()


@pytest.mark.skipif("os.name != 'posix'")
def test_a_file_that_others_may_read_is_warned_of(tmp_path: Path) -> None:
    """It is not ours to change."""
    path = tmp_path / "chat.db"
    storage = Storage(f"sqlite:///{path}")
    storage.open()
    path.chmod(0o644)
    assert storage.open() == [f"warning: others may read the database file {path} (mode 0644)"]


def test_a_place_that_cannot_be_is_named(tmp_path: Path) -> None:
    """A file where a directory should be; a directory where the file should be; another file."""
    (tmp_path / "file").write_text("This is no database, but a text.\n" * 40)
    with pytest.raises(StorageUnavailable, match=r"file/chat\.db cannot be created"):
        Storage(f"sqlite:///{tmp_path}/file/chat.db").open()
    with pytest.raises(StorageUnavailable, match="unable to open"):
        Storage(f"sqlite:///{tmp_path}").open()
    with pytest.raises(StorageUnavailable, match="not a database"):
        Storage(f"sqlite:///{tmp_path}/file").open()


def test_sqlite_commits_are_synced(tmp_path: Path) -> None:
    """The settings hold on every connection."""
    storage = Storage(f"sqlite:///{tmp_path}/chat.db")
    storage.open()
    database = from_url(f"sqlite:///{tmp_path}/chat.db")
    with database.connection_context():
        assert database.pragma("journal_mode") == "wal"
        assert database.pragma("synchronous") == 2
        assert database.pragma("foreign_keys") == 1
        assert database.pragma("busy_timeout") == 5000


def test_mysql_sessions_are_strict(mariadb_url: str) -> None:
    """Isolation, character set, and waits that end."""
    Storage(mariadb_url).open()
    database = from_url(mariadb_url)
    with database.connection_context():
        found = database.execute_sql(
            "SELECT @@tx_isolation, @@character_set_client, @@innodb_lock_wait_timeout, "
            "@@autocommit, @@sql_mode"
        ).fetchone()
    assert found[:4] == ("READ-COMMITTED", "utf8mb4", 5, 1)
    assert "STRICT_ALL_TABLES" in found[4]


@pytest.fixture
def undurable(mariadb_server: MariaDbServer) -> Iterator[None]:
    """A server that flushes its log once in a second only."""
    mariadb_server.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 2")
    yield
    mariadb_server.execute("SET GLOBAL innodb_flush_log_at_trx_commit = 1")


def test_a_server_that_commits_lazily_is_warned_of(mariadb_url: str, undurable: None) -> None:
    """An acknowledgement would promise more than it keeps."""
    warning = "warning: innodb_flush_log_at_trx_commit is 2: "
    assert any(line.startswith(warning) for line in Storage(mariadb_url).open())


def test_a_durable_server_is_not_warned_of(mariadb_url: str) -> None:
    """The binary log is off, so its setting does not matter."""
    assert not [line for line in Storage(mariadb_url).open() if line.startswith("warning")]


def test_a_missing_database_is_made(mariadb_url: str) -> None:
    """With our character set, whatever the server's own is."""
    assert Storage(mariadb_url).open()[0].startswith("created the database test_")
    database = from_url(mariadb_url)
    with database.connection_context():
        assert database.execute_sql("SELECT @@collation_database").fetchone() == ("utf8mb4_bin",)


def test_a_database_that_may_not_be_made_is_named(mariadb_server: MariaDbServer) -> None:
    """And the account's password is not."""
    mariadb_server.execute(
        f"GRANT SELECT ON nowhere.* TO poor@'127.0.0.1' IDENTIFIED BY '{SECRET}'"
    )
    try:
        with pytest.raises(StorageUnavailable, match=r"no database nowhere.*denied") as caught:
            Storage(mariadb_server.url("nowhere", "poor", SECRET)).open()
    finally:
        mariadb_server.execute("DROP USER poor@'127.0.0.1'")
    assert SECRET not in str(caught.value)


def test_a_wrong_password_is_said_and_not_shown(mariadb_server: MariaDbServer) -> None:
    """The server's own words, without ours."""
    with pytest.raises(StorageUnavailable, match="Access denied for user") as caught:
        Storage(mariadb_server.url("nowhere", USER, SECRET + PASSWORD)).open()
    assert SECRET not in str(caught.value)


def test_a_server_that_is_not_there_is_named(mariadb_server: MariaDbServer) -> None:
    """Host and port, so that it can be looked for."""
    url = f"mysql://u:{SECRET}@127.0.0.1:1/d"
    with pytest.raises(
        StorageUnavailable, match=r"database server 127\.0\.0\.1:1 is not"
    ) as caught:
        Storage(url).open()
    assert SECRET not in str(caught.value)
