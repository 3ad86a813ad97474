"""Who is in a room: listed when it is asked for, then kept by events, for one room at a time."""

from dataclasses import replace

from client_gui.changes import Change, MembersListed, OnlineStale, RoomRefused, Send
from client_gui.items import MemberItem
from client_gui.state.listings import Listings
from wire.messages import Member, MemberChanged, MembersChanged, Presence, Result
from wire.messages import Members as MembersRequest

MAX_LISTED = 2_000
"""Members that are listed: ten full pages, more than anybody scrolls through."""


class Members:
    """The members of the room that was asked for last. :meth:`changed` tells once what many events
    have done."""

    def __init__(self) -> None:
        self._listings: Listings[MemberItem] = Listings(MembersRequest, MAX_LISTED)
        self._room = ""
        self._members: dict[str, MemberItem] = {}
        self._more = False
        self._stale = False
        self._dirty = False

    def ask(self, room: str) -> list[Change]:
        """Ask who is in *room*."""
        return [Send(request) for request in self._listings.ask(room)]

    def ask_again(self) -> list[Change]:
        """Ask once more, if so many came and went that they were not told."""
        stale, self._stale = self._stale, False
        return self.ask(self._room) if stale else []

    def listed(self, member: Member) -> None:
        """An entry of the listing has come."""
        item = MemberItem(member.username, member.nickname, member.role, member.state == "1")
        self._listings.add(item)

    def page_ended(self, result: Result) -> list[Change]:
        """A page is complete, or was refused."""
        listed, requests = self._listings.page_ended(result)
        changes: list[Change] = [Send(request) for request in requests]
        if listed is None:
            return changes
        if listed.refused is not None:
            return [*changes, RoomRefused(result.request, result.outcome, result.detail)]
        self._room, self._more, self._dirty = listed.about, listed.more, True
        self._members = {item.username: item for item in listed.items}
        return changes

    def came_or_went(self, event: MemberChanged) -> int:
        """Somebody came, went, or is another one than before: return how many more there are."""
        shown = event.room == self._room
        known = self._members.get(event.username) if shown else None
        if not event.role:
            if known is not None:
                del self._members[event.username]
                self._dirty = True
            return -1
        if shown and (known or len(self._members) < MAX_LISTED):
            online = known.online if known else True
            item = MemberItem(event.username, event.nickname, event.role, online)
            self._members[event.username] = item
            self._dirty = True
        # Somebody of whom only the role is told was there before, or came; most come as members.
        return int(known is None and event.role == "member")

    def many_came_or_went(self, event: MembersChanged) -> list[Change]:
        """So many came and went that only this is told."""
        if event.room != self._room:
            return []
        self._stale = True
        return [OnlineStale()]

    def online(self, presence: Presence) -> None:
        """Somebody came online, or went."""
        known = self._members.get(presence.username)
        if known is not None:
            self._members[known.username] = replace(known, online=presence.state == "1")
            self._dirty = True

    def changed(self) -> list[Change]:
        """The members, if they have changed since the last time."""
        if not self._dirty:
            return []
        self._dirty = False
        members = tuple(sorted(self._members.values(), key=lambda member: member.username))
        return [MembersListed(self._room, members, self._more)]

    def disconnected(self) -> list[Change]:
        """The rest of a listing will not come."""
        asked = self._listings.disconnected()
        return [RoomRefused(MembersRequest.code, "offline") for _ in asked]
