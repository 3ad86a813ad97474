"""A yardstick: the least that a loop over ``selectors`` has to do, ``python -P bare_loop.py PORT``.

The first line of a connection names its room, and is answered ``in``; every further line is told to
all in the room, its sender too. What has come for a room in a turn of the loop is gathered, and
goes to each member with one send. Nobody logs in, nothing is stored, no queue has a bound. It shows
what Python costs here, and is no part of the product.
"""

import contextlib
import selectors
import socket
import sys

BACKLOG = 4096
RECEIVE = 65_536


class Member:
    """One connection: the line that has not ended, its room, and what could not be sent yet."""

    __slots__ = ("connection", "queue", "room", "tail")

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.tail = b""
        self.room: Room | None = None
        self.queue = bytearray()


class Room:
    """Members, and what has come for them in this turn."""

    def __init__(self) -> None:
        self.members: dict[Member, None] = {}
        self.gathered: list[bytes] = []


class BareLoop:
    """All connections."""

    def __init__(self, port: int) -> None:
        self._selector = selectors.DefaultSelector()
        self._listener = socket.create_server(("127.0.0.1", port), backlog=BACKLOG)
        self._listener.setblocking(False)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._rooms: dict[bytes, Room] = {}

    def run(self) -> None:
        """For ever."""
        while True:
            talked_in: dict[Room, None] = {}
            for key, events in self._selector.select():
                member = key.data
                if member is None:
                    self._accept()
                    continue
                if events & selectors.EVENT_WRITE:
                    self._flush(member)
                if events & selectors.EVENT_READ and self._read(member):
                    talked_in[member.room] = None
            for room in talked_in:
                self._tell(room)

    def _accept(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while True:
                connection, _ = self._listener.accept()
                connection.setblocking(False)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._selector.register(connection, selectors.EVENT_READ, Member(connection))

    def _read(self, member: Member) -> bool:
        """Whether something was said in the member's room."""
        try:
            data = member.connection.recv(RECEIVE)
        except ConnectionError:
            data = b""
        if not data:
            self._lose(member)
            return False
        lines, end, member.tail = (member.tail + data).rpartition(b"\n")
        if member.room is None and end:
            name, _, lines = (lines + end).partition(b"\n")
            self._enter(member, name)
            end = b""
        if lines or end:
            member.room.gathered.append(lines + end)
        return bool(lines or end)

    def _enter(self, member: Member, name: bytes) -> None:
        member.room = self._rooms.setdefault(name, Room())
        member.room.members[member] = None
        self._send(member, b"in\n")

    def _lose(self, member: Member) -> None:
        self._selector.unregister(member.connection)
        member.connection.close()
        if member.room is not None:
            member.room.members.pop(member, None)

    def _tell(self, room: Room) -> None:
        data = b"".join(room.gathered)
        room.gathered.clear()
        for member in list(room.members):
            self._send(member, data)

    def _send(self, member: Member, data: bytes) -> None:
        sent = 0
        if not member.queue:
            with contextlib.suppress(BlockingIOError, ConnectionError):
                sent = member.connection.send(data)
            if sent == len(data):
                return
            both = selectors.EVENT_READ | selectors.EVENT_WRITE
            self._selector.modify(member.connection, both, member)
        member.queue += memoryview(data)[sent:]

    def _flush(self, member: Member) -> None:
        with contextlib.suppress(BlockingIOError, ConnectionError):
            del member.queue[: member.connection.send(member.queue)]
        if not member.queue:
            self._selector.modify(member.connection, selectors.EVENT_READ, member)


if __name__ == "__main__":
    BareLoop(int(sys.argv[1])).run()
