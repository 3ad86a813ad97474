"""What the server is told that we have."""

from client_gui.state.catching_up import MAX_MISSED, CatchingUp
from wire.codec import encode
from wire.limits import MAX_FRAME, MAX_RESUMED
from wire.messages import Result, Resume


def _answer(outcome: str, room: str = "") -> Result:
    return Result(Resume.code, outcome, room)


def test_all_rooms_are_told_in_frames_that_are_allowed() -> None:
    """With the longest numbers, too."""
    marks = [(f"#{10**17 + n}", 10**18 - 1, 10**18 - 1) for n in range(MAX_RESUMED + 1)]
    first, second = CatchingUp().begin(marks)
    assert len(first.marks.split()) == MAX_RESUMED
    assert second == Resume(f"#{10**17 + MAX_RESUMED}:{10**18 - 1}:{10**18 - 1}", MAX_MISSED)
    assert len(encode(first)) < MAX_FRAME
    assert CatchingUp().begin([]) == []


def test_rooms_are_answered_in_any_order() -> None:
    """Those of one request before those of the next; what was not asked is none."""
    catching_up = CatchingUp()
    catching_up.begin([("lobby", 1, 1), ("#1", 1, 1)])
    assert catching_up.answered(_answer("no-such-room", "#1")) == ["#1"]
    assert catching_up.answered(_answer("ok", "#1")) == []
    assert catching_up.answered(_answer("ok", "lobby")) == ["lobby"]
    assert catching_up.answered(_answer("ok", "lobby")) == []


def test_a_refused_request_is_about_all_that_is_left_of_it() -> None:
    """And the next one goes on."""
    catching_up = CatchingUp()
    catching_up.begin([(f"#{n}", 1, 1) for n in range(MAX_RESUMED + 1)])
    catching_up.answered(_answer("ok", "#0"))
    assert len(catching_up.answered(_answer("busy"))) == MAX_RESUMED - 1
    assert catching_up.answered(_answer("unknown-code")) == [f"#{MAX_RESUMED}"]


def test_a_lost_connection_ends_it() -> None:
    """No answer of the one before counts."""
    catching_up = CatchingUp()
    catching_up.begin([("lobby", 1, 1)])
    catching_up.disconnected()
    assert catching_up.answered(_answer("ok", "lobby")) == []
