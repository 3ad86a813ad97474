"""A power cut at any moment loses no acknowledged message and leaves a good SQLite database.

The journal and the storage run over a file layer that records what is written and synced; from the
recording, the files that a cut could leave are made, and opened with the real storage. What is
assumed of the disk is at the head of tests/helpers/power_cut.py.
"""

import contextlib
import hashlib
import itertools
import random
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reactor import durable_files
from reactor.database_failures import StorageUnavailable
from reactor.journal import Journal
from reactor.loop import Loop
from reactor.records import NewMessage, NewUser, Stored, StoredMessage
from reactor.storage import Storage
from tests.helpers.clock import FakeClock
from tests.helpers.power_cut import Disk, Fate, put_back
from tests.helpers.recording_vfs import (
    IOERR_FSYNC,
    OK,
    Event,
    FailedSync,
    Mark,
    RecordingVfs,
    Refuse,
    Sync,
    Truncate,
    Write,
    refuse_nothing,
)
from tests.helpers.selector import FakeSelector
from tests.helpers.workers import HandLane
from wire.limits import MAX_PAGE

BATCHES = 40
# Pages after which SQLite moves its log into the database: often, so that this is cut into too.
CHECKPOINT_PAGES = 25
# Cut points of an ordinary test; the rest of the recording is for the slow one.
CUTS = 150
# Events on each side of a commit at which it is cut whatever chance says.
AROUND = 3
# Which syncs of a run fail, over and over: one alone is repeated at once, several in a row outlast
# a commit, its repetition, and the last words of a connection.
FAILING = [False] * 7 + [True] + [False] * 9 + [True] * 5


class Run:
    """Messages through the real journal and storage, with a mark at each acknowledgement."""

    def __init__(self, directory: Path, recorder: RecordingVfs, pragmas: dict[str, object]) -> None:
        self.sent: dict[str, str] = {}
        self._recorder = recorder
        self._clock = FakeClock()
        self._loop = Loop(FakeSelector(self._clock), self._clock)
        self._lane = HandLane()
        self._storage = Storage(f"sqlite:///{(directory / 'chat.db').as_posix()}")
        self._storage.open()
        for name, value in pragmas.items():
            self._storage._database.pragma(name, value, permanent=True)
        self._storage.accounts.add_users([NewUser("ann", "Ann", "hash")])
        self._room = self._storage.rooms.lobby().room_id
        append = self._storage.messages.append
        self._journal = Journal(self._loop, self._lane, append, capacity=1000)

    def say(self, texts: list[str]) -> None:
        """Post *texts* in one batch, and have them answered."""
        for text in texts:
            cid = f"c{len(self.sent) + 1}"
            self.sent[cid] = text
            message = NewMessage(self._room, 1, cid, text, 0)
            self._journal.post(message, lambda answer, cid=cid: self._answered(cid, answer))
        self._journal.end_turn()
        self._lane.run_all()

    def _answered(self, cid: str, answer: object) -> None:
        if isinstance(answer, Stored):
            self._recorder.mark((cid, answer.seq))

    def reconnect(self) -> None:
        """What a restart does with the files: the log goes into the database, and is deleted."""
        self._storage.close()

    def close(self) -> None:
        self._storage.close()
        self._loop.close()


def record(
    directory: Path,
    recorder: RecordingVfs,
    seed: int,
    refuse: Refuse = refuse_nothing,
    restarts: int = 1,
    **pragmas: object,
) -> tuple[list[Event], dict[str, str]]:
    """From no database to some hundred messages; return the events, and the texts by cid."""
    chance = random.Random(seed)
    pragmas = {"wal_autocheckpoint": CHECKPOINT_PAGES, **pragmas}
    with contextlib.closing(Run(directory, recorder, pragmas)) as run:
        recorder.refuse = refuse
        for batch in range(BATCHES):
            sizes = [chance.choice((5, 50, 500, 5000)) for _ in range(chance.choice((1, 1, 3, 9)))]
            run.say([chance.choice("ab你") * size for size in sizes])
            if batch % (BATCHES // restarts) == BATCHES // restarts // 2:
                run.reconnect()
        recorder.refuse = refuse_nothing
    return list(recorder.events), run.sent


@dataclass
class Tally:
    """What was tried, and what was found wrong."""

    cuts: int = 0
    files: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.cuts} cuts, {self.files} states of the disk, {len(self.wrong)} wrong"


class Cuts:
    """Cuts one recording at many points, and judges what is left."""

    def __init__(self, directory: Path, events: list[Event], sent: dict[str, str]) -> None:
        self.tally = Tally()
        self._directory = directory
        self._events = events
        self._sent = sent
        self._judged: dict[str, str | list[StoredMessage]] = {}

    def cut(self, points: set[int], chance: random.Random) -> Tally:
        """Cut after each event of *points*, with every fate of what was not synced."""
        disk = Disk(chance)
        acknowledged: dict[str, int] = {}
        for index, event in enumerate(self._events):
            disk.apply(event)
            if isinstance(event, Mark):
                cid, seq = event.what
                acknowledged[cid] = seq
            if index in points:
                self.tally.cuts += 1
                for fate in Fate:
                    wrong = self._judge(disk.after_a_cut(fate), acknowledged, chance)
                    if wrong:
                        place = f"cut after event {index} of {len(self._events)}, {fate.value}"
                        self.tally.wrong.append(f"{place}: {wrong}")
        self.tally.files = len(self._judged)
        return self.tally

    def _judge(
        self, image: dict[str, bytes], acknowledged: dict[str, int], chance: random.Random
    ) -> str:
        digest = hashlib.sha256()
        for name, data in sorted(image.items()):
            digest.update(b"%s %d " % (name.encode(), len(data)) + data)
        key = digest.hexdigest()
        if key not in self._judged:
            put_back(image, self._directory, chance)
            self._judged[key] = found(self._directory)
        messages = self._judged[key]
        return messages if isinstance(messages, str) else self._compare(messages, acknowledged)

    def _compare(self, messages: list[StoredMessage], acknowledged: dict[str, int]) -> str:
        if [each.seq for each in messages] != list(range(1, len(messages) + 1)):
            return "numbers with holes"
        by_cid = {each.cid: each.seq for each in messages}
        if len(by_cid) != len(messages):
            return "a message twice"
        if any(self._sent.get(each.cid) != each.text for each in messages):
            return "a message that nobody sent"
        lost = acknowledged.items() - by_cid.items()
        return f"{len(lost)} acknowledged messages lost" if lost else ""


def found(directory: Path) -> str | list[StoredMessage]:
    """The messages in what a cut left, as the real storage finds them, or what is wrong with it."""
    path = directory / "chat.db"
    storage = Storage(f"sqlite:///{path.as_posix()}")
    try:
        storage.open()
        room = storage.rooms.lobby().room_id
        messages: list[StoredMessage] = []
        while page := storage.history.after(room, len(messages), MAX_PAGE):
            messages += page
        with contextlib.closing(sqlite3.connect(path)) as connection:
            (health,) = connection.execute("PRAGMA integrity_check").fetchone()
    except (StorageUnavailable, KeyError, sqlite3.Error) as error:
        return f"it does not open: {error!r}"
    finally:
        storage.close()
    return messages if health == "ok" else f"integrity_check: {health}"


def points_to_cut(events: list[Event], count: int, chance: random.Random) -> set[int]:
    """*count* at most, half of them around syncs, truncations and acknowledgements."""
    near = {
        index + step
        for index, event in enumerate(events)
        if isinstance(event, Mark | Sync | Truncate | FailedSync)
        for step in range(-AROUND, AROUND + 1)
        if 0 <= index + step < len(events)
    }
    some_near = chance.sample(sorted(near), min(len(near), count // 2))
    anywhere = chance.sample(range(len(events)), min(len(events), count // 2))
    return {*some_near, *anywhere, len(events) - 1}


@pytest.fixture
def directories(tmp_path: Path) -> tuple[Path, Path]:
    """Where it is recorded, and where what a cut leaves is opened."""
    for name in ("recorded", "cut"):
        (tmp_path / name).mkdir()
    return tmp_path / "recorded", tmp_path / "cut"


def test_an_acknowledged_message_survives_a_cut(
    directories: tuple[Path, Path], recorder: RecordingVfs
) -> None:
    """From the first creation of the file on, with checkpoints and a restart in between."""
    recorded, cut = directories
    events, sent = record(recorded, recorder, seed=1)
    assert sum(isinstance(event, Mark) for event in events) == len(sent)
    chance = random.Random(1)
    tally = Cuts(cut, events, sent).cut(points_to_cut(events, CUTS, chance), chance)
    print(tally)
    assert not tally.wrong
    assert tally.files > CUTS


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_an_acknowledged_message_survives_every_cut(
    directories: tuple[Path, Path], recorder: RecordingVfs, seed: int
) -> None:
    """After every single event. ``pytest -rP`` shows the figures."""
    recorded, cut = directories
    events, sent = record(recorded, recorder, seed)
    tally = Cuts(cut, events, sent).cut(set(range(len(events))), random.Random(seed))
    print(tally)
    assert not tally.wrong


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_what_a_failed_sync_lost_is_not_acknowledged(
    directories: tuple[Path, Path],
    recorder: RecordingVfs,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    """Some syncs fail, and what they were to save is gone for good, as on Linux."""
    recorded, cut = directories
    chance = random.Random(seed)
    failing = itertools.cycle(FAILING[chance.randrange(len(FAILING)) :] + FAILING)

    def refuse(event: Event) -> int:
        return IOERR_FSYNC if isinstance(event, Sync) and next(failing) else OK

    def write_again(log: Path) -> None:
        """Past SQLite, so the recorder is told."""
        if log.exists():
            recorder.events += [Write(str(log), 0, log.read_bytes()), Sync(str(log))]

    monkeypatch.setattr(durable_files, "write_again", write_again)
    events, sent = record(recorded, recorder, seed, refuse=refuse, restarts=10)
    acknowledged = sum(isinstance(event, Mark) for event in events)
    assert len(sent) // 2 < acknowledged < len(sent)
    assert sum(isinstance(event, FailedSync) for event in events) > 10
    tally = Cuts(cut, events, sent).cut(points_to_cut(events, CUTS, chance), chance)
    print(tally)
    assert not tally.wrong


@pytest.mark.parametrize("synchronous", ["normal", "off"])
def test_a_storage_that_does_not_sync_is_found_out(
    directories: tuple[Path, Path], recorder: RecordingVfs, synchronous: str
) -> None:
    """The check can fail: less than `synchronous=full` loses what was acknowledged."""
    recorded, cut = directories
    events, sent = record(recorded, recorder, seed=1, synchronous=synchronous)
    chance = random.Random(1)
    tally = Cuts(cut, events, sent).cut(points_to_cut(events, CUTS, chance), chance)
    print(tally)
    assert any("acknowledged messages lost" in wrong for wrong in tally.wrong)
    corrupt = any("integrity" in wrong or "not open" in wrong for wrong in tally.wrong)
    assert corrupt == (synchronous == "off")
