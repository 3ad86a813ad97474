"""What is kept on disk comes back as it was."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from client_gui.items import RoomItem, SearchHit
from client_gui.log import store as store_module
from client_gui.log.records import Batch, Item, Log, LogChanges
from client_gui.log.rows import Row
from client_gui.log.store import Store
from client_gui.log.store_file import StoreFault
from wire.messages import Change, Chat, Edit

ROW = Row(5, "ann", "Ann", "te\nxt|\\", 10**18 - 1, 3, 4, "", {"👍": {"bob": "Bob"}})
USED = {"username": "ann"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is."""
    return tmp_path / "store.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A store in which somebody was logged in."""
    store = Store(path)
    store.write(Batch(facts=dict(USED)))
    yield store
    store.close()


def _log(rows: list[Row], room: str = "#1", floor: int = 1, mark: int = 9) -> LogChanges:
    return LogChanges(room, Log(room, floor, mark, 77), rows=rows)


def _rows(*seqs: int) -> list[Row]:
    return [Row(seq, "ann", "Ann", f"m{seq}", 5) for seq in seqs]


def _seqs(store: Store, room: str = "#1") -> list[int]:
    return [row.seq for row in store.rows_before(room, 10**9, 0, 10**6)]


def test_everything_comes_back(path: Path) -> None:
    """After the program has ended."""
    item = RoomItem("#1", "direct", "bob", "Bob", "member", 2, 3, 1, 9, 5, False, 77, True, True)
    change = Change("Bob", "new", "bob", "#1", 8, 6, "edited", 2)
    outbox = [Item(Chat("ann", "a|b", "#1", "c1"), 7, True), Item(Edit("#1", 5, "x", "c2"), 0)]
    batch = Batch(
        [LogChanges("#1", Log("#1", 3, 9, 77), rows=[ROW], later=[change])],
        [item],
        [],
        {"#1": "draft"},
        outbox,
        [],
        {"username": "ann", "epoch": "7"},
    )
    first = Store(path)
    first.write(batch)
    first.close()
    store = Store(path)
    assert store.logs() == {"#1": Log("#1", 3, 9, 77)}
    assert store.rows_before("#1", 6, 3, 10) == [ROW]
    assert store.later("#1") == [change]
    assert store.rooms() == [item]
    assert store.drafts() == {"#1": "draft"}
    assert store.items() == outbox
    assert store.facts() == {"username": "ann", "epoch": "7"}
    assert store.trouble == ""
    store.close()


def test_rows_come_in_pages_from_the_floor_on(store: Store) -> None:
    """And those beyond the mark apart."""
    store.write(Batch([_log(_rows(*range(1, 13)))]))
    assert [row.seq for row in store.rows_before("#1", 8, 1, 3)] == [5, 6, 7]
    assert [row.seq for row in store.rows_before("#1", 4, 2, 10)] == [2, 3]
    assert [row.seq for row in store.rows_beyond("#1", 10)] == [11, 12]
    assert store.rows_before("#2", 8, 1, 3) == []


def test_messages_come_for_a_search(store: Store) -> None:
    """The latest first; what was taken back, or was never said, has nothing to be found."""
    notice = Row(3, "ann", "Ann", "topic", 5, notice="topic")
    store.write(Batch([_log([*_rows(1, 2), notice, Row(4, "ann", "Ann", "", 10**18)])]))
    assert store.messages_before("#1", 10, 9) == [
        SearchHit("#1", 4, "ann", "Ann", "", 0),
        SearchHit("#1", 3, "ann", "Ann", "", 5),
        SearchHit("#1", 2, "ann", "Ann", "m2", 5),
        SearchHit("#1", 1, "ann", "Ann", "m1", 5),
    ]
    assert [hit.seq for hit in store.messages_before("#1", 4, 2)] == [3, 2]
    assert store.messages_before("#2", 10, 9) == []


def test_a_row_takes_the_place_of_what_it_was(store: Store) -> None:
    """And a forgotten room begins anew, in one batch."""
    store.write(Batch([_log(_rows(1, 2))]))
    store.write(Batch([_log([Row(2, "ann", "Ann", "new", 5)])]))
    assert [row.text for row in store.rows_before("#1", 9, 1, 9)] == ["m1", "new"]
    again = LogChanges("#1", Log("#1", 7, 7, 1), forget=True, rows=_rows(7))
    store.write(Batch([again]))
    assert _seqs(store) == [7]
    store.write(Batch([LogChanges("#1", None, forget=True)]))
    assert store.logs() == {}


def test_the_outbox_keeps_its_order(store: Store) -> None:
    """Items change in their place; answered ones go."""
    items = [Item(Chat("ann", f"m{n}", "#1", f"c{n}"), n) for n in range(4)]
    store.write(Batch(items=items))
    altered = Item(Chat("ann", "new", "#1", "c1"), 1, False, "busy", "later")
    store.write(Batch(items=[altered], answered=["c2", "c9"]))
    assert store.items() == [items[0], altered, items[3]]


def test_changes_that_were_made_go(store: Store) -> None:
    """The others wait on."""
    later = [Change("B", "x", "b", "#1", seq, 6, "edited", 2) for seq in (8, 9)]
    store.write(Batch([LogChanges("#1", Log("#1", 3, 9, 1), later=later)]))
    store.write(Batch([LogChanges("#1", Log("#1", 3, 9, 1), made=[8])]))
    assert [change.seq for change in store.later("#1")] == [9]


def test_a_room_that_is_gone_leaves_nothing(store: Store) -> None:
    """Its draft is told apart."""
    store.write(Batch([_log(_rows(1))], [RoomItem("#1", "public", "x")], [], {"#1": "d"}))
    store.write(Batch(gone=["#1"], drafts={"#1": ""}))
    assert (store.rooms(), store.logs(), store.drafts(), _seqs(store)) == ([], {}, {}, [])


def test_the_oldest_rows_of_a_room_go(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some at once; the floor is where the others begin."""
    monkeypatch.setattr(store_module, "MAX_KEPT", 4)
    monkeypatch.setattr(store_module, "TRIM", 2)
    assert store.write(Batch([_log(_rows(*range(1, 7)))])) == {}
    assert store.write(Batch([_log(_rows(7), mark=7)])) == {"#1": 4}
    assert _seqs(store) == [4, 5, 6, 7]
    assert store.logs()["#1"].floor == 4


def test_the_file_is_bounded(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The largest room gives way, also after another start."""
    monkeypatch.setattr(store_module, "MAX_ROWS", 10)
    store.write(Batch([_log(_rows(*range(1, 9)), "#1"), _log(_rows(1, 2), "#2")]))
    store.close()
    again = Store(path)
    assert again.write(Batch([_log(_rows(3), "#2")])) == {"#1": 5}
    assert (len(_seqs(again, "#1")), len(_seqs(again, "#2"))) == (4, 3)
    again.close()


def test_what_is_ours_is_synced(store: Store) -> None:
    """What the server can tell again is not: it would be slow for nothing."""
    database = store._database
    store.write(Batch([_log(_rows(1))]))
    assert database.execute("PRAGMA synchronous").fetchone() == (1,)
    store.write(Batch(items=[Item(Chat("ann", "x", "#1", "c1"), 1)]))
    assert database.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_batch_that_fails_leaves_nothing(store: Store) -> None:
    """All of it or none; and the fault is told."""
    store._database.execute(
        "CREATE TRIGGER full BEFORE INSERT ON facts BEGIN SELECT RAISE(ABORT, 'disk'); END"
    )
    with pytest.raises(StoreFault) as refused:
        store.write(Batch([_log(_rows(1))], facts={"epoch": "1"}))
    assert refused.value.reason == "disk"
    assert _seqs(store) == []


def test_a_second_program_is_told(path: Path, store: Store) -> None:
    """And harms nothing."""
    with pytest.raises(StoreFault) as refused:
        Store(path)
    assert refused.value.reason == "in-use"
    store.write(Batch([_log(_rows(1))]))


def test_a_damaged_file_is_told(path: Path) -> None:
    """The new one is empty."""
    path.write_bytes(b"x" * 10_000)
    store = Store(path)
    assert store.trouble == "corrupt"
    assert store.rooms() == []
    store.close()


def test_a_file_that_nobody_used_is_not_left_behind(path: Path) -> None:
    """As after a login with a name that was mistyped."""
    Store(path).close()
    assert list(path.parent.iterdir()) == []


def test_a_reading_that_fails_is_a_fault(store: Store) -> None:
    """Never an error of SQLite's own."""
    store._database.execute("DROP TABLE logs")
    with pytest.raises(StoreFault):
        store.logs()


def test_what_cannot_be_read_as_a_frame_is_left_out(store: Store) -> None:
    """The rest is there."""
    store.write(Batch(items=[Item(Chat("ann", "x", "#1", "c1"), 1)]))
    store._database.execute("INSERT INTO outbox (cid, frame, written) VALUES ('x', X'FF0A', 1)")
    assert [item.cid for item in store.items()] == ["c1"]
    assert isinstance(store._database, sqlite3.Connection)


FIRST_ROOMS = """
CREATE TABLE rooms (
    room TEXT PRIMARY KEY, kind TEXT, name TEXT, topic TEXT, role TEXT, members INTEGER,
    unread INTEGER, mentions INTEGER, last_seq INTEGER, read_seq INTEGER, has_draft INTEGER,
    last_time INTEGER
) WITHOUT ROWID
"""


def _rooms_columns(path: Path) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute("PRAGMA table_info(rooms)").fetchall()


def test_a_file_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """With what waits in its outbox; its tables are then those of a new file."""
    new, old = tmp_path / "new.sqlite3", tmp_path / "old.sqlite3"
    item = Item(Chat("ann", "x", "#1", "c1"), 1)
    for path in (new, old):
        store = Store(path)
        store.write(Batch(facts=dict(USED), items=[item]))
        store.close()
    with contextlib.closing(sqlite3.connect(old, isolation_level=None)) as database:
        database.execute("DROP TABLE rooms")
        database.execute(FIRST_ROOMS)
        database.execute("INSERT INTO rooms VALUES ('#1','public','x','','','1',0,0,2,2,0,3)")
        database.execute("PRAGMA user_version = 1")
    store = Store(old)
    assert store.trouble == ""
    (room,) = store.rooms()
    assert (room.room, room.last_time, room.pinned, room.muted) == ("#1", 3, False, False)
    assert store.items() == [item]
    store.close()
    assert _rooms_columns(old) == _rooms_columns(new)
