"""The receiver's rule for one room."""

import pytest

from client_gui import timeline as timeline_module
from client_gui.changes import Delivery, Entry, Inserted, Removed, Updated
from client_gui.timeline import LATEST_TIME, Timeline
from wire.messages import ChatMessage


def _message(seq: int, text: str = "", time: int = 5) -> ChatMessage:
    return ChatMessage("nick", text or f"m{seq}", "user2", "lobby", seq, time)


def _own(cid: str) -> Entry:
    return Entry(cid, "user1", "me", f"own {cid}", True, 1, delivery=Delivery.PENDING)


def _texts(timeline: Timeline) -> list[str]:
    return [entry.text for entry in timeline.entries]


def test_the_next_is_shown_and_an_old_one_dropped() -> None:
    """A gap is shown as it comes."""
    timeline = Timeline("lobby")
    assert isinstance(timeline.received(_message(1), own=False)[0], Inserted)
    assert timeline.received(_message(1), own=False) == []
    timeline.received(_message(7), own=False)
    assert timeline.received(_message(5), own=False) == []
    assert _texts(timeline) == ["m1", "m7"]


def test_an_acknowledgement_puts_ours_in_its_place() -> None:
    """In order, it is only an update: nothing moves."""
    timeline = Timeline("lobby")
    timeline.received(_message(1), own=False)
    timeline.wrote(_own("a"))
    timeline.wrote(_own("b"))
    changes = timeline.stored("a", 2, 9)
    assert isinstance(changes[0], Updated)
    timeline.received(_message(3), own=False)
    timeline.stored("b", 4, 9)
    assert _texts(timeline) == ["m1", "own a", "m3", "own b"]
    assert [entry.delivery for entry in timeline.entries] == [Delivery.STORED] * 4
    assert timeline.last_seq == 4


def test_messages_of_others_stand_above_what_is_pending() -> None:
    """Pending ones have no place yet."""
    timeline = Timeline("lobby")
    timeline.wrote(_own("a"))
    timeline.received(_message(1), own=False)
    assert _texts(timeline) == ["m1", "own a"]


def test_a_late_acknowledgement_finds_its_place_between_others() -> None:
    """After a reconnection, the first answer comes again, with its old number."""
    timeline = Timeline("lobby")
    timeline.received(_message(4), own=False)
    timeline.wrote(_own("a"))
    timeline.received(_message(8), own=False)
    timeline.stored("a", 5, 9)
    assert _texts(timeline) == ["m4", "own a", "m8"]
    assert timeline.last_seq == 8


def test_ours_that_came_back_as_a_message_is_shown_once() -> None:
    """An earlier connection's message reached us through the next one."""
    timeline = Timeline("lobby")
    timeline.wrote(_own("a"))
    timeline.received(_message(1, "own a"), own=True)
    assert timeline.stored("a", 1, 9) == [Removed("lobby", 1, 1)]
    assert _texts(timeline) == ["own a"]


def test_refused_ones_stay_below_and_can_be_sent_again_or_taken_away() -> None:
    """With the reason."""
    timeline = Timeline("lobby")
    timeline.wrote(_own("a"))
    timeline.refused("a", "busy", "later")
    assert timeline.entries[0].retryable
    timeline.received(_message(1), own=False)
    assert _texts(timeline) == ["m1", "own a"]
    timeline.pending_again("a")
    assert timeline.entries[1].delivery is Delivery.PENDING
    assert timeline.discarded("a") == [Removed("lobby", 1, 1)]
    assert timeline.unsettled == 0


def test_a_server_without_numbers_is_shown_as_it_comes() -> None:
    """And its messages do not count as old."""
    timeline = Timeline("lobby")
    for text in ("one", "two", "one"):
        timeline.received(_message(0, text), own=False)
    assert _texts(timeline) == ["one", "two", "one"]
    assert len({entry.key for entry in timeline.entries}) == 3


def test_a_time_beyond_the_calendar_is_unknown() -> None:
    """A hostile server's numbers have up to eighteen digits."""
    timeline = Timeline("lobby")
    timeline.received(_message(1, time=LATEST_TIME + 1), own=False)
    assert timeline.entries[0].time == 0


def test_the_oldest_go_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many at once, and never what is pending."""
    monkeypatch.setattr(timeline_module, "MAX_KEPT", 10)
    monkeypatch.setattr(timeline_module, "TRIM", 4)
    timeline = Timeline("lobby")
    timeline.wrote(_own("a"))
    for seq in range(1, 11):
        timeline.received(_message(seq), own=False)
    changes = timeline.received(_message(11), own=False)
    assert changes[-1] == Removed("lobby", 0, 4)
    assert _texts(timeline) == [*(f"m{n}" for n in range(5, 12)), "own a"]


@pytest.mark.parametrize("seq", [0, 3])
def test_what_is_not_ours_to_settle_is_left_alone(seq: int) -> None:
    """An answer to nothing."""
    timeline = Timeline("lobby")
    assert timeline.stored("x", seq, 1) == []
    assert timeline.refused("x", "busy", "") == []
    assert timeline.pending_again("x") == []
    assert timeline.discarded("x") == []
