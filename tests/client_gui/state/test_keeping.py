"""Between what the client knows and its store."""

from pathlib import Path

import pytest

from client_gui.changes import StoreTrouble
from client_gui.log.conversation import Me
from client_gui.log.store import Store
from client_gui.log.store_file import StoreFault
from client_gui.state.keeping import Keeping
from client_gui.state.rooms import Rooms
from client_gui.state.timelines import Timelines
from client_gui.state.writing import Writing

ME = Me("user1", "me")


class Rig:
    """What is to be kept, and where."""

    def __init__(self, path: Path | None) -> None:
        self.store = Store(path) if path else None
        self.rooms = Rooms()
        self.timelines = Timelines()
        self.writing = Writing(self.timelines, self.rooms)
        self.keeping = Keeping(self.store, self.rooms, self.timelines, self.writing)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where somebody was logged in, and had begun to write."""
    path = tmp_path / "a.sqlite3"
    rig = Rig(path)
    assert rig.keeping.owner() is None
    assert rig.keeping.load(ME) == []
    rig.keeping.logged_in(ME, "7")
    rig.rooms.set_draft("lobby", "draft")
    rig.writing.say("lobby", "hello", "c1", 1, 0)
    assert rig.keeping.write() == []
    rig.keeping.close()
    return path


def test_what_was_written_is_there_again(path: Path) -> None:
    """And whose it is."""
    rig = Rig(path)
    assert rig.keeping.owner() == ME
    (shown,) = rig.keeping.load(ME)
    assert shown.entries[0].text == "hello"
    assert (rig.rooms.draft("lobby"), rig.keeping.epoch) == ("draft", "7")
    rig.keeping.close()


def test_what_is_locked_waits_for_a_login(path: Path) -> None:
    """Also when nothing was shown before."""
    rig = Rig(path)
    rig.keeping.lock()
    rig.keeping.write()
    assert rig.keeping.owner() is None
    rig.keeping.load(ME)
    rig.keeping.logged_in(ME, "7")
    rig.keeping.write()
    assert rig.keeping.owner() == ME
    rig.keeping.close()


def test_a_store_that_fails_is_done_without(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is said once; and nothing that is behind it is written."""
    rig = Rig(path)
    rig.keeping.load(ME)

    def fail(batch: object) -> None:
        raise StoreFault("disk", "full")

    monkeypatch.setattr(rig.store, "write", fail)
    rig.writing.say("lobby", "more", "c2", 1, 0)
    assert rig.keeping.write() == [StoreTrouble("disk")]
    rig.writing.say("lobby", "yet more", "c3", 1, 0)
    assert rig.keeping.write() == []
    again = Rig(path)
    assert [item.cid for item in again.store.items()] == ["c1"]
    again.keeping.close()


def test_a_store_that_cannot_be_read_is_done_without(path: Path) -> None:
    """At the start, or later."""
    rig = Rig(path)
    rig.store._database.execute("DROP TABLE logs")
    assert rig.keeping.load(ME) == [StoreTrouble("disk")]
    rig.timelines.fault = "disk"
    assert rig.keeping.write() == []


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    """When there is somebody to tell."""
    (tmp_path / "a.sqlite3").write_bytes(b"x" * 5_000)
    rig = Rig(tmp_path / "a.sqlite3")
    assert rig.keeping.load(ME) == [StoreTrouble("corrupt")]
    rig.keeping.close()


def test_without_a_store_nothing_is_kept() -> None:
    """And nothing is gathered for it."""
    rig = Rig(None)
    assert rig.keeping.owner() is None
    assert rig.keeping.load(ME) == []
    rig.writing.say("lobby", "hello", "c1", 1, 0)
    assert rig.keeping.write() == []
    assert rig.writing.take_unsaved() == ([], [])
