"""A list of messages for each room."""

from client_gui.changes import Inserted, Removed
from client_gui.models.conversations import Conversations
from tests.client_gui.conftest import MakeEntry


def test_changes_go_to_their_rooms(qapp: object, make_entry: MakeEntry) -> None:
    """In order, whether somebody looks or not; the model of a room stays the same."""
    conversations = Conversations()
    lobby = conversations.of("lobby")
    conversations.apply(
        [
            Inserted("#1", 0, (make_entry(1), make_entry(2))),
            Inserted("lobby", 0, (make_entry(3),)),
            Removed("#1", 0, 1),
        ]
    )
    assert lobby is conversations.of("lobby")
    assert [lobby.entry(row).seq for row in range(lobby.rowCount())] == [3]
    other = conversations.of("#1")
    assert [other.entry(row).seq for row in range(other.rowCount())] == [2]
