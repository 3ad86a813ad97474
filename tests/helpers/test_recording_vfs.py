"""What SQLite asks of the disk is recorded and can be refused; a cut leaves what it may leave."""

import contextlib
import random
import sqlite3
from pathlib import Path

import pytest

from tests.helpers.power_cut import Disk, Fate
from tests.helpers.recording_vfs import (
    FULL,
    Delete,
    Event,
    FailedSync,
    RecordingVfs,
    Sync,
    Truncate,
    Write,
)


def test_what_was_recorded_makes_the_same_files(tmp_path: Path, recorder: RecordingVfs) -> None:
    """Byte for byte: nothing is overlooked."""
    path = tmp_path / "database"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=wal")
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (zeroblob(100000))")
        files = {str(each): each.read_bytes() for each in tmp_path.iterdir()}
    files = {name: data for name, data in files.items() if not name.endswith("-shm")}
    closing = [event for event in recorder.events if isinstance(event, Write)][-1]
    disk = Disk(random.Random(0))
    replayed = []
    for event in recorder.events:
        disk.apply(event)
        replayed.append(disk.after_a_cut(Fate.ALL))
    assert files in replayed
    assert replayed[-1] == {str(path): path.read_bytes()}
    assert closing.file == str(path)


def test_what_is_refused_is_refused(tmp_path: Path, recorder: RecordingVfs) -> None:
    """With the code that was given; afterwards SQLite is as it was."""
    path = tmp_path / "database"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        recorder.refuse = lambda event: FULL
        with pytest.raises(sqlite3.OperationalError) as raised:
            database.execute("CREATE TABLE t (x)")
        assert raised.value.sqlite_errorcode == FULL
        recorder.refuse = lambda event: 0
        database.execute("CREATE TABLE t (x)")
    recorder.unregister()
    recorder.events.clear()
    with contextlib.closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM t").fetchone() == (0,)
        database.execute("CREATE TABLE u (x)")
    assert not recorder.events


A, B = Write("f", 0, b"a" * 1024), Write("f", 1024, b"b" * 1024)
AS, BS = A.data, B.data


@pytest.mark.parametrize(
    ("events", "fate", "left"),
    [
        ([A, Sync("f"), B], Fate.NONE, {AS}),
        ([A, Sync("f"), B], Fate.ALL, {AS + BS}),
        ([A, B], Fate.NONE, {None}),
        ([A, B], Fate.SOME, {None, AS, bytes(1024) + BS, AS + BS}),
        ([A, Sync("f"), Truncate("f", 2)], Fate.SOME, {AS, b"aa"}),
        ([A, Sync("f"), Delete("f", synced=False)], Fate.SOME, {AS, None}),
        ([A, Sync("f"), Delete("f", synced=False), B], Fate.NONE, {AS}),
        ([A, Sync("f"), Delete("f", synced=True), B], Fate.NONE, {None}),
        ([A, FailedSync("f"), Sync("f")], Fate.NONE, {b"", AS}),
        (
            [A, Sync("f"), Delete("f", synced=False), Write("new-wal", 0, b""), Sync("new-wal")],
            Fate.SOME,
            {None},
        ),
    ],
)
def test_what_a_cut_may_leave(events: list[Event], fate: Fate, left: set[bytes | None]) -> None:
    """All of it happens, and nothing else."""
    found = set()
    for seed in range(100):
        disk = Disk(random.Random(seed))
        for event in events:
            disk.apply(event)
        found.add(disk.after_a_cut(fate).get("f"))
    assert found == left


def test_sectors_are_torn() -> None:
    """A write may be there in parts, each a whole sector."""
    disk = Disk(random.Random(0))
    disk.apply(Write("f", 100, b"x" * 1436))
    found = {disk.after_a_cut(Fate.TORN).get("f") for _ in range(200)}
    parts = [bytes(100) + b"x" * 412, b"x" * 512, b"x" * 512]
    assert b"".join([bytes(512), *parts[1:]]) in found
    assert b"".join([parts[0], bytes(512), parts[2]]) in found
    assert b"".join(parts[:2]) in found
