"""Which rooms there are: ours, asked for after each login, and the public ones.

Both are answered by the same messages, and the server tells of rooms unasked, so they are told
apart here: we are in a room where we have a role.
"""

from client_gui.changes import Change, PutOff, RoomRefused, RoomsListed, Send
from client_gui.items import RETRYABLE, RoomItem
from client_gui.state.listings import Listings
from client_gui.state.rooms import LOBBY, MAX_MEMBERS, MAX_ROOMS, Rooms
from client_gui.state.said_lately import SaidLately
from wire.messages import ListRooms, Result, RoomInfo

_OURS = "mine"
_PUBLIC = "public"

_OPEN_TO_ALL = frozenset(("public", "announcement"))
"""The kinds of room that anybody may join."""


class OurRooms:
    """The listings of rooms; *rooms* are told what is ours, and :attr:`lately` when all are."""

    def __init__(self, rooms: Rooms) -> None:
        self.lately = SaidLately(rooms)
        self._rooms = rooms
        self._listings: Listings[RoomItem] = Listings(ListRooms, MAX_ROOMS)
        self._ask_again = False

    def ask(self) -> list[Change]:
        """Ask which rooms are ours."""
        self._ask_again = False
        self._rooms.listing()
        return [Send(request) for request in self._listings.ask(_OURS)]

    def ask_again(self) -> list[Change]:
        """Ask once more, if the server could not say."""
        return self.ask() if self._ask_again else []

    def ask_public(self) -> list[Change]:
        """Ask for the rooms that anybody may join."""
        return [Send(request) for request in self._listings.ask(_PUBLIC)]

    def told(self, info: RoomInfo) -> None:
        """The server told of a room, asked or not."""
        if self._listings.about == _PUBLIC and info.kind in _OPEN_TO_ALL:
            self._listings.add(_public_item(info))
        if info.role or info.room == LOBBY:
            self._rooms.info(info)

    def page_ended(self, result: Result) -> tuple[list[Change], list[str]]:
        """A page is complete, or was refused: return what follows, and the rooms that turn out to
        be ours no longer."""
        listed, requests = self._listings.page_ended(result)
        changes: list[Change] = [Send(request) for request in requests]
        if listed is None:
            return changes, []
        refused = listed.refused
        if listed.about == _PUBLIC:
            if refused is not None:
                return [*changes, RoomRefused(refused.request, refused.outcome, refused.detail)], []
            return [*changes, RoomsListed(tuple(listed.items), listed.more)], []
        if refused is not None:
            self._ask_again = refused.outcome in RETRYABLE
            return [*changes, *([PutOff(1)] if self._ask_again else ())], []
        gone = [] if listed.more else self._rooms.listing_ended()
        self.lately.listed()
        return [*changes, *map(Send, self._rooms.unsent_marks())], gone

    def disconnected(self) -> list[Change]:
        """The rest of a listing will not come."""
        self._ask_again = False
        self.lately.disconnected()
        asked = self._listings.disconnected()
        return [RoomRefused(ListRooms.code, "offline") for about in asked if about == _PUBLIC]


def _public_item(info: RoomInfo) -> RoomItem:
    members = min(info.members, MAX_MEMBERS)
    return RoomItem(info.room, info.kind, info.name, info.topic, info.role, members)
