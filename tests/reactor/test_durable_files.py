"""What is made, and what is synced, in which order."""

import os
import stat
from pathlib import Path

import pytest

from reactor import durable_files
from tests.helpers.server_process import POSIX


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The inodes that are synced, in order."""
    inodes: list[int] = []
    monkeypatch.setattr(
        durable_files, "sync", lambda descriptor: inodes.append(os.fstat(descriptor).st_ino)
    )
    return inodes


@pytest.mark.skipif(not POSIX, reason="only POSIX syncs directories")
def test_every_directory_that_names_something_new_is_synced(
    tmp_path: Path, synced: list[int]
) -> None:
    """From the file's own up to the first that was there before; for the owner only."""
    path = tmp_path / "a" / "b" / "file"
    durable_files.create(path)
    assert path.read_bytes() == b""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    named = [path.parent, path.parent.parent, tmp_path]
    assert set(synced) == {each.stat().st_ino for each in named}


def test_a_file_that_exists_stays_as_it_is(tmp_path: Path) -> None:
    """Somebody else was faster."""
    path = tmp_path / "file"
    path.write_bytes(b"theirs")
    durable_files.create(path)
    assert path.read_bytes() == b"theirs"


def test_a_file_is_written_again_as_it_is(
    tmp_path: Path, synced: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pieces, all of it, and then synced."""
    monkeypatch.setattr(durable_files, "PIECE", 4)
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    os.utime(path, (0, 0))
    durable_files.write_again(path)
    assert path.read_bytes() == b"0123456789"
    assert path.stat().st_mtime > 0
    assert synced == [path.stat().st_ino]


def test_what_is_not_there_needs_no_writing(tmp_path: Path, synced: list[int]) -> None:
    """A database that was closed in good order has no log."""
    durable_files.write_again(tmp_path / "file")
    assert not synced


def test_a_real_sync_is_accepted(tmp_path: Path) -> None:
    """By this system."""
    path = tmp_path / "file"
    path.write_bytes(b"text")
    durable_files.write_again(path)
