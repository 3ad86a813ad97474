"""Who is online: pages, where to continue, and how many in all."""

import pytest

from tests.helpers.chat import Client, Stage
from wire.limits import MAX_PAGE


@pytest.fixture
def client(stage: Stage) -> Client:
    """One of three who are online."""
    stage.basic("user2")
    stage.full("user3")
    stage.full("user3")
    client = stage.full("user1")
    stage.advance(1)
    client.told()
    return client


def test_everybody_is_listed_once(client: Client) -> None:
    """In the order of their names; then the result, with their number."""
    client.says("0005")
    assert client.told() == [
        "1005|user1|itcast1",
        "1005|user2|itcast2",
        "1005|user3|itcast3",
        "1000|0005|ok||3",
    ]


def test_a_page_tells_where_to_continue(client: Client) -> None:
    """Until there is no more."""
    client.says("0005||2")
    assert client.told() == [
        "1005|user1|itcast1",
        "1005|user2|itcast2",
        "1000|0005|ok|user2|3",
    ]
    client.says("0005|user2|2")
    assert client.told() == ["1005|user3|itcast3", "1000|0005|ok||3"]


def test_behind_the_last(client: Client) -> None:
    """There is nobody, which is no error."""
    client.says("0005|zzz|1")
    assert client.told() == ["1000|0005|ok||3"]


def test_a_page_is_bounded(stage: Stage) -> None:
    """Whatever is asked for."""
    for number in range(MAX_PAGE + 5):
        stage.store.tables.add_user(f"u{number:04}", f"n{number}", "hash:x")
        guest = stage.connect()
        guest.says(f"0001|u{number:04}|x")
    stage.settle()
    client = stage.full()
    client.told()
    for asked in ("0005", "0005||0", f"0005||{MAX_PAGE + 1}", "0005||999999999999999999"):
        client.says(asked)
        *users, result = client.told()
        assert len(users) == MAX_PAGE
        assert result == f"1000|0005|ok|u{MAX_PAGE - 1:04}|{MAX_PAGE + 6}"


def test_a_page_is_all_of_a_turn(stage: Stage, client: Client) -> None:
    """It costs as much as many other requests, and the others are to have their turn."""
    client.says("0005", "0003|1", "0005", "0003|2")
    assert len(client.told_of("1000")) == 1
    stage.turn()
    assert [frame[:9] for frame in client.told_of("1000")] == ["1000|0003", "1000|0005"]
    stage.turn()
    assert client.pings_answered() == ["2"]


@pytest.mark.parametrize("number", ["-1", "x", "1.5"])
def test_what_is_no_number(client: Client, number: str) -> None:
    """Is refused."""
    client.says(f"0005||{number}")
    (answer,) = client.told()
    assert answer.startswith("1000|0005|bad-number|")


def test_a_basic_client_hears_nothing(stage: Stage) -> None:
    """It knows no answer to it."""
    client = stage.basic()
    client.says("0005")
    assert client.told() == []


def test_who_has_gone_is_not_listed(stage: Stage) -> None:
    """From that moment on, whenever the others are told."""
    client, other = stage.full("user1"), stage.full("user2")
    other.loses_connection()
    client.told()
    client.says("0005")
    assert client.told() == ["1005|user1|itcast1", "1000|0005|ok||1"]
