"""What we ask for rooms and their members, other than by numbered changes: create, join, invite …

The server answers requests of one kind in their order, so nothing more than their number is kept.
"""

from collections import deque

from client_gui.changes import Change, RoomOpened, RoomRefused, Send
from client_gui.state.rooms import is_reference
from wire.messages import CreateRoom, JoinRoom, Message, Result

MAX_ASKED = 32
"""Requests of one kind on their way: a click each."""

_OPENING = frozenset((CreateRoom.code, JoinRoom.code))


class RoomRequests:
    """Requests on their way, by their code."""

    def __init__(self) -> None:
        self._asked: dict[str, deque[Message]] = {}
        self._last_room = ""
        """The room that the server told us of last: what answers an opening request follows it."""

    def ask(self, request: Message) -> list[Change]:
        """Send *request*."""
        asked = self._asked.setdefault(request.code, deque())
        if len(asked) >= MAX_ASKED:
            return [RoomRefused(request.code, "full")]
        asked.append(request)
        return [Send(request)]

    def room_told(self, room: str) -> None:
        """The server told us that we are in *room*."""
        self._last_room = room

    def answered(self, result: Result) -> list[Change]:
        """The first request of this kind is answered."""
        asked = self._asked.get(result.request)
        if not asked:
            return []
        asked.popleft()
        if result.outcome != "ok":
            return [RoomRefused(result.request, result.outcome, result.detail)]
        if result.request not in _OPENING:
            return []
        told = (result.detail, result.reference, self._last_room)
        return [RoomOpened(room) for room in told if is_reference(room)][:1]

    def disconnected(self) -> list[Change]:
        """No answer will come, so nobody knows what has become of them."""
        refused = [
            RoomRefused(code, "offline") for code, asked in self._asked.items() for _ in asked
        ]
        self._asked.clear()
        return [*refused]
