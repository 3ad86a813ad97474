"""Logging in and out, in each dialect."""

import logging

import pytest

from reactor.dialects import BASIC, LINELESS, Dialect
from reactor.throttle import MAX_FOR_USER
from tests.helpers.chat import LOGGED_IN, PATIENCE, Client, Stage
from wire.limits import MAX_CLIENT, MAX_NAME
from wire.reasons import REASONS


def refused(reason: str) -> list[str]:
    """What a full client is told."""
    return [f"1001|0|||{reason}|{REASONS[reason]}"]


@pytest.fixture
def client(stage: Stage) -> Client:
    return stage.connect(BASIC)


def test_the_seeds_login(stage: Stage, client: Client) -> None:
    """Byte for byte."""
    client.says("0001|user1|111111")
    assert client.told() == []
    stage.settle()
    assert client.told() == ["1001|1|itcast1|user1"]
    assert client.session.account is not None
    assert client.session in stage.services.rooms.lobby


def test_a_client_that_names_itself_is_full(stage: Stage, client: Client) -> None:
    """From its answer on."""
    client.says("0001|user1|wrong|test/1")
    stage.settle()
    assert client.told() == refused("wrong-login")
    client.says("0001|user1|111111|test/1", "0003|t")
    stage.settle()
    assert client.told() == [LOGGED_IN, "1000|0003|ok|t"]


def test_the_name_is_as_it_is_registered(stage: Stage, client: Client) -> None:
    """Whatever way it was spelled at login."""
    client.says("0001|USER1|111111")
    stage.settle()
    assert client.told() == ["1001|1|itcast1|user1"]


@pytest.mark.parametrize(
    "line",
    [
        "0001|user1|wrong",
        "0001|nobody|111111",
        "0001||",
        "0001|user1",
        "0001",
        "0001|user1|",
        "0001|" + "x" * (MAX_NAME + 1) + "|x",
    ],
)
def test_the_seeds_refusal(stage: Stage, client: Client, line: str) -> None:
    """The same for all that may be wrong; then another try is possible."""
    client.says(line)
    stage.settle()
    assert client.told() == ["1001|0||"]
    client.says("0001|user1|111111")
    stage.settle()
    assert client.told() == ["1001|1|itcast1|user1"]


@pytest.mark.parametrize("who", ["user1|wrong", "nobody|111111", "|"])
def test_a_wrong_login(stage: Stage, client: Client, who: str) -> None:
    """Is told with one word, whatever was wrong."""
    client.says(f"0001|{who}|test/1")
    stage.settle()
    assert client.told() == refused("wrong-login")
    assert stage.services.counts["wrong-login"] == 1


def test_too_many_tries(stage: Stage, client: Client) -> None:
    """The right password does not help; another address may go on."""
    for _ in range(MAX_FOR_USER):
        client.says("0001|user1|wrong|test/1")
        stage.settle()
    client.told()
    client.says("0001|user1|111111|test/1")
    stage.settle()
    assert client.told() == refused("too-many-tries")
    stage.connect(BASIC, peer="192.0.2.9").logs_in()


def test_a_full_lane(stage: Stage, client: Client) -> None:
    """Try again, and it may work."""
    stage.reading.capacity = 0
    client.says("0001|user1|111111|test/1")
    stage.settle()
    assert client.told() == refused("busy")
    stage.reading.capacity = 1
    client.logs_in()


def test_a_storage_that_is_away(stage: Stage, client: Client) -> None:
    """Is said, and the session lives."""
    client.says("0001|user1|111111|test/1")
    stage.reading.fail_one(OSError("away"))
    stage.settle()
    assert client.told() == refused("unavailable")
    client.logs_in()


def test_the_name_of_a_program_has_a_bound(stage: Stage, client: Client) -> None:
    """The longest is taken, one more is not, without any look-up."""
    client.says("0001|user1|111111|" + "x" * (MAX_CLIENT + 1))
    assert client.told() == refused("too-long")
    assert len(stage.reading) == 0
    client.logs_in("user1", "x" * MAX_CLIENT)


@pytest.mark.parametrize(("program", "told"), [("", ["1001|0||"]), ("|test/1", None)])
def test_logging_in_twice(
    stage: Stage, client: Client, program: str, told: list[str] | None
) -> None:
    """One connection is one user."""
    client.logs_in("user1", program.lstrip("|"))
    client.says(f"0001|user2|222222{program}")
    stage.settle()
    (answer,) = client.told()
    if told is None:
        assert answer.startswith("1000|0001|already-logged-in|")
    else:
        assert [answer] == told
    assert client.session.user.name == "user1"


def test_several_sessions_of_one_user(stage: Stage) -> None:
    """Each is one; the user is online until the last has gone."""
    first, second = stage.full("user1"), stage.full("user1")
    watcher = stage.full("user2")
    stage.advance(1)
    watcher.told()
    first.loses_connection()
    stage.advance(1)
    assert watcher.told() == []
    second.loses_connection()
    stage.advance(1)
    assert watcher.told() == ["2002|user1|itcast1|0"]


def test_line_less_logins(stage: Stage) -> None:
    """When the line is quiet, without a line end, each way; a program's name makes nobody full."""
    client = stage.connect(LINELESS)
    client.sends(b"0001|user1|111")
    client.sends(b"111")
    stage.settle()
    assert client.told() == []
    stage.advance(1)
    stage.settle()
    assert client.told() == ["1001|1|itcast1|user1"]
    assert client.session.dialect is LINELESS
    client.sends(b"0001|user2|222222|test/1")
    stage.advance(1)
    stage.settle()
    assert client.told() == ["1001|0||"]


# --- logging out


def test_logging_out(stage: Stage) -> None:
    """Answered, then closed; others see the user go."""
    client, watcher = stage.full("user1"), stage.full("user2")
    stage.advance(1)
    watcher.told()
    client.told()
    client.says("0004", "0003|too late")
    assert client.told() == ["1000|0004|ok", f"2000|logged-out|{REASONS['logged-out']}"]
    assert client.connection.closed
    assert client.session not in stage.services.rooms.lobby
    stage.advance(1)
    assert watcher.told() == ["2002|user1|itcast1|0"]


def test_logging_out_waits_for_what_was_said(stage: Stage) -> None:
    """All of it is answered first, in order; what comes behind it is not served."""
    client, other = stage.full("user1"), stage.full("user2")
    stage.advance(1)
    client.told()
    other.told()
    lines = [f"0002|user1|{n}||c{n}" for n in range(PATIENCE.unacknowledged - 1)]
    client.says(*lines, "0004", "0003|too late")
    assert not client.connection.closed
    assert not client.connection.reading
    stage.settle()
    assert [frame.split("|")[1:4] for frame in client.told()] == [
        *(["0002", "ok", f"c{n}"] for n in range(len(lines))),
        ["0004", "ok"],
        ["logged-out", REASONS["logged-out"]],
    ]
    assert client.connection.closed
    assert len(other.told_of("1002")) == len(lines)


def test_logging_out_of_a_basic_session(stage: Stage) -> None:
    """Just closed."""
    client = stage.basic()
    client.says("0004")
    assert client.told() == []
    assert client.connection.closed


@pytest.mark.parametrize("dialect", [BASIC, LINELESS])
def test_logging_out_without_a_login(stage: Stage, dialect: Dialect) -> None:
    """Is refused, in silence for those who know no word for it."""
    client = stage.connect(dialect)
    client.sends(b"0004\n")
    stage.advance(1)
    assert client.told() == []
    assert not client.connection.closed
    assert stage.services.counts["login-first"] == 1


# --- the log


def test_the_log_tells_who_without_their_passwords(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """Names are escaped: nobody writes a line of their own into it."""
    caplog.set_level(logging.DEBUG)
    client = stage.connect(BASIC)
    client.says("0001|evil\\nINFO forged\x1b[2J|hunter2", "0001|user1|hunter3|test/1")
    stage.settle()
    client.says("0001|user1|111111|test/1")
    stage.settle()
    client.loses_connection()
    assert "'evil\\nINFO forged\\x1b[2J'" in caplog.text
    assert "login peer=192.0.2.1" in caplog.text
    assert "left peer=192.0.2.1" in caplog.text
    for secret in ("hunter2", "hunter3", "111111"):
        assert secret not in caplog.text
    assert all(message.isprintable() for message in caplog.messages)
