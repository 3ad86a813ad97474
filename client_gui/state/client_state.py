"""What the client knows, without Qt, sockets or clocks: events and wishes in, changes out.

:meth:`ClientState.apply` takes what the link reports; the wishes are in
:mod:`client_gui.state.wishes`. Each returns the changes, in order; the session obeys those that are
to be sent, and shows the rest. What they are about is known by the topics, each in a file of its
own; this one leads them through login, loss and return.

1. Nothing that a server sends raises anything: what does not fit is ignored.
2. A login that was wrong is never tried again by itself; a connection that was lost always is.
3. What is ours is on disk, if there is a store, before the changes are returned that send it.

After a login, the list of our rooms is asked for; then what waits is sent, so that what had reached
the server before is acknowledged before it comes back; then every room that is here is resumed. The
request to resume goes behind the *answer* to the login, not behind the login: that costs one way
through the network, but only the answer says whether the marks are of this database (the epoch),
whose they are, and whether there was a login at all.
"""

from collections.abc import Callable, Iterable
from typing import Any

from client_gui.changes import (
    Change,
    Lost,
    OnlineChanged,
    OnlineStale,
    Phase,
    RoomClosed,
    RoomsChanged,
    SignedIn,
    SignInFailed,
    StartedOffline,
    TokenRefused,
)
from client_gui.events import Closed, Failure, Opened
from client_gui.log.conversation import Me
from client_gui.log.rows import names
from client_gui.log.store import Store
from client_gui.state.joining import joined
from client_gui.state.keeping import Keeping
from client_gui.state.kept_search import KeptSearch
from client_gui.state.rooms import LOBBY, is_reference
from client_gui.state.wishes import Wishes
from wire.messages import Change as RoomChange
from wire.messages import (
    Chat,
    ChatMessage,
    CreateRoom,
    Delete,
    Edit,
    Found,
    Goodbye,
    History,
    Invite,
    IsTyping,
    JoinRoom,
    LeaveRoom,
    ListRooms,
    LogIn,
    LoginResult,
    Member,
    MemberChanged,
    Members,
    MembersChanged,
    Message,
    OnlineCount,
    OnlineUser,
    Presence,
    React,
    Reader,
    Readers,
    ReadUpTo,
    RemoveMember,
    RenameRoom,
    Result,
    Resume,
    RoomGone,
    RoomInfo,
    Search,
    SetRole,
    SetTopic,
    Who,
)
from wire.names import key

Event = Message | Opened | Closed

_PASSING = frozenset(
    ("busy", "unavailable", "error", "stopping", "too-many-tries", "login-timeout")
)
"""Refusals of a login after which the same login may succeed."""

_FIRST = (LoginResult, Result, Goodbye, Closed)
_MAY_COME = {Phase.SIGNED_OUT: (), Phase.SIGNING_IN: _FIRST, Phase.RETURNING: _FIRST}
"""What is listened to, in phases in which not everything is."""

_LOCKING = frozenset(("wrong-login", "wrong-token", "revoked"))
"""Refusals behind which nothing is shown before a login succeeds."""

_NUMBERED = [kind.code for kind in (Chat, Edit, Delete, React, SetTopic, RenameRoom)]
"""Requests whose answer brings a number in the room."""

_ASKED = [kind.code for kind in (CreateRoom, JoinRoom, LeaveRoom, Invite, RemoveMember, SetRole)]
"""Requests for rooms and members, other than those."""

_NOBODY_THERE = frozenset(Failure) - {Failure.ASKED, Failure.NOT_MINICHAT}
"""Failures after which a first login may begin with what is on disk."""


class ClientState(Wishes):
    """Everything known about one person's presence on one server, from the first login until
    :meth:`sign_out`; another person, or another server, is another state.

    With a *store*, it goes on from what is there, and the store is this state's to close. What is
    in it is shown when the server has accepted the login, or when no server answers: then to
    whoever logs in as this user, with whatever password. It is no secret from them, since they are
    at the account of this machine that may read the file. But not behind a sign-out or a login
    refused as wrong: from then on, it is shown only when the server has accepted a login.
    """

    def __init__(self, store: Store | None = None) -> None:
        super().__init__()
        self.username = ""
        self.nickname = ""
        self._keeping = Keeping(store, self._rooms, self._timelines, self._writing)
        self._kept_search = KeptSearch(self._keeping)
        self._shown = False
        """Whether the window has been told what we know."""
        self._goodbye: Goodbye | None = None
        self._reactions: dict[type, Callable[[Any], Iterable[Change] | None]] = {
            Closed: self._closed,
            LoginResult: self._login_result,
            Goodbye: self._goodbye_said,
            Result: self._result,
            ChatMessage: self._chat_message,
            RoomChange: self._room_change,
            RoomInfo: self._room_info,
            RoomGone: self._room_gone,
            Member: self._members.listed,
            MemberChanged: self._member_changed,
            MembersChanged: self._members.many_came_or_went,
            IsTyping: self._is_typing,
            ReadUpTo: self._read_up_to,
            Reader: self._readers.listed,
            Found: self._search.found,
            OnlineUser: self._roster.listed,
            Presence: self._presence,
            OnlineCount: self._online_count,
        }
        """What each message does; None is as good as no changes."""
        self._answers: dict[str, Callable[[Result], Iterable[Change]]] = {
            LogIn.code: self._login_answered,
            History.code: self._timelines.page_ended,
            Resume.code: self._timelines.resumed,
            Who.code: self._roster.page_ended,
            ListRooms.code: self._rooms_listed,
            Members.code: self._members.page_ended,
            Readers.code: self._readers.page_ended,
            Search.code: self._search.page_ended,
            **dict.fromkeys(_NUMBERED, self._writing.answered),
            **dict.fromkeys(_ASKED, self._requests.answered),
        }

    # --- a person comes and goes -----------------------------------------------------------------

    def sign_in(self, username: str) -> list[Change]:
        """A login as *username* begins, the first one or, after a failure, another one."""
        self.username = self.username or username
        self.phase = Phase.SIGNING_IN
        return []

    def is_same_person(self, username: str) -> bool:
        """Whether this state is about *username*."""
        return key(username) == key(self.username)

    def return_now(self) -> None:
        """An attempt to come back begins."""
        self.phase = Phase.RETURNING

    def sign_out(self) -> list[Change]:
        """Leave. The window is to forget everything; what is on disk waits for the next login."""
        self._keeping.lock()
        return self.step_aside()

    def step_aside(self) -> list[Change]:
        """Leave, as :meth:`sign_out`, but what is on disk may be shown without a server again."""
        trouble = self._keeping.write()
        self.phase = Phase.SIGNED_OUT
        self.username = self.nickname = ""
        self.close()
        return [*self._timelines.forget(), *trouble, RoomsChanged(()), OnlineChanged((), 0)]

    @property
    def is_kept(self) -> bool:
        """Whether what is ours is on disk."""
        return self._keeping.has_store

    def give_up(self, reason: str) -> list[Change]:
        """There is nothing to log in with any more: back to the login window."""
        return self._done(self._refused(reason, ""))

    def close(self) -> None:
        """Close the store: the program ends."""
        self._keeping.close()

    def resend(self) -> list[Change]:
        """The wait after :class:`PutOff` is over."""
        if self.phase is not Phase.ONLINE:
            return []
        self._timelines.go_on()
        return self._done([*self._our_rooms.ask_again(), *self._writing.connected()])

    # --- what the link reports -------------------------------------------------------------------

    def apply(self, *events: Event) -> list[Change]:
        """Take *events* in order. Insertions that follow each other come out as one, and so does
        whatever happened to a list. What is to be kept of all of them is kept at once.
        """
        changes: list[Change] = []
        for event in events:
            reaction = self._reactions.get(type(event))
            if reaction is not None and isinstance(event, _MAY_COME.get(self.phase, object)):
                changes += reaction(event) or ()
        return self._done(changes)

    def _result(self, event: Result) -> Iterable[Change]:
        answer = self._answers.get(event.request)
        return answer(event) if answer is not None else ()

    def _closed(self, event: Closed) -> list[Change]:
        if self.phase is Phase.OFFLINE:
            return []
        goodbye, self._goodbye = self._goodbye, None
        reason = goodbye.reason if goodbye else event.failure
        detail = goodbye.detail if goodbye else ""
        changes = self._disconnected()
        first = self.phase is Phase.SIGNING_IN
        if reason == "revoked" or (first and not self._may_start_offline(reason)):
            return [*changes, *self._refused(reason, detail)]
        self.phase = Phase.OFFLINE
        shown = [StartedOffline(self.username, self.nickname), *self._show_kept()]
        lost = Lost(reason, goodbye.retry_after if goodbye else 0)
        return [*changes, *(shown if first else ()), lost]

    def _may_start_offline(self, reason: str | Failure) -> bool:
        """Whether there is something to be shown though no login has succeeded."""
        owner = self._keeping.owner() if reason in _NOBODY_THERE else None
        if owner is not None:
            self.username, self.nickname = owner
        return owner is not None

    def _disconnected(self) -> list[Change]:
        self._roster.disconnected()
        self._writing.disconnected()
        return [
            *self._our_rooms.disconnected(),
            *self._timelines.disconnected(),
            *self._members.disconnected(),
            *self._readers.disconnected(),
            *self._requests.disconnected(),
            *self._search.disconnected(),
            *self._typists.disconnected(),
        ]

    def _goodbye_said(self, event: Goodbye) -> None:
        self._goodbye = event

    # --- logging in ------------------------------------------------------------------------------

    def _login_result(self, event: LoginResult) -> list[Change]:
        if self.phase not in (Phase.SIGNING_IN, Phase.RETURNING):
            return []
        if event.ret != "1":
            return self._login_refused(event.note, event.detail)
        self.phase = Phase.ONLINE
        self.username = event.username or self.username
        self.nickname = event.nickname or self.username
        shown = self._show_kept()
        forgotten = self._see_epoch(event.epoch)
        return [
            SignedIn(self.username, self.nickname, event.note),
            *shown,
            *forgotten,
            *self._roster.ask(),
            *self._our_rooms.ask(),
            *self._writing.connected(),
            *self._timelines.connected(self._rooms),
        ]

    def _see_epoch(self, epoch: str) -> list[Change]:
        """With another database than before, what is cached means nothing."""
        before = self._keeping.epoch
        self._keeping.logged_in(Me(self.username, self.nickname), epoch or before)
        if before in ("", self._keeping.epoch):
            return []
        self._rooms.forget_numbers()
        self._our_rooms.lately.begin_again()
        return [*self._writing.begin_again(), *self._timelines.begin_again()]

    def _login_answered(self, result: Result) -> list[Change]:
        waits = self.phase in (Phase.SIGNING_IN, Phase.RETURNING) and result.outcome != "ok"
        return self._login_refused(result.outcome, result.detail) if waits else []

    def _login_refused(self, reason: str, detail: str) -> list[Change]:
        if self.phase is Phase.RETURNING:
            if reason == "wrong-token":
                return [TokenRefused()]
            if reason in _PASSING:
                self.phase = Phase.OFFLINE
                return [Lost(reason)]
        return self._refused(reason, detail)

    def _refused(self, reason: str | Failure, detail: str) -> list[Change]:
        """Back to the login window."""
        self.phase = Phase.SIGNED_OUT
        if reason in _LOCKING:
            self._keeping.lock()
        return [SignInFailed(reason, detail)]

    # --- messages, rooms, people -----------------------------------------------------------------

    def _chat_message(self, event: ChatMessage) -> list[Change]:
        if not is_reference(event.room):
            return []
        own = event.username == self.username
        names_us = not own and names(event.text, self.username)
        if self._rooms.said(event, own, names_us):
            self._our_rooms.lately.said(event, names_us)
        stopped = self._typists.stopped(event.room, event.username)
        return [*self._writing.received(event, own), *stopped]

    def _room_change(self, event: RoomChange) -> list[Change]:
        if not is_reference(event.room):
            return []
        self._rooms.has_changed(event)
        return self._timelines.received(event)

    def _room_info(self, event: RoomInfo) -> None:
        if is_reference(event.room):
            self._our_rooms.told(event)
            self._timelines.let_in(event.room)
            self._requests.room_told(event.room)

    def _rooms_listed(self, result: Result) -> list[Change]:
        changes, gone = self._our_rooms.page_ended(result)
        return [*changes, *self._gone(gone, "removed")]

    def _room_gone(self, event: RoomGone) -> list[Change]:
        return self._gone([event.room], event.reason)

    def _gone(self, rooms: Iterable[str], reason: str) -> list[Change]:
        ours = [room for room in rooms if room != LOBBY and room in self._rooms]
        for room in ours:
            self._rooms.gone(room)
        lost = self._writing.gone(*ours)
        forgotten = [change for room in ours for change in self._timelines.gone(room)]
        return [*forgotten, *lost, *(RoomClosed(room, reason) for room in ours)]

    def _member_changed(self, event: MemberChanged) -> None:
        self._rooms.members(event.room, self._members.came_or_went(event))

    def _is_typing(self, event: IsTyping) -> list[Change]:
        if event.room not in self._rooms or event.username == self.username:
            return []
        return [*self._typists.types(event.room, event.username, event.nickname)]

    def _read_up_to(self, event: ReadUpTo) -> None:
        left = self._timelines.unread_after(event.room, event.seq)
        self._rooms.read(event.room, event.seq, left, told=True)

    def _presence(self, event: Presence) -> None:
        self._roster.came_or_went(event)
        self._members.online(event)

    def _online_count(self, event: OnlineCount) -> list[Change]:
        self._roster.counted(event.online)
        return [OnlineStale()]

    # --- disk, and what follows ------------------------------------------------------------------

    def _show_kept(self) -> list[Change]:
        """Tell the window what is on disk, the first time; and who we are."""
        me = Me(self.username, self.nickname)
        first, self._shown = not self._shown, True
        changes = self._timelines.look_as(me)
        return self._keeping.load(me) if first else changes

    def _done(self, changes: Iterable[Change]) -> list[Change]:
        """Add what follows from *changes*, and keep on disk what is to be kept."""
        followed = [
            *changes,
            *self._timelines.read_on(),
            *self._roster.changed(),
            *self._members.changed(),
            *(self._rooms.changed() if self._shown else ()),
            *self._our_rooms.lately.changed(),
        ]
        # What is to be sent is sent behind this.
        return joined([*followed, *self._keeping.write()])
