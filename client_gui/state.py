"""What the client knows, without Qt, sockets or clocks: events and wishes in, changes out.

:meth:`ClientState.apply` takes what the link reports; the other methods take what a person wants.
Each returns the changes, in order; the session obeys those that are to be sent, and shows the rest.

1. Nothing that a server sends raises anything: what does not fit is ignored.
2. A login that was wrong is never tried again by itself; a connection that was lost always is.
3. What we wrote is shown from the first moment, sent when that is possible, and shown once.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from client_gui.changes import (
    Change,
    Delivery,
    Entry,
    Inserted,
    Lost,
    OnlineChanged,
    OnlineStale,
    Phase,
    PutOff,
    Removed,
    Send,
    SignedIn,
    SignInFailed,
)
from client_gui.events import Closed, Opened
from client_gui.outbox import MAX_WAITING, Outbox
from client_gui.roster import Roster
from client_gui.timeline import Timeline
from wire.limits import MAX_TEXT
from wire.messages import (
    Chat,
    ChatMessage,
    Goodbye,
    History,
    LogIn,
    LoginResult,
    Message,
    OnlineCount,
    OnlineUser,
    Presence,
    Result,
    Who,
)
from wire.names import key

LOBBY = "lobby"
"""The room where everybody is; a message that names no room belongs there."""

MAX_ROOMS = 256
"""Rooms of which messages are kept; one that a server invents beyond these is not shown."""

Event = Message | Opened | Closed

_PASSING = frozenset(
    ("busy", "unavailable", "error", "stopping", "too-many-tries", "login-timeout")
)
"""Refusals of a login after which the same login may succeed."""

_MOMENTARY = frozenset(("busy", "unavailable"))
"""Refusals of a message that are over in a moment, and are not shown before they have lasted."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class ClientState:
    """Everything known about one person's presence on one server."""

    def __init__(self) -> None:
        self.phase = Phase.SIGNED_OUT
        self.username = ""
        self.nickname = ""
        self._goodbye: Goodbye | None = None
        self._timelines: dict[str, Timeline] = {}
        self._outbox = Outbox()
        self._roster = Roster()
        self._reading: Timeline | None = None
        self._reactions: dict[type, Callable[[Any], Iterable[Change]]] = {
            Closed: self._closed,
            LoginResult: self._login_result,
            ChatMessage: self._chat_message,
            Result: self._result,
            OnlineUser: self._online_user,
            Presence: self._presence,
            OnlineCount: self._online_count,
            Goodbye: self._goodbye_said,
        }

    # --- what a person wants ---------------------------------------------------------------------

    def sign_in(self, username: str) -> list[Change]:
        """A login as *username* begins. Another person than before begins with nothing."""
        changes = [] if self.is_same_person(username) else self._forget()
        self.username = username
        self.phase = Phase.SIGNING_IN
        return changes

    def is_same_person(self, username: str) -> bool:
        """Whether *username* is the one that was logged in last."""
        return key(username) == key(self.username)

    def return_now(self) -> None:
        """An attempt to come back begins."""
        self.phase = Phase.RETURNING

    def sign_out(self) -> list[Change]:
        """Leave, and forget everything."""
        self.phase = Phase.SIGNED_OUT
        self.username = self.nickname = ""
        return self._forget()

    def can_say(self) -> bool:
        """Whether one more message may be written; not while too many wait."""
        return self._timeline(LOBBY).unsettled < MAX_WAITING

    def say(self, room: str, text: str, cid: str, now: int, reply_to: int = 0) -> list[Change]:
        """Say *text* in *room*; *cid* is its new id, *now* the time in milliseconds.

        Raises:
            ValueError: it is empty or longer than ``MAX_TEXT``, or :meth:`can_say` says no.
        """
        if not 0 < len(text) <= MAX_TEXT or not self.can_say():
            raise ValueError("this text cannot be said")
        text = encodable(text)
        entry = Entry(cid, self.username, self.nickname, text, True, now, delivery=Delivery.PENDING)
        changes: list[Change] = [*self._timeline(room).wrote(entry)]
        self._outbox.add(Chat(self.username, entry.text, room, entry.key, reply_to))
        return changes + self._pump()

    def retry(self, cid: str) -> list[Change]:
        """Send what was refused another time, with its own id."""
        entry = self._timeline(LOBBY).find(cid)
        if entry is None or not entry.retryable:
            return []
        return [*self._timeline(LOBBY).pending_again(cid), *self._dispatch(entry)]

    def resend(self) -> list[Change]:
        """The wait after :class:`PutOff` is over."""
        if self.phase is not Phase.ONLINE:
            return []
        self._outbox.resume()
        return self._pump()

    def discard(self, cid: str) -> list[Change]:
        """Take away what was refused."""
        entry = self._timeline(LOBBY).find(cid)
        if entry is None or entry.delivery is not Delivery.REFUSED:
            return []
        return [*self._timeline(LOBBY).discarded(cid)]

    def read_older(self, room: str) -> list[Change]:
        """Ask for what was said in *room* before the first message that is here."""
        self._timeline(room).want_older()
        return self._read_on()

    def ask_who(self) -> list[Change]:
        """Ask who is online, unless we are not."""
        return self._roster.ask() if self.phase is Phase.ONLINE else []

    @property
    def unsettled(self) -> int:
        """How many of our messages the server has not taken."""
        return self._timeline(LOBBY).unsettled

    # --- what the link reports -------------------------------------------------------------------

    def apply(self, *events: Event) -> list[Change]:
        """Take *events* in order. Insertions that follow each other come out as one, and so does
        whatever happened to the list of who is online.
        """
        changes: list[Change] = []
        for event in events:
            reaction = self._reactions.get(type(event))
            if reaction is not None and self.phase is not Phase.SIGNED_OUT:
                changes += reaction(event)
        return _joined(changes + self._read_on() + self._roster.changed())

    def _closed(self, event: Closed) -> list[Change]:
        if self.phase is Phase.OFFLINE:
            return []
        self._roster.disconnected()
        self._outbox.disconnected()
        self._reading = None
        for timeline in self._timelines.values():
            timeline.disconnected()
        goodbye, self._goodbye = self._goodbye, None
        if self.phase is Phase.SIGNING_IN:
            self.phase = Phase.SIGNED_OUT
            return [
                SignInFailed(*((goodbye.reason, goodbye.detail) if goodbye else (event.failure,)))
            ]
        self.phase = Phase.OFFLINE
        return [Lost(goodbye.reason, goodbye.retry_after) if goodbye else Lost(event.failure)]

    def _goodbye_said(self, event: Goodbye) -> list[Change]:
        self._goodbye = event
        return []

    def _login_result(self, event: LoginResult) -> list[Change]:
        if self.phase not in (Phase.SIGNING_IN, Phase.RETURNING):
            return []
        if event.ret != "1":
            return self._login_refused(event.note, event.detail)
        self.phase = Phase.ONLINE
        self.username = event.username or self.username
        self.nickname = event.nickname or self.username
        self._outbox.resume()
        self._timeline(LOBBY)  # is where everybody is: what was said there is read at once
        for timeline in self._timelines.values():
            timeline.connected()
        return [SignedIn(self.username, self.nickname), *self._roster.ask(), *self._pump()]

    def _login_refused(self, reason: str, detail: str) -> list[Change]:
        if self.phase is Phase.RETURNING and reason in _PASSING:
            self.phase = Phase.OFFLINE
            return [Lost(reason)]
        self.phase = Phase.SIGNED_OUT
        return [SignInFailed(reason, detail)]

    def _chat_message(self, event: ChatMessage) -> list[Change]:
        room = event.room or LOBBY
        if room not in self._timelines and len(self._timelines) >= MAX_ROOMS:
            return []
        own = bool(event.username) and event.username == self.username
        return [*self._timeline(room).received(event, own)]

    def _result(self, event: Result) -> Iterable[Change]:
        match event.request:
            case Chat.code:
                return self._chat_result(event)
            case History.code:
                timeline, self._reading = self._reading, None
                return timeline.page_ended(event) if timeline is not None else []
            case Who.code:
                return self._roster.page_ended(event)
            case LogIn.code if event.outcome != "ok" and self.phase in (
                Phase.SIGNING_IN,
                Phase.RETURNING,
            ):
                return self._login_refused(event.outcome, event.detail)
        return []

    def _chat_result(self, event: Result) -> list[Change]:
        if event.outcome == "stopping":
            self._outbox.disconnected()
            return []
        if event.outcome in _MOMENTARY and (tries := self._outbox.put_off(event.reference)):
            return [PutOff(tries)]
        chat = self._outbox.answered(event.reference)
        if chat is None:
            return []
        timeline = self._timeline(LOBBY)
        if event.outcome == "ok":
            return [*timeline.stored(chat.cid, event.seq, event.time), *self._pump()]
        return [*timeline.refused(chat.cid, event.outcome, event.detail), *self._pump()]

    def _online_user(self, event: OnlineUser) -> list[Change]:
        self._roster.listed(event)
        return []

    def _presence(self, event: Presence) -> list[Change]:
        self._roster.came_or_went(event)
        return []

    def _online_count(self, event: OnlineCount) -> list[Change]:
        self._roster.counted(event.online)
        return [OnlineStale()]

    # --- inside ----------------------------------------------------------------------------------

    def _forget(self) -> list[Change]:
        rooms = [room for room in self._timelines.values() if room.entries]
        self._timelines = {}
        self._reading = None
        self._outbox = Outbox()
        self._roster = Roster()
        self._goodbye = None
        gone = [Removed(room.room, 0, len(room.entries)) for room in rooms]
        return [*gone, OnlineChanged((), 0)]

    def _timeline(self, room: str) -> Timeline:
        return self._timelines.setdefault(room, Timeline(room))

    def _dispatch(self, entry: Entry) -> list[Change]:
        self._outbox.add(Chat(self.username, entry.text, LOBBY, entry.key))
        return self._pump()

    def _read_on(self) -> list[Change]:
        """Ask for the next page of history that a room needs; one at a time."""
        if self.phase is not Phase.ONLINE or self._reading is not None:
            return []
        for timeline in self._timelines.values():
            request = timeline.next_request()
            if request is not None:
                self._reading = timeline
                return [Send(request)]
        return []

    def _pump(self) -> list[Change]:
        return [Send(chat) for chat in self._outbox.next_chats()]


def encodable(text: str) -> str:
    """Return *text* without half characters, which Qt hands over and UTF-8 has not."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def _joined(changes: Iterable[Change]) -> list[Change]:
    """The same *changes*, with insertions that continue each other joined into one."""
    joined: list[Change] = []
    run: list[Inserted] = []
    for change in changes:
        if run and not _continues(run, change):
            joined.append(_one(run))
            run = []
        if isinstance(change, Inserted):
            run.append(change)
        else:
            joined.append(change)
    return [*joined, _one(run)] if run else joined


def _continues(run: list[Inserted], change: Change) -> bool:
    last = run[-1]
    return (
        isinstance(change, Inserted)
        and change.room == last.room
        and change.position == last.position + len(last.entries)
    )


def _one(run: list[Inserted]) -> Inserted:
    entries = tuple(entry for inserted in run for entry in inserted.entries)
    return Inserted(run[0].room, run[0].position, entries)
