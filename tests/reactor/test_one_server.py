"""The lock that tells one server of another: held, given up, and gone with a killed process."""

import subprocess
import sys
from pathlib import Path

import pytest

from reactor.one_server import SUFFIX, ServerLock

HOLD = """
import sys
from pathlib import Path
from reactor.one_server import ServerLock
lock = ServerLock(Path(sys.argv[1]))
print(lock.held_elsewhere, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "mini chat?.db"


def test_one_at_a_time(database: Path) -> None:
    """The second is told, the third too; when the first has gone, the next one has it."""
    first = ServerLock(database)
    others = [ServerLock(database) for _ in range(2)]
    assert [lock.held_elsewhere for lock in (first, *others)] == [False, True, True]
    for lock in (*others, first):
        lock.close()
    again = ServerLock(database)
    assert not again.held_elsewhere
    again.close()


def test_two_databases_have_two_locks(database: Path, tmp_path: Path) -> None:
    """Though they are in one directory."""
    locks = [ServerLock(database), ServerLock(tmp_path / "other.db")]
    assert not any(lock.held_elsewhere for lock in locks)
    for lock in locks:
        lock.close()


def test_it_vanishes_with_a_killed_process(database: Path) -> None:
    """And is seen from another process for as long as that lives."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "False\n"
        mine = ServerLock(database)
        assert mine.held_elsewhere
        mine.close()
        holder.kill()
    mine = ServerLock(database)
    assert not mine.held_elsewhere
    mine.close()


def test_a_lock_that_cannot_be_made_says_nothing(tmp_path: Path) -> None:
    """The database is beside it, and will say what is wrong."""
    (tmp_path / f"chat.db{SUFFIX}").mkdir()
    lock = ServerLock(tmp_path / "chat.db")
    assert not lock.held_elsewhere
    lock.close()
    missing = ServerLock(tmp_path / "nowhere" / "chat.db")
    assert not missing.held_elsewhere
    missing.close()
