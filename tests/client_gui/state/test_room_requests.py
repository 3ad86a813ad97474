"""What is asked for rooms."""

import pytest

from client_gui.changes import RoomOpened, RoomRefused, Send
from client_gui.state.room_requests import MAX_ASKED, RoomRequests
from wire.messages import CreateRoom, Invite, JoinRoom, Result


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Result("0011", "ok", "#7"), "#3"),
        (Result("0011", "ok", "", "#7"), "#3"),
        (Result("0011", "ok"), "#7"),
    ],
)
def test_a_room_that_was_made_is_opened(answer: Result, told: str) -> None:
    """Whether the answer names it, or only what came before it."""
    requests = RoomRequests()
    assert requests.ask(CreateRoom("general")) == [Send(CreateRoom("general"))]
    requests.room_told(told)
    assert requests.answered(answer) == [RoomOpened("#7")]
    assert requests.answered(answer) == []


def test_a_refusal_is_told() -> None:
    """With what was asked."""
    requests = RoomRequests()
    requests.ask(JoinRoom("nowhere"))
    refused = Result("0012", "no-such-room", "", "none")
    assert requests.answered(refused) == [RoomRefused("0012", "no-such-room", "none")]


def test_other_requests_open_nothing() -> None:
    """Nor does an answer that names no room."""
    requests = RoomRequests()
    requests.ask(Invite("#1", "ann"))
    assert requests.answered(Result("0014", "ok")) == []
    requests.ask(JoinRoom("x"))
    assert requests.answered(Result("0012", "ok", "no reference")) == []


def test_requests_are_bounded_and_end_with_the_connection() -> None:
    """Nobody waits for an answer that will not come."""
    requests = RoomRequests()
    for _ in range(MAX_ASKED):
        requests.ask(JoinRoom("x"))
    assert requests.ask(JoinRoom("x")) == [RoomRefused("0012", "full")]
    assert requests.disconnected() == [RoomRefused("0012", "offline")] * MAX_ASKED
    assert requests.answered(Result("0012", "ok", "#1")) == []
