"""The file of a store: whose it is, and what happens to a bad one."""

import os
import sqlite3
from pathlib import Path

import pytest

from client_gui.log.store_file import fault_of, open_or_begin_anew, store_path

TABLES = "CREATE TABLE a (b)"


def _open(path: Path) -> str:
    database, trouble = open_or_begin_anew(path, TABLES)
    database.close()
    return trouble


def test_the_name_is_made_of_nothing_that_was_typed(tmp_path: Path) -> None:
    """One for each server and user, however the name is written."""
    path = store_path(tmp_path, "chat.example.org:8090", "../../Ann\ud800")
    assert path.parent == tmp_path
    assert path.stem.isalnum()
    assert store_path(tmp_path, "CHAT.example.org:8090", "../../ann\ud800") == path
    assert store_path(tmp_path, "chat.example.org:8091", "../../ann\ud800") != path


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps others out by the directory")
def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    """The directory, the file, and what SQLite puts beside it."""
    path = tmp_path / "stores" / "a.sqlite3"
    database, _ = open_or_begin_anew(path, TABLES)
    try:
        database.execute("INSERT INTO a VALUES (1)")
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
    finally:
        database.close()


def test_one_program_has_it(tmp_path: Path) -> None:
    """Until it ends."""
    path = tmp_path / "a.sqlite3"
    database, _ = open_or_begin_anew(path, TABLES)
    with pytest.raises(sqlite3.OperationalError) as refused:
        _open(path)
    assert fault_of(refused.value).reason == "in-use"
    database.close()
    assert _open(path) == ""


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_damaged_file_is_set_aside(tmp_path: Path, content: bytes) -> None:
    """Said, and begun anew; what was there is still there."""
    path = tmp_path / "a.sqlite3"
    path.write_bytes(content)
    assert _open(path) == "corrupt"
    assert (tmp_path / "a.sqlite3.damaged").read_bytes() == content
    assert _open(path) == ""


def test_another_programs_file_is_set_aside(tmp_path: Path) -> None:
    """Though it is whole."""
    path = tmp_path / "a.sqlite3"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE theirs (x)")
    database.close()
    assert _open(path) == "corrupt"
    assert (tmp_path / "a.sqlite3.damaged").exists()


def test_what_cannot_be_written_is_not_set_aside(tmp_path: Path) -> None:
    """It is the disk's fault, not the file's."""
    (tmp_path / "a.sqlite3").mkdir()
    with pytest.raises(OSError, match=r"a\.sqlite3") as refused:
        _open(tmp_path / "a.sqlite3")
    assert fault_of(refused.value).reason == "disk"
    assert (tmp_path / "a.sqlite3").is_dir()


def _columns(path: Path, *upgrades: str) -> list[str]:
    database, trouble = open_or_begin_anew(path, "CREATE TABLE a (b, c, d)", upgrades)
    try:
        assert trouble == ""
        return [column[1] for column in database.execute("PRAGMA table_info(a)")]
    finally:
        database.close()


def test_older_tables_are_brought_up_to_date(tmp_path: Path) -> None:
    """Each version by what is between it and the latest, once; a new file has the latest."""
    c, d = "ALTER TABLE a ADD COLUMN c", "ALTER TABLE a ADD COLUMN d"
    path = tmp_path / "a.sqlite3"
    _open(path)
    assert _columns(path, c) == ["b", "c"]
    assert _columns(path, c, d) == ["b", "c", "d"]
    assert _columns(path, c, d) == ["b", "c", "d"]
    assert _columns(tmp_path / "new.sqlite3", c, d) == ["b", "c", "d"]


def test_a_failed_upgrade_changes_nothing(tmp_path: Path) -> None:
    """So the program of before can still read the file."""
    path = tmp_path / "a.sqlite3"
    _open(path)
    with pytest.raises(sqlite3.OperationalError):
        _columns(path, "ALTER TABLE a ADD COLUMN c; ALTER TABLE nobody ADD COLUMN c")
    assert _open(path) == ""
    assert _columns(path) == ["b"]
