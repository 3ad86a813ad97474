"""Files that a power cut does not take: made, or written again, so that they are on the disk.

A directory is a file too: what it names is on the disk only when it has been synced itself.
"""

import contextlib
import os
import sys
from pathlib import Path

if sys.platform == "darwin":
    import fcntl

# Bytes that are read and written at once: a file may be larger than memory should be.
PIECE = 1024 * 1024


def create(path: Path) -> None:
    """Make an empty file, and the directories that lead to it, for their owner only.

    A file that exists is left as it is. Raises :class:`OSError`.
    """
    made = [directory for directory in path.parents if not directory.exists()]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    for directory in [path.parent, *(each.parent for each in made)]:
        _sync_directory(directory)


def write_again(path: Path) -> None:
    """Replace each byte of a file by itself, and sync it; do nothing if there is no such file.

    Nobody may write to it meanwhile. Raises :class:`OSError`.
    """
    with contextlib.suppress(FileNotFoundError), path.open("r+b", buffering=0) as file:
        while data := file.read(PIECE):
            file.seek(-len(data), os.SEEK_CUR)
            file.write(data)
        sync(file.fileno())


def sync(descriptor: int) -> None:
    """Bring what was written to the disk itself. Raises :class:`OSError`."""
    if sys.platform == "darwin":
        # An ordinary sync stops at the drive's cache.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def _sync_directory(directory: Path) -> None:
    if os.name != "posix":
        return  # elsewhere a directory cannot be opened for this
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)
