"""Our own messages on their way: in order, bounded, and never lost when the connection is.

1. They are sent in the order in which they were written, at most ``MAX_IN_FLIGHT`` unacknowledged.
2. When the connection is lost, those in flight are the first to be sent again, with the same
   ``cid``, so that the server gives the answer it gave, and stores nothing twice.
3. When the server cannot take one for the moment, nothing more goes until :meth:`resume`, and that
   one is then among the first; ``MAX_TRIES`` times, before the refusal counts. Only what was on its
   way already may pass it.
4. Whoever adds looks at ``MAX_WAITING`` first; what is not added, the writer keeps.
"""

from itertools import islice

from wire.messages import Chat

MAX_IN_FLIGHT = 32
"""Chats sent and not acknowledged: well over what a round trip needs, well under what a server
stops reading at."""

MAX_WAITING = 500
"""Our messages that the server has not taken: an evening of talking to a wall."""

MAX_TRIES = 6
"""Times that a server may say that it cannot take a message now: with the growing waits between
them half a minute or more. After that, a person decides."""


class Outbox:
    """Chats by their ``cid``."""

    def __init__(self) -> None:
        self._chats: dict[str, Chat] = {}
        """All of them, in the order in which they were written."""
        self._in_flight: set[str] = set()
        self._tries: dict[str, int] = {}
        """How often the server has put off each of those that it has put off."""
        self._open = False

    def __len__(self) -> int:
        return len(self._chats)

    def add(self, chat: Chat) -> None:
        """Take *chat*, to be sent after the others."""
        self._chats[chat.cid] = chat

    def answered(self, cid: str) -> Chat | None:
        """The server has said yes or no: return the chat, which is ours no more."""
        self._in_flight.discard(cid)
        self._tries.pop(cid, None)
        return self._chats.pop(cid, None)

    def put_off(self, cid: str) -> int:
        """The server cannot take it now: return how often it has said so.

        Nothing goes before :meth:`resume`. 0 if it is none of ours, or was put off often enough.
        """
        tries = self._tries.get(cid, 0) + 1
        if cid not in self._in_flight or tries >= MAX_TRIES:
            return 0
        self._tries[cid] = tries
        self._in_flight.remove(cid)
        self._open = False
        return tries

    def resume(self) -> None:
        """The login has succeeded, or the wait is over: :meth:`next_chats` may go."""
        self._open = True

    def disconnected(self) -> None:
        """Nothing can go before the next login. What is in flight waits again."""
        self._open = False
        self._in_flight.clear()
        self._tries.clear()

    def next_chats(self) -> list[Chat]:
        """Return what is to be sent now; it is in flight from here on."""
        if not self._open:
            return []
        room = MAX_IN_FLIGHT - len(self._in_flight)
        waiting = (chat for chat in self._chats.values() if chat.cid not in self._in_flight)
        chats = list(islice(waiting, room))
        self._in_flight.update(chat.cid for chat in chats)
        return chats
