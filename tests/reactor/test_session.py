"""Sessions: which frames are served, what waits for what, and what a fault does."""

import gc
import logging
import sys
import tracemalloc
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reactor import session as session_module
from reactor.command import Command, Needs
from reactor.commands import COMMANDS
from reactor.dialects import BASIC, FULL, LINELESS, Dialect
from reactor.rota import SESSIONS_PER_TURN
from reactor.services import Services
from reactor.session import (
    FRAMES_AT_ONCE,
    FRAMES_PER_TURN,
    STRANGER_REFUSALS_MAX,
    Session,
)
from tests.helpers.chat import PATIENCE, Stage
from tests.helpers.transports import FakeConnection
from tests.reactor.conftest import Faults
from wire.limits import MAX_FRAME, MAX_LINE, MAX_NAME
from wire.messages import Ping

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
    assert len(stage.reading) == 1
    stage.settle()
    assert [frame[:21] for frame in client.told()] == [
        "1001|0|||wrong-login|",
        "1001|1|itcast1|user1|",
        "1000|0001|already-log",
    ]


def test_nothing_of_what_was_served_is_kept(stage: Stage) -> None:
    """A frame may have 32 KiB, and there may be thousands of sessions."""
    client = stage.connect(FULL)
    frame = b"0003|" + b"x" * 1000
    client.sends(frame + b"\n")
    stage.settle()
    kept = [each for each in gc.get_referents(client.session) if isinstance(each, bytes)]
    assert all(len(each) < len(frame) for each in kept)


def test_a_window_of_unacknowledged_messages(stage: Stage) -> None:
    """So many are taken; then nothing more is, nor read, until some are committed."""
    client = stage.full()
    client.told()
    window = PATIENCE.unacknowledged
    client.says(*(f"0002|user1|{n}||c{n}" for n in range(window + 3)), "0003|last")
    stage.turn(3)
    assert not client.connection.reading
    assert client.pings_answered() == []
    stage.database.run_one()
    stage.turn()
    assert [frame[:9] for frame in client.told()] == ["1000|0003"] + ["1000|0002"] * window
    stage.settle()
    assert [frame[:9] for frame in client.told()] == ["1000|0002"] * 3
    assert len(stage.store.messages.stored) == window + 3
    assert client.connection.reading


def test_a_window_that_is_not_full(stage: Stage) -> None:
    """Does not stop anybody."""
    client = stage.full()
    client.says(*(f"0002|user1|{n}" for n in range(PATIENCE.unacknowledged - 1)), "0003|t")
    assert client.pings_answered() == ["t"]
    assert client.connection.reading


def test_a_client_that_does_not_read_is_not_served(stage: Stage) -> None:
    """Until it has caught up: its answers would only queue."""
    client = stage.full()
    client.session.behind(True)
    client.says("0003|1")
    assert client.pings_answered() == []
    assert not client.connection.reading
    client.session.behind(False)
    assert client.pings_answered() == ["1"]
    assert client.connection.reading


def test_so_many_frames_in_a_turn(stage: Stage) -> None:
    """One read with thousands of tiny ones does not keep the others waiting."""
    client, other = stage.full("user1"), stage.full("user2")
    count = FRAMES_AT_ONCE + 2 * FRAMES_PER_TURN + 1
    client.says(*(f"0003|{n}" for n in range(count)))
    other.says("0003|x")
    served = [len(client.pings_answered())]
    assert other.pings_answered() == ["x"]
    assert not client.connection.reading
    while sum(served) < count:
        stage.turn()
        served.append(len(client.pings_answered()))
    assert served == [FRAMES_AT_ONCE, FRAMES_PER_TURN, FRAMES_PER_TURN, 1]
    assert client.connection.reading


@pytest.mark.parametrize("event", ["caught up", "answered"])
def test_nothing_gives_a_second_share_of_a_turn(stage: Stage, event: str) -> None:
    """Not what happens between its turns either."""
    client = stage.full()
    if event == "answered":
        client.says("0002|user1|hello")
        stage.turn()
    client.says(*(f"0003|{n}" for n in range(3 * FRAMES_PER_TURN)))
    assert len(client.pings_answered()) == FRAMES_AT_ONCE
    if event == "caught up":
        client.session.behind(True)
        client.session.behind(False)
    else:
        client.session.message_posted()
        client.session.message_answered()
    assert client.pings_answered() == []
    stage.turn()
    assert len(client.pings_answered()) == FRAMES_PER_TURN


def test_a_batch_of_answers_gives_no_second_share(stage: Stage) -> None:
    """For each message that is answered one frame is taken, whatever else waits behind it."""
    client = stage.full()
    window = PATIENCE.unacknowledged
    for _ in range(window):
        client.session.message_posted()
    client.says(*(f"0003|{n}" for n in range(FRAMES_PER_TURN)))
    assert client.pings_answered() == []
    for _ in range(window):
        client.session.message_answered()
    assert len(client.pings_answered()) == 1
    stage.turn()
    assert len(client.pings_answered()) == FRAMES_PER_TURN - 1


def test_thousands_of_refusals_in_one_read(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers that come at once do not call each other deeper and deeper."""
    monkeypatch.setattr(session_module, "STRANGER_REFUSALS_MAX", sys.maxsize)
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


def test_many_who_send_much(stage: Stage) -> None:
    """Take turns: whoever sends a little is served between any two."""
    count = 3 * SESSIONS_PER_TURN
    greedy = [stage.full() for _ in range(count)]
    for client in greedy:
        client.says(*(f"0003|{n}" for n in range(2 * FRAMES_PER_TURN)))
        assert len(client.pings_answered()) == FRAMES_AT_ONCE
    served = []
    for _ in range(3):
        stage.turn()
        served.append(sum(len(client.pings_answered()) for client in greedy))
    assert served == [SESSIONS_PER_TURN * FRAMES_PER_TURN] * 3


def test_a_stranger_who_goes_on_being_refused(stage: Stage) -> None:
    """Is closed after so many; one who logs in first may be refused as often."""
    stranger, known = stage.full_stranger(), stage.full()
    stranger_has_had = 1  # the login by which it named itself
    for client, had in ((stranger, stranger_has_had), (known, 0)):
        for _ in range(STRANGER_REFUSALS_MAX - had - 1):
            client.says("9999")
        assert not client.connection.closed
        client.says("9999")
    assert stranger.told()[-1].startswith("2000|login-first|")
    assert stranger.connection.closed
    assert not known.connection.closed


@pytest.mark.parametrize("line", ["0001||", "0001|nobody|wrong", "0001|user1|111111|" + "x" * 65])
def test_a_stranger_whose_logins_go_on_failing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """Is closed after so many too: each of them costs as much as any other refusal."""
    monkeypatch.setattr(session_module, "STRANGER_REFUSALS_MAX", 3)
    client = stage.connect()
    for _ in range(3):
        assert not client.connection.closed
        client.says(line)
        stage.settle()
    assert client.connection.closed


# --- faults


def test_a_connection_that_cannot_be_watched_leaves_no_deadline(stage: Stage) -> None:
    """The system may refuse to watch one more; nothing of the session stays behind."""

    class Unwatched(FakeConnection):
        def start(self, receiver: Any, *, joins: bool) -> None:
            raise OSError("no space left for one more watch")

    with pytest.raises(OSError, match="one more watch"):
        Session(stage.services, COMMANDS, Unwatched(), BASIC, lost=stage.lost.append)
    assert not stage.loop._timers


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
    client = stage.full_stranger()
    monkeypatch.setattr(stage.reading, "submit", boom_submit)
    client.says("0001|user1|111111|t/1", "0003|t")
    assert [frame[:15] for frame in client.told()] == ["1000|0001|error", "1000|0003|ok|t"]
    faults.expect(ZeroDivisionError)


def boom_submit(*args: Any, **kwargs: Any) -> None:
    raise ZeroDivisionError


# --- line-less clients


def test_quiet_is_counted_from_the_last_byte(stage: Stage) -> None:
    """A frame that trickles in is one frame."""
    client = stage.connect(LINELESS)
    for byte in b"0001|user1|111111":
        client.sends(bytes([byte]))
        stage.advance(PATIENCE.line_quiet / 2)
    assert len(stage.reading) == 0
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
    stage.store.tables.add_user("evil\x1b", f"Evil{evil}", "hash:sesame")
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


# Bytes that a session may take that is logged in and idle, with all that the server keeps of it but
# its socket; some more than it takes, and far less than a thread, a closure or a timer for each.
IDLE_BYTES = 800


@pytest.mark.parametrize("program", ["", "test/1"])
def test_an_idle_session_is_small(stage: Stage, program: str) -> None:
    """It holds no timer, no buffer and no closure: thousands are idle."""
    for number in range(10, 110):
        stage.store.tables.add_user(f"user{number}", f"nick{number}", "hash:x")
    here = [tracemalloc.Filter(True, f"*/{house}/*") for house in ("reactor", "wire")]
    here.append(tracemalloc.Filter(False, "*/tests/*"))

    def log_in(number: int) -> None:
        client = stage.connect()
        client.says(f"0001|user{number}|x|{program}")
        stage.settle()

    log_in(10)
    tracemalloc.start()
    try:
        before = tracemalloc.take_snapshot().filter_traces(here)
        for number in range(11, 110):
            log_in(number)
        stage.advance(1)
        grown = tracemalloc.take_snapshot().filter_traces(here).compare_to(before, "filename")
    finally:
        tracemalloc.stop()
    assert sum(each.size_diff for each in grown) < 99 * IDLE_BYTES
    assert sum(not timer.cancelled for _, _, timer in stage.loop._timers) == bool(program)
