"""What a power cut could leave of the files, worked out from a recording of the writes.

What is assumed of a disk, which is what SQLite assumes:

1. What was synced is there after the cut.
2. Of what was written since, anything may be: nothing, everything, some writes and not others in no
   order, and of one write some sectors and not others. A missing part in front of one that is
   there reads as zeros. Bytes that were not written do not change.
3. What a directory names is as unsafe as what a file holds, until the directory is synced: a new
   file may be missing, a deleted one may be back. SQLite syncs the directory with the first sync of
   a new log or journal; that of the database file is synced when we make it.
4. The ``-shm`` file may hold anything.
"""

import enum
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.helpers.recording_vfs import Delete, Event, FailedSync, Mark, Sync, Truncate, Write

SECTORS = (512, 4096)


class Fate(enum.Enum):
    """What becomes of the writes that were not synced."""

    NONE = "lost"
    ALL = "kept"
    SOME = "some kept"
    TORN = "some sectors kept"


@dataclass
class _File:
    """``safe`` is None while the file is not there for certain."""

    safe: bytes | None = None
    pending: list[Write | Truncate | Delete] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether its name is not safe yet."""
        return self.safe is None or any(isinstance(each, Delete) for each in self.pending)


class Disk:
    """The files on it, as events reach it one by one."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._files: dict[str, _File] = {}

    def apply(self, event: Event) -> None:
        """Take what was asked of the disk."""
        if isinstance(event, Mark):
            return
        file = self._files.setdefault(event.file, _File())
        if isinstance(event, Sync):
            if file.is_new and event.file.endswith(("-wal", "-journal")):
                self._sync_directory()
            file.safe, file.pending = _after(file.safe, file.pending) or b"", []
        elif isinstance(event, FailedSync):
            # Linux forgets then what it could not write: no later sync brings it back.
            file.safe, file.pending = _after(file.safe, self._kept(file, Fate.SOME)), []
        elif isinstance(event, Delete) and event.synced:
            self._files[event.file] = _File()
        else:
            file.pending.append(event)

    def _sync_directory(self) -> None:
        for file in self._files.values():
            deletions = [n for n, each in enumerate(file.pending) if isinstance(each, Delete)]
            if deletions:
                file.safe, file.pending = None, file.pending[deletions[-1] + 1 :]

    def after_a_cut(self, fate: Fate) -> dict[str, bytes]:
        """The files that the next start finds, by name."""
        found = {
            name: _after(file.safe, self._kept(file, fate)) for name, file in self._files.items()
        }
        return {name: data for name, data in found.items() if data is not None}

    def _kept(self, file: _File, fate: Fate) -> list[Write | Truncate | Delete]:
        if fate in (Fate.NONE, Fate.ALL):
            return file.pending if fate is Fate.ALL else []
        sector = self._chance.choice(SECTORS) if fate is Fate.TORN else None
        kept: list[Write | Truncate | Delete] = []
        for operation in file.pending:
            pieces = _sectors(operation, sector) if sector else [operation]
            some = [piece for piece in pieces if self._chance.random() < 0.5]
            if isinstance(operation, Delete) and not some:
                break  # the name still means the old file, which the new one's writes never reach
            kept += some
        return kept


def _after(data: bytes | None, operations: list[Write | Truncate | Delete]) -> bytes | None:
    for operation in operations:
        if isinstance(operation, Delete):
            data = None
            continue
        old = data or b""
        if isinstance(operation, Truncate):
            data = old[: operation.size].ljust(operation.size, b"\0")
        else:
            end = operation.offset + len(operation.data)
            data = old[: operation.offset].ljust(operation.offset, b"\0")
            data += operation.data + old[end:]
    return data


def _sectors(
    operation: Write | Truncate | Delete, size: int
) -> Iterator[Write | Truncate | Delete]:
    """The parts of a write that reach the disk one by one."""
    if not isinstance(operation, Write):
        yield operation
        return
    begin = operation.offset
    end = begin + len(operation.data)
    while begin < end:
        border = min(end, (begin // size + 1) * size)
        data = operation.data[begin - operation.offset : border - operation.offset]
        yield Write(operation.file, begin, data)
        begin = border


def put_back(image: dict[str, bytes], directory: Path, chance: random.Random) -> None:
    """Write the files of *image* into *directory*, under their last names, and a stale ``-shm``."""
    for old in directory.iterdir():
        old.unlink()
    for name, data in image.items():
        (directory / Path(name).name).write_bytes(data)
        if name.endswith("-wal"):
            stale = directory / Path(name).name.replace("-wal", "-shm")
            stale.write_bytes(chance.randbytes(32 * 1024))
