"""Who has read a message: asked for, one message at a time."""

from client_gui.changes import Change, ReadersListed, RoomRefused, Send
from client_gui.state.listings import Listings
from wire.limits import MAX_READERS
from wire.messages import Reader, Result
from wire.messages import Readers as ReadersRequest


class Readers:
    """The question on its way, and those that wait."""

    def __init__(self) -> None:
        self._listings: Listings[str] = Listings(_request, MAX_READERS)

    def ask(self, room: str, seq: int) -> list[Change]:
        """Ask who has read message *seq*."""
        return [Send(request) for request in self._listings.ask(f"{room} {seq}")]

    def listed(self, reader: Reader) -> None:
        """Somebody has read it."""
        self._listings.add(reader.nickname)

    def page_ended(self, result: Result) -> list[Change]:
        """That is all, or it was refused."""
        listed, requests = self._listings.page_ended(result)
        changes: list[Change] = [Send(request) for request in requests]
        if listed is None:
            return changes
        if listed.refused is not None:
            return [*changes, RoomRefused(result.request, result.outcome, result.detail)]
        message = _request(listed.about, "")
        return [*changes, ReadersListed(message.room, message.target, tuple(listed.items))]

    def disconnected(self) -> list[Change]:
        """No answer will come."""
        return [RoomRefused(ReadersRequest.code, "offline") for _ in self._listings.disconnected()]


def _request(about: str, _after: str) -> ReadersRequest:
    room, _, seq = about.rpartition(" ")
    return ReadersRequest(room, int(seq))
