"""Who is writing something, for a few seconds after the server has said so.

The owner calls :meth:`Typists.second_passed` every second while :attr:`Typists.anybody`.
"""

from collections.abc import Iterable

from client_gui.changes import TypingChanged

SHOWN_SECONDS = 6
"""Seconds that somebody is shown as writing: two of the announcements that their client makes."""

MAX_SHOWN = 20
"""Users of one room who are shown as writing: more than a line has room for."""

MAX_ROOMS = 256
"""Rooms in which somebody is shown as writing."""


class Typists:
    """By room and user name: nicknames, and the seconds that are left."""

    def __init__(self) -> None:
        self._rooms: dict[str, dict[str, tuple[str, int]]] = {}

    @property
    def anybody(self) -> bool:
        """Whether anybody is shown as writing."""
        return bool(self._rooms)

    def types(self, room: str, username: str, nickname: str) -> list[TypingChanged]:
        """The server says that somebody is writing in *room*."""
        writers = self._rooms.get(room, {})
        full = len(writers) >= MAX_SHOWN if writers else len(self._rooms) >= MAX_ROOMS
        if full and username not in writers:
            return []
        self._rooms[room] = {**writers, username: (nickname, SHOWN_SECONDS)}
        return [] if username in writers else [self._told(room)]

    def stopped(self, room: str, username: str) -> list[TypingChanged]:
        """What was being written has come."""
        return self._without(room, [username])

    def second_passed(self) -> list[TypingChanged]:
        """A second more has passed."""
        changes = []
        for room, writers in list(self._rooms.items()):
            self._rooms[room] = {who: (name, left - 1) for who, (name, left) in writers.items()}
            changes += self._without(room, [who for who, (_, left) in writers.items() if left <= 1])
        return changes

    def disconnected(self) -> list[TypingChanged]:
        """Nobody is known to write any more."""
        rooms, self._rooms = self._rooms, {}
        return [TypingChanged(room, ()) for room in rooms]

    def _without(self, room: str, usernames: Iterable[str]) -> list[TypingChanged]:
        writers = self._rooms.get(room, {})
        left = {who: writer for who, writer in writers.items() if who not in usernames}
        if len(left) == len(writers):
            return []
        self._rooms[room] = left
        if not left:
            del self._rooms[room]
        return [self._told(room)]

    def _told(self, room: str) -> TypingChanged:
        names = tuple(nickname for nickname, _ in self._rooms.get(room, {}).values())
        return TypingChanged(room, names)
