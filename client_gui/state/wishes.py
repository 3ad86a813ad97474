"""What a person wants of the client: each wish goes to the topic that it is about.

:class:`Wishes` is the half of :class:`~client_gui.state.client_state.ClientState` that the
session's slots call. What cannot wait for a connection is refused at once when there is none.
"""

from collections.abc import Iterable

from client_gui.changes import Change, Phase, RoomOpened, RoomRefused, Send
from client_gui.items import Unsent
from client_gui.state.kept_search import KeptSearch
from client_gui.state.members import Members
from client_gui.state.our_rooms import OurRooms
from client_gui.state.readers import Readers
from client_gui.state.room_requests import RoomRequests
from client_gui.state.rooms import Rooms
from client_gui.state.roster import Roster
from client_gui.state.search import Search
from client_gui.state.timelines import Timelines
from client_gui.state.typists import Typists
from client_gui.state.writing import Writing, encodable
from wire.messages import (
    CreateRoom,
    Invite,
    JoinRoom,
    LeaveRoom,
    ListRooms,
    Message,
    RemoveMember,
    RenameRoom,
    SetRole,
    SetTopic,
    Typing,
)
from wire.messages import Members as MembersRequest
from wire.messages import Readers as ReadersRequest


class Wishes:
    """The topics, and what is wanted of them. Every wish returns changes, as an event does."""

    _kept_search: KeptSearch

    def __init__(self) -> None:
        self.phase = Phase.SIGNED_OUT
        self._rooms = Rooms()
        self._timelines = Timelines()
        self._writing = Writing(self._timelines, self._rooms)
        self._roster = Roster()
        self._members = Members()
        self._typists = Typists()
        self._search = Search()
        self._requests = RoomRequests()
        self._our_rooms = OurRooms(self._rooms)
        self._readers = Readers()

    def _done(self, changes: Iterable[Change]) -> list[Change]:
        """Add what follows from *changes*, and keep on disk what is to be kept."""
        raise NotImplementedError

    # --- messages and changes --------------------------------------------------------------------

    @property
    def unsettled(self) -> int:
        """How many of our messages the server has not taken."""
        return self._writing.unsettled

    def unsent(self) -> tuple[Unsent, ...]:
        """Those messages, of all rooms, in the order in which they go."""
        return self._writing.unsent()

    @property
    def left_behind(self) -> int:
        """How many of them would stay behind if one left now: what is held goes out, if it can."""
        online = self.phase is Phase.ONLINE
        return self.unsettled - (self._writing.held if online else 0)

    def can_say(self) -> bool:
        """Whether one more message may be written; not while too many wait."""
        return not self._writing.full

    def say(
        self, room: str, text: str, cid: str, now: int, reply_to: int = 0, held: bool = False
    ) -> list[Change]:
        """Say *text* in *room*, perhaps as the answer to number *reply_to*; *cid* is its new id,
        *now* the time in milliseconds. If it is *held*, it is sent after :meth:`let_go`.

        Raises:
            ValueError: it is empty or longer than ``MAX_TEXT``, or :meth:`can_say` says no, or
                there can be no such room.
        """
        return self._done(self._writing.say(room, text, cid, now, reply_to, held))

    def let_go(self, cid: str) -> list[Change]:
        """Send what was held, unless it is gone."""
        return self._done(self._writing.let_go(cid))

    def set_aside(self, cid: str) -> list[Change]:
        """Do not send what is held, but keep it where it is, until somebody wants it again."""
        return self._done(self._writing.set_aside(cid))

    def edit(self, room: str, seq: int, text: str, cid: str) -> list[Change]:
        """Put *text* in place of that of our message *seq*.

        Raises:
            ValueError: it is empty or longer than ``MAX_TEXT``.
        """
        return self._done(self._writing.edit(room, seq, text, cid))

    def delete(self, room: str, seq: int, cid: str) -> list[Change]:
        """Take message *seq* back."""
        return self._done(self._writing.delete(room, seq, cid))

    def react(self, room: str, seq: int, sign: str, on: bool, cid: str) -> list[Change]:
        """Put *sign* to message *seq*, or take it away."""
        return self._done(self._writing.react(room, seq, sign, on, cid))

    def retry(self, cid: str) -> list[Change]:
        """Send what was refused another time, with its own id."""
        return self._done(self._writing.retry(cid))

    def discard(self, cid: str) -> list[Change]:
        """Take away what was refused, or was never sent."""
        return self._done(self._writing.discard(cid))

    def edit_unsent(self, cid: str, text: str) -> list[Change]:
        """Put *text* in place of what was never sent, or was refused for good.

        Raises:
            ValueError: it is empty or longer than ``MAX_TEXT``.
        """
        return self._done(self._writing.edit_unsent(cid, text))

    # --- reading ---------------------------------------------------------------------------------

    def open_room(self, room: str) -> list[Change]:
        """*room* is looked at: show its last page."""
        return self._done(self._timelines.open(room))

    def read_older(self, room: str) -> list[Change]:
        """Bring what was said in *room* before the first row that is here."""
        return self._done(self._timelines.read_older(room))

    def find_message(self, room: str, seq: int) -> list[Change]:
        """Bring message *seq* of *room* here; ``JumpTo`` or ``SearchFailed`` follows."""
        return self._done(self._timelines.seek(room, seq))

    def search(self, words: str, room: str) -> list[Change]:
        """Look for *words* in *room*, or everywhere; without a connection, on disk."""
        if self.phase is Phase.ONLINE:
            self._kept_search.give_up()
            return self._done(self._search.ask(encodable(words), room))
        return self._kept_search.ask(encodable(words), [room] if room else self._rooms.latest())

    def search_more(self) -> list[Change]:
        """The next page of hits."""
        if self._kept_search.goes_on:
            return self._kept_search.more()
        return self._done(self._search.more())

    def mark_read(self, room: str, seq: int) -> list[Change]:
        """Everything up to *seq* has been seen; :meth:`tell_read` tells the server."""
        left = self._timelines.unread_after(room, seq)
        self._rooms.read(room, seq, left, told=False)
        return self._done(())

    def tell_read(self) -> list[Change]:
        """Tell the server up to where we have read, if that is news."""
        if self.phase is not Phase.ONLINE:
            return []
        return self._done(map(Send, self._rooms.unsent_marks()))

    def ask_readers(self, room: str, seq: int) -> list[Change]:
        """Ask who has read message *seq*."""
        if self.phase is not Phase.ONLINE:
            return [RoomRefused(ReadersRequest.code, "offline")]
        return self._done(self._readers.ask(room, seq))

    # --- our own list ----------------------------------------------------------------------------

    def pin(self, room: str, on: bool) -> list[Change]:
        """Let *room* stand at the head of the list, or no longer."""
        self._rooms.pin(room, on)
        return self._done(())

    def mute(self, room: str, on: bool) -> list[Change]:
        """Let *room* be quiet, or no longer."""
        self._rooms.mute(room, on)
        return self._done(())

    # --- drafts and typing -----------------------------------------------------------------------

    def draft(self, room: str) -> str:
        """What was written in *room* and not sent."""
        return self._rooms.draft(room)

    def set_draft(self, room: str, text: str) -> list[Change]:
        """Keep *text*, which was written in *room* and not sent; empty is none."""
        self._rooms.set_draft(room, encodable(text))
        return self._done(())

    def typing(self, room: str) -> list[Change]:
        """Something is being written in *room*: tell the others, if that is possible."""
        return self._done([Send(Typing(room))] if self.phase is Phase.ONLINE else [])

    @property
    def anybody_types(self) -> bool:
        """Whether :meth:`second_passed` is to be called, in a second."""
        return self._typists.anybody

    def second_passed(self) -> list[Change]:
        """A second more has passed."""
        return self._done(self._typists.second_passed())

    # --- rooms and members -----------------------------------------------------------------------

    def open_direct(self, username: str) -> list[Change]:
        """Open the room that we share with *username*; it is made if there is none."""
        room = self._rooms.find_direct(username)
        return [RoomOpened(room)] if room else self._ask(JoinRoom(f"@{encodable(username)}"))

    def create_room(self, name: str, kind: str, topic: str) -> list[Change]:
        """Make a room."""
        return self._ask(CreateRoom(encodable(name), kind, encodable(topic)))

    def join(self, name: str) -> list[Change]:
        """Become a member of the room of this name or reference."""
        return self._ask(JoinRoom(encodable(name)))

    def leave(self, room: str) -> list[Change]:
        """Be a member no longer."""
        return self._ask(LeaveRoom(room))

    def invite(self, room: str, username: str) -> list[Change]:
        """Make *username* a member."""
        return self._ask(Invite(room, encodable(username)))

    def remove(self, room: str, username: str) -> list[Change]:
        """Put *username* out."""
        return self._ask(RemoveMember(room, encodable(username)))

    def set_role(self, room: str, username: str, role: str) -> list[Change]:
        """Say what *username* is."""
        return self._ask(SetRole(room, encodable(username), role))

    def set_topic(self, room: str, topic: str, cid: str) -> list[Change]:
        """Say what *room* is for."""
        return self._change_room(SetTopic(room, encodable(topic), cid))

    def rename(self, room: str, name: str, cid: str) -> list[Change]:
        """Give *room* another name."""
        return self._change_room(RenameRoom(room, encodable(name), cid))

    def list_public(self) -> list[Change]:
        """Ask for the rooms that anybody may join."""
        if self.phase is not Phase.ONLINE:
            return [RoomRefused(ListRooms.code, "offline")]
        return self._done(self._our_rooms.ask_public())

    def list_members(self, room: str) -> list[Change]:
        """Ask who is in *room*."""
        if self.phase is not Phase.ONLINE:
            return [RoomRefused(MembersRequest.code, "offline")]
        return self._done(self._members.ask(room))

    def ask_who(self) -> list[Change]:
        """Ask who is online, and who is in the room whose members are shown if that has changed."""
        if self.phase is not Phase.ONLINE:
            return []
        return self._done([*self._roster.ask(), *self._members.ask_again()])

    # --- inside ----------------------------------------------------------------------------------

    def _ask(self, request: Message) -> list[Change]:
        if self.phase is not Phase.ONLINE:
            return [RoomRefused(request.code, "offline")]
        return self._done(self._requests.ask(request))

    def _change_room(self, request: SetTopic | RenameRoom) -> list[Change]:
        # It would surprise everybody, a day later.
        if self.phase is not Phase.ONLINE:
            return [RoomRefused(request.code, "offline")]
        return self._done(self._writing.change(request))
