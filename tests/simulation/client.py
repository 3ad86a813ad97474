"""The real client without its windows.

State, timeline, outbox and connection are the product's; what is here is what
:mod:`client_gui.session` and :mod:`client_gui.link` do between them, on the world's clock.
"""

import socket
from collections.abc import Callable, Iterable
from random import Random

from client_gui.backoff import Backoff, wait_after
from client_gui.changes import (
    Change,
    Delivery,
    Entry,
    Inserted,
    Lost,
    OnlineStale,
    Phase,
    PutOff,
    Removed,
    Send,
    SignedIn,
    SignInFailed,
    Updated,
)
from client_gui.connection import Connection, Stage
from client_gui.rooms import LOBBY
from client_gui.state import ClientState
from tests.helpers.clock import FakeClock
from tests.simulation.edges import milliseconds
from tests.simulation.network import End
from tests.simulation.oracle import Oracle
from wire.messages import Chat, ChatMessage, LogIn, LogOut, Result

RESEND_AFTER = 1.0
WHO_EVERY = 10.0
"""Seconds, as in client_gui.session, which needs Qt."""

SIGN_IN_AGAIN = 10.0
"""Seconds at the most until a person tries again at the login window."""

BRIEF_TEXT = 8
"""Characters of a text that a trace shows."""


def begin_state() -> ClientState:
    """What a client knows when it starts. The place where a store on disk will come in."""
    return ClientState()


class Client:
    """One program on one machine; :mod:`tests.simulation.person` sits before it.

    Attributes:
        state: None while the program does not run.
        shown: what each room's view shows.
        promised: what was said in this life and neither discarded nor forgotten, by cid.
        reads_again_at: until then nothing is read: the machine is slow.
    """

    def __init__(
        self, name: str, user: str, random: Random, clock: FakeClock, oracle: Oracle
    ) -> None:
        self.name = name
        self.user = user
        self.state: ClientState | None = None
        self.shown: dict[str, list[Entry]] = {}
        self.promised: dict[str, str] = {}
        self.reads_again_at = 0.0
        self.up_again_at = 0.0
        self._random = random
        self._clock = clock
        self._oracle = oracle
        self._connection: Connection | None = None
        self._backoff: Backoff
        self._sign_in_at = 0.0
        self._return_at: float | None = None
        self._resend_at: float | None = None
        self._who_at: float | None = None

    # --- the program's life ----------------------------------------------------------------------

    def start(self) -> str:
        """Begin the program and log in."""
        self.state = begin_state()
        self._oracle.client_begins(self.name, self.user)
        self.shown = {}
        self.promised = {}
        self._welcomed = False
        self._backoff = Backoff(self._random.random, self._clock)
        self.sign_in()
        return f"{self.name} ({self.user}) starts"

    def kill(self, rest: float) -> str:
        """The process is gone, and what it had in memory."""
        self._drop()
        self.state = None
        self.up_again_at = self._clock() + rest
        return f"{self.name} is killed"

    def sign_out(self, rest: float) -> str:
        """As chosen in the menu; the person comes back after *rest* seconds."""
        if self._connection is not None:
            self._connection.send(LogOut())
        self._drop()
        self._obey(self._state.sign_out())
        self.promised = {}
        self.state = None
        self.up_again_at = self._clock() + rest
        return f"{self.name} signs out"

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
    def sign_in_due(self) -> bool:
        """Whether the program shows its login window, and the person has waited for long enough."""
        is_out = self._state.phase is Phase.SIGNED_OUT
        return is_out and self._sign_in_at <= self._clock()

    @property
    def end(self) -> End | None:
        """Its end of its link."""
        return self._connection.socket if self._connection is not None else None

    def moves(self) -> list[Callable[[], str]]:
        """What could happen next, each a function that does it and says what it was."""
        now = self._clock()
        if self.state is None:
            return [self.start] if self.up_again_at <= now else []
        found: list[Callable[[], str]] = []
        if self._ready() and self.reads_again_at <= now:
            found.append(self._turn)
        if self._return_at is not None and self._return_at <= now:
            found.append(self._try_now)
        if self._resend_at is not None and self._resend_at <= now:
            found.append(self._resend)
        if self._who_at is not None and self._who_at <= now:
            found.append(self._ask_who)
        return found

    def next_time(self) -> list[float]:
        if self.state is None:
            return [self.up_again_at]
        if self.state.phase is Phase.SIGNED_OUT:
            return [self._sign_in_at]
        times = [self._return_at, self._resend_at, self._who_at]
        if self._connection is not None:
            times.append(max(self._connection.deadline(), self.reads_again_at))
        return [at for at in times if at is not None]

    # --- what the person wants -------------------------------------------------------------------

    def sign_in(self) -> str:
        """At the login window: try (again)."""
        self._obey(self._state.sign_in(self.user))
        self._connect()
        return f"{self.name} signs in"

    def say(self, cid: str, text: str) -> None:
        """Write something new, if one may."""
        self.promised[cid] = text
        self._obey(self._state.say(LOBBY, text, cid, milliseconds(self._clock)))

    def send_again(self, cid: str, text: str) -> None:
        """Send something with an old cid, behind the state's back."""
        if self._connection is not None:
            self._connection.send(Chat(self.user, text, LOBBY, cid))

    def read_older(self) -> str:
        """Scroll up."""
        self._obey(self._state.read_older(LOBBY))
        return f"{self.name} scrolls up"

    def retry(self, cid: str) -> str:
        """Send what was refused again."""
        self._obey(self._state.retry(cid))
        return f"{self.name} retries {cid}"

    def discard(self, cid: str) -> str:
        """Take what was refused away."""
        self._obey(self._state.discard(cid))
        del self.promised[cid]
        return f"{self.name} discards {cid}"

    # --- what is shown ---------------------------------------------------------------------------

    def numbers(self, room: str) -> list[int]:
        """The numbers of what a room's view shows."""
        return [entry.seq for entry in self.shown.get(room, []) if entry.seq]

    def account(self) -> str:
        """How it stands, in a line."""
        if self.state is None:
            return f"{self.name} is not running"
        shown = {room: self.numbers(room) for room in self.shown}
        return (
            f"{self.name} is {self.state.phase.name}, waits for {self.state.unsettled}"
            f" and shows {shown}"
        )

    def refused(self) -> list[Entry]:
        """What the server would not take."""
        shown = self.shown.get(LOBBY, [])
        return [entry for entry in shown if entry.delivery is Delivery.REFUSED]

    # --- between the state and the link ----------------------------------------------------------

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
        if end is not None and (events := end.readiness() & connection.wanted()):
            connection.ready(events)
        connection.check_deadlines()
        events, connection.inbox = connection.inbox, []
        if connection.stage is Stage.CLOSED:
            self._connection = None
        self._obey(self._state.apply(*events))
        return f"{self.name} takes {', '.join(map(_brief, events))}"

    def _connect(self) -> None:
        login = LogIn(self.user, "secret", "simulated/1")
        self._connection = Connection(login, self._clock)
        self._connection.found([(socket.AF_INET, ("server", self.name))])

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._return_at = self._resend_at = self._who_at = None

    def _try_now(self) -> str:
        self._return_at = None
        if self._state.phase is Phase.OFFLINE:
            self._state.return_now()
            self._connect()
        return f"{self.name} tries to return"

    def _resend(self) -> str:
        self._resend_at = None
        self._obey(self._state.resend())
        return f"{self.name} goes on sending"

    def _ask_who(self) -> str:
        self._who_at = None
        self._obey(self._state.ask_who())
        return f"{self.name} asks who is online"

    def _obey(self, changes: Iterable[Change]) -> None:
        shown = False
        for change in changes:
            if isinstance(change, Inserted | Updated | Removed):
                self._show(change)
                shown = True
            else:
                self._obey_one(change)
        if shown:
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
            case SignedIn():
                self._welcomed = True
                self._backoff.logged_in()
            case SignInFailed():
                self._welcomed = False
                self._drop()
                self._sign_in_at = self._clock() + self._random.random() * SIGN_IN_AGAIN
            case Lost(_, retry_after):
                self._drop()
                self._return_at = self._clock() + self._backoff.next_wait(retry_after)
            case OnlineStale():
                if self._who_at is None:
                    self._who_at = self._clock() + WHO_EVERY

    def _show(self, change: Inserted | Updated | Removed) -> None:
        rows = self.shown.setdefault(change.room, [])
        match change:
            case Inserted(_, position, entries):
                rows[position:position] = entries
            case Updated(_, position, entry):
                rows[position] = entry
            case Removed(_, position, count):
                del rows[position : position + count]


def _brief(event: object) -> str:
    if isinstance(event, ChatMessage):
        return f"#{event.seq} {event.text[:BRIEF_TEXT]!r}"
    if isinstance(event, Result):
        return f"{event.outcome} to {event.request} {event.reference} {event.seq or ''}"
    return repr(event)
