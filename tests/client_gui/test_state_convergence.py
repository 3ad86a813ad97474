"""Whatever happens on the way, a client shows in the end what the server has: once, and in order.

A client with a store on disk, and a model of a server; between them a connection that may break at
any moment, duplicates, requests put off, and crashes of the client.
"""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from client_gui.changes import Change, Inserted, Phase, Removed, Send, Updated
from client_gui.events import Closed, Failure, Opened
from client_gui.items import Entry
from client_gui.log.store import Store
from client_gui.state.client_state import ClientState
from client_gui.state.outbox import MAX_TRIES
from client_gui.state.rooms import LOBBY
from tests.client_gui.model_server import ModelServer, Numbered, Room
from tests.client_gui.timeline_mirror import TimelineMirror
from wire.messages import (
    Chat,
    Delete,
    Edit,
    History,
    LoginResult,
    Message,
    React,
    Result,
    Resume,
    SetTopic,
)

ME, OTHER, THERE = "user1", "user2", "#1"
SIGN = "👍"

STEPS = (
    *("return", "return", "serve", "serve", "serve", "answer", "answer", "answer", "answer"),
    *("say held", "say held", "let go", "take back"),
    *("say", "say", "say there", "edit", "delete", "react", "unreact"),
    *("other says", "other says", "other edits", "other deletes", "other reacts", "twin says"),
    *("other topic", "serve", "serve", "serve silently", "answer", "answer", "answer", "again"),
    *("put off", "resend", "scroll up", "open", "mark", "lose", "return", "crash", "start offline"),
    *("restore a backup", "trim", "other deletes", "other edits", "crash", "return"),
)


class Encounter:
    """A client and a server."""

    def __init__(self, directory: Path | None) -> None:
        self.path = directory and directory / "store.sqlite3"
        self.server = ModelServer(LOBBY, THERE)
        self.on_the_way: list[Message] = []
        self.answers: list[Message] = []
        self.said: list[tuple[str, str]] = []
        self.held: list[str] = []
        self.sent: dict[str, list[str]] = {LOBBY: [], THERE: []}
        """Our messages of each room, as they were sent for the first time."""
        self.written = 0
        self.wishes = 0
        self.others = 0
        self.put_off = 0
        self._begin()
        self._return()

    def _begin(self) -> None:
        self.state = ClientState(Store(self.path) if self.path else None)
        self.mirrors = {LOBBY: TimelineMirror(), THERE: TimelineMirror()}
        self.held.clear()
        self.state.sign_in(ME)

    def follow(self, changes: list[Change]) -> None:
        for change in changes:
            if isinstance(change, Inserted | Updated | Removed):
                self.mirrors[change.room].follow([change])
            elif isinstance(change, Send):
                self.on_the_way.append(change.message)
                self._note_sent(change.message)

    def _note_sent(self, message: Message) -> None:
        """None overtakes another one that was written before it in the same room."""
        if isinstance(message, Chat) and message.cid not in self.sent[message.room]:
            sent = self.sent[message.room]
            sent.append(message.cid)
            assert message.cid not in self.held
            assert sent == sorted(sent, key=lambda cid: int(cid[1:]))

    def step(self, step: str) -> None:
        getattr(self, "_" + step.replace(" ", "_"))()
        # A message that was taken, but is put off when it is sent again, comes back beside itself:
        # nobody can know before the server says so.
        for room, cid in self.said if not self.put_off else ():
            assert [entry.text for entry in self.mirrors[room].entries].count(cid) <= 1, step

    @property
    def online(self) -> bool:
        return self.state.phase is Phase.ONLINE

    # --- this person -----------------------------------------------------------------------------

    def _say(self, room: str = LOBBY, held: bool = False) -> None:
        if self.state.phase is Phase.SIGNING_IN:
            return
        self.written += 1
        cid = f"c{self.written}"
        self.said.append((room, cid))
        shown = self.mirrors[room].entries
        reply_to = shown[len(shown) // 3].seq if self.written % 2 and shown else 0
        if held:
            self.held.append(cid)
        self.follow(self.state.say(room, cid, cid, 1, reply_to, held))

    def _say_held(self) -> None:
        self._say(THERE if self.written % 3 == 0 else LOBBY, held=True)

    def _let_go(self) -> None:
        if self.held:
            self.follow(self.state.let_go(self.held.pop(self.written % len(self.held))))

    def _take_back(self) -> None:
        if self.held:
            cid = self.held.pop()
            self.said = [(room, other) for room, other in self.said if other != cid]
            self.follow(self.state.discard(cid))

    def _say_there(self) -> None:
        self._say(THERE)

    def _target(self, own: bool) -> Entry | None:
        rows = [e for e in self.mirrors[LOBBY].entries if e.seq and not (e.deleted or e.notice)]
        rows = [entry for entry in rows if entry.own or not own]
        return rows[self.wishes % len(rows)] if rows else None

    def _wish_id(self) -> str:
        self.wishes += 1
        return f"w{self.wishes}"

    def _edit(self) -> None:
        if entry := self._target(own=True):
            cid = self._wish_id()
            self.follow(self.state.edit(LOBBY, entry.seq, f"{entry.text[:5]} by {cid}", cid))

    def _delete(self) -> None:
        if entry := self._target(own=True):
            self.follow(self.state.delete(LOBBY, entry.seq, self._wish_id()))

    def _react(self, on: bool = True) -> None:
        if entry := self._target(own=False):
            self.follow(self.state.react(LOBBY, entry.seq, SIGN, on, self._wish_id()))

    def _unreact(self) -> None:
        self._react(on=False)

    def _scroll_up(self) -> None:
        for room in self.mirrors:
            self.follow(self.state.read_older(room))

    def _open(self) -> None:
        self.follow(self.state.open_room(THERE))

    def _mark(self) -> None:
        seqs = [entry.seq for entry in self.mirrors[LOBBY].entries if entry.seq]
        self.follow(self.state.mark_read(LOBBY, max(seqs, default=0)))
        self.follow(self.state.tell_read())

    # --- others ----------------------------------------------------------------------------------

    def _publish(self, author: str, request: Numbered) -> None:
        _, told = self.server.take(author, request)
        if told is not None and self.online:
            self.answers.append(told)

    def _cid(self) -> str:
        self.others += 1
        return f"o{self.others}"

    def _other_says(self, author: str = OTHER) -> None:
        cid = self._cid()
        room = LOBBY if self.others % 3 else THERE
        self._publish(author, Chat(author, cid, room, cid))

    def _twin_says(self) -> None:
        self._other_says(ME)

    def _others_target(self) -> int:
        room = self.server.rooms[LOBBY]
        theirs = [seq for seq in room.said if room.log[seq - 1].author == OTHER]
        return theirs[self.others % len(theirs)] if theirs else 0

    def _other_edits(self) -> None:
        if target := self._others_target():
            cid = self._cid()
            self._publish(OTHER, Edit(LOBBY, target, f"edited {cid}", cid))

    def _other_deletes(self) -> None:
        if target := self._others_target():
            self._publish(OTHER, Delete(LOBBY, target, self._cid()))

    def _other_reacts(self) -> None:
        said = list(self.server.rooms[LOBBY].said)
        if said:
            cid = self._cid()
            target = said[self.others % len(said)]
            on = "1" if self.others % 2 else "0"
            self._publish(OTHER, React(LOBBY, target, SIGN, on, cid))

    def _other_topic(self) -> None:
        cid = self._cid()
        self._publish(OTHER, SetTopic(LOBBY, f"topic {cid}", cid))

    # --- the server and the connection -----------------------------------------------------------

    def _serve(self) -> None:
        """The next request; its answer has its place among the messages."""
        if self.on_the_way:
            request = self.on_the_way.pop(0)
            self.answers += self.server.serve(ME, request)

    def _serve_silently(self) -> None:
        """It was taken, but the connection is dead: nobody hears the answer."""
        if self.on_the_way:
            self.server.serve(ME, self.on_the_way.pop(0))
            self._lose()

    def _answer(self) -> None:
        if self.answers and self.online:
            self.follow(self.state.apply(self.answers.pop(0)))

    def _again(self) -> None:
        """Something that was delivered is delivered another time."""
        room = self.server.rooms[LOBBY]
        shown = [entry.seq for entry in self.mirrors[LOBBY].entries if entry.seq]
        if shown and self.online and shown[0] <= len(room.log):
            self.follow(self.state.apply(room.entry(shown[0])))

    def _put_off(self) -> None:
        """The server is busy for whatever is on the way."""
        if self.put_off < MAX_TRIES - 1:
            self.put_off += 1
            with_cid = [request for request in self.on_the_way if hasattr(request, "cid")]
            self.answers += [Result(request.code, "busy", request.cid) for request in with_cid]
            self.answers += [
                Result(request.code, "busy")
                for request in self.on_the_way
                if isinstance(request, History | Resume)
            ]
            self.on_the_way = [
                request
                for request in self.on_the_way
                if not (hasattr(request, "cid") or isinstance(request, History | Resume))
            ]

    def _resend(self) -> None:
        self.follow(self.state.resend())

    def _lose(self) -> None:
        if self.online:
            self.answers.clear()
            self.on_the_way.clear()
            self.follow(self.state.apply(Closed(Failure.LOST)))

    def _return(self) -> None:
        if not self.online:
            if self.state.phase is Phase.OFFLINE:
                self.state.return_now()
            welcome = LoginResult("1", "itcast1", ME, epoch=self.server.epoch)
            self.follow(self.state.apply(Opened(), welcome))

    def _crash(self) -> None:
        """The program is gone with what it had in memory, and starts again."""
        if self.path is not None:
            self.state.close()
            self.answers.clear()
            self.on_the_way.clear()
            self._begin()

    def _start_offline(self) -> None:
        self._crash()
        if self.state.phase is Phase.SIGNING_IN:
            self.follow(self.state.apply(Closed(Failure.REFUSED)))
            assert self.state.phase is Phase.OFFLINE
            # What waits is shown from the first moment.
            shown = [e.key for m in self.mirrors.values() for e in m.entries if not e.seq]
            assert len(shown) == self.state.unsettled

    def _restore_a_backup(self) -> None:
        """While the connection is away."""
        if self.state.phase is Phase.OFFLINE and self.server.epoch == "1" and self.wishes > 3:
            self.server.restore_a_backup()
            self.said = [(room, cid) for room, cid in self.said if self._waits(room, cid)]

    def _waits(self, room: str, cid: str) -> bool:
        return any(entry.key == cid and not entry.seq for entry in self.mirrors[room].entries)

    def _trim(self) -> None:
        """Memory is short: the oldest rows go. They come again from disk or server."""
        timeline = self.state._timelines.find(LOBBY)
        if timeline is not None and len(timeline.list.seqs) > 2:
            self.follow(timeline.list.trim(1))
            timeline.bottom = max(timeline.bottom, timeline.list.seqs[0])
            timeline.complete = False

    def finish(self) -> None:
        """The connection holds until everything has come that can."""
        while self.held:
            self._let_go()
        self._return()
        self._open()
        entries = sum(len(room.log) for room in self.server.rooms.values()) + len(self.said)
        for _ in range(entries + 5):
            for _ in range(1_000):
                if not (self.answers or self.on_the_way or self.state.unsettled):
                    break
                self._resend()
                self._serve()
                self._answer()
            self._resend()
            self._scroll_up()

    # --- what must hold --------------------------------------------------------------------------

    def check(self) -> None:
        for reference, room in self.server.rooms.items():
            shown = self.mirrors[reference].entries
            rows = [n for n, it in enumerate(room.log, 1) if it.kind in ("said", "topic")]
            assert [entry.seq for entry in shown] == rows
            for entry in shown:
                self._check_entry(entry, reference)
        for room, cid in self.said:
            said = [it for it in self.server.rooms[room].log if it.author == ME]
            assert sum(it.text == cid for it in said if it.kind == "said") == 1
        assert self.state.unsettled == 0

    def _check_entry(self, entry: Entry, reference: str) -> None:
        room = self.server.rooms[reference]
        it = room.log[entry.seq - 1]
        assert entry.own == (it.author == ME)
        if it.kind == "topic":
            assert (entry.notice, entry.text) == ("topic", it.text)
            return
        said = room.said[entry.seq]
        assert (entry.text, entry.deleted) == (said.text, not said.text)
        assert entry.edited == bool(said.changed and said.text)
        signs = {(r.sign, name) for r in entry.reactions for name in r.names}
        names = {"itcast1": ME, ME: ME}
        assert {(sign, names.get(name, name)) for sign, name in signs} == said.signs
        assert all(r.mine == ((r.sign, ME) in said.signs) for r in entry.reactions)
        assert not entry.changing
        if it.target:
            assert entry.reply is not None
            assert entry.reply.text == self._quotable(room, it.target)

    def _quotable(self, room: Room, seq: int) -> str:
        """What a quote of number *seq* shows. Behind a backup, it may be anything, or nothing."""
        it = room.log[seq - 1] if seq <= len(room.log) else None
        if it is None or it.kind not in ("said", "topic"):
            return ""
        return room.said[seq].text if it.kind == "said" else it.text


_MANY = st.lists(st.sampled_from(STEPS), max_size=60)
"""Steps in any order."""


@given(_MANY)
def test_without_a_disk(steps: list[str]) -> None:
    """Each message once and in order, each change made, whatever comes in between."""
    encounter = Encounter(None)
    for step in steps:
        encounter.step(step)
    encounter.finish()
    encounter.check()


@given(_MANY)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_with_a_disk_and_crashes(steps: list[str]) -> None:
    """What was written survives, and is sent until it is acknowledged."""
    with tempfile.TemporaryDirectory() as directory:
        encounter = Encounter(Path(directory))
        try:
            for step in steps:
                encounter.step(step)
            encounter.finish()
            encounter.check()
        finally:
            encounter.state.close()


def test_the_check_notices() -> None:
    """A message that is shown twice, or not at all, or with an old text."""
    encounter = Encounter(None)
    for step in ("other says", "answer", "other says", "serve", "answer"):
        encounter.step(step)
    encounter.finish()
    encounter.check()
    encounter.mirrors[LOBBY].entries.pop()
    with pytest.raises(AssertionError):
        encounter.check()
