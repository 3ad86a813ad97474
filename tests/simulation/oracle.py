"""What must be true, and what was found not to be.

At every moment:

1. What the server tells (a message, an acknowledgement) is in the database by then, exactly so.
2. What a client shows as stored is in the database, with that sender and text.
3. What a client shows is in the order of the numbers, none twice. One thing is only counted: a
   message of its own may stand beside itself, stored and still waiting, from a history page that
   brings it until the answer to its cid, for a page does not say which cid a message had.
4. A cid that was acknowledged once is acknowledged with the same place for ever.

At the end, when no fault is left and everything has settled (:meth:`Oracle.judge`):

5. Each room's numbers are 1 to n without a hole, and each message is what somebody said, once.
6. Everything acknowledged is there, at its place, with the text that was sent first.
7. Everything that a client which lives still said is there.
8. Every client shows everything, in order.

The database is read by a connection of the oracle's own, which sees nothing but what is committed.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from operator import ge
from pathlib import Path
from typing import NamedTuple, Protocol

from client_gui.changes import Delivery, Entry
from tests.simulation.network import Link
from wire.codec import decode
from wire.framing import LineReader
from wire.messages import Chat, ChatMessage, Goodbye, Message, Result

ROWS = """
    SELECT message_id, room_name, seq, user_name, cid, text
    FROM message JOIN room USING (room_id) JOIN "user" ON "user".user_id = message.sender_id
    WHERE message_id > ? ORDER BY message_id
"""
LAST_NUMBERS = "SELECT room_name, last_seq FROM room"

_TOLD = (
    ChatMessage.code.encode(),
    b"|".join((Result.code.encode(), Chat.code.encode())),
    Goodbye.code.encode(),
)

Place = tuple[str, int]
"""A room's name and a number in it."""


class Row(NamedTuple):
    """A message that is stored."""

    user: str
    cid: str
    text: str


class Watched(Protocol):
    """A client, as the oracle sees it at the end."""

    name: str
    user: str
    promised: dict[str, str]

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
        self._database = sqlite3.connect(database, isolation_level=None)
        self._last_id = 0
        self._rows: dict[Place, Row] = {}
        self._places: dict[tuple[str, str], Place] = {}
        self._said: dict[tuple[str, str], str] = {}
        self._acknowledged: dict[tuple[str, str], Place] = {}
        self._users: dict[str, str] = {}
        self._streams: dict[int, LineReader] = {}
        self._checked: dict[str, dict[int, Entry]] = {}

    def close(self) -> None:
        self._database.close()

    # --- what is told to it ----------------------------------------------------------------------

    def client_begins(self, client: str, user: str) -> None:
        """A client has begun, with nothing on its screen."""
        self._users[client] = user
        self._checked[client] = {}

    def said(self, user: str, cid: str, text: str) -> None:
        self._said[user, cid] = text

    def sent_by_server(self, link: Link, data: bytes) -> None:
        """The server has just sent *data*."""
        reader = self._streams.setdefault(link.number, LineReader())
        reader.feed(data)
        while (frame := reader.next_frame()) is not None:
            if frame.startswith(_TOLD):
                self._told_by_server(self._users[link.client_name], decode(frame))

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
                place = self._places.get((user, entry.key))
                if place is not None and place[0] == room and place[1] in numbers:
                    self._violated(f"{client} shows {entry.key} beside itself")

    def acknowledged_of(self, user: str) -> list[str]:
        """The cids of *user* that the server has acknowledged."""
        return [cid for name, cid in self._acknowledged if name == user]

    def text_of(self, user: str, cid: str) -> str:
        return self._said[user, cid]

    # --- at the end ------------------------------------------------------------------------------

    def all_is_shown(self, client: Watched) -> bool:
        """Whether *client* shows every message there is."""
        self._read_on()
        return all(
            client.numbers(room) == list(range(1, last + 1)) for room, last in self._last_numbers()
        )

    def does_not_settle(self, left: str) -> None:
        """So many steps without a fault, and some have not got everything."""
        self._violated(f"it does not settle: {left}; the rooms have {dict(self._last_numbers())}")

    def judge(self, clients: Iterable[Watched]) -> None:
        """Everything has settled."""
        self._read_on()
        self._judge_store()
        for identity, place in self._acknowledged.items():
            if self._places.get(identity) != place:
                self._violated(f"{identity} was acknowledged as {place} and is not there")
        for client in clients:
            for cid in client.promised:
                if (client.user, cid) not in self._places:
                    self._violated(f"{client.name} wrote {cid}, and it is lost")
            for room, last in self._last_numbers():
                if client.numbers(room) != list(range(1, last + 1)):
                    self._violated(f"{client.name} has not all {last} of {room}")

    def _judge_store(self) -> None:
        cids = Counter((row.user, row.cid) for row in self._rows.values())
        for identity, times in cids.items():
            if times > 1:
                self._violated(f"{identity} is stored {times} times")
        for place, row in self._rows.items():
            if self._said.get((row.user, row.cid)) != row.text:
                self._violated(f"{place} holds {row}, which nobody said")
        for room, last in self._last_numbers():
            numbers = sorted(seq for name, seq in self._rows if name == room)
            if numbers != list(range(1, last + 1)):
                self._violated(f"{room} has the numbers {numbers}, and its last is {last}")

    # --- inside ----------------------------------------------------------------------------------

    def _told_by_server(self, user: str, message: Message) -> None:
        if isinstance(message, ChatMessage):
            place = (message.room, message.seq)
            row = self._row(place)
            if row is None or (row.user, row.text) != (message.username, message.text):
                self._violated(f"the server tells {message}, and the database has {row}")
        elif isinstance(message, Result):
            self.counts[f"chat {message.outcome}"] += 1
            if message.outcome == "ok":
                self._acknowledged_to(user, message)
        elif isinstance(message, Goodbye):
            self.counts[f"goodbye {message.reason}"] += 1

    def _acknowledged_to(self, user: str, result: Result) -> None:
        identity, place = (user, result.reference), (result.detail, result.seq)
        row = self._row(place)
        if row is None or (row.user, row.cid) != identity:
            self._violated(f"the server acknowledges {identity} as {place}, which is {row}")
        elif row.text != self._said.get(identity):
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
            row = self._row((room, entry.seq))
            if row is None or (row.user, row.text) != (entry.username, entry.text):
                self._violated(f"{client} shows {entry}, and the database has {row}")

    def _row(self, place: Place) -> Row | None:
        if place not in self._rows:
            self._read_on()
        return self._rows.get(place)

    def _read_on(self) -> None:
        found = self._database.execute(ROWS, (self._last_id,)).fetchall()
        for message_id, room, seq, user, cid, text in found:
            self._last_id = message_id
            self._rows[room, seq] = Row(user, cid, text)
            self._places.setdefault((user, cid), (room, seq))

    def _last_numbers(self) -> list[tuple[str, int]]:
        return self._database.execute(LAST_NUMBERS).fetchall()

    def _violated(self, what: str) -> None:
        self.violations.append(what)
