"""The large database is like any other, but for its size."""

from pathlib import Path

import pytest

from bench.server.large_database import FREQUENT, USERS, build, path_of, room_of
from reactor.database import from_url
from reactor.records import NewMessage, Stored
from reactor.storage import Storage

MESSAGES = 3_000


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of some messages."""
    return build(tmp_path_factory.mktemp("large"), MESSAGES)


def _schema(path: Path) -> list[tuple[object, ...]]:
    database = from_url(f"sqlite:///{path}")
    with database.connection_context():
        return list(database.execute_sql("SELECT name, sql FROM sqlite_master ORDER BY name"))


def test_it_has_the_real_schema(path: Path, tmp_path: Path) -> None:
    """With every index, though one of them was made last."""
    fresh = Storage(f"sqlite:///{tmp_path}/chat.db")
    fresh.open()
    assert _schema(path) == _schema(tmp_path / "chat.db")


def test_it_is_served_like_any_other(path: Path) -> None:
    """History has all of it, the search is up to date, and posting goes on behind it."""
    storage = Storage(f"sqlite:///{path}")
    assert storage.open() == []
    room_id = room_of(storage)
    seqs = [each.seq for each in storage.history.before(room_id, 0, 100)]
    assert seqs == [*range(MESSAGES - 99, MESSAGES + 1)]
    assert len({each.sender_name for each in storage.history.before(room_id, 0, 100)}) > 10
    assert not storage.search.index_some(1)
    page = storage.search.search(1, room_id, FREQUENT, 0, 10)
    assert len(page.hits) == 10
    assert all(FREQUENT in hit.text for hit in page.hits)
    (answer,) = storage.messages.append([NewMessage(room_id, USERS, "cid", "new", 0)])
    assert answer == Stored(room_id, MESSAGES + 1, 0, fresh=True)
    storage.close()


def test_it_is_built_once(path: Path) -> None:
    """Ten million take their time."""
    before = path.stat().st_mtime_ns
    assert build(path.parent, MESSAGES) == path == path_of(path.parent, MESSAGES)
    assert path.stat().st_mtime_ns == before


def test_what_was_not_finished_is_begun_again(tmp_path: Path) -> None:
    """Half a database looks like a whole one."""
    (tmp_path / "30.unfinished").write_bytes(b"half of it")
    (tmp_path / "30.unfinished-wal").write_bytes(b"and a log")
    storage = Storage(f"sqlite:///{build(tmp_path, 30)}")
    assert len(storage.history.after(room_of(storage), 0, 100)) == 30
    storage.close()
