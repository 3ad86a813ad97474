"""One attempt at the server, from the first address to the end: sockets and deadlines, no Qt.

The owner does the waiting: it selects on :attr:`socket` for what :meth:`wanted` says, calls
:meth:`ready` and, when :meth:`deadline` has passed, :meth:`check_deadlines`. After each of these it
takes what came from :attr:`inbox`, in order. The last thing in it is always one ``Closed``.

1. Every address is tried, each with its share of ``CONNECT_TIMEOUT``; if none answers, the most
   telling of their errors is the reason.
2. The login must be answered within ``LOGIN_DEADLINE`` of the connection, whatever else arrives.
3. A frame that cannot be read is counted in :attr:`skipped` and skipped, for the peer may be newer
   than we are. Only what cannot be MiniChat at all ends the attempt.
4. Nothing raises: whatever the network or the peer does becomes ``Closed``.
"""

import contextlib
import errno
import selectors
import socket
import sys
from collections.abc import Callable
from enum import Enum

from client_gui.events import Closed, Failure, Opened
from client_gui.link.fitting import fitted
from client_gui.link.heartbeat import Beat, Heartbeat
from client_gui.link.lookup import Found
from wire.codec import decode, encode
from wire.errors import PeerError
from wire.framing import LineReader
from wire.messages import AreYouThere, LogIn, LoginResult, Message, Ping

CONNECT_TIMEOUT = 10.0
"""Seconds for the look-up and all addresses together: as long as a person watches a login."""

LOGIN_DEADLINE = 15.0
"""Seconds from the connection to the answer to the login; on a busy server, hashing has a queue."""

READ_SIZE = 64 * 1024
"""Bytes read at once, and so the bound of one batch of messages."""

MAX_UNSENT = 2 * 1024 * 1024
"""Bytes waiting for a server that does not read. What a person types never comes near."""

_REFUSED = {errno.ECONNREFUSED}
_UNREACHABLE = {
    errno.ENETUNREACH,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.EADDRNOTAVAIL,
    errno.EACCES,
}
_AGAIN = (BlockingIOError, InterruptedError)


class Stage(Enum):
    """How far the attempt has come."""

    LOOKING_UP = 0
    CONNECTING = 1
    LOGGING_IN = 2
    LOGGED_IN = 3
    CLOSED = 4


class Connection:
    """One attempt, beginning with the look-up, which the owner has begun."""

    def __init__(self, login: LogIn, clock: Callable[[], float]) -> None:
        self.stage = Stage.LOOKING_UP
        self.socket: socket.socket | None = None
        self.inbox: list[Message | Opened | Closed] = []
        self.skipped = 0
        self._login = login
        self._clock = clock
        self._give_up_at = clock() + CONNECT_TIMEOUT
        self._next_address_at = self._give_up_at
        self._addresses: Found = []
        self._errors: list[OSError] = []
        self._lines = LineReader()
        self._heard_anything = False
        self._unsent = bytearray()
        self._heartbeat = Heartbeat(clock())

    # --- what the owner asks ---------------------------------------------------------------------

    def wanted(self) -> int:
        """What to select :attr:`socket` for."""
        if self.stage is Stage.CONNECTING:
            return selectors.EVENT_WRITE
        return selectors.EVENT_READ | (selectors.EVENT_WRITE if self._unsent else 0)

    def deadline(self) -> float:
        """When :meth:`check_deadlines` is to be called at the latest."""
        if self.stage is Stage.CONNECTING:
            return self._next_address_at
        return self._heartbeat.deadline() if self.stage is Stage.LOGGED_IN else self._give_up_at

    # --- what the owner tells --------------------------------------------------------------------

    def found(self, answer: Found | OSError) -> None:
        """The look-up has ended."""
        if self.stage is not Stage.LOOKING_UP:
            return
        if isinstance(answer, TimeoutError):
            self._end(Failure.TIMED_OUT, str(answer))
        elif isinstance(answer, OSError):
            self._end(Failure.NO_SUCH_HOST, str(answer))
        else:
            self._addresses = list(answer)
            self.stage = Stage.CONNECTING
            self._try_next_address()

    def ready(self, events: int) -> None:
        """The socket is ready for *events*."""
        if self.socket is None:
            return
        if self.stage is Stage.CONNECTING:
            self._finish_connecting(self.socket)
            return
        if events & selectors.EVENT_READ:
            self._read(self.socket)
        if events & selectors.EVENT_WRITE:
            self._write()

    def check_deadlines(self) -> None:
        """Do what the time calls for."""
        now = self._clock()
        if self.stage is Stage.LOGGED_IN:
            self._beat(now)
        elif self.stage is Stage.CONNECTING and now >= self._next_address_at:
            self._errors.append(TimeoutError("timed out"))
            self._try_next_address()
        elif self.stage is Stage.LOOKING_UP and now >= self._give_up_at:
            self._end(Failure.TIMED_OUT, "the name look-up did not end")
        elif self.stage is Stage.LOGGING_IN and now >= self._give_up_at:
            self._end(Failure.NO_ANSWER, "no answer to the login")

    def not_listening(self) -> None:
        """The owner has not been reading: this silence is not the server's."""
        self._heartbeat.heard(self._clock())

    def doubt(self) -> None:
        """There is a reason to believe that the server cannot be reached any more: ask it now."""
        self._heartbeat.doubt(self._clock())

    def send(self, message: Message) -> None:
        """Send *message*, or as much of it as goes now and the rest when the socket is ready."""
        if self.stage in (Stage.LOGGING_IN, Stage.LOGGED_IN):
            self._unsent += encode(message)
            self._write()

    def close(self) -> None:
        """End it because we want to. What has been sent still arrives."""
        self._end(Failure.ASKED)

    # --- connecting ------------------------------------------------------------------------------

    def _try_next_address(self) -> None:
        """Begin with the next address; when none is left, say why there was none."""
        while self._addresses:
            left = max(0.0, self._give_up_at - self._clock())
            self._next_address_at = self._clock() + left / len(self._addresses)
            family, address = self._addresses.pop(0)
            if self._begin(family, address):
                return
        self._end(*_most_telling(self._errors))

    def _begin(self, family: socket.AddressFamily, address: object) -> bool:
        self._close_socket()
        try:
            self.socket = socket.socket(family, socket.SOCK_STREAM)
            self.socket.setblocking(False)
            self.socket.connect(address)  # type: ignore[arg-type]
        except _AGAIN:
            return True
        except OSError as error:
            self._errors.append(error)
            return False
        return True

    def _finish_connecting(self, sock: socket.socket) -> None:
        code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            self._errors.append(OSError(code, errno.errorcode.get(code, "error")))
            self._try_next_address()
            return
        # A message is a line: do not hold it back to gather more. Where the peer has gone again
        # already, macOS refuses this, and reading finds out.
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stage = Stage.LOGGING_IN
        self._give_up_at = self._clock() + LOGIN_DEADLINE
        self.inbox.append(Opened())
        self.send(self._login)

    # --- reading and writing ---------------------------------------------------------------------

    def _read(self, sock: socket.socket) -> None:
        try:
            data = sock.recv(READ_SIZE)
        except _AGAIN:
            return
        except OSError as error:
            self._lost(str(error))
            return
        if not data:
            self._lost("the server closed the connection")
            return
        self._heartbeat.heard(self._clock())
        self._heard_anything = True
        self._lines.feed(data)
        while (frame := self._lines.next_frame()) is not None:
            self._take(frame)
        if self._lines.overflowed:
            self._end(Failure.NOT_MINICHAT, "a line without an end")

    def _take(self, frame: bytes) -> None:
        if self.stage is Stage.CLOSED:
            return
        try:
            message = decode(frame)
        except PeerError as error:
            self.skipped += 1
            if self.stage is Stage.LOGGING_IN and not error.request:
                self._end(Failure.NOT_MINICHAT, "the answer to the login is no frame")
            return
        if isinstance(message, AreYouThere):
            self.send(Ping())
            return
        if isinstance(message, LoginResult) and self.stage is Stage.LOGGING_IN:
            self.stage = Stage.LOGGED_IN
        self.inbox.append(fitted(message))

    def _write(self) -> None:
        if self.socket is None:
            return
        try:
            del self._unsent[: self.socket.send(self._unsent)]
        except _AGAIN:
            pass
        except OSError:
            # What the server said last may still be there to be read, and the end after it.
            self._unsent.clear()
        if len(self._unsent) > MAX_UNSENT:
            self._end(Failure.LOST, "the server does not read")

    def _beat(self, now: float) -> None:
        match self._heartbeat.due(now):
            case Beat.ASK:
                self.send(Ping())
            case Beat.GIVE_UP:
                self._end(Failure.SILENT, "nothing was heard")
            case Beat.NOTHING:
                pass

    # --- the end ---------------------------------------------------------------------------------

    def _lost(self, detail: str) -> None:
        silent = self.stage is Stage.LOGGING_IN and not self._heard_anything
        self._end(Failure.NOT_MINICHAT if silent else Failure.LOST, detail)

    def _end(self, failure: Failure, detail: str = "") -> None:
        if self.stage is Stage.CLOSED:
            return
        self._close_socket()
        self._unsent.clear()
        self.stage = Stage.CLOSED
        self.inbox.append(Closed(failure, detail))

    def _close_socket(self) -> None:
        if self.socket is not None:
            with contextlib.suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
            self.socket.close()
            self.socket = None


def _most_telling(errors: list[OSError]) -> tuple[Failure, str]:
    """Of what went wrong with each address: that the server is not there says more than that one of
    its addresses cannot be reached from here.
    """
    failures = [(_failure_of(error), str(error)) for error in errors]
    order = (Failure.REFUSED, Failure.TIMED_OUT, Failure.LOST, Failure.UNREACHABLE)
    nowhere = (Failure.NO_SUCH_HOST, "the name has no address")
    return min(failures, key=lambda failure: order.index(failure[0]), default=nowhere)


def _failure_of(error: OSError) -> Failure:
    if isinstance(error, TimeoutError):
        return Failure.TIMED_OUT
    number = _windows_number(error) if sys.platform == "win32" else error.errno
    if number in _REFUSED:
        return Failure.REFUSED
    return Failure.UNREACHABLE if number in _UNREACHABLE else Failure.LOST


def _windows_number(error: OSError) -> int | None:
    """Windows Sockets count from 10000: WSAECONNREFUSED is 10061 where ECONNREFUSED may be 107."""
    names = {10061: errno.ECONNREFUSED, 10051: errno.ENETUNREACH, 10065: errno.EHOSTUNREACH}
    return names.get(error.errno or 0, error.errno)
