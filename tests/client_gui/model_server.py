"""A server in a few lines, as the specification describes it: what a client is tested against.

It has rooms with logs, answers every request at once, and knows neither connections nor time.
"""

from dataclasses import dataclass, field

from wire.messages import (
    Change,
    Chat,
    ChatMessage,
    Delete,
    Edit,
    History,
    ListRooms,
    MarkRead,
    Message,
    React,
    RenameRoom,
    Result,
    Resume,
    RoomInfo,
    SetTopic,
    Who,
)

PAGE = 3
"""Entries of a page: few, so that reading goes on from page to page."""

Numbered = Chat | Edit | Delete | React | SetTopic | RenameRoom


@dataclass
class Logged:
    """One entry of a log."""

    kind: str
    author: str
    text: str
    target: int
    time: int


@dataclass
class Said:
    """What has become of a message."""

    text: str
    changed: int = 0
    signs: set[tuple[str, str]] = field(default_factory=set)


class Room:
    """A log, and what the messages in it have become."""

    def __init__(self, reference: str, first_time: int = 0) -> None:
        self.reference = reference
        self.log: list[Logged] = []
        self.said: dict[int, Said] = {}
        self.marks: dict[str, int] = {}
        self._cids: dict[tuple[str, str], int] = {}
        self._first_time = first_time

    def take(self, author: str, request: Numbered) -> tuple[str, int, bool]:
        """Return the outcome, the number, and whether it is new."""
        known = self._cids.get((author, request.cid), 0)
        if known:
            return "ok", known, False
        kind, text, target = _what(request)
        if kind != "said" and target and not self._may(author, kind, text, target):
            return "no-such-message", 0, False
        seq = len(self.log) + 1
        self.log.append(Logged(kind, author, text, target, self._first_time + seq))
        self._cids[author, request.cid] = seq
        self._make(author, kind, text, target, seq)
        return "ok", seq, True

    def _may(self, author: str, kind: str, text: str, target: int) -> bool:
        said = self.said.get(target)
        if said is None or not said.text:
            return False
        if kind in ("edited", "deleted"):
            return self.log[target - 1].author == author
        return ((text, author) in said.signs) == (kind == "unreacted")

    def _make(self, author: str, kind: str, text: str, target: int, seq: int) -> None:
        if kind == "said":
            self.said[seq] = Said(text)
            return
        said = self.said.get(target, Said(""))
        match kind:
            case "edited":
                said.text, said.changed = text, seq
            case "deleted":
                said.text, said.changed, said.signs = "", seq, set()
            case "reacted":
                said.signs.add((text, author))
            case "unreacted":
                said.signs.discard((text, author))

    def entry(self, seq: int) -> ChatMessage | Change:
        """Number *seq*, as it is told now."""
        it = self.log[seq - 1]
        if it.kind == "said":
            said, target = self.said[seq], it.target
            return ChatMessage(
                it.author, said.text, it.author, self.reference, seq, it.time, target, said.changed
            )
        latest = self.said[it.target].text if it.kind == "edited" else it.text
        return Change(
            it.author, latest, it.author, self.reference, seq, it.time, it.kind, it.target
        )

    def page(self, request: History) -> list[Message]:
        """A page of history, and its end."""
        last = len(self.log)
        if request.since:
            seqs = list(range(request.since, last + 1))
            page, edge = seqs[:PAGE], seqs[PAGE : PAGE + 1]
        else:
            seqs = list(range(1, request.before or last + 1))
            page, edge = seqs[-PAGE:], seqs[-PAGE:][:1]
        continue_at = str(edge[0]) if len(page) < len(seqs) else ""
        return [*map(self.entry, page), Result(History.code, "ok", continue_at, self.reference)]

    def resume(self, seq: int, time: int, limit: int) -> list[Message]:
        """What came after number *seq*, and the end of it."""
        last = len(self.log)
        if seq > last or (seq and self.log[seq - 1].time != time):
            return [Result(Resume.code, "reset", self.reference)]
        if limit and last - seq > limit:
            return [Result(Resume.code, "too-far", self.reference, "", last)]
        missed = [self.entry(number) for number in range(seq + 1, last + 1)]
        return [*missed, Result(Resume.code, "ok", self.reference, "", last)]


class ModelServer:
    """Some rooms, and one client at a time; others are only names."""

    def __init__(self, *references: str) -> None:
        self.epoch = "1"
        self.rooms = {reference: Room(reference) for reference in references}

    def restore_a_backup(self) -> None:
        """All that was said is of another database from now on."""
        self.epoch += "1"
        time = 1_000 * len(self.epoch)
        self.rooms = {reference: Room(reference, time) for reference in self.rooms}

    def serve(self, user: str, request: Message) -> list[Message]:
        """Answer *request* of *user*."""
        match request:
            case Chat() | Edit() | Delete() | React() | SetTopic() | RenameRoom():
                return [self.take(user, request)[0]]
            case History():
                return self.rooms[request.room].page(request)
            case Resume():
                answers: list[Message] = []
                for mark in request.marks.split():
                    reference, seq, time = mark.rsplit(":", 2)
                    room = self.rooms[reference]
                    answers += room.resume(int(seq), int(time), request.limit)
                return answers
            case ListRooms():
                return [*map(self._info(user), self.rooms.values()), Result(ListRooms.code, "ok")]
            case MarkRead():
                marks = self.rooms[request.room].marks
                marks[user] = max(marks.get(user, 0), request.seq)
                return []
            case Who():
                return [Result(Who.code, "ok", "", "1")]
        return []

    def take(self, user: str, request: Numbered) -> tuple[Result, ChatMessage | Change | None]:
        """Number *request* of *user*: the answer, and what the others are told, if it is new."""
        room = self.rooms[request.room]
        outcome, seq, fresh = room.take(user, request)
        time = room.log[seq - 1].time if seq else 0
        answer = Result(request.code, outcome, request.cid, room.reference, seq, time)
        return answer, room.entry(seq) if fresh else None

    def _info(self, user: str) -> object:
        def info(room: Room) -> RoomInfo:
            read = room.marks.get(user, 0)
            others = [
                seq
                for seq, said in room.said.items()
                if seq > read and said.text and room.log[seq - 1].author != user
            ]
            kind = "lobby" if room.reference == "lobby" else "public"
            return RoomInfo(
                room.reference,
                kind,
                room.reference,
                "member",
                "",
                0,
                len(room.log),
                read,
                len(others),
            )

        return info


def _what(request: Numbered) -> tuple[str, str, int]:
    match request:
        case Chat():
            return "said", request.text, request.reply_to
        case Edit():
            return "edited", request.text, request.target
        case Delete():
            return "deleted", "", request.target
        case React():
            return ("reacted" if request.on == "1" else "unreacted"), request.sign, request.target
        case SetTopic():
            return "topic", request.topic, 0
    return "renamed", request.name, 0
