"""A list of messages for each room."""

from client_gui.changes import Inserted, Removed
from client_gui.models.conversations import LATELY, Conversations
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


def test_who_speaks_is_known(qapp: object, make_entry: MakeEntry) -> None:
    """By the name that they have now, as far back as one looks."""
    conversations = Conversations()
    said = [make_entry(n + 1, username="old") for n in range(LATELY)]
    said[:0] = [make_entry(0, username="older")]
    said += [make_entry(900, username="ann", nickname=name) for name in ("Ann", "Anna")]
    conversations.apply([Inserted("#1", 0, tuple(said)), Inserted("#2", 0, (make_entry(1),))])
    assert conversations.speakers() == {"old": "Grace", "ann": "Anna", "user2": "Grace"}
