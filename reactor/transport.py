"""One connected socket: reading, sending, and closing once.

1. Nothing here ever waits. A read takes what is there, once per turn; what cannot be sent is
   queued.
2. What is written during a turn goes out at its end, in one send where it may be joined. Order is
   kept.
3. Over the *soft* mark the peer is behind, and its receiver is told, once, and again when it has
   caught up. Over the *hard* mark it is a slow reader and given up: what was not begun to be sent
   is dropped; then it is told why if it still listens, and closed. Nobody else notices.
4. ``connection_lost`` comes exactly once, whoever closed, and nothing comes after it.
5. A close says what is queued first, then ends our direction, then reads and forgets what the peer
   still sends until it ends its own: closing at once would make the system reset the connection,
   and the last words would be lost. LINGER bounds the wait.

Nearly always a turn has one piece for a peer, shared with everybody in a room, and the socket takes
it: that way has no queue in it, and no object is made on it but a list of one.
"""

import errno
import logging
import socket
from collections import deque
from itertools import islice
from typing import Protocol, TypeAlias

from reactor.loop import READ, WRITE, Loop, Timer
from reactor.send_queues import SendQueues

log = logging.getLogger(__name__)

# Bytes taken from a socket in one turn: some hundred messages, and no more than a fair share.
RECEIVE_SIZE = 64 * 1024

# Queued pieces that go out in one send. A send costs as much as some ten of them, and systems take
# no more than about a thousand.
PIECES_AT_ONCE = 64

# Seconds between our last word and giving up on a peer that does not end its direction.
LINGER = 3.0

# What sending or receiving fails with when there is no memory for it, though the connection is
# well; beside Python's own error.
_SHORTAGES = frozenset((errno.ENOBUFS, errno.ENOMEM))

# Seconds for which a connection is left alone after that. The system may call such a socket ready
# all the while, so asking it would keep the processor busy.
SHORTAGE_REST = 0.1

# Pieces are sent together as they are, where the system can do that. Windows cannot.
_CAN_GATHER = hasattr(socket.socket, "sendmsg")

Piece: TypeAlias = bytes | memoryview
"""Whole frames. Many transports may share one."""


class Receiver(Protocol):
    """What a transport tells its owner."""

    def data_received(self, data: bytes) -> None: ...

    def eof_received(self) -> None:
        """The peer has said its last word; it may still listen. Close when it has been answered."""

    def behind(self, is_behind: bool) -> None:
        """The send queue has gone over the soft mark, or has come back to half of it."""

    def last_words(self) -> bytes:
        """The connection is about to be closed as a slow reader: what to tell the peer."""

    def connection_lost(self, reason: str) -> None: ...


class Transport:
    """A connected, non-blocking socket on the loop.

    Attributes:
        peer: its address.
        queued: bytes that the socket has not taken yet, without those that this turn has written.
    """

    __slots__ = (
        "_at_once", "_begun", "_behind", "_closing", "_events", "_linger", "_loop", "_lost",
        "_outbox", "_queue", "_queues", "_reading", "_receiver", "_resting", "_shut", "_sock",
        "peer", "queued",
    )  # fmt: skip

    def __init__(self, loop: Loop, sock: socket.socket, peer: str, queues: SendQueues) -> None:
        self.peer = peer
        self.queued = 0
        self._loop = loop
        self._sock = sock
        self._queues = queues
        self._outbox: list[Piece] | None = None  # of this turn; None: no flush is due
        self._queue: deque[Piece] | None = None  # what the socket did not take; never empty
        self._begun = False  # whether a part of the first piece in the queue has been sent
        self._receiver: Receiver  # from start() on
        self._at_once = PIECES_AT_ONCE
        self._events = 0
        self._reading = False
        self._behind = False
        self._resting = False  # after a shortage
        self._closing = False
        self._shut = False
        self._lost = False
        self._linger: Timer | None = None

    def __repr__(self) -> str:
        state = "lost" if self._lost else "closing" if self._closing else "open"
        return f"<Transport {self.peer} {state} queued={self.queued}>"

    # --- for the owner

    def start(self, receiver: Receiver, *, joins: bool = True) -> None:
        """Begin to read. *joins*: whether pieces written apart may be sent together."""
        self._receiver = receiver
        self._at_once = PIECES_AT_ONCE if joins else 1
        self.resume_reading()

    def write(self, data: Piece) -> None:
        """Send *data*, which is whole frames, at the end of the turn. Ignored when closing."""
        if self._closing or not data:
            return
        if self._outbox is None:
            self._outbox = [data]
            self._queues.written.append(self)
        else:
            self._outbox.append(data)

    def pause_reading(self) -> None:
        self._reading = False
        self._watch()

    def resume_reading(self) -> None:
        if not self._closing:
            self._reading = True
            self._watch()

    def close(self) -> None:
        """Send what is queued, then close. What is written after this is ignored."""
        if not self._closing:
            self._closing = True
            self._linger = self._loop.call_later(LINGER, self.abort, "closed")
            self._reading = False
            self._watch()
            self._flush_at_turn_end()

    def give_up(self, mark: str) -> None:
        """The peer reads too slowly, or does not read what it is told last: hold nothing more for
        it but what was begun."""
        if self._closing:
            self.abort("given up")
            return
        self._closing = True
        self._reading = False
        self._queues.given_up(self, mark, self.queued)
        self._drop_unsent()
        self._watch()

    def close_slow(self, mark: str, queued: int) -> None:
        """It was given up with so many bytes: say why, and close."""
        if not self._lost:
            log.warning("slow reader closed peer=%s queued=%d mark=%s", self.peer, queued, mark)
            words = self._receiver.last_words()
            self._flush_at_turn_end()
            if words and self._outbox is not None:
                self._outbox.append(words)
            self._linger = self._loop.call_later(LINGER, self.abort, "closed")

    def abort(self, reason: str = "aborted") -> None:
        """Close now, whatever is queued."""
        if self._lost:
            return
        self._lost = self._closing = True
        if self._linger is not None:
            self._linger.cancel()
        self._reading = False
        self._queue = None
        self._grow(-self.queued)
        self._watch()
        self._sock.close()
        self._receiver.connection_lost(reason)

    def flush(self) -> None:
        """The turn ends: send what it has written, unless the socket is known to be full."""
        pieces, self._outbox = self._outbox, None
        if not pieces or self._closing or self._queue is not None or len(pieces) > self._at_once:
            self._flush_in_order(pieces or [])
            return
        try:  # and here, not in methods of their own: their calls would cost a tenth of the send
            sent = self._sock.send(pieces[0]) if len(pieces) == 1 else self._send_together(pieces)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except (OSError, MemoryError) as error:
            if not self._rest(error):
                return
            sent = 0
        size = len(pieces[0]) if len(pieces) == 1 else sum(map(len, pieces))
        if sent < size:
            queue = self._queue = deque(pieces)
            self._drop_sent(queue, pieces, sent)
            self._queue_changed(size - sent)

    # --- reading

    def _readable(self) -> None:
        if self._lost or not (self._reading or self._shut):
            return  # paused or closed earlier in this turn
        try:
            data = self._sock.recv(RECEIVE_SIZE)
        except (BlockingIOError, InterruptedError):
            return
        except (OSError, MemoryError) as error:
            if self._rest(error):
                self._watch()
            return
        if self._shut:
            if not data:
                self.abort("closed")
        elif data:
            self._receiver.data_received(data)
        else:
            self.pause_reading()
            self._receiver.eof_received()

    # --- writing

    def _writable(self) -> None:
        if self._lost or self._queue is None:
            return
        self._send_queue(self._queue)
        self._go_on_closing()

    def _flush_at_turn_end(self) -> None:
        if self._outbox is None:
            self._outbox = []
            self._queues.written.append(self)

    def _flush_in_order(self, pieces: list[Piece]) -> None:
        """Send *pieces* behind what is queued, and then go on closing."""
        if pieces and not self._lost:
            is_full = self._queue is not None
            queue = self._queue = self._queue or deque()
            queue.extend(pieces)
            self._grow(sum(map(len, pieces)))
            if is_full:
                self._check_marks()
            else:
                self._send_queue(queue)
        self._go_on_closing()

    def _send_queue(self, queue: deque[Piece]) -> None:
        """Send until the *queue* is empty or the socket full."""
        queued = self.queued
        try:
            while queue:
                pieces = list(islice(queue, self._at_once))
                sent = self._send_together(pieces)
                queued -= sent
                if self._drop_sent(queue, pieces, sent):
                    break
        except (BlockingIOError, InterruptedError):
            pass
        except (OSError, MemoryError) as error:
            if not self._rest(error):
                return
        self._queue_changed(queued - self.queued)

    def _rest(self, error: OSError | MemoryError) -> bool:
        """Something has failed: do nothing for a moment if that may help, and return whether it
        may; if not, the connection is lost."""
        if not isinstance(error, MemoryError) and error.errno not in _SHORTAGES:
            self.abort(_reason(error))
            return False
        self._loop.call_later(SHORTAGE_REST, self._rested)  # first: it may fail for the same reason
        self._queues.shortages += 1
        self._resting = True
        return True

    def _rested(self) -> None:
        self._resting = False
        self._writable()
        self._watch()

    def _send_together(self, pieces: list[Piece]) -> int:
        if len(pieces) == 1:
            return self._sock.send(pieces[0])
        return self._sock.sendmsg(pieces) if _CAN_GATHER else self._sock.send(b"".join(pieces))

    def _drop_sent(self, queue: deque[Piece], pieces: list[Piece], sent: int) -> bool:
        """Take the first *sent* bytes off the *queue*, which begins with *pieces*; return whether
        that cut any of them short."""
        for piece in pieces:
            if sent < len(piece):
                queue[0] = memoryview(piece)[sent:] if sent else piece
                self._begun = self._begun or sent > 0
                return True
            sent -= len(piece)
            queue.popleft()
            self._begun = False
        return False

    def _drop_unsent(self) -> None:
        """Keep only the piece whose beginning has gone out: the peer's frames stay whole."""
        begun = self._queue[0] if self._queue and self._begun else None
        self._outbox = None if self._outbox is None else []
        self._queue = None if begun is None else deque((begun,))
        self._grow((0 if begun is None else len(begun)) - self.queued)

    def _queue_changed(self, by: int) -> None:
        """There are *by* bytes more in the queue: see whether the peer is behind."""
        if not self._queue:
            self._queue = None
        self._grow(by)
        self._check_marks()
        self._watch()

    def _grow(self, by: int) -> None:
        if by:
            self.queued += by
            self._queues.changed(self, by)

    def _check_marks(self) -> None:
        marks = self._queues.marks
        if self.queued > marks.hard and not self._closing:
            self.give_up("hard")
        is_behind = self.queued > (marks.soft // 2 if self._behind else marks.soft)
        if is_behind != self._behind and not self._closing:
            self._behind = is_behind
            self._receiver.behind(is_behind)

    # --- closing

    def _go_on_closing(self) -> None:
        """When everything is said: end our direction, and wait for the peer to end its own."""
        unsent = self._queue is not None or self._outbox is not None
        is_closing = self._linger is not None  # and not only given up
        if not is_closing or unsent or self._shut or self._lost:
            return
        self._shut = True
        try:
            self._sock.shutdown(socket.SHUT_WR)
        except OSError as error:
            self.abort(_reason(error))
        else:
            self._watch()

    def _watch(self) -> None:
        """Have the selector watch for what is wanted now, and nothing else."""
        wanted = self._wanted_events()
        if wanted == self._events:
            return
        if not self._events:
            self._loop.register(self._sock, wanted, self._readable, self._writable)
        elif wanted:
            self._loop.modify(self._sock, wanted, self._readable, self._writable)
        else:
            self._loop.unregister(self._sock)
        self._events = wanted

    def _wanted_events(self) -> int:
        if self._lost or self._resting:
            return 0
        is_full = self._queue is not None
        return (READ if self._reading or self._shut else 0) | (WRITE if is_full else 0)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
