"""How long a session may take: to a login, and in silence."""

import pytest

from reactor.dialects import BASIC, FULL, LINELESS, Dialect
from reactor.silence import ROUNDS, SilenceWatch
from tests.helpers.chat import GONE_AFTER, PATIENCE, PING_AFTER, Stage

# --- the login deadline


def test_no_login_in_time(stage: Stage) -> None:
    """Said to those who have words for it, and closed."""
    full, basic = stage.full_stranger(), stage.connect()
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
    watched = stage.services.sessions.that_can_be_asked
    stage.change(silence=SilenceWatch(stage.loop, watched, 5, 10))
    client = stage.full_stranger()
    client.says(f"0001|user1|{password}|t/1")
    stage.advance(2 * PATIENCE.login - 1)
    assert not client.connection.closed
    stage.settle()
    stage.advance(1)
    assert client.connection.closed == (password == "wrong")
    codes = [frame.split("|")[:2] for frame in client.told() if not frame.startswith("2002")]
    if password == "wrong":
        assert codes == [["1001", "0"], ["2000", "login-timeout"]]
    else:
        assert codes == [["1001", "1"]]


def test_a_hash_that_never_comes_is_not_waited_for_for_ever(stage: Stage) -> None:
    """As long again as the deadline, and no longer."""
    client = stage.full_stranger()
    client.says("0001|user1|111111|t/1")
    stage.advance(PATIENCE.login)
    assert not client.connection.closed
    stage.advance(PATIENCE.login)
    assert client.connection.closed
    stage.settle()
    assert client.told() == ["2000|login-timeout|no login in time"]


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
    stage.advance(PING_AFTER - 2)
    assert client.told() == []
    stage.advance(2)
    assert client.told() == ["2001"]
    stage.advance(GONE_AFTER - PING_AFTER - 2)
    assert client.told() == []
    assert not client.connection.closed
    stage.advance(2)
    assert client.told() == ["2000|silent|nothing was heard from you"]
    assert client.connection.closed


def test_any_sign_of_life_will_do(stage: Stage) -> None:
    """Not only a ping; and it is asked again only after it has been quiet again."""
    client = stage.full()
    for _ in range(20):
        stage.advance(PING_AFTER - 1)
        client.sends(b"\n")
    assert client.told_of("2001") == []
    stage.advance(PING_AFTER + PING_AFTER / ROUNDS)
    assert client.told_of("2001") == ["2001"]
    client.says("0003")
    stage.advance(PING_AFTER - 1)
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
    stage.advance(10 * GONE_AFTER)
    assert client.told() == []
    assert not client.connection.closed
