"""One connection: what it sends, who is logged in on it, and its deadlines.

A session takes frames one after the other and calls the command of each. It takes no further frame
while a login is being checked, while as many messages as it may have wait for their commit, or
while its client does not read; and a limited number in one turn. What has come in and cannot be
taken yet waits in the reader, and meanwhile nothing more is read, so that it is never more than one
read.

1. Whatever the bytes, the answer is a message or silence, never an exception.
2. A fault in a command is answered ``error``, on this session alone, and the next frame is served.
3. A session ends once; from then on it is in no room, and nothing is sent to it.
4. The login deadline is absolute. Silence ends the session of a client that can be asked; for the
   others the system's keep-alive finds out.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from reactor.command import NO_COMMAND, Commands
from reactor.dialects import FULL, Dialect
from reactor.loop import Timer
from reactor.records import Account, Membership
from reactor.services import Services
from wire.errors import PeerError
from wire.messages import Goodbye, Message, Result

log = logging.getLogger(__name__)

# Frames of one read that are served as they come in: what a client in ordinary use has in flight.
# All sessions may have something to read in the same turn, so each may cost the others little.
FRAMES_AT_ONCE = 16

# Frames that one session may have served when it has its turn by the rota. One read can hold
# thousands of tiny ones, and the others are to wait for milliseconds at the most.
FRAMES_PER_TURN = 64

# Frames of a connection without a login, failed logins among them, that are refused before it is
# closed: whoever wants to log in has long done so, and refusing costs as much as serving.
STRANGER_REFUSALS_MAX = 1000


class Connection(Protocol):
    """A transport, as a session sees it."""

    peer: str

    def start(self, receiver: Any, *, joins: bool) -> None: ...
    def write(self, data: bytes | memoryview) -> None: ...
    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...
    def close(self) -> None: ...


class Session:
    """The server's side of one connection."""

    __slots__ = (
        "_behind", "_commands", "_connection", "_eof", "_finish", "_frame", "_frames_left",
        "_holds", "_login_deadline", "_login_overdue", "_lost", "_paused", "_quiet_timer",
        "_reader", "_services", "_serving", "_stopped", "_stranger_refusals", "_unacknowledged",
        "_when_ready", "account", "asked_after", "client", "device_id", "dialect", "ended",
        "last_heard", "write",
    )  # fmt: skip

    def __init__(
        self,
        services: Services,
        commands: Commands,
        connection: Connection,
        dialect: Dialect,
        lost: "Callable[[Session], object]",
    ) -> None:
        self.dialect = dialect
        self.account: Account | None = None
        self.client = ""
        self.device_id = 0
        self.ended = False
        self.last_heard = 0.0
        self.asked_after = 0.0
        self.write = connection.write  # as it is: for each member that is told, one call, not two
        self._services = services
        self._commands = commands
        self._connection = connection
        self._lost = lost
        self._reader = dialect.reader()
        self._unacknowledged = 0
        self._stranger_refusals = 0
        self._holds = 0
        self._login_overdue = False
        self._behind = False
        self._eof = False
        self._stopped = False
        self._finish: Callable[[], object] | None = None
        self._when_ready: Callable[[], object] | None = None
        self._serving = False
        self._paused = False
        self._frame = b""
        self._frames_left = 0
        connection.start(self, joins=dialect.joins)  # before any timer, for it may fail
        self._quiet_timer: Timer | None = None
        self._await_login()

    def __repr__(self) -> str:
        who = self.account.name if self.account is not None else None
        return f"<Session {self.peer} user={who!r}>"

    @property
    def user(self) -> Account:
        """Who is logged in here. For commands that need a login.

        Raises:
            LookupError: nobody is.
        """
        if self.account is None:
            raise LookupError("nobody is logged in here")
        return self.account

    @property
    def peer(self) -> str:
        """The peer's address."""
        return self._connection.peer

    @property
    def is_waiting(self) -> bool:
        """Whether something that it sent waits to be served."""
        return self._reader.pending

    # --- for commands

    def send(self, message: Message) -> None:
        """Tell the client *message*, as far as its dialect has words for it."""
        if not self.ended:
            self.write(self.dialect.encode(message))

    def refuse(self, request: Message, reason: str, detail: str, reference: str = "") -> None:
        """Answer *request* with a reason word and a sentence for people."""
        self._refuse(Result(request.code, reason, reference, detail))

    def introduce(self, client: str) -> None:
        """The client has named its program: speak the full dialect with it, if it may."""
        self.client = client
        if client and self.dialect.may_become_full:
            self.dialect = FULL

    def hold(self) -> None:
        """Take no frames until as many :meth:`release` as this: an answer takes a while."""
        self._holds += 1

    def release(self) -> None:
        """The answer has been sent: go on."""
        self._holds = max(0, self._holds - 1)  # none are left after a fault
        self._serve()

    def when_ready(self, then: Callable[[], object]) -> None:
        """Call *then*, once, when what was posted here is answered and what was sent is read."""
        self._when_ready = then
        self._check_ready()

    def login_checked(
        self, account: Account | None, memberships: Sequence[Membership] = ()
    ) -> None:
        """The login for which the session is held has been answered: by *account*, which is in the
        lobby and in the rooms of *memberships*; or not."""
        if self.ended:
            return
        if account is not None:
            self._log_in(account, memberships)
        elif self._login_overdue:
            self.end("login-timeout", "no login in time")
        else:
            self._count_refusal()
        self.release()

    def message_posted(self) -> None:
        """A message of this session waits for its commit."""
        self._unacknowledged += 1

    def message_answered(self) -> None:
        """One that waited was stored or refused, and the session has been told."""
        self._unacknowledged -= 1
        if self._when_ready is not None:
            self._check_ready()
        if self._paused:
            self._serve(1)  # for one that is answered, one: a batch has many answers in a turn

    def end_turn(self) -> None:
        """The command was dear: serve the next frame in another turn."""
        self._frames_left = 0

    def end(self, reason: str, detail: str, retry_after: int = 0) -> None:
        """Say why, and close."""
        if not self.ended:
            self._leave_rooms()
            self.send(Goodbye(reason, detail, retry_after))
            self._leave(reason)
            self._connection.close()

    def finish(self, then: Callable[[], object]) -> None:
        """Take nothing more; when what was taken is answered, call *then*."""
        self._finish = then

    def stop_taking(self) -> None:
        """The server is going down: take nothing more, but tell what becomes of what was taken."""
        self._stopped = True
        self._connection.pause_reading()

    # --- for the transport

    def data_received(self, data: bytes) -> None:
        self.last_heard = self._services.loop.time()
        self._reader.feed(data)
        if self.dialect.waits_for_quiet:
            self._restart_quiet_timer()
        self._serve()

    def eof_received(self) -> None:
        self._eof = True
        self._reader.quiet()
        self._serve()

    def behind(self, is_behind: bool) -> None:
        self._behind = is_behind
        self._check_ready()
        self._serve()

    def last_words(self) -> bytes:
        words = self.dialect.encode(
            Goodbye("slow-reader", "you read more slowly than messages come")
        )
        self._leave("slow-reader")
        return words

    def connection_lost(self, reason: str) -> None:
        self._leave(reason)
        self._lost(self)

    # --- serving frames

    def _serve(self, frames: int = FRAMES_AT_ONCE) -> None:
        """Take so many *frames* if that may be, and see to it that the rest is taken later."""
        if self._serving or self.ended:
            return  # called from a command, whose frame is being served: the loop below goes on
        self._serving = True
        self._frames_left = frames
        while not self._services.loop.attempt(self._take_frames, failed=self._fault):
            pass  # a fault with one frame is not to reach the next
        self._serving = False
        self._after_serving()

    def _take_frames(self) -> None:
        while self._frames_left > 0 and not self._must_wait():
            self._frames_left -= 1
            frame = self._reader.next_frame()
            if frame is None:
                break
            self._frame = frame
            self._take(frame)
        self._frame = b""

    def _must_wait(self) -> bool:
        return (
            self.ended
            or self._stopped
            or self._finish is not None
            or self._holds > 0
            or self._behind
            or self._unacknowledged >= self._services.patience.unacknowledged
        )

    def _after_serving(self) -> None:
        if self.ended or self._stopped:
            return
        if self._finish is not None:
            self._pause()
            if not self._unacknowledged:
                self._leave_rooms()  # which have the last answers
                self._finish()
        elif self._reader.pending:
            self._pause()
            if not self._must_wait():
                self._serving = True  # until then: whoever came in between must not take this turn
                self._services.rota.next_turn(self._serve_in_next_turn)
        elif not self._eof and not self._reader.overflowed:
            self._resume()
        elif self._holds > 0 or self._unacknowledged:
            self._pause()  # the last frames are still to be answered
        elif self._reader.overflowed:
            self.end("too-long", "a line went on without an end")
        else:
            self._leave("closed by peer")
            self._connection.close()

    def _pause(self) -> None:
        if not self._paused:
            self._paused = True
            self._connection.pause_reading()

    def _resume(self) -> None:
        if self._paused:
            self._paused = False
            self._connection.resume_reading()

    def _serve_in_next_turn(self) -> None:
        self._serving = False
        self._serve(FRAMES_PER_TURN)

    def _take(self, frame: bytes) -> None:
        try:
            request = self.dialect.decode(frame)
        except PeerError as error:
            self._refuse(Result(error.request, error.reason, detail=error.detail))
            return
        command = self._commands.get(type(request), NO_COMMAND)
        refusal = command.refusal(self.account is not None)
        if refusal is not None:
            self.refuse(request, *refusal)
        else:
            command.run(self._services, self, request)

    def _refuse(self, result: Result) -> None:
        self._services.counts[result.outcome] += 1
        self.send(result)
        self._count_refusal()

    def _count_refusal(self) -> None:
        if self.account is None:
            self._stranger_refusals += 1
            if self._stranger_refusals >= STRANGER_REFUSALS_MAX:
                self.end("login-first", "nothing but refused frames, and no login")

    def _fault(self) -> None:
        code = self._frame[:4].decode("ascii", "replace")
        self._holds = 0
        self.send(Result(code, "error", detail="a fault of the server"))

    def _check_ready(self) -> None:
        if not (self._when_ready is None or self.ended or self._behind or self._unacknowledged):
            then, self._when_ready = self._when_ready, None
            then()

    # --- beginning, deadlines and the end

    def _log_in(self, account: Account, memberships: Sequence[Membership]) -> None:
        self.account = account
        self._forget_login_deadline()
        self._services.rooms.enter_lobby(self)
        for membership in memberships:
            self._services.rooms.enter(self, membership)
        if self._services.sessions.began(account.user_id, self):
            self._services.online.came(account)
        self.last_heard = self._services.loop.time()  # while it waited for us, it was not silent
        self._services.silence.wake()
        log.info("login peer=%s dialect=%s user=%r", self.peer, self.dialect.name, account.name)

    def _await_login(self) -> None:
        later = self._services.loop.call_later(self._services.patience.login, self._login_timed_out)
        self._login_deadline: Timer | None = later

    def _forget_login_deadline(self) -> None:
        if self._login_deadline is not None:
            self._login_deadline.cancel()
            self._login_deadline = None

    def _login_timed_out(self) -> None:
        """Whoever waits for our answer is not to blame, and has as long again, but no longer."""
        if self._holds > 0 and not self._login_overdue:
            self._login_overdue = True
            self._await_login()
        else:
            self.end("login-timeout", "no login in time")

    def _restart_quiet_timer(self) -> None:
        if self._quiet_timer is not None:
            self._quiet_timer.cancel()
        self._quiet_timer = self._services.loop.call_later(
            self._services.patience.line_quiet, self._line_is_quiet
        )

    def _line_is_quiet(self) -> None:
        self._reader.quiet()
        self._serve()

    def _leave(self, reason: str) -> None:
        if self.ended:
            return
        self._leave_rooms()
        self.ended = True
        self._forget_login_deadline()
        if self._quiet_timer is not None:
            self._quiet_timer.cancel()
        if self.account is not None:
            if self._services.sessions.ended(self.account.user_id, self):
                self._services.online.went(self.account)
            log.info("left peer=%s reason=%s user=%r", self.peer, reason, self.account.name)

    def _leave_rooms(self) -> None:
        """Be told what this turn has for us, acknowledgements too, and nothing more."""
        self._services.rooms.leave_all(self)
