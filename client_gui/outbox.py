"""Our own messages on their way: in order, bounded, and never lost when the connection is.

1. They are sent in the order in which they were written, at most ``MAX_IN_FLIGHT`` unacknowledged.
2. When the connection is lost, those in flight are the first to be sent again, with the same
   ``cid``, so that the server gives the answer it gave, and stores nothing twice.
3. Whoever adds looks at ``MAX_WAITING`` first; what is not added, the writer keeps.
"""

from collections import deque

from wire.messages import Chat

MAX_IN_FLIGHT = 32
"""Chats sent and not acknowledged: well over what a round trip needs, well under what a server
stops reading at."""

MAX_WAITING = 500
"""Our messages that the server has not taken: an evening of talking to a wall."""


class Outbox:
    """Chats by their ``cid``."""

    def __init__(self) -> None:
        self._waiting: deque[Chat] = deque()
        self._in_flight: dict[str, Chat] = {}
        self._open = False

    def __len__(self) -> int:
        return len(self._waiting) + len(self._in_flight)

    def add(self, chat: Chat) -> None:
        """Take *chat*, to be sent after the others."""
        self._waiting.append(chat)

    def answered(self, cid: str) -> Chat | None:
        """The server has said yes or no: return the chat, which is ours no more."""
        if cid in self._in_flight:
            return self._in_flight.pop(cid)
        # The answer may overtake our decision to send it again.
        for chat in self._waiting:
            if chat.cid == cid:
                self._waiting.remove(chat)
                return chat
        return None

    def connected(self) -> None:
        """The login has succeeded: :meth:`next_chats` may go."""
        self._open = True

    def disconnected(self) -> None:
        """Nothing can go before the next login. What is in flight waits again, first, in order."""
        self._open = False
        self._waiting.extendleft(reversed(self._in_flight.values()))
        self._in_flight.clear()

    def next_chats(self) -> list[Chat]:
        """Return what is to be sent now; it is in flight from here on."""
        chats: list[Chat] = []
        while self._open and self._waiting and len(self._in_flight) < MAX_IN_FLIGHT:
            chat = self._waiting.popleft()
            self._in_flight[chat.cid] = chat
            chats.append(chat)
        return chats
