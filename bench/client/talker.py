"""A server that says what it is told to: ``python -m bench.client.talker``, a process of its own.

The first line of its output is its port. Each line of input is an order with a number; ``done`` is
answered when what belongs to it has been sent. It is a process of its own so that its work is
not taken for the client's.
"""

import sys
import time

from bench.client.talk import NICKNAME, SINCE, rows
from tests.helpers.chat_server import ChatServer, Peer
from wire.messages import (
    Change,
    ChatMessage,
    ListRooms,
    LogIn,
    LoginResult,
    Member,
    Members,
    Message,
    Presence,
    Result,
    Resume,
    RoomInfo,
)

ROOM = "#1"
NAME = "All of us"
A_SECOND = 200
"""Messages a second of :meth:`Talker.keep_saying`."""

_BEATS = 40
_PAGE = 200
_PIECE = 500
"""Messages that are sent in one piece: some 64 KiB."""


class Talker:
    """The orders, each by its name."""

    def __init__(self) -> None:
        self.server = ChatServer(self._answer)
        self._said = 0
        self._members = 0

    def obey(self, line: str) -> None:
        """Do what *line* orders."""
        order, number = line.split()
        getattr(self, order)(int(number))

    # --- the orders ------------------------------------------------------------------------------

    def after(self, number: int) -> None:
        """The room has so many messages already."""
        self._said = number

    def say(self, count: int) -> None:
        """So many messages, as fast as they go."""
        made = [
            ChatMessage(row.nickname, row.text, row.username, ROOM, row.seq, row.time, row.reply_to)
            for row in rows(count, self._said + 1, seed=self._said)
        ]
        self._said += count
        self._send(made)

    def keep_saying(self, seconds: int) -> None:
        """Two hundred a second, for so many seconds."""
        began = time.monotonic()
        for beat in range(seconds * _BEATS):
            time.sleep(max(0.0, began + beat / _BEATS - time.monotonic()))
            self.say(A_SECOND // _BEATS)

    def react(self, count: int) -> None:
        """So many reactions to the latest message."""
        target = self._said
        self._send(
            [
                Change(f"nick{n}", "👍", f"other{n}", ROOM, target + n, SINCE, "reacted", target)
                for n in range(1, count + 1)
            ]
        )
        self._said += count

    def presence(self, count: int) -> None:
        """So many people come, and go again."""
        people = [(f"person{number}", f"同学{number}") for number in range(count)]
        self._send([Presence(*person, state) for state in "10" for person in people])

    def rooms(self, count: int) -> None:
        """So many other rooms, with a message in each."""
        made: list[Message] = []
        for number in range(1_000, 1_000 + count):
            room = f"#{number}"
            made.append(RoomInfo(room, "public", f"Room {number}", "member", "", 3))
            made.append(ChatMessage("Grace", "hello", "user2", room, 1, SINCE + number))
        self._send(made)

    def members(self, count: int) -> None:
        """The room has so many members, when they are asked for."""
        self._members = count

    # --- inside ----------------------------------------------------------------------------------

    def _send(self, messages: list) -> None:
        for first in range(0, len(messages), _PIECE):
            self.server.peer.send(*messages[first : first + _PIECE])

    def _answer(self, peer: Peer, message: Message) -> None:
        match message:
            case LogIn(username):
                peer.username = username
                peer.send(LoginResult("1", NICKNAME, username, epoch="bench"))
            case ListRooms():
                seq = self._said
                peer.send(
                    RoomInfo(ROOM, "public", NAME, "member", "", 30, seq, seq),
                    Result(ListRooms.code, "ok"),
                )
            case Resume(marks):
                for mark in marks.split():
                    peer.send(Result(Resume.code, "ok", mark.partition(":")[0]))
            case Members(_, after):
                self._answer_members(peer, int(after or 0))
            case _:
                self.server.answer_politely(peer, message)

    def _answer_members(self, peer: Peer, first: int) -> None:
        end = min(first + _PAGE, self._members)
        page = [Member(f"m{n:05}", f"同学{n}", "member", "1") for n in range(first, end)]
        peer.send(*page, Result(Members.code, "ok", str(end) if end < self._members else ""))


def main() -> int:
    """Obey until the input ends."""
    talker = Talker()
    with talker.server as server:
        print(server.port, flush=True)
        for line in sys.stdin:
            talker.obey(line)
            print("done", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
