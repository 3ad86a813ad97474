"""The logs of all rooms together."""

import pytest

from client_gui.changes import JumpTo, Removed, SearchFailed, Send
from client_gui.state import timelines as timelines_module
from client_gui.state.rooms import MAX_ROOMS, Rooms
from client_gui.state.timelines import Timelines
from tests.client_gui.model_server import ModelServer
from wire.limits import MAX_PAGE
from wire.messages import Chat, ChatMessage, History, Result, Resume


def _online(*seqs: int) -> Timelines:
    """The lobby is open; its last page had these numbers."""
    timelines = Timelines()
    assert timelines.connected(Rooms()) == []
    assert timelines.read_on() == [Send(History("lobby", limit=MAX_PAGE))]
    for seq in seqs:
        timelines.received(_message(seq))
    timelines.page_ended(_end("lobby", more=bool(seqs)))
    return timelines


def _message(seq: int, room: str = "lobby") -> ChatMessage:
    return ChatMessage("n", f"m{seq}", "u", room, seq, 5)


def _end(room: str, more: bool = False, outcome: str = "ok") -> Result:
    return Result("0006", outcome, "1" if more else "", room)


def _resumed(outcome: str, room: str = "lobby") -> Result:
    return Result("0007", outcome, room)


def _again(timelines: Timelines) -> list[Resume]:
    timelines.disconnected()
    return [change.message for change in timelines.connected(Rooms())]


def test_one_page_is_read_at_a_time() -> None:
    """The next room's when that has come."""
    timelines = _online()
    timelines.received(_message(1, "#1"))
    timelines.open("#2")
    assert timelines.read_on() == [Send(History("#1", limit=MAX_PAGE))]
    assert timelines.read_on() == []
    timelines.page_ended(_end("#1"))
    assert timelines.read_on() == [Send(History("#2", limit=MAX_PAGE))]


def test_what_is_here_is_resumed() -> None:
    """With the time of the last entry; and nothing else is asked meanwhile."""
    timelines = _online(7, 8)
    (resume,) = _again(timelines)
    assert resume.marks == "lobby:8:5"
    assert timelines.read_on() == []
    timelines.received(_message(9))
    timelines.resumed(_resumed("ok"))
    assert timelines["lobby"].mark == 9
    assert timelines.read_on() == []


def test_a_hole_in_what_was_resumed_is_none() -> None:
    """The server keeps these numbers no longer."""
    timelines = _online(7, 8)
    _again(timelines)
    timelines.received(_message(20))
    assert timelines["lobby"].mark == 8
    timelines.resumed(_resumed("ok"))
    assert timelines["lobby"].mark == 20
    assert timelines.read_on() == []


def test_too_far_or_another_database_begins_again() -> None:
    """With the last page."""
    for outcome in ("too-far", "reset"):
        timelines = _online(7, 8)
        _again(timelines)
        assert len(timelines.resumed(_resumed(outcome))) == 1
        assert timelines.read_on() == [Send(History("lobby", limit=MAX_PAGE))]


def test_a_server_that_does_not_resume_is_asked_for_pages() -> None:
    """As one that does not know how."""
    timelines = _online(7, 8)
    _again(timelines)
    timelines.resumed(Result("0007", "unknown-code"))
    assert timelines.read_on() == [Send(History("lobby", since=9, limit=MAX_PAGE))]


def test_a_message_is_sought_page_by_page() -> None:
    """Until it is here."""
    timelines = _online(7, 8)
    assert timelines.seek("lobby", 8) == [JumpTo("lobby", 8)]
    assert timelines.seek("lobby", 2) == []
    assert timelines.read_on() == [Send(History("lobby", before=7, limit=MAX_PAGE))]
    for seq in (4, 5, 6):
        timelines.received(_message(seq))
    timelines.page_ended(_end("lobby", more=True))
    assert timelines.read_on() == [Send(History("lobby", before=4, limit=MAX_PAGE))]
    for seq in (2, 3):
        timelines.received(_message(seq))
    timelines.page_ended(_end("lobby"))
    assert timelines.read_on() == [JumpTo("lobby", 2)]


def test_what_is_not_there_is_not_found() -> None:
    """Whatever the reason."""
    timelines = _online(7, 8)
    assert timelines.seek("lobby", 9) == [SearchFailed("no-such-message")]
    assert timelines.seek("nowhere", 9) == [SearchFailed("no-such-room")]
    timelines.seek("lobby", 2)
    timelines.read_on()
    assert SearchFailed("busy") in timelines.page_ended(_end("lobby", outcome="busy"))
    timelines.seek("lobby", 2)
    assert timelines.disconnected() == [SearchFailed("offline")]
    assert timelines.seek("lobby", 2) == [SearchFailed("offline")]


def test_rooms_are_bounded() -> None:
    """A server that invents rooms fills no memory."""
    timelines = Timelines()
    for n in range(2 * MAX_ROOMS):
        timelines.received(_message(1, f"#{n}"))
    assert len(list(timelines)) == MAX_ROOMS
    assert not timelines.may_have("#99999999")
    assert timelines.open("#99999999") == timelines.read_older("#99999999") == []


def test_a_room_that_is_gone_is_not_read_on() -> None:
    """Its page may still come."""
    timelines = _online()
    timelines.received(_message(1, "#1"))
    timelines.read_on()
    timelines.gone("#1")
    assert timelines.gone("#1") == []
    assert timelines.page_ended(_end("#1")) == []
    assert timelines.find("#1") is None


def test_the_answer_about_a_room_that_is_gone_is_nobody_elses() -> None:
    """It was asked for before, so it comes before the next room's page."""
    timelines = _online()
    timelines.open("#1")
    assert timelines.read_on() == [Send(History("#1", limit=MAX_PAGE))]
    timelines.gone("#1")
    timelines.open("#2")
    assert timelines.read_on() == []
    assert timelines.page_ended(_end("#1", outcome="no-such-room")) == []
    assert timelines.read_on() == [Send(History("#2", limit=MAX_PAGE))]


def test_unread_messages_are_counted_where_they_are() -> None:
    """Elsewhere nobody knows."""
    timelines = _online(7, 8)
    assert timelines.unread_after("lobby", 7) == (1, 0)
    assert timelines.unread_after("lobby", 3) is None
    assert timelines.unread_after("#9", 3) is None


def test_the_model_resumes_as_the_specification_says() -> None:
    """So that what is tested against it is tested against something."""
    server = ModelServer("lobby")
    server.take("u", Chat("u", "hi", "lobby", "c"))
    (told, end) = server.serve("u", Resume("lobby:0:0"))
    assert (told.seq, end.outcome, end.seq) == (1, "ok", 1)
    assert server.serve("u", Resume("lobby:1:9"))[0].outcome == "reset"


def test_all_rooms_together_have_a_bound_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The heaviest one lets its oldest rows go."""
    timelines = _online(*range(1, 51))
    for seq in range(1, 11):
        timelines.received(_message(seq, "#1"))
    timelines.read_on()
    timelines.page_ended(_end("#1"))
    weight = timelines["lobby"].list.weight
    monkeypatch.setattr(timelines_module, "MAX_WEIGHT", weight)
    changes = timelines.read_on()
    assert changes[0] == Removed("lobby", 0, 25)
    assert sum(timeline.list.weight for timeline in timelines) <= weight


def test_what_waits_in_all_rooms_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a gap in each of many rooms."""
    timelines = _online(1)
    monkeypatch.setattr(timelines_module, "MAX_WAITING", 20)
    for number in range(10):
        for seq in range(5, 10):
            timelines.received(_message(seq, f"#{number}"))
    timelines.read_on()
    assert 10 <= sum(timeline.waiting for timeline in timelines) <= 20
