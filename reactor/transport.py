"""One connected socket: reading, the send queue with its marks, and closing once.

1. Nothing here ever waits. A read takes what is there, once per turn; what cannot be sent is
   queued.
2. What is written during a turn goes out at its end, in one send where it may be joined. Order is
   kept.
3. Over the *soft* mark the peer is behind, and its receiver is told, once, and again when it has
   caught up. Over the *hard* mark it is a slow reader: what was not begun to be sent is dropped, it
   is told why if it still listens, and it is closed. Nobody else notices.
4. The sum of all send queues has a bound too; when it is reached, the fullest queues are closed.
5. ``connection_lost`` comes exactly once, whoever closed, and nothing comes after it.
6. A close says what is queued first, then ends our direction, then reads and forgets what the peer
   still sends until it ends its own: closing at once would make the system reset the connection,
   and the last words would be lost. LINGER bounds the wait.
"""

import logging
import socket
from collections import Counter, deque
from dataclasses import dataclass
from typing import Protocol

from reactor.loop import READ, WRITE, Loop, Timer

log = logging.getLogger(__name__)

# Bytes taken from a socket in one turn: some hundred messages, and no more than a fair share.
RECEIVE_SIZE = 64 * 1024

# Queued pieces are joined into sends of up to this size: a send costs more than copying so much. A
# larger piece goes by itself: it is shared by all members of a room, and a copy would not be.
JOIN_SIZE = 64 * 1024

# Seconds between our last word and giving up on a peer that does not end its direction.
LINGER = 3.0


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


@dataclass(frozen=True)
class Marks:
    """Bytes: *soft* and *hard* for one send queue, *total* for the sum of them all."""

    soft: int
    hard: int
    total: int


class SendQueues:
    """All send queues together: who has something to send, and how much is queued in all."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.queued = 0
        self.closed_slow = Counter[str]()
        self._written: list[Transport] = []
        self._queueing: set[Transport] = set()

    def written(self, transport: "Transport") -> None:
        """*transport* has been written to, for the first time in this turn."""
        self._written.append(transport)

    def queue_changed(self, transport: "Transport", by: int) -> None:
        self.queued += by
        if transport.queued:
            self._queueing.add(transport)
        else:
            self._queueing.discard(transport)

    def flush(self) -> None:
        """Send what the turn has gathered. To be called at the end of every turn."""
        while self._written:
            self._written.pop().flush()  # which adds a slow reader again, to be closed
            if not self._written and self.queued > self.marks.total:
                self._close_fullest()

    def _close_fullest(self) -> None:
        for transport in sorted(self._queueing, key=lambda t: t.queued, reverse=True):
            if self.queued <= self.marks.total:
                return
            transport.close_slow("total")


class Transport:
    """A connected, non-blocking socket on the loop."""

    __slots__ = (
        "_behind", "_closing", "_events", "_flush_due", "_full", "_joins", "_linger", "_loop",
        "_lost", "_queue", "_queues", "_reading", "_receiver", "_shut", "_sock", "peer", "queued",
    )  # fmt: skip

    def __init__(self, loop: Loop, sock: socket.socket, peer: str, queues: SendQueues) -> None:
        self.peer = peer
        self.queued = 0
        self._loop = loop
        self._sock = sock
        self._queues = queues
        self._queue: deque[bytes | memoryview] = deque()
        self._receiver: Receiver  # from start() on
        self._joins = True
        self._events = 0
        self._reading = False
        self._flush_due = False
        self._full = False
        self._behind = False
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
        self._joins = joins
        self.resume_reading()

    def write(self, data: bytes) -> None:
        """Queue *data*; it is sent at the end of the turn. Ignored when closing."""
        if self._closing or not data:
            return
        self._enqueue(data)

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

    def close_slow(self, mark: str) -> None:
        """Close a peer that reads too slowly: drop what was not begun, say why, and close."""
        if self._closing:
            return
        self._queues.closed_slow[mark] += 1
        log.warning("slow reader closed peer=%s queued=%d mark=%s", self.peer, self.queued, mark)
        words = self._receiver.last_words()
        self._drop_unsent()  # with what the receiver has written as it took its leave
        if words:
            self._enqueue(words)
        self.close()

    def abort(self, reason: str = "aborted") -> None:
        """Close now, whatever is queued."""
        if self._lost:
            return
        self._lost = self._closing = True
        if self._linger is not None:
            self._linger.cancel()
        self._reading = False
        self._queue.clear()
        self._grow(-self.queued)
        self._watch()
        self._sock.close()
        self._receiver.connection_lost(reason)

    def flush(self) -> None:
        """The turn ends: send what it has queued, unless the socket is known to be full."""
        self._flush_due = False
        if self._full and self._queue:
            self._check_marks()
        else:
            self._writable()

    # --- reading

    def _readable(self) -> None:
        if self._lost or not (self._reading or self._shut):
            return  # paused or closed earlier in this turn
        try:
            data = self._sock.recv(RECEIVE_SIZE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self.abort(_reason(error))
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
        if self._lost or not self._send_queue():
            return
        self._check_marks()
        if self._closing and not self._queue:
            self._shut_down()
        self._watch()

    def _enqueue(self, data: bytes) -> None:
        self._queue.append(data)
        self._grow(len(data))
        self._flush_at_turn_end()

    def _flush_at_turn_end(self) -> None:
        if not self._flush_due:
            self._flush_due = True
            self._queues.written(self)

    def _send_queue(self) -> bool:
        """Send until the queue is empty or the socket full; False when the connection is lost."""
        try:
            while self._queue:
                chunk = self._next_chunk()
                sent = self._sock.send(chunk)
                self._grow(-sent)
                if sent < len(chunk):
                    self._queue[0] = memoryview(chunk)[sent:]
                    break
                self._queue.popleft()
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as error:
            self.abort(_reason(error))
            return False
        self._full = bool(self._queue)
        return True

    def _next_chunk(self) -> bytes | memoryview:
        queue = self._queue
        # A piece that was begun stays by itself, so that _drop_unsent can tell it from the others.
        if len(queue) > 1 and self._joins and not isinstance(queue[0], memoryview):
            pieces = [queue.popleft()]
            size = len(pieces[0])
            while queue and size + len(queue[0]) <= JOIN_SIZE:
                size += len(queue[0])
                pieces.append(queue.popleft())
            queue.appendleft(b"".join(pieces))
        return queue[0]

    def _drop_unsent(self) -> None:
        """Keep only the piece whose beginning has gone out: the peer's frames stay whole."""
        begun = self._queue[0] if self._queue and isinstance(self._queue[0], memoryview) else None
        self._queue.clear()
        self._grow(-self.queued)
        if begun is not None:
            self._queue.append(begun)
            self._grow(len(begun))

    def _grow(self, by: int) -> None:
        self.queued += by
        self._queues.queue_changed(self, by)

    def _check_marks(self) -> None:
        marks = self._queues.marks
        if self.queued > marks.hard:
            self.close_slow("hard")
        is_behind = self.queued > (marks.soft // 2 if self._behind else marks.soft)
        if is_behind != self._behind and not self._closing:
            self._behind = is_behind
            self._receiver.behind(is_behind)

    # --- closing

    def _shut_down(self) -> None:
        """Everything is said: end our direction, and wait for the peer to end its own."""
        if self._shut or self._lost:
            return
        self._shut = True
        try:
            self._sock.shutdown(socket.SHUT_WR)
        except OSError as error:
            self.abort(_reason(error))

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
        if self._lost:
            return 0
        return (READ if self._reading or self._shut else 0) | (WRITE if self._full else 0)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
