"""Devices, tokens and passwords, with a real server on each database."""

from tests.e2e.conftest import FULL, OnAnyDatabase
from tests.helpers.line_client import LineClient


def by_password(on: OnAnyDatabase, password: str = "111111") -> tuple[LineClient, str]:
    """A client that has logged in as user1, and the token that it was given."""
    client = on.connect()
    client.send_line("0001", "user1", password, FULL)
    return client, client.expect("1001", "1", "itcast1", "user1")[4]


def by_token(on: OnAnyDatabase, token: str, user: str = "user1") -> tuple[LineClient, list[str]]:
    """A client that has tried to log in with *token*, and what it was answered."""
    client = on.connect()
    client.send_line("0001", user, "", FULL, token)
    return client, client.expect("1001")


def is_wrong(on: OnAnyDatabase, token: str) -> bool:
    _, answer = by_token(on, token)
    return answer[1] == "0" and answer[4] == "wrong-token"


def test_a_token_outlives_the_server(on_any_database: OnAnyDatabase) -> None:
    """It logs in after a restart too, as the same device; only its own user."""
    on = on_any_database
    on.start()
    _, token = by_password(on)
    assert len(token) == 32
    on.server.stop()
    on.start()
    client, answer = by_token(on, token)
    assert answer[1:5] == ["1", "itcast1", "user1", ""]
    client.send_line("0025")
    device = client.expect("1015", "1", FULL)
    assert device[5] == "1"
    client.expect("1000", "0025", "ok")
    _, answer = by_token(on, token, "user2")
    assert answer[1] == "0"
    assert token not in on.server.log


def test_a_revoked_device(on_any_database: OnAnyDatabase) -> None:
    """Its sessions end, and its token is wrong, after a restart too."""
    on = on_any_database
    on.start()
    lost, token = by_password(on)
    client, other_token = by_password(on)
    client.send_line("0025")
    number = client.expect("1015")[1]
    client.expect("1015")
    client.expect("1000", "0025", "ok")
    client.send_line("0026", number)
    client.expect("1000", "0026", "ok")
    lost.expect("2000", "revoked")
    assert lost.receive_until_closed() == []
    assert is_wrong(on, token)
    on.server.stop()
    on.start()
    assert is_wrong(on, token)
    assert by_token(on, other_token)[1][1] == "1"


def test_another_password(on_any_database: OnAnyDatabase) -> None:
    """The old one and all tokens are wrong; the session that asked goes on, with a new token."""
    on = on_any_database
    on.start()
    other, old_token = by_password(on)
    client, own_token = by_password(on)
    client.send_line("0027", "wrong", "secret")
    client.expect("1000", "0027", "wrong-login")
    client.send_line("0027", "111111", "secret")
    token = client.expect("1000", "0027", "ok")[4]
    other.expect("2000", "revoked")
    assert other.receive_until_closed() == []
    client.expect_nothing()
    assert is_wrong(on, old_token)
    assert is_wrong(on, own_token)
    assert by_token(on, token)[1][1] == "1"
    stranger = on.connect()
    stranger.send_line("0001", "user1", "111111", FULL)
    stranger.expect("1001", "0", "", "", "wrong-login")
    by_password(on, "secret")
    assert "secret" not in on.server.log
