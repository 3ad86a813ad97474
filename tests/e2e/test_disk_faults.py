"""A disk that is full or fails, at each point of a commit: refused, whole, and then well again.

The faults are put under the real storage by tests/helpers/recording_vfs.py.
"""

import contextlib
import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from reactor import durable_files
from reactor.records import NewMessage, NewUser, Refused, Stored
from reactor.storage import Storage
from tests.helpers.recording_vfs import (
    FULL,
    IOERR_FSYNC,
    IOERR_WRITE,
    OK,
    Event,
    RecordingVfs,
    Refuse,
    Sync,
    Write,
    refuse_nothing,
)

FAULTS = [
    pytest.param(Write, FULL, id="full"),
    pytest.param(Write, IOERR_WRITE, id="write-fails"),
    pytest.param(Sync, IOERR_FSYNC, id="sync-fails"),
]

# Messages stored before the fault.
BEFORE = 3
# Pages after which SQLite moves its log into the database: so few that every commit does it.
CHECKPOINT_PAGES = 1


@pytest.fixture(params=[CHECKPOINT_PAGES, 1000], ids=["checkpoints", "log-only"])
def storage(
    tmp_path: Path,
    recorder: RecordingVfs,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Storage]:
    """With one user, and some messages in the lobby."""

    def sync(descriptor: int) -> None:
        """Past SQLite, on the same disk."""
        if recorder.refuse(Sync("")):
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(durable_files, "sync", sync)
    storage = Storage(f"sqlite:///{(tmp_path / 'chat.db').as_posix()}")
    storage.open()
    storage._database.pragma("wal_autocheckpoint", request.param, permanent=True)
    storage.accounts.add_users([NewUser("ann", "Ann", "hash")])
    for number in range(1, BEFORE + 1):
        assert say(storage, f"before{number}") == Stored(1, number, 0, fresh=True)
    yield storage
    recorder.refuse = refuse_nothing
    storage.close()


def say(storage: Storage, cid: str, text: str = "text" * 1000) -> Stored | Refused:
    room = storage.rooms.lobby().room_id
    (answer,) = storage.messages.append([NewMessage(room, 1, cid, text, 0)])
    return answer


def cids(storage: Storage) -> list[str]:
    """Of everything stored, in order; the numbers have no holes."""
    messages = storage.history.after(storage.rooms.lobby().room_id, 0, 100)
    assert [each.seq for each in messages] == list(range(1, len(messages) + 1))
    return [each.cid for each in messages]


def from_the(count: int, kind: type, code: int) -> Refuse:
    """A fault that begins with the operation *count* of that kind, and stays."""
    left = iter(range(count))

    def refuse(event: Event) -> int:
        return code if isinstance(event, kind) and next(left, None) is None else OK

    return refuse


def once(count: int, kind: type, code: int) -> Refuse:
    """A fault of one operation only."""
    numbers = iter(range(10**9))

    def refuse(event: Event) -> int:
        return code if isinstance(event, kind) and next(numbers) == count else OK

    return refuse


def operations(storage: Storage, recorder: RecordingVfs, kind: type) -> int:
    """How many of a kind one message takes."""
    recorder.events.clear()
    assert isinstance(say(storage, "measured"), Stored)
    return sum(isinstance(event, kind) for event in recorder.events)


@pytest.mark.parametrize(("kind", "code"), FAULTS)
def test_a_fault_that_stays_refuses_and_leaves_everything_whole(
    storage: Storage, recorder: RecordingVfs, tmp_path: Path, kind: type, code: int
) -> None:
    """From each operation on: reads go on meanwhile, and storing when it is over."""
    expected = [*(f"before{number}" for number in range(1, BEFORE + 1)), "measured"]
    refusals = 0
    for point in range(operations(storage, recorder, kind)):
        recorder.refuse = from_the(point, kind, code)
        answers = [say(storage, f"at{point}") for _ in range(2)]
        for answer in answers:
            if isinstance(answer, Refused):
                assert answer.reason == "unavailable"
                refusals += 1
        # What cannot be put into the database can still be in the log, durably.
        taken = [f"at{point}"] if any(isinstance(answer, Stored) for answer in answers) else []
        assert cids(storage) in (expected + taken, [*expected, f"at{point}"])
        assert storage.accounts.find_account("ann") is not None
        recorder.refuse = refuse_nothing
        again = say(storage, f"at{point}")
        assert again == Stored(1, len(expected) + 1, 0, fresh=again.fresh)
        expected.append(f"at{point}")
        assert cids(storage) == expected
    assert refusals
    storage.close()
    with contextlib.closing(sqlite3.connect(tmp_path / "chat.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(("kind", "code"), FAULTS)
def test_a_fault_of_a_moment_is_not_noticed(
    storage: Storage, recorder: RecordingVfs, kind: type, code: int
) -> None:
    """At each operation: what could not be committed is looked for, and committed again."""
    for point in range(operations(storage, recorder, kind)):
        recorder.refuse = once(point, kind, code)
        answer = say(storage, f"at{point}")
        assert isinstance(answer, Stored)
        assert say(storage, f"at{point}") == answer._replace(fresh=False)
        assert cids(storage)[-1] == f"at{point}"
        assert len(set(cids(storage))) == len(cids(storage))


def test_on_a_full_disk_the_connection_is_kept(storage: Storage, recorder: RecordingVfs) -> None:
    """A new one would need space for its shared memory, which another program may have taken."""
    connection = storage._database.connection()
    recorder.refuse = from_the(0, Write, FULL)
    assert isinstance(say(storage, "one"), Refused)
    assert storage._database.connection() is connection


def test_a_batch_is_refused_as_a_whole(storage: Storage, recorder: RecordingVfs) -> None:
    """And stored as a whole when it comes again."""
    room = storage.rooms.lobby().room_id
    batch = [NewMessage(room, 1, f"c{number}", "text" * 1000, 0) for number in range(20)]
    before = cids(storage)
    recorder.refuse = from_the(7, Write, FULL)
    assert {type(answer) for answer in storage.messages.append(batch)} == {Refused}
    assert cids(storage) == before
    recorder.refuse = refuse_nothing
    assert {type(answer) for answer in storage.messages.append(batch)} == {Stored}
    assert cids(storage) == before + [message.cid for message in batch]
