"""Pings: answered at any time, with the same token."""

from tests.helpers.chat import Stage
from wire.limits import MAX_TOKEN


def test_a_ping_is_answered_with_its_token(stage: Stage) -> None:
    """Whatever is in it; without one, without one."""
    client = stage.full()
    client.says("0003|a\\pb\\n", "0003")
    assert client.told_of("1000") == ["1000|0003|ok|a\\pb\\n", "1000|0003|ok"]


def test_the_token_has_a_bound(stage: Stage) -> None:
    """The longest comes back, a longer one does not."""
    client = stage.full()
    client.says("0003|" + "x" * MAX_TOKEN, "0003|" + "x" * (MAX_TOKEN + 1))
    short, long = client.told_of("1000")
    assert short == "1000|0003|ok|" + "x" * MAX_TOKEN
    assert long.startswith("1000|0003|too-long||")


def test_a_basic_client_hears_nothing(stage: Stage) -> None:
    """It knows no answer to it; before a login nobody is full."""
    client = stage.connect()
    client.says("0003|t")
    client.logs_in()
    client.says("0003|t")
    assert client.told() == []
