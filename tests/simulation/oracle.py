"""What must be true, and what was found not to be.

At every moment:

1. What the server tells (a message, a change, an acknowledgement) is in the database by then,
   exactly so; of a message that was edited, with one of its texts.
2. What a client shows as stored is in the database, with that sender and one of its texts.
3. What a client shows is in the order of the numbers, none twice, and nothing of its own beside
   itself.
4. A cid that was acknowledged once is acknowledged with the same place for ever, wherever its
   sender is by then.
5. Who is in a room no longer is told nothing more of it; if the answer was lost by which the server
   was to know, then from the moment at which it has found out.
6. What a user has read never becomes less, as long as they are in the room.

At the end, when no fault is left and everything has settled (:meth:`Oracle.judge`):

7. Each room's numbers are 1 to n without a hole, and each entry is what somebody wished for, once.
8. Everything acknowledged is there, at its place.
9. Everything said at a client and kept by it is there.
10. Messages have the text of their last change, and the signs that were put last; what was taken
    back is in no table any more.
11. Every client shows the rooms that its user is in, and in each of them everything, in order, with
    its text and signs.

When the database is replaced by an older copy, what is said of it begins anew.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import zip_longest
from operator import ge
from pathlib import Path
from typing import Protocol

from client_gui.items import Delivery, Entry, RoomItem
from client_gui.log.rows import MAX_SEQ
from client_gui.state.rooms import LOBBY
from reactor.records import Kind
from tests.simulation.database import Database, Place, Row, Signs, shown
from tests.simulation.disk import HIDING
from tests.simulation.network import Link
from wire.codec import decode
from wire.framing import LineReader
from wire.messages import (
    Change,
    Chat,
    ChatMessage,
    Delete,
    Edit,
    Goodbye,
    Message,
    React,
    RenameRoom,
    Result,
    RoomGone,
    RoomInfo,
    SetTopic,
)

_POSTING = frozenset(kind.code for kind in (Chat, Edit, Delete, React, SetTopic, RenameRoom))

_FINAL = ("no-such-room", "not-allowed")
"""Refusals after which nothing is sent again."""

_TOLD = (
    *(kind.code.encode() for kind in (ChatMessage, Change, Goodbye, RoomGone, RoomInfo)),
    *(f"{Result.code}|{code}".encode() for code in _POSTING),
)

COMMON = 4
"""Characters of a text that is somebody's alone; shorter ones many have said."""

Identity = tuple[str, str]
"""A user and a cid of theirs."""


class Watched(Protocol):
    """A client, as the oracle sees it at the end."""

    name: str
    user: str
    promised: dict[str, str]
    shown: dict[str, list[Entry]]
    rooms: dict[str, RoomItem]

    def numbers(self, room: str) -> list[int]: ...


class Oracle:
    """Watches one world.

    Attributes:
        violations: what was found, in order; empty is good.
        counts: how often each thing happened.
    """

    def __init__(self, database: Path, counts: Counter[str]) -> None:
        self.violations: list[str] = []
        self.counts = counts
        self._path = database
        self._database = Database(database)
        self._said: dict[Identity, str] = {}
        self._texts: dict[Place, set[str]] = defaultdict(set)
        """What a message may have been edited to."""
        self._acknowledged: dict[Identity, Place] = {}
        self._users: dict[str, str] = {}
        self._streams: dict[int, LineReader] = {}
        self._checked: dict[str, dict[int, Entry]] = {}
        self._may_go: set[tuple[str, str]] = set()
        self._gone_from: set[tuple[int, str]] = set()
        self._left: dict[tuple[str, str], tuple[int, int]] = {}
        self._members: dict[tuple[str, str], tuple[str, int]] = {}
        self._newest_link = 0
        self._faults = 0
        """How often the disk had failed when the database was looked at."""

    def close(self) -> None:
        self._database.close()

    # --- what is told to it ----------------------------------------------------------------------

    def client_begins(self, client: str, user: str) -> None:
        """A client has begun, with nothing on its screen."""
        self._users[client] = user
        self._checked[client] = {}

    def said(self, user: str, cid: str, text: str) -> None:
        self._said[user, cid] = text

    def wished(self, user: str, cid: str, text: str, target: Place | None = None) -> None:
        """Somebody wants a change, which brings *text*."""
        self._said[user, cid] = text
        if target is not None:
            self._texts[target].add(text)

    def may_go(self, user: str, room: str) -> None:
        """Somebody wants *user* out of *room*: what waits to be sent there may be dropped."""
        self._may_go.add((user, room))

    def back_up(self, path: Path) -> None:
        """Copy the database as it is."""
        self._database.copy_to(path)

    def put_back(self) -> None:
        """The database was replaced by an older copy."""
        self._database.close()
        self._database = Database(self._path)
        self._members = {}
        self._acknowledged.clear()
        self._left.clear()

    def sent_by_server(self, link: Link, data: bytes) -> None:
        """The server has just sent *data*."""
        self._newest_link = max(self._newest_link, link.number)
        self.look()
        reader = self._streams.setdefault(link.number, LineReader())
        reader.feed(data)
        while (frame := reader.next_frame()) is not None:
            if frame.startswith(_TOLD):
                self._told_by_server(self._users[link.client_name], link.number, decode(frame))

    def shown(self, client: str, user: str, rooms: dict[str, list[Entry]]) -> None:
        """This is what *client* shows now."""
        for room, entries in rooms.items():
            numbers = [entry.seq for entry in entries if entry.delivery is Delivery.STORED]
            if any(map(ge, numbers, numbers[1:])):
                self._violated(f"{client} shows {room} out of order, or a thing twice: {numbers}")
            waiting = entries[len(numbers) :]
            if any(entry.delivery is Delivery.STORED for entry in waiting):
                self._violated(f"{client} shows something stored behind what waits")
            self._check_new(client, room, entries)
            for entry in waiting:
                place = self._database.places.get((user, entry.key))
                if place is not None and place[0] == room and place[1] in numbers:
                    self._violated(f"{client} shows {entry.key} beside itself")

    def acknowledged_of(self, user: str) -> list[str]:
        """The cids of *user* that the server has acknowledged."""
        return [cid for name, cid in self._acknowledged if name == user]

    def room_of(self, user: str, cid: str) -> str:
        """Where that was acknowledged to be."""
        return self._acknowledged[user, cid][0]

    def text_of(self, user: str, cid: str) -> str:
        return self._said[user, cid]

    # --- at the end ------------------------------------------------------------------------------

    def lacks_older(self, client: Watched, room: str) -> bool:
        """Whether *client* does not show the first row of *room*."""
        expected = self._database.expected(room, client.user)
        return bool(expected) and client.numbers(room)[:1] != [expected[0].seq]

    def lacks(self, client: Watched) -> str:
        """What *client* does not show as the database has it; empty if it shows everything."""
        self._database.has_changed()
        rooms = {room for room in self._database.rooms() if self._database.is_in(client.user, room)}
        if set(client.rooms) != rooms:
            return f"lists {sorted(client.rooms)} and is in {sorted(rooms)}"
        for room in sorted(rooms):
            entries = list(map(shown, client.shown.get(room, [])))
            expected = self._database.expected(room, client.user)
            if entries != expected:
                pairs = zip_longest(entries, expected)
                wrong, right = next(pair for pair in pairs if pair[0] != pair[1])
                return f"shows in {room} {wrong}, which is {right}"
            read = self._database.members.get((client.user, room), ("", 0))[1]
            if client.rooms[room].read_seq != read:
                return f"has read {room} up to {client.rooms[room].read_seq}, the server has {read}"
        left = [room for room, entries in client.shown.items() if entries and room not in rooms]
        return f"still shows {left}" if left else ""

    def does_not_settle(self, left: str) -> None:
        """So many steps without a fault, and some have not got everything."""
        self._violated(f"it does not settle: {left}; the rooms have {self._database.rooms()}")

    def judge(self, clients: Iterable[Watched]) -> None:
        """Everything has settled."""
        self.look()
        self._database.read_all()
        self._judge_store()
        self._judge_texts()
        for identity, place in self._acknowledged.items():
            if self._database.places.get(identity) != place:
                self._violated(f"{identity} was acknowledged as {place} and is not there")
        for client in clients:
            for cid, room in client.promised.items():
                known = (client.user, cid) in self._database.places
                if not known and (client.user, room) not in self._may_go:
                    self._violated(f"{client.name} wrote {cid} in {room}, and it is lost")
            if lacks := self.lacks(client):
                self._violated(f"{client.name} {lacks}")

    def _judge_store(self) -> None:
        rows = self._database.rows
        cids = Counter((row.user, row.cid) for row in rows.values())
        for identity, times in cids.items():
            if times > 1:
                self._violated(f"{identity} is stored {times} times")
        for place, row in rows.items():
            if (row.user, row.cid) not in self._said:
                self._violated(f"{place} holds {row}, which nobody said")
        for room, last in self._database.rooms().items():
            numbers = sorted(seq for name, seq in rows if name == room)
            if numbers != list(range(1, last + 1)):
                self._violated(f"{room} has the numbers {numbers}, and its last is {last}")

    def _judge_texts(self) -> None:
        """Make all changes again, in the order of their numbers."""
        texts: dict[Place, str] = {}
        signs: dict[Place, Signs] = defaultdict(lambda: defaultdict(set))
        gone: list[str] = []
        for place in sorted(self._database.rows):
            row = self._database.rows[place]
            target, text = (place[0], row.target), self._said.get((row.user, row.cid), "")
            match row.kind:
                case Kind.SAID:
                    texts[place] = text
                case Kind.EDITED:
                    gone.append(texts[target])
                    texts[target] = text
                case Kind.DELETED:
                    gone.append(texts[target])
                    texts[target] = ""
                    signs.pop(target, None)
                case Kind.REACTED:
                    signs[target][text].add(row.user)
                case Kind.UNREACTED:
                    signs[target][text].discard(row.user)
        for place, text in texts.items():
            if self._database.rows[place].text != text:
                self._violated(f"{place} has {self._database.rows[place]}, and not {text!r}")
        self._judge_signs(signs)
        for text in gone:
            if len(text) > COMMON and (tables := self._database.holding(text)):
                self._violated(f"{text!r} was taken back, and is in {tables}")

    def _judge_signs(self, signs: dict[Place, Signs]) -> None:
        stored = self._database.signs()
        for place in {*signs, *stored}:
            wished = {sign: users for sign, users in signs[place].items() if users}
            if wished != stored.get(place, {}):
                self._violated(f"{place} has the signs {stored.get(place)}, and not {wished}")

    # --- inside ----------------------------------------------------------------------------------

    def look(self) -> None:
        """See who is where, and what they have read."""
        if not self._database.has_changed():
            return
        before, self._members = self._members, self._database.members
        faults = sum(self.counts[fault] for fault in HIDING)
        last: dict[str, int] = {}
        for (user, room), (role, read) in before.items():
            is_in = self._database.is_in(user, room)
            if role != "removed" and not is_in:
                last = last or self._database.rooms()
                seen = MAX_SEQ if faults > self._faults else last[room]
                self._left[user, room] = seen, self._newest_link
            elif is_in and role != "removed" and read > self._members[user, room][1]:
                self._violated(f"{user} had read {room} up to {read}, and now less")
        self._faults = faults

    def _told_by_server(self, user: str, link: int, message: Message) -> None:
        match message:
            case ChatMessage() | Change():
                self._told_to_a_member(user, link, message)
                self._told_as_stored(message)
            case Result():
                self.counts[f"chat {message.outcome}"] += 1
                if message.outcome == "ok":
                    self._acknowledged_to(user, message)
                elif message.outcome in _FINAL and (user, message.reference) in self._acknowledged:
                    self._violated(f"{user} is refused what was acknowledged: {message}")
            case Goodbye():
                self.counts[f"goodbye {message.reason}"] += 1
            case RoomGone(room):
                self._gone_from.add((link, room))
            case RoomInfo(room, role=role) if role:
                self._gone_from.discard((link, room))

    def _told_to_a_member(self, user: str, link: int, message: ChatMessage | Change) -> None:
        room = message.room
        if room == LOBBY:
            return
        if (link, room) in self._gone_from:
            self._violated(f"{user} was told to be gone from {room}, and is told {message}")
        if not self._database.is_in(user, room):
            last, newest_link = self._left.get((user, room), (0, 0))
            if message.seq > last or link > newest_link:
                self._violated(f"{user} is not in {room}, and is told {message}")

    def _told_as_stored(self, message: ChatMessage | Change) -> None:
        place = message.room, message.seq
        row = self._database.row(place)
        if isinstance(message, ChatMessage):
            right = row is not None and row.kind is Kind.SAID and message.cid == row.cid
            about = place
        else:
            right = row is not None and row.kind.name.lower() == message.kind
            about = message.room, message.target
            right = right and row is not None and row.target == message.target
        if not right or row is None or row.user != message.username:
            self._violated(f"the server tells {message}, and the database has {row}")
        elif message.text not in self._texts_of(about, row):
            self._violated(f"the server tells {message}, which nobody said")

    def _texts_of(self, place: Place, row: Row) -> set[str]:
        """What may be told of *place*, by *row*."""
        return {"", self._said.get((row.user, row.cid), ""), *self._texts.get(place, ())}

    def _acknowledged_to(self, user: str, result: Result) -> None:
        identity, place = (user, result.reference), (result.detail, result.seq)
        row = self._database.row(place)
        if row is None or (row.user, row.cid) != identity:
            self._violated(f"the server acknowledges {identity} as {place}, which is {row}")
        elif row.kind is Kind.SAID and row.text not in self._texts_of(place, row):
            self._violated(f"{identity} was stored as {row.text!r}, which is not what was said")
        if self._acknowledged.setdefault(identity, place) != place:
            first = self._acknowledged[identity]
            self._violated(f"{identity} was acknowledged as {first}, and now as {place}")

    def _check_new(self, client: str, room: str, entries: list[Entry]) -> None:
        """Entries are never changed, only replaced: what was looked at once is right for ever."""
        checked = self._checked[client]
        for entry in entries:
            if id(entry) in checked:
                continue
            checked[id(entry)] = entry
            if entry.delivery is not Delivery.STORED:
                continue
            place = room, entry.seq
            row = self._database.row(place)
            texts = self._texts_of(place, row) if row is not None else ()
            if row is None or row.user != entry.username or entry.text not in texts:
                self._violated(f"{client} shows {entry}, and the database has {row}")

    def _violated(self, what: str) -> None:
        self.violations.append(what)
