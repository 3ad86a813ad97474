"""Sessions: what is served when, what is said in the end, and nothing after it."""

import logging
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reactor.commands import COMMANDS
from reactor.dialects import BASIC, FULL, LINELESS, Dialect
from reactor.services import Services
from reactor.session import FRAMES_PER_TURN, Command, Needs, Session
from tests.helpers.chat import NOW, PATIENCE, Client, Stage
from tests.reactor.conftest import Faults
from wire.limits import MAX_FRAME, MAX_LINE, MAX_NAME
from wire.messages import Ping


def tokens(client: Client) -> list[str]:
    """The tokens of the pings that were answered since the last call."""
    return [frame.split("|")[3] for frame in client.told_of("1000|0003|ok")]


def told_but_presence(client: Client) -> list[str]:
    """What it was told since the last call, but for who came and went."""
    return [frame for frame in client.told() if not frame.startswith("2002")]


def full_stranger(stage: Stage) -> Client:
    """A full client that is not logged in."""
    client = stage.connect()
    client.says("0001|user1|wrong|test/1")
    stage.settle()
    client.told()
    return client


# --- what a frame may be


@pytest.mark.parametrize(
    ("frame", "answer"),
    [
        (b"9999|x", "1000|9999|unknown-code|"),
        (b"hello", "1000||unknown-code|"),
        (b"1002|a|b", "1000|1002|unknown-code|"),
        (b"0002|user1", "1000|0002|missing-field|"),
        (b"0005||x", "1000|0005|bad-number|"),
        (b"0002|user1|\xff", "1000|0002|bad-encoding|"),
        (b"\xff\xfe", "1000||bad-encoding|"),
        (b"0002|user1|" + b"x" * MAX_FRAME, "1000|0002|too-long|"),
        (b"x" * MAX_LINE, "1000||too-long|"),
    ],
)
def test_what_is_no_request_is_answered_counted_and_passed_over(
    stage: Stage, frame: bytes, answer: str
) -> None:
    """One clear answer, and what follows is served."""
    client = stage.full()
    client.told()
    client.sends(frame + b"\n0003|next\n")
    refused, served = client.told()
    assert refused.startswith(answer)
    assert served == "1000|0003|ok|next"
    assert stage.services.counts[answer.split("|")[2]] == 1


@pytest.mark.parametrize("dialect", [BASIC, LINELESS])
def test_the_others_are_answered_with_silence(stage: Stage, dialect: Dialect) -> None:
    """And served on."""
    client = stage.connect(dialect)
    for frame in (b"9999|x\n", b"\xff\n", b"0002|user1\n", b"1001|1|root|root\n"):
        client.sends(frame)
        stage.advance(1)
    assert client.told() == []
    client.sends(b"0001|user1|111111\n")
    stage.advance(1)
    stage.settle()
    assert client.told() == ["1001|1|itcast1|user1"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.binary(max_size=40), max_size=5), st.sampled_from([FULL, BASIC, LINELESS]))
def test_no_bytes_break_a_session(stage: Stage, pieces: list[bytes], dialect: Dialect) -> None:
    """Before a login and after it; what the answers are is in the specification."""
    for client in (stage.connect(dialect), stage.basic("user2"), stage.full("user3")):
        for piece in pieces:
            if client.connection.reading:
                client.sends(piece)
            stage.settle()
        client.told()
        if not client.connection.closed:
            client.loses_connection()


def test_bytes_in_any_pieces(stage: Stage) -> None:
    """A whole conversation byte by byte is the same conversation."""
    conversation = "0001|user1|111111|t/1\r\n\n0003|1\n0002|user1|早上好||c1\n0003|2\n".encode()
    client = stage.connect()
    for i in range(len(conversation)):
        client.sends(conversation[i : i + 1])
        stage.settle()
    assert [frame[:12] for frame in client.told()] == [
        "1001|1|itcas",
        "1000|0003|ok",
        "1000|0002|ok",
        "1000|0003|ok",
    ]


# --- what waits for what


def test_what_comes_behind_a_login_waits_for_it(stage: Stage) -> None:
    """As when a script writes all it has to say at once."""
    client, other = stage.connect(), stage.basic("user2")
    client.says("0001|user1|111111", "0002|user1|hello", "0002|user1|bye")
    assert not client.connection.reading
    stage.settle()
    assert client.told() == ["1001|1|itcast1|user1"]
    assert other.told() == ["1002|itcast1|hello", "1002|itcast1|bye"]
    assert client.connection.reading


def test_two_logins_in_one_read(stage: Stage) -> None:
    """The second waits for the first, and finds somebody logged in."""
    client = stage.connect()
    client.says("0001|user1|wrong|t/1", "0001|user1|111111|t/1", "0001|user2|222222|t/1")
    stage.turn()
    assert len(stage.database) == 1
    stage.settle()
    assert [frame[:21] for frame in client.told()] == [
        "1001|0|||wrong-login|",
        "1001|1|itcast1|user1",
        "1000|0001|already-log",
    ]


def test_a_window_of_unacknowledged_messages(stage: Stage) -> None:
    """So many are taken; then nothing more is, nor read, until some are committed."""
    client = stage.full()
    client.told()
    window = PATIENCE.unacknowledged
    client.says(*(f"0002|user1|{n}||c{n}" for n in range(window + 3)), "0003|last")
    stage.turn(3)
    assert not client.connection.reading
    assert tokens(client) == []
    stage.database.run_one()
    stage.turn()
    assert [frame[:9] for frame in client.told()] == ["1000|0003"] + ["1000|0002"] * window
    stage.settle()
    assert [frame[:9] for frame in client.told()] == ["1000|0002"] * 3
    assert len(stage.store.messages) == window + 3
    assert client.connection.reading


def test_a_window_that_is_not_full(stage: Stage) -> None:
    """Does not stop anybody."""
    client = stage.full()
    client.says(*(f"0002|user1|{n}" for n in range(PATIENCE.unacknowledged - 1)), "0003|t")
    assert tokens(client) == ["t"]
    assert client.connection.reading


def test_a_client_that_does_not_read_is_not_served(stage: Stage) -> None:
    """Until it has caught up: its answers would only queue."""
    client = stage.full()
    client.session.behind(True)
    client.says("0003|1")
    assert tokens(client) == []
    assert not client.connection.reading
    client.session.behind(False)
    assert tokens(client) == ["1"]
    assert client.connection.reading


def test_so_many_frames_in_a_turn(stage: Stage) -> None:
    """One read with thousands of tiny ones does not keep the others waiting."""
    client, other = stage.full("user1"), stage.full("user2")
    count = 3 * FRAMES_PER_TURN + 1
    client.says(*(f"0003|{n}" for n in range(count)))
    other.says("0003|x")
    served = [len(tokens(client))]
    assert tokens(other) == ["x"]
    assert not client.connection.reading
    while sum(served) < count:
        stage.turn()
        served.append(len(tokens(client)))
    assert served == [FRAMES_PER_TURN] * 3 + [1]
    assert client.connection.reading


@pytest.mark.parametrize("event", ["caught up", "answered"])
def test_nothing_gives_a_second_share_of_a_turn(stage: Stage, event: str) -> None:
    """Not what happens between its turns either."""
    client = stage.full()
    if event == "answered":
        client.says("0002|user1|hello")
        stage.turn()
    client.says(*(f"0003|{n}" for n in range(3 * FRAMES_PER_TURN)))
    assert len(tokens(client)) == FRAMES_PER_TURN
    if event == "caught up":
        client.session.behind(True)
        client.session.behind(False)
    else:
        client.session.message_posted()
        client.session.message_answered()
    assert tokens(client) == []
    stage.turn()
    assert len(tokens(client)) == FRAMES_PER_TURN


def test_thousands_of_refusals_in_one_read(stage: Stage) -> None:
    """Answers that come at once do not call each other deeper and deeper."""
    client = stage.connect()
    line = "0001|" + "x" * (MAX_NAME + 1) + "|x\n"
    count = 5 * sys.getrecursionlimit()
    client.sends(line.encode() * count)
    answers = 0
    while answers < count:
        answers += len(client.told())
        stage.turn()
    assert answers == count
    assert client.connection.reading


# --- faults


def boom(services: Services, session: Session, request: Any) -> None:
    raise ZeroDivisionError("on purpose")


def test_a_fault_is_answered_and_the_next_frame_served(stage: Stage, faults: Faults) -> None:
    """On this session alone."""
    client, other = stage.full("user1"), stage.full("user2")
    other.told()
    stage.commands = {**COMMANDS, Ping: Command(boom, Needs.NOTHING)}
    client = stage.full("user3")
    client.told()
    client.says("0003|t", "0005")
    told = client.told()
    assert told[0] == "1000|0003|error||a fault of the server"
    assert told[-1].startswith("1000|0005|ok|")
    assert other.told() == []
    faults.expect(ZeroDivisionError)


def test_a_fault_while_a_login_begins(
    stage: Stage, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Does not leave the session waiting for ever."""
    client = full_stranger(stage)
    monkeypatch.setattr(stage.database, "submit", boom_submit)
    client.says("0001|user1|111111|t/1", "0003|t")
    assert [frame[:15] for frame in client.told()] == ["1000|0001|error", "1000|0003|ok|t"]
    faults.expect(ZeroDivisionError)


def boom_submit(*args: Any, **kwargs: Any) -> None:
    raise ZeroDivisionError


# --- the login deadline


def test_no_login_in_time(stage: Stage) -> None:
    """Said to those who have words for it, and closed."""
    full, basic = full_stranger(stage), stage.connect()
    stage.advance(PATIENCE.login)
    assert full.told() == ["2000|login-timeout|no login in time"]
    assert basic.told() == []
    assert full.connection.closed
    assert basic.connection.closed


@pytest.mark.parametrize("dialect", [BASIC, LINELESS, FULL])
@pytest.mark.parametrize("trickle", [b"0", b"\n", b"0003|t\n"])
def test_nothing_that_comes_extends_the_deadline(
    stage: Stage, dialect: Dialect, trickle: bytes
) -> None:
    """Not a byte now and then, nor whole requests."""
    client = stage.connect(dialect)
    for _ in range(int(PATIENCE.login) * 10 - 1):
        client.sends(trickle)
        stage.advance(0.1)
    assert not client.connection.closed
    stage.advance(0.2)
    assert client.connection.closed


def test_failed_logins_do_not_extend_the_deadline(stage: Stage) -> None:
    """It is absolute."""
    client = stage.connect()
    for _ in range(int(PATIENCE.login)):
        client.says("0001|user1|wrong")
        stage.settle()
        stage.advance(1)
    assert client.connection.closed


@pytest.mark.parametrize("password", ["111111", "wrong"])
def test_a_hash_under_way_is_waited_for(stage: Stage, password: str) -> None:
    """A busy server throws nobody out who was in time; nor does it call them silent meanwhile."""
    client = full_stranger(stage)
    client.says(f"0001|user1|{password}|t/1")
    stage.advance(PATIENCE.login + PATIENCE.silence)
    assert not client.connection.closed
    stage.settle()
    assert client.connection.closed == (password == "wrong")
    codes = [frame.split("|")[:2] for frame in client.told() if not frame.startswith("2002")]
    if password == "wrong":
        assert codes == [["1001", "0"], ["2000", "login-timeout"]]
    else:
        assert codes == [["1001", "1"]]


def test_a_login_ends_the_deadline(stage: Stage) -> None:
    """For good."""
    client = stage.basic()
    stage.advance(10 * PATIENCE.login)
    assert not client.connection.closed


# --- silence


def test_a_silent_client_is_asked_and_then_ended(stage: Stage) -> None:
    """With a word of farewell."""
    client = stage.full()
    stage.advance(1)
    client.told()
    stage.advance(PATIENCE.ping - 2)
    assert client.told() == []
    stage.advance(2)
    assert client.told() == ["2001"]
    stage.advance(PATIENCE.silence - PATIENCE.ping - 2)
    assert client.told() == []
    assert not client.connection.closed
    stage.advance(2)
    assert client.told() == ["2000|silent|nothing was heard from you"]
    assert client.connection.closed


def test_any_sign_of_life_will_do(stage: Stage) -> None:
    """Not only a ping; and it is asked again only after it has been quiet again."""
    client = stage.full()
    for _ in range(20):
        stage.advance(PATIENCE.ping - 1)
        client.sends(b"\n")
    assert client.told_of("2001") == []
    stage.advance(PATIENCE.ping + 1)
    assert client.told_of("2001") == ["2001"]
    client.says("0003")
    stage.advance(PATIENCE.ping - 1)
    assert client.told_of("2001") == []
    assert not client.connection.closed


@pytest.mark.parametrize("dialect", [BASIC, LINELESS])
def test_a_client_that_cannot_be_asked_may_be_silent(stage: Stage, dialect: Dialect) -> None:
    """The system's keep-alive finds out if it is gone."""
    client = stage.connect(dialect)
    client.sends(b"0001|user1|111111\n")
    stage.advance(1)
    stage.settle()
    client.told()
    stage.advance(10 * PATIENCE.silence)
    assert client.told() == []
    assert not client.connection.closed


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
    assert told[0] == "1001|1|itcast1|user1"
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
    assert tokens(client) == ["whole"]
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
    assert told_but_presence(client) == [
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
    assert first == "1001|1|itcast1|user1"
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
    assert stage.store.messages == []


def test_an_ended_session_leaves_no_deadline(stage: Stage) -> None:
    """Nothing keeps it in memory until its time would have been up."""
    stage.connect().loses_connection()
    stage.full().loses_connection()
    lineless = stage.connect(LINELESS)
    lineless.sends(b"0001")
    lineless.loses_connection()
    stage.advance(1)  # presence is told
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
    assert told_but_presence(client) == [f"1000|0002|ok|c1|lobby|1|{NOW}", "2000|stopping|bye"]


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
    assert client.told() == ["1001|1|itcast1|user1"]
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


# --- line-less clients


def test_quiet_is_counted_from_the_last_byte(stage: Stage) -> None:
    """A frame that trickles in is one frame."""
    client = stage.connect(LINELESS)
    for byte in b"0001|user1|111111":
        client.sends(bytes([byte]))
        stage.advance(PATIENCE.line_quiet / 2)
    assert len(stage.database) == 0
    stage.advance(PATIENCE.line_quiet)
    stage.settle()
    assert client.told() == ["1001|1|itcast1|user1"]


def test_line_less_connections_are_told_apart(stage: Stage) -> None:
    """The transport is told not to join what is written for them."""
    assert stage.connect(LINELESS).connection.joins is False
    assert stage.connect(BASIC).connection.joins is True


# --- what is shown


def test_what_it_shows_of_itself(stage: Stage) -> None:
    """For logs and debuggers."""
    client = stage.connect()
    assert repr(client.session) == "<Session 192.0.2.1 user=None>"
    client.logs_in()
    assert repr(client.session) == "<Session 192.0.2.1 user='user1'>"


def test_nobody_is_the_user_of_a_session_without_a_login(stage: Stage) -> None:
    """A mistake of ours, and told as one."""
    with pytest.raises(LookupError):
        _ = stage.connect().session.user


def test_a_whole_scenario_leaves_a_clean_log(
    stage: Stage, caplog: pytest.LogCaptureFixture, faults: Faults
) -> None:
    """No password, no message, nothing that a terminal would act on; a line for each event."""
    caplog.set_level(logging.DEBUG)
    evil = "\x1b]0;owned\x07\u202e"
    stage.store.add("evil\x1b", f"Evil{evil}", "hash:sesame")
    stage.commands = {**COMMANDS, Ping: Command(boom, Needs.NOTHING)}
    client = stage.connect()
    client.says(f"0001|evil\x1b|open {evil}|t/1", f"0001|evil\x1b|sesame|{evil}", "0003|t")
    stage.settle()
    client.says(f"0002|evil\x1b|a private word {evil}||c1", "0004")
    stage.settle()
    faults.expect(ZeroDivisionError)
    assert caplog.messages
    for message in caplog.messages:
        assert message.isprintable()
    for secret in ("sesame", "open", "private"):
        assert secret not in caplog.text


def test_patience_is_what_the_settings_say(stage: Stage) -> None:
    """Nothing of it is built in."""
    stage.change(patience=replace(PATIENCE, login=1))
    client = stage.connect()
    stage.advance(1)
    assert client.connection.closed
