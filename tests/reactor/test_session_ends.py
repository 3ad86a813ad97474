"""How a session ends: answered first, told why, and then nothing more."""

import pytest

from reactor.dialects import BASIC, LINELESS, Dialect
from reactor.silence import ROUNDS
from tests.helpers.chat import LOGGED_IN, NOW, PATIENCE, PING_AFTER, Stage
from wire.limits import MAX_LINE

# --- the peer's last word


def test_after_the_last_word_everything_is_answered(stage: Stage) -> None:
    """printf … | nc: a login, messages, and the end, all before the first is answered."""
    client, other = stage.connect(), stage.full("user2")
    other.told()
    count = 3 * PATIENCE.unacknowledged
    lines = [f"0002|user1|{n}||c{n}" for n in range(count)]
    client.says("0001|user1|111111|t/1", "0003|t")
    client.connection.reading = True  # both came in one turn
    client.says(*lines)
    client.connection.reading = True
    client.ends()
    stage.settle()
    told = client.told()
    assert told[0] == LOGGED_IN.replace("token1", "token2")
    assert "1000|0003|ok|t" in told
    assert told[-1] == f"1000|0002|ok|c{count - 1}|lobby|{count}|{NOW}"
    assert len([frame for frame in told if frame.startswith("1000|0002|ok")]) == count
    assert client.connection.closed
    assert len(other.told_of("1002")) == count


def test_the_last_word_of_a_basic_client(stage: Stage) -> None:
    """Stored and told to the others; then the connection is closed."""
    client, other = stage.connect(), stage.basic("user2")
    client.says("0001|user1|111111", "0002|user1|hello")
    client.connection.reading = True
    client.ends()
    assert not client.connection.closed
    stage.settle()
    assert client.told() == ["1001|1|itcast1|user1"]
    assert other.told() == ["1002|itcast1|hello"]
    assert client.connection.closed


def test_the_last_word_of_a_line_less_client(stage: Stage) -> None:
    """The end is as good as quiet."""
    client = stage.connect(LINELESS)
    client.sends(b"0001|user1|111111")
    client.ends()
    stage.settle()
    assert client.told() == ["1001|1|itcast1|user1"]
    assert client.connection.closed


def test_a_line_that_was_not_ended_is_nothing(stage: Stage) -> None:
    """Half a message is not a message."""
    client = stage.full()
    client.told()
    client.sends(b"0003|whole\n0003|ha")
    client.ends()
    assert client.pings_answered() == ["whole"]
    assert client.connection.closed


def test_the_last_word_with_nothing_to_say(stage: Stage) -> None:
    """A probe that connects and goes."""
    client = stage.connect()
    client.ends()
    assert client.told() == []
    assert client.connection.closed
    client.loses_connection("closed")
    assert stage.lost == [client.session]


def test_a_failed_login_and_the_end(stage: Stage) -> None:
    """Is answered before the connection is closed."""
    client = stage.connect()
    client.says("0001|user1|wrong")
    client.ends()
    stage.settle()
    assert client.told() == ["1001|0||"]
    assert client.connection.closed


# --- lines without end


def test_a_line_without_end_closes_after_what_came_before(stage: Stage) -> None:
    """The earlier frames are answered, those that wait for a commit too."""
    client = stage.full()
    client.told()
    client.sends(b"0003|t\n0002|user1|hello||c1\n" + b"x" * (MAX_LINE + 1))
    assert not client.connection.closed
    assert not client.connection.reading
    stage.settle()
    assert client.told_but_presence() == [
        "1000|0003|ok|t",
        f"1000|0002|ok|c1|lobby|1|{NOW}",
        "2000|too-long|a line went on without an end",
    ]
    assert client.connection.closed


def test_a_line_without_end_behind_a_login(stage: Stage) -> None:
    """The login is answered first."""
    client = stage.connect()
    client.sends(b"0001|user1|111111|t/1\n" + b"x" * (MAX_LINE + 1))
    stage.settle()
    first, *_, last = client.told()
    assert first == LOGGED_IN
    assert last.startswith("2000|too-long|")
    assert client.connection.closed


@pytest.mark.parametrize("dialect", [BASIC, LINELESS])
def test_a_line_without_end_of_the_others(stage: Stage, dialect: Dialect) -> None:
    """Just closed."""
    client = stage.connect(dialect)
    client.sends(b"x" * (MAX_LINE + 1))
    assert client.told() == []
    assert client.connection.closed


# --- the end


def test_an_ended_session_gets_nothing(stage: Stage) -> None:
    """Whatever was under way; the others get what it said. (Its connection checks this.)"""
    client, other = stage.full("user1"), stage.full("user2")
    stage.advance(1)
    client.told()
    other.told()
    client.says("0002|user1|last||c1", "0003|t")
    client.loses_connection()
    other.says("0002|user2|hello")
    stage.settle()
    stage.advance(1000)
    assert client.told() == ["1000|0003|ok|t"]
    assert [f.split("|")[2] for f in other.told_of("1002")] == ["last"]
    assert stage.lost == [client.session]
    assert len(stage.services.online) == 0


def test_a_session_ends_once(stage: Stage) -> None:
    """However many ways lead there."""
    client, other = stage.full("user1"), stage.full("user2")
    stage.advance(1)
    client.told()
    client.session.end("stopping", "first", 2)
    client.session.end("silent", "second")
    assert client.told() == ["2000|stopping|first|2"]
    client.loses_connection()
    client.session.end("silent", "third")
    assert client.told() == []
    assert len(stage.services.online) == 1
    assert client.session not in stage.services.rooms.lobby
    assert other.session in stage.services.rooms.lobby


def test_the_connection_is_lost_while_a_login_is_checked(stage: Stage) -> None:
    """Nobody is online then, and nobody is in a room."""
    client = stage.connect()
    client.says("0001|user1|111111", "0002|user1|hello")
    client.loses_connection()
    stage.settle()
    assert client.told() == []
    assert len(stage.services.online) == 0
    assert len(stage.services.rooms.lobby) == 0
    assert stage.store.messages.stored == []


def test_an_ended_session_leaves_no_deadline(stage: Stage) -> None:
    """Nothing keeps it in memory until its time would have been up."""
    stage.connect().loses_connection()
    stage.full().loses_connection()
    lineless = stage.connect(LINELESS)
    lineless.sends(b"0001")
    lineless.loses_connection()
    stage.advance(PING_AFTER / ROUNDS)  # presence is told, and nobody is there to be watched
    assert all(timer.cancelled for _, _, timer in stage.loop._timers)


def test_what_a_turn_has_for_it_is_told_before_the_end(stage: Stage) -> None:
    """Its acknowledgement is there, though the turn's delivery is still to come."""
    client = stage.full()
    client.told()
    client.says("0002|user1|hello||c1")
    stage.turn()
    stage.database.run_one()
    stage.loop.call_soon(client.session.end, "stopping", "bye")
    stage.turn()
    assert client.told_but_presence() == [f"1000|0002|ok|c1|lobby|1|{NOW}", "2000|stopping|bye"]


def test_last_words_of_a_slow_reader(stage: Stage) -> None:
    """Given to the transport, not written; and the session has ended."""
    client, basic = stage.full("user1"), stage.basic("user2")
    client.told()
    words = client.session.last_words()
    assert words == b"2000|slow-reader|you read more slowly than messages come\n"
    assert basic.session.last_words() == b""
    assert client.told() == []
    assert client.session.ended
    assert len(stage.services.online) == 0


# --- going down


def test_a_server_that_goes_down_takes_nothing_more(stage: Stage) -> None:
    """What was taken is answered; frames that waited are not served."""
    client, other = stage.full("user1"), stage.full("user2")
    other.told()
    client.told()
    client.says(*(f"0002|user1|{n}||c{n}" for n in range(PATIENCE.unacknowledged + 5)))
    client.session.stop_taking()
    stage.settle()
    assert len(client.told_of("1000|0002|ok")) == PATIENCE.unacknowledged
    assert len(other.told_of("1002")) == PATIENCE.unacknowledged
    assert not client.connection.reading
    client.session.end("stopping", "bye", 2)
    assert client.told() == ["2000|stopping|bye|2"]


def test_a_login_under_way_as_the_server_goes_down(stage: Stage) -> None:
    """Is answered; what came behind it is not served."""
    client = stage.connect()
    client.says("0001|user1|111111|t/1", "0003|t")
    client.session.stop_taking()
    stage.settle()
    assert client.told() == [LOGGED_IN]
    assert not client.connection.reading


def test_a_line_less_frame_as_the_server_goes_down(stage: Stage) -> None:
    """The quiet that would complete it comes too late."""
    client = stage.connect(LINELESS)
    client.sends(b"0001|user1|111111")
    client.session.stop_taking()
    stage.advance(1)
    stage.settle()
    assert client.told() == []
    assert client.session.account is None
