"""The real client without its windows.

State, topics, store and connection are the product's; what is here is what
:mod:`client_gui.session` and :mod:`client_gui.link.link` do between them, on the world's clock.
"""

import socket
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

from client_gui.backoff import Backoff, wait_after
from client_gui.changes import (
    Change,
    Inserted,
    Lost,
    OnlineStale,
    Phase,
    PutOff,
    Removed,
    RoomClosed,
    RoomsChanged,
    Send,
    SignedIn,
    SignInFailed,
    StartedOffline,
    TokenRefused,
    Updated,
)
from client_gui.link.connection import Connection, Stage
from client_gui.state.client_state import ClientState
from tests.helpers.clock import FakeClock
from tests.simulation.edges import milliseconds
from tests.simulation.network import End
from tests.simulation.oracle import Oracle
from tests.simulation.screen import Screen
from tests.simulation.store import ClientCrashed, SimulatedStore, waiting_in
from wire.messages import Chat, ChatMessage, LogIn, LogOut, Result

RESEND_AFTER = 1.0
READ_EVERY = 1.0
WHO_EVERY = 10.0
"""Seconds, as in client_gui.session, which needs Qt."""

SIGN_IN_AGAIN = 10.0
"""Seconds at the most until a person tries again at the login window."""

REST = 20.0
"""Seconds at the most until a program that crashed is begun again."""

BRIEF_TEXT = 8
"""Characters of a text that a trace shows."""

Wish = Callable[[], list[Change]]


class Client(Screen):
    """One program on one machine; :mod:`tests.simulation.person` sits before it.

    Attributes:
        state: None while the program does not run.
        promised: the room of each thing said that is kept and neither discarded nor refused with
            its room, by cid.
        reads_again_at: until then nothing is read: the machine is slow.
        outdated: what it shows is of a database that was replaced.
        crash_rate: how probable it is that the program ends at a transaction of its store.
    """

    def __init__(
        self,
        name: str,
        user: str,
        random: Random,
        clock: FakeClock,
        oracle: Oracle,
        file: Path | None,
        counts: Counter[str],
    ) -> None:
        """*file*: where it keeps what it knows; None is nowhere."""
        super().__init__()
        self.name = name
        self.user = user
        self.state: ClientState | None = None
        self.promised: dict[str, str] = {}
        self.reads_again_at = 0.0
        self.up_again_at = 0.0
        self.outdated = False
        self.crash_rate = 0.0
        self._random = random
        self._clock = clock
        self._oracle = oracle
        self._file = file
        self._counts = counts
        self._store: SimulatedStore | None = None
        self._connection: Connection | None = None
        self._backoff: Backoff
        self._token = ""
        self._welcomed = False
        self._sign_in_at = 0.0
        self._return_at: float | None = None
        self._resend_at: float | None = None
        self._read_at: float | None = None
        self._who_at: float | None = None

    # --- the program's life ----------------------------------------------------------------------

    def start(self) -> str:
        """Begin the program and log in."""
        if self._file is not None:
            self._store = SimulatedStore(self._file, self._random, self.crash_rate, self._counts)
        else:
            self.promised = {}
        self.state = ClientState(self._store)
        self._oracle.client_begins(self.name, self.user)
        self._backoff = Backoff(self._random.random, self._clock)
        self.sign_in()
        return f"{self.name} ({self.user}) starts"

    def kill(self, rest: float) -> str:
        """The process is gone, and what it had in memory."""
        if self._store is not None:
            self._store.power_off()
        self._is_gone(rest)
        return f"{self.name} is killed"

    def sign_out(self, rest: float) -> str:
        """As chosen in the menu; the person comes back after *rest* seconds."""
        if self._connection is not None:
            self._connection.send(LogOut())
        if self._do(self._state.sign_out):
            self._is_gone(rest)
        return f"{self.name} signs out"

    def _is_gone(self, rest: float) -> None:
        self._drop()
        self.state = self._store = None
        self.clear()
        self._token = ""
        self._welcomed = False
        self.up_again_at = self._clock() + rest

    # --- what the world asks and tells -----------------------------------------------------------

    @property
    def _state(self) -> ClientState:
        assert self.state is not None, "the program does not run"
        return self.state

    @property
    def online(self) -> bool:
        return self.state is not None and self.state.phase is Phase.ONLINE

    @property
    def logged_in(self) -> bool:
        return self._connection is not None and self._connection.stage is Stage.LOGGED_IN

    @property
    def can_say(self) -> bool:
        """Whether the chat window is there, and takes one more."""
        return self._welcomed and self._state.can_say()

    @property
    def waiting(self) -> set[str]:
        """The cids of what is in its outbox, whether it runs or not."""
        if self.state is not None:
            return {item.cid for item in self.state._writing._outbox.items()}
        return waiting_in(self._file) if self._file is not None else set()

    @property
    def sign_in_due(self) -> bool:
        """Whether the program shows its login window, and the person has waited for long enough."""
        is_out = self._state.phase is Phase.SIGNED_OUT
        return is_out and self._sign_in_at <= self._clock()

    @property
    def end(self) -> End | None:
        """Its end of its link."""
        return self._connection.socket if self._connection is not None else None

    def account(self) -> str:
        """How it stands, in a line."""
        if self.state is None:
            return f"{self.name} is not running"
        shown = {room: self.numbers(room) for room in self.shown}
        return f"{self.name} is {self.state.phase.name}, waits for {self.waiting} and shows {shown}"

    def moves(self) -> list[Callable[[], str]]:
        """What could happen next, each a function that does it and says what it was."""
        now = self._clock()
        if self.state is None:
            return [self.start] if self.up_again_at <= now else []
        found: list[Callable[[], str]] = []
        if self._ready() and self.reads_again_at <= now:
            found.append(self._turn)
        timers = [
            (self._return_at, self._try_now),
            (self._resend_at, self._resend),
            (self._read_at, self._tell_read),
            (self._who_at, self._ask_who),
        ]
        return [*found, *(timer for at, timer in timers if at is not None and at <= now)]

    def next_time(self) -> list[float]:
        if self.state is None:
            return [self.up_again_at]
        if self.state.phase is Phase.SIGNED_OUT:
            return [self._sign_in_at]
        times = [self._return_at, self._resend_at, self._read_at, self._who_at]
        if self._connection is not None:
            times.append(max(self._connection.deadline(), self.reads_again_at))
        return [at for at in times if at is not None]

    def calm(self) -> None:
        """No fault from here on."""
        self.reads_again_at = self.up_again_at = self._clock()
        self.crash_rate = 0.0
        if self._store is not None:
            self._store.rate = 0.0

    # --- what the person wants -------------------------------------------------------------------

    def sign_in(self) -> str:
        """At the login window: try (again), with the password."""
        self._token = ""
        if self._do(lambda: self._state.sign_in(self.user)):
            self._connect()
        return f"{self.name} signs in"

    def say(self, room: str, cid: str, text: str, reply_to: int = 0) -> None:
        """Write something new, if one may. It is promised once it is kept."""
        now = milliseconds(self._clock)
        if self._do(lambda: self._state.say(room, text, cid, now, reply_to)):
            self.promised[cid] = room

    def wish(self, wish: Callable[[ClientState], list[Change]], what: str) -> str:
        """Anything else that a person may want of a client."""
        self._do(lambda: wish(self._state))
        return f"{self.name} {what}"

    def send_again(self, room: str, cid: str, text: str) -> None:
        """Send something with an old cid, behind the state's back."""
        if self._connection is not None:
            self._connection.send(Chat(self.user, text, room, cid))

    def mark_read(self, room: str, seq: int) -> str:
        """The person has seen everything up to *seq*."""
        if self._read_at is None:
            self._read_at = self._clock() + READ_EVERY
        return self.wish(lambda state: state.mark_read(room, seq), f"reads {room} up to {seq}")

    def discard(self, cid: str) -> str:
        """Take what was refused away."""
        if self._do(lambda: self._state.discard(cid)):
            self.promised.pop(cid, None)
        return f"{self.name} discards {cid}"

    # --- between the state and the link ----------------------------------------------------------

    def _do(self, wish: Wish) -> bool:
        """Let the state do something, and obey it; return whether what it did is kept."""
        try:
            changes = wish()
        except ClientCrashed as crash:
            self.kill(self._random.random() * REST)
            return crash.kept
        self._obey(changes)
        return True

    def _ready(self) -> bool:
        connection = self._connection
        if connection is None:
            return False
        end = self.end
        is_ready = end is not None and end.readiness() & connection.wanted()
        return bool(is_ready) or connection.deadline() <= self._clock()

    def _turn(self) -> str:
        connection = self._connection
        end = self.end
        if connection is None:
            return f"{self.name} has gone"
        if end is not None and (events := end.readiness() & connection.wanted()):
            connection.ready(events)
        connection.check_deadlines()
        events, connection.inbox = connection.inbox, []
        if connection.stage is Stage.CLOSED:
            self._connection = None
        self._do(lambda: self._state.apply(*events))
        return f"{self.name} takes {', '.join(map(_brief, events))}"

    def _connect(self) -> None:
        self._hang_up()
        password = "" if self._token else "secret"
        login = LogIn(self.user, password, "simulated/1", self._token)
        self._counts["login by token"] += bool(self._token)
        self._connection = Connection(login, self._clock)
        self._connection.found([(socket.AF_INET, ("server", self.name))])

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _drop(self) -> None:
        self._hang_up()
        self._return_at = self._resend_at = self._who_at = None

    def _try_now(self) -> str:
        self._return_at = None
        if self.state is not None and self.state.phase is Phase.OFFLINE:
            self.state.return_now()
            self._connect()
        return f"{self.name} tries to return"

    def _resend(self) -> str:
        self._resend_at = None
        return self._timer(ClientState.resend, "goes on sending")

    def _tell_read(self) -> str:
        self._read_at = None
        return self._timer(ClientState.tell_read, "tells what was read")

    def _ask_who(self) -> str:
        self._who_at = None
        return self._timer(ClientState.ask_who, "asks who is online")

    def _timer(self, wish: Callable[[ClientState], list[Change]], what: str) -> str:
        return self.wish(wish, what) if self.state is not None else f"{self.name} is gone"

    def _obey(self, changes: Iterable[Change]) -> None:
        shown = False
        for change in changes:
            if isinstance(change, Inserted | Updated | Removed):
                self.show(change)
                shown = True
            else:
                self._obey_one(change)
        if shown and not self.outdated:
            self._oracle.shown(self.name, self.user, self.shown)

    def _obey_one(self, change: Change) -> None:
        match change:
            case Send(message):
                if self._connection is not None:
                    self._connection.send(message)
            case PutOff(tries):
                if self._resend_at is None:
                    wait = wait_after(tries, self._random.random, RESEND_AFTER)
                    self._resend_at = self._clock() + wait
            case SignedIn(_, _, token):
                self._token = token or self._token
                self._welcomed = True
                if self.outdated:  # what the old server acknowledged is not promised any more
                    waits, self.outdated = self.waiting, False
                    self.promised = {c: room for c, room in self.promised.items() if c in waits}
                self._backoff.logged_in()
            case StartedOffline():
                self._welcomed = True
            case SignInFailed():
                self._welcomed = False
                self._drop()
                self._sign_in_at = self._clock() + self._random.random() * SIGN_IN_AGAIN
            case Lost(_, retry_after):
                self._drop()
                self._return_at = self._clock() + self._backoff.next_wait(retry_after)
            case TokenRefused():
                self._counts["token refused"] += 1
                self._token = ""
                self._connect()
            case OnlineStale():
                if self._who_at is None:
                    self._who_at = self._clock() + WHO_EVERY
            case RoomsChanged(rooms):
                self.rooms = {item.room: item for item in rooms}
            case RoomClosed(room, _):
                self.promised = {cid: of for cid, of in self.promised.items() if of != room}


def _brief(event: object) -> str:
    if isinstance(event, ChatMessage):
        return f"{event.room} #{event.seq} {event.text[:BRIEF_TEXT]!r}"
    if isinstance(event, Result):
        return f"{event.outcome} to {event.request} {event.reference} {event.seq or ''}"
    return (
        repr(replace(event, text=event.text[:BRIEF_TEXT]))
        if hasattr(event, "text")
        else repr(event)
    )
