"""Each guarantee is broken on purpose, and the simulator finds it.

A break is the product with one thing done wrong, as somebody might do it by mistake. The number
beside it is within how many seeds it must be found.
"""

import contextlib
import importlib
import itertools
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from client_gui.changes import Inserted
from client_gui.log.store import Store
from client_gui.log.timeline import Timeline
from client_gui.state.catching_up import CatchingUp
from client_gui.state.client_state import ClientState
from client_gui.state.outbox import Outbox
from client_gui.state.writing import Writing
from reactor.archive import Archive
from reactor.entries import from_now
from reactor.journal import Journal
from reactor.records import NewMessage, Stored
from reactor.rooms import Room
from reactor.storage.history import History
from reactor.storage.messages import Messages
from tests.simulation.__main__ import main
from tests.simulation.world import Place, place, run
from wire.messages import Change, Chat

# The package has a function of the same name.
chat: Any = importlib.import_module("reactor.commands.chat")

Break = Callable[[pytest.MonkeyPatch, Place], object]

FIRST_SEED = 1


@pytest.fixture
def where() -> Iterator[Place]:
    with place() as found:
        yield found


def first_violation(where: Place, seeds: int) -> str:
    """What is found first, in so many seeds at the most; empty if nothing is."""
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        verdict = run(seed, where)
        if verdict.violations:
            return verdict.violations[0]
    return ""


# --- the server --------------------------------------------------------------------------------


def acknowledge_before_commit(patch: pytest.MonkeyPatch, where: Place) -> None:
    """The journal answers at once, with the number that will be next, and stores later."""
    post = Journal.post

    def answer_and_post(
        self: Journal, message: NewMessage, stored: Callable[[Any], object]
    ) -> None:
        post(self, message, lambda _outcome: None)
        number = _next_number(where, message.room_id)
        answer = Stored(message.room_id, number, message.sent_at, fresh=True)
        self._loop.call_soon(stored, answer)

    patch.setattr(Journal, "post", answer_and_post)


def publish_before_commit(patch: pytest.MonkeyPatch, where: Place) -> None:
    """The others are told when a message comes in, and again when it is stored."""
    post = chat.post

    def publish_and_post(services: Any, session: Any, request: Chat, message: NewMessage) -> None:
        room = services.rooms.by_id(message.room_id)
        if room is not None:
            number = _next_number(where, message.room_id)
            answer = Stored(message.room_id, number, message.sent_at, fresh=True)
            room.announce(from_now(session.user, message, answer, room.reference), session)
        post(services, session, request, message)

    patch.setattr(chat, "post", publish_and_post)


def _next_number(where: Place, room_id: int) -> int:
    """The number that the next message gets, if nothing comes between."""
    with contextlib.closing(sqlite3.connect(where.database)) as database:
        query = "SELECT last_seq + 1 FROM room WHERE room_id = ?"
        (number,) = database.execute(query, (room_id,)).fetchone()
    return int(number)


def no_unique_cid(patch: pytest.MonkeyPatch, where: Place) -> None:
    """The same cid again is another message: no index, and no look-up before the insert."""
    with contextlib.closing(sqlite3.connect(where.template)) as database:
        (index,) = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '%cid%'"
        ).fetchone()
        database.execute(f'DROP INDEX "{index}"')
        database.commit()


def answers_mixed_up(patch: pytest.MonkeyPatch, where: Place) -> None:
    """Of a batch, each sender gets the answer of another."""
    done = Journal._done
    patch.setattr(Journal, "_done", lambda self, outcomes: done(self, outcomes[::-1]))


def a_retry_has_another_place(patch: pytest.MonkeyPatch, where: Place) -> None:
    """A cid that is known gets an answer, but not the first one."""
    insert = Messages._insert_one

    def insert_one(self: Messages, message: NewMessage, last: dict[int, int]) -> Any:
        answer = insert(self, message, last)
        known = isinstance(answer, Stored) and not answer.fresh
        return answer._replace(seq=answer.seq + 1) if known else answer

    patch.setattr(Messages, "_insert_one", insert_one)


def refused_but_acknowledged(patch: pytest.MonkeyPatch, where: Place) -> None:
    """When the storage fails, the message counts as stored all the same."""
    append = Messages.append

    def append_always(self: Messages, batch: list[NewMessage]) -> list[Any]:
        return [
            answer
            if isinstance(answer, Stored)
            else Stored(message.room_id, 1, message.sent_at, fresh=True)
            for message, answer in zip(batch, append(self, batch), strict=True)
        ]

    patch.setattr(Messages, "append", append_always)


def numbers_with_holes(patch: pytest.MonkeyPatch, where: Place) -> None:
    """What a refused row had as its number is given to nobody else."""
    lock_rooms = Messages._lock_rooms
    tens = itertools.cycle((False,) * 9 + (True,))

    def lock(self: Messages, room_ids: set[int]) -> dict[int, int]:
        skips = next(tens)
        return {room: last + skips for room, last in lock_rooms(self, room_ids).items()}

    patch.setattr(Messages, "_lock_rooms", lock)


def a_page_begins_one_late(patch: pytest.MonkeyPatch, where: Place) -> None:
    """Off by one, forwards."""
    after = History.after
    patch.setattr(
        History, "after", lambda self, room, seq, limit: after(self, room, seq + 1, limit)
    )


def a_page_ends_one_early(patch: pytest.MonkeyPatch, where: Place) -> None:
    """Off by one, backwards."""
    before = Archive.before
    patch.setattr(
        Archive,
        "before",
        lambda self, room, seq, *rest: before(self, room, max(1, seq - 1) if seq else 0, *rest),
    )


def some_are_not_told(patch: pytest.MonkeyPatch, where: Place) -> None:
    """Who has been in the room for longest is left out when something is published."""
    deliver = Room.deliver

    def deliver_to_some(self: Room) -> None:
        first = next(iter(self._members), None)
        if first is None or not self._lines:
            return
        role = self._members.pop(first)
        deliver(self)
        self._members[first] = role

    patch.setattr(Room, "deliver", deliver_to_some)


# --- the client --------------------------------------------------------------------------------


def no_mark(patch: pytest.MonkeyPatch, where: Place) -> None:
    """What is at or below the mark is shown another time."""
    received = Timeline.received

    def receive(self: Timeline, entry: Any) -> Any:
        row = self.list.row(entry.seq)
        if row is None or entry.seq > self.mark or not self.opened:
            return received(self, entry)
        position = len(self.list.seqs)
        return [Inserted(self.room, position, (self.list.shown(entry.seq),))]

    patch.setattr(Timeline, "received", receive)


def gaps_are_not_seen(patch: pytest.MonkeyPatch, where: Place) -> None:
    """Whatever comes is shown, and the mark is set to it."""

    def advance(self: Timeline) -> Any:
        changes = []
        while self._ahead:
            self.mark = min(self._ahead)
            entry = self._ahead.pop(self.mark)
            self.mark_time = entry.time
            changes += self._deal_with(entry)
        return changes

    patch.setattr(Timeline, "_advance", advance)


def what_was_missed_is_not_asked_for(patch: pytest.MonkeyPatch, where: Place) -> None:
    """After a reconnection the client waits for the next message."""
    patch.setattr(Timeline, "connected", lambda self: None)
    patch.setattr(CatchingUp, "begin", lambda self, marks: [])
    patch.setattr(Timeline, "resumes", lambda self: (self.mark, self.mark_time))


def a_new_cid_for_each_try(patch: pytest.MonkeyPatch, where: Place) -> None:
    """What is sent again after a disconnection looks like something new."""
    disconnected = Outbox.disconnected

    def rename(self: Outbox) -> None:
        for cid in list(self._in_flight):
            item = self._items[cid]
            del self._items[cid]
            self._items[f"{cid}'"] = replace(item, request=replace(item.request, cid=f"{cid}'"))
        disconnected(self)

    patch.setattr(Outbox, "disconnected", rename)


def what_was_in_flight_is_forgotten(patch: pytest.MonkeyPatch, where: Place) -> None:
    """A disconnection loses what had been sent and not acknowledged."""
    disconnected = Outbox.disconnected

    def forget(self: Outbox) -> None:
        for cid in list(self._in_flight):
            del self._items[cid]
        disconnected(self)

    patch.setattr(Outbox, "disconnected", forget)


def changes_are_made_as_they_come(patch: pytest.MonkeyPatch, where: Place) -> None:
    """Not in the order of their numbers."""
    received, deal_with = Timeline.received, Timeline._deal_with

    def is_change(self: Timeline, entry: Any) -> bool:
        return isinstance(entry, Change) and self.list.row(entry.target) is not None

    def receive(self: Timeline, entry: Any) -> Any:
        changes = self.list.change(entry) if is_change(self, entry) else []
        return [*changes, *received(self, entry)]

    def deal(self: Timeline, entry: Any) -> Any:
        return [] if is_change(self, entry) else deal_with(self, entry)

    patch.setattr(Timeline, "received", receive)
    patch.setattr(Timeline, "_deal_with", deal)


def ours_that_comes_back_is_not_known(patch: pytest.MonkeyPatch, where: Place) -> None:
    """It is shown like anybody's, beside the copy that waits."""
    patch.setattr(Writing, "received", lambda self, message, own: self._timelines.received(message))


def another_epoch_is_not_seen(patch: pytest.MonkeyPatch, where: Place) -> None:
    """The client goes on with the numbers of a database that is gone, and trusts them."""
    patch.setattr(ClientState, "_see_epoch", lambda self, epoch: [])
    patch.setattr(Timeline, "begin_again", lambda self: [])


def the_store_forgets_what_is_sent(patch: pytest.MonkeyPatch, where: Place) -> None:
    """The outbox on disk loses a message when it goes out, not when it is acknowledged."""
    take_unsaved = Outbox.take_unsaved

    def take(self: Outbox) -> Any:
        items, gone = take_unsaved(self)
        sent = [item.cid for item in items if item.sent]
        return [item for item in items if not item.sent], [*gone, *sent]

    patch.setattr(Outbox, "take_unsaved", take)


def the_store_keeps_the_mark_alone(patch: pytest.MonkeyPatch, where: Place) -> None:
    """The rows that the mark counts as had are not written with it."""
    write_log = Store._write_log
    patch.setattr(
        Store,
        "_write_log",
        lambda self, changes: write_log(self, replace(changes, rows=[])),
    )


BREAKS = [
    (acknowledge_before_commit, 5, "the server acknowledges|the server tells"),
    (publish_before_commit, 5, "the server tells .* and the database has None"),
    (no_unique_cid, 100, "not what was said|and now as|is stored . times"),
    (answers_mixed_up, 20, "the server acknowledges|the server tells"),
    (a_retry_has_another_place, 100, "the server acknowledges|and now as"),
    (refused_but_acknowledged, 50, "the server acknowledges|the server tells"),
    (numbers_with_holes, 20, "does not settle|has the numbers"),
    (a_page_begins_one_late, 100, "does not settle"),
    (a_page_ends_one_early, 100, "does not settle"),
    (some_are_not_told, 100, "does not settle"),
    (no_mark, 100, "out of order, or a thing twice"),
    (gaps_are_not_seen, 100, "does not settle"),
    (what_was_missed_is_not_asked_for, 200, "does not settle"),
    (a_new_cid_for_each_try, 100, "nobody said|not what was said|and it is lost"),
    (what_was_in_flight_is_forgotten, 100, "and it is lost|does not settle"),
    (changes_are_made_as_they_come, 300, "does not settle"),
    (ours_that_comes_back_is_not_known, 200, "beside itself"),
    (another_epoch_is_not_seen, 200, "does not settle|shows|lost"),
    (the_store_forgets_what_is_sent, 200, "and it is lost"),
    (the_store_keeps_the_mark_alone, 100, "does not settle"),
]


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("break_it", "seeds", "violation"),
    BREAKS,
    ids=[break_it.__name__ for break_it, _, _ in BREAKS],
)
def test_the_simulator_finds(
    break_it: Break, seeds: int, violation: str, where: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is broken on purpose, and calls it by its name."""
    break_it(monkeypatch, where)
    assert re.search(violation, first_violation(where, seeds))


def test_a_violation_is_told_with_the_way_to_see_it_again(
    where: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last steps, the figures, what was wrong, the command; and the exit status."""
    acknowledge_before_commit(monkeypatch, where)
    seed = next(seed for seed in range(1, 50) if run(seed, where).violations)
    assert main(["--seed", str(seed), "--trace", "--lines", "20"]) == 1
    told = capsys.readouterr().out.split("\n")
    assert sum(bool(re.match(r" *\d+\.\d{3} ", line)) for line in told) == 20
    assert any(re.fullmatch(" *1  violations", line) for line in told)
    assert any(line.startswith(f"seed {seed}: ") for line in told)
    assert told[-2] == f"    python -m tests.simulation --seed {seed} --trace"
