"""Who has read a message."""

from client_gui.changes import ReadersListed, RoomRefused, Send
from client_gui.state.readers import Readers
from wire.messages import Reader, Result
from wire.messages import Readers as ReadersRequest


def test_readers_are_told() -> None:
    """By nickname, with the message; one question after the other."""
    readers = Readers()
    assert readers.ask("#1", 5) == [Send(ReadersRequest("#1", 5))]
    assert readers.ask("#1", 6) == []
    readers.listed(Reader("ann", "Ann", 9))
    assert readers.page_ended(Result("0022", "ok")) == [
        Send(ReadersRequest("#1", 6)),
        ReadersListed("#1", 5, ("Ann",)),
    ]
    refused = Result("0022", "too-large", "", "so many")
    assert readers.page_ended(refused) == [RoomRefused("0022", "too-large", "so many")]
    assert readers.page_ended(refused) == []


def test_a_lost_connection_is_a_refusal() -> None:
    """Nobody waits."""
    readers = Readers()
    readers.ask("#1", 5)
    assert readers.disconnected() == [RoomRefused("0022", "offline")]
