"""What is ours and on its way, messages and changes alike: in one order, bounded, never lost.

1. They are sent in the order in which they were wished for, at most ``MAX_IN_FLIGHT``
   unacknowledged.
2. When the connection is lost, those in flight are the first to be sent again, with the same
   ``cid``, so that the server gives the answer it gave, and stores nothing twice. What has been
   sent once is neither altered nor taken away before it is answered: it may be stored.
3. When the server cannot take one for the moment, nothing more goes until :meth:`resume`, and that
   one is then among the first; ``MAX_TRIES`` times, before the refusal counts. Only what was on its
   way already may pass it.
4. A message that was refused stays, and waits for a person; a change that was refused is gone.
5. What is held goes when it is let go, and no message to the same room passes it. That it is held
   is not kept on disk: whatever ends the program lets it go.
6. Whoever adds looks at :attr:`full` first; what is not added, the writer keeps.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from client_gui.items import RETRYABLE
from client_gui.log.records import Item, Request
from wire.messages import Chat

MAX_IN_FLIGHT = 32
"""Requests sent and not acknowledged: well over what a round trip needs, well under what a server
stops reading at."""

MAX_WAITING = 500
"""Of ours, what the server has not taken: an evening of talking to a wall."""

MAX_TRIES = 6
"""Times that a server may say that it cannot take it now: with the growing waits between them half
a minute or more. After that, a person decides."""


class Outbox:
    """Items by their ``cid``."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._items = {item.cid: item for item in items}
        """All of them, in the order in which they were wished for."""
        self._in_flight: set[str] = set()
        self._tries: dict[str, int] = {}
        """How often the server has put off each of those that it has put off."""
        self._held: set[str] = set()
        self._open = False
        self._unsaved: dict[str, None] = {}

    def __len__(self) -> int:
        return len(self._items)

    @property
    def full(self) -> bool:
        """Whether nothing more may be added."""
        return len(self._items) >= MAX_WAITING

    @property
    def messages(self) -> int:
        """How many of them are messages."""
        return sum(isinstance(item.request, Chat) for item in self._items.values())

    @property
    def held(self) -> int:
        """How many wait for :meth:`let_go`."""
        return len(self._held)

    def items(self) -> list[Item]:
        """All of them, in order."""
        return list(self._items.values())

    def find(self, cid: str) -> Item | None:
        """The item, if there is one."""
        return self._items.get(cid)

    def add(self, request: Request, written: int, held: bool = False) -> None:
        """Take *request*, to be sent after the others; if it is *held*, after :meth:`let_go`."""
        if held:
            self._held.add(request.cid)
        self._put(Item(request, written))

    def let_go(self, cid: str) -> None:
        """It may be sent now."""
        self._held.discard(cid)

    def is_held(self, cid: str) -> bool:
        """Whether it waits for :meth:`let_go`."""
        return cid in self._held

    def answered(self, cid: str) -> Item | None:
        """The server has said yes or no, or nobody wants it any more: return it; it is gone."""
        item = self._items.pop(cid, None)
        if item is not None:
            self._land(cid)
            self._held.discard(cid)
            self._unsaved[cid] = None
        return item

    def refused(self, cid: str, reason: str, detail: str) -> None:
        """The server has said no to a message: it stays, and waits for a person."""
        self._land(cid)
        self._held.discard(cid)
        item = self._items[cid]
        # A refusal for the moment says nothing of what an earlier connection may have brought.
        self._put(
            replace(item, sent=item.sent and reason in RETRYABLE, reason=reason, detail=detail)
        )

    def altered(self, cid: str, request: Request) -> None:
        """Send *request*, which has the same id, in place of what is there."""
        self._put(replace(self._items[cid], request=request, reason="", detail=""))

    def renumbered(self, cid: str, request: Request) -> None:
        """Send *request* in place of what is there, whatever became of that so far."""
        self._put(replace(self._items[cid], request=request))

    def retry(self, cid: str) -> None:
        """What was refused is to be sent once more, after the others."""
        item = self._items.pop(cid)
        self._put(replace(item, reason="", detail=""))

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
        """The login has succeeded, or the wait is over: :meth:`next_requests` may go."""
        self._open = True

    def disconnected(self) -> None:
        """Nothing can go before the next login. What is in flight waits again."""
        self._open = False
        self._in_flight.clear()
        self._tries.clear()

    def next_requests(self) -> list[Request]:
        """Return what is to be sent now; it is in flight from here on."""
        if not self._open:
            return []
        room = MAX_IN_FLIGHT - len(self._in_flight)
        items = list(islice(self._waiting(), room))
        for item in items:
            self._in_flight.add(item.cid)
            if not item.sent:
                self._put(replace(item, sent=True))
        return [item.request for item in items]

    def _waiting(self) -> Iterator[Item]:
        """What may be sent, in order."""
        behind_held: set[str] = set()
        for item in self._items.values():
            if item.cid in self._held:
                behind_held.add(item.room)
            waits = item.room in behind_held and isinstance(item.request, Chat)
            if not (waits or item.cid in self._in_flight or item.reason):
                yield item

    def take_unsaved(self) -> tuple[list[Item], list[str]]:
        """Return the items that are new or different since the last time, and the ids of those that
        are gone."""
        items = [self._items[cid] for cid in self._unsaved if cid in self._items]
        gone = [cid for cid in self._unsaved if cid not in self._items]
        self._unsaved.clear()
        return items, gone

    def _put(self, item: Item) -> None:
        self._items[item.cid] = item
        self._unsaved[item.cid] = None

    def _land(self, cid: str) -> None:
        self._in_flight.discard(cid)
        self._tries.pop(cid, None)
