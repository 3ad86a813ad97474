"""Up to where one has read: shared by one's sessions, and there after a restart."""

from tests.e2e.conftest import OnAnyDatabase
from tests.helpers.line_client import LineClient


def unread(client: LineClient) -> list[str]:
    """The last number of the lobby, how far it is read, and how many are unread."""
    client.send_line("0019", "mine")
    frame = client.expect("1011", "lobby")
    client.expect("1000", "0019", "ok")
    return frame[7:10]


def test_marks(on_any_database: OnAnyDatabase) -> None:
    """Two sessions of one user agree; a stop saves what waits; a lower number changes nothing."""
    on = on_any_database
    on.start()
    one, two, other = on.full("user1"), on.full("user1"), on.full("user2")
    for number in range(1, 6):
        other.say("user2", f"text {number}", f"c{number}")
        other.expect("1000", "0002", "ok")
    for client in (one, two):
        assert len(client.ping()) == 5
    assert unread(one) == ["5", "0", "5"]
    one.send_line("0021", "lobby", "3")
    two.expect("2007", "lobby", "3")
    two.send_line("0021", "lobby", "2")
    two.expect_nothing()
    one.expect_nothing()
    other.expect_nothing()
    on.server.stop()
    on.start()
    assert unread(on.full("user1")) == ["5", "3", "2"]
    assert unread(on.full("user2")) == ["5"]


def test_who_has_read(on_any_database: OnAnyDatabase) -> None:
    """In a small room, once it is saved; those of a large one, and the lobby of a few, likewise."""
    on = on_any_database
    on.start()
    ann, bob = on.full("user1"), on.full("user2")
    ann.send_line("0011", "Attic")
    reference = ann.expect("1011")[1]
    ann.expect("1000", "0011", "ok")
    bob.send_line("0012", "Attic")
    bob.expect("1011", reference)
    bob.expect("1000", "0012", "ok")
    ann.send_line("0002", "user1", "hello", "Attic", "c1")
    while ann.receive_frame()[:2] != ["1000", "0002"]:
        pass
    bob.send_line("0021", "Attic", "1")
    bob.ping()
    on.server.stop()
    on.start()
    ann = on.full("user1")
    ann.send_line("0022", reference, "1")
    ann.expect("1013", "user2", "itcast2", "1")
    ann.expect("1000", "0022", "ok", "", reference)
