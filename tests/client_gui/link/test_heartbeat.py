"""When silence is asked about, and when it is given up."""

from client_gui.link.heartbeat import DOUBT, GIVE_UP_AFTER, PING_AFTER, Beat, Heartbeat


def test_silence_is_asked_about_once_and_then_given_up() -> None:
    """The times are those of the constants."""
    heartbeat = Heartbeat(100.0)
    assert heartbeat.deadline() == 100 + PING_AFTER
    assert heartbeat.due(100 + PING_AFTER - 1) is Beat.NOTHING
    assert heartbeat.due(100 + PING_AFTER) is Beat.ASK
    assert heartbeat.due(100 + PING_AFTER) is Beat.NOTHING
    assert heartbeat.deadline() == 100 + GIVE_UP_AFTER
    assert heartbeat.due(100 + GIVE_UP_AFTER) is Beat.GIVE_UP


def test_whatever_is_heard_begins_anew() -> None:
    """The next silence is asked about again."""
    heartbeat = Heartbeat(0.0)
    assert heartbeat.due(PING_AFTER) is Beat.ASK
    heartbeat.heard(PING_AFTER)
    assert heartbeat.due(2 * PING_AFTER - 1) is Beat.NOTHING
    assert heartbeat.due(2 * PING_AFTER) is Beat.ASK


def test_a_doubt_is_settled_soon() -> None:
    """It asks at once, and does not wait as long as otherwise; nor longer."""
    heartbeat = Heartbeat(0.0)
    heartbeat.doubt(5.0)
    assert heartbeat.due(5.0) is Beat.ASK
    assert heartbeat.due(5.0 + DOUBT - 1) is Beat.NOTHING
    assert heartbeat.due(5.0 + DOUBT) is Beat.GIVE_UP
    heartbeat = Heartbeat(0.0)
    heartbeat.doubt(GIVE_UP_AFTER)
    assert heartbeat.due(GIVE_UP_AFTER) is Beat.GIVE_UP
