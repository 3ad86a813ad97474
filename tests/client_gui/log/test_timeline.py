"""The receiver's rule for one room."""

import pytest

from client_gui.changes import Inserted, PutOff, Removed, Updated
from client_gui.items import Delivery, Entry
from client_gui.log import later_changes
from client_gui.log import timeline as timeline_module
from client_gui.log.conversation import Me
from client_gui.log.records import Log
from client_gui.log.rows import LATEST_TIME, MAX_SEQ, Row
from client_gui.log.timeline import Timeline
from wire.limits import MAX_PAGE
from wire.messages import Change, ChatMessage, History, Result


def _message(seq: int, text: str = "", time: int = 5) -> ChatMessage:
    return ChatMessage("nick", text or f"m{seq}", "user2", "lobby", seq, time)


ME = Me("user1", "me")


def _own(cid: str) -> Entry:
    return Entry(cid, "user1", "me", f"own {cid}", True, 1, delivery=Delivery.PENDING)


def _texts(timeline: Timeline) -> list[str]:
    return [entry.text for entry in timeline.list.entries]


def _opened(*seqs: int) -> Timeline:
    """A room whose last page has come, with the messages of these numbers."""
    timeline = Timeline("lobby", ME)
    assert timeline.next_request() == History("lobby", limit=MAX_PAGE)
    for seq in seqs:
        timeline.received(_message(seq))
    timeline.page_ended(_page_end(str(seqs[0]) if seqs and seqs[0] > 1 else ""))
    return timeline


def _page_end(continue_at: str = "", outcome: str = "ok") -> Result:
    return Result("0006", outcome, continue_at, "lobby")


def _receive(timeline: Timeline, *seqs: int) -> None:
    for seq in seqs:
        timeline.received(_message(seq))


# --- the receiver's rule -----------------------------------------------------------------------


def test_the_next_is_shown_and_an_old_one_dropped() -> None:
    """One further on waits until the gap is filled."""
    timeline = _opened()
    assert isinstance(timeline.received(_message(1))[0], Inserted)
    assert timeline.received(_message(1)) == []
    assert timeline.received(_message(3)) == []
    _receive(timeline, 2)
    assert _texts(timeline) == ["m1", "m2", "m3"]


def test_a_gap_is_filled_from_history() -> None:
    """Page after page, with what is said meanwhile in its place."""
    timeline = _opened(1)
    _receive(timeline, 7)
    assert timeline.next_request() == History("lobby", since=2, limit=MAX_PAGE)
    assert timeline.next_request() is None
    _receive(timeline, 2, 3, 8, 4)
    timeline.page_ended(_page_end("5"))
    assert timeline.next_request() == History("lobby", since=5, limit=MAX_PAGE)
    _receive(timeline, 5, 6)
    assert _texts(timeline) == [f"m{seq}" for seq in range(1, 9)]
    timeline.page_ended(_page_end())
    assert timeline.next_request() is None


@pytest.mark.parametrize("end", [_page_end(), _page_end("2"), _page_end(outcome="unknown-code")])
def test_a_gap_that_history_cannot_fill_stays_one(end: Result) -> None:
    """What waited is shown at last, and nothing is asked for ever."""
    timeline = _opened(1)
    _receive(timeline, 7, 5)
    assert timeline.next_request() is not None
    timeline.page_ended(end)
    assert _texts(timeline) == ["m1", "m5"]
    assert timeline.next_request() == History("lobby", since=6, limit=MAX_PAGE)
    timeline.page_ended(end)
    assert _texts(timeline) == ["m1", "m5", "m7"]
    assert timeline.next_request() is None
    _receive(timeline, 8)
    assert _texts(timeline) == ["m1", "m5", "m7", "m8"]


@pytest.mark.parametrize("reason", ["busy", "unavailable"])
def test_a_gap_stays_open_while_the_server_cannot_read(reason: str) -> None:
    """Asked for again after a wait, not before: and then all of it is there."""
    timeline = _opened(1)
    _receive(timeline, 4)
    assert timeline.next_request() is not None
    assert timeline.page_ended(_page_end(outcome=reason)) == [PutOff(1)]
    _receive(timeline, 5)
    assert timeline.next_request() is None
    timeline.go_on()
    assert timeline.next_request() == History("lobby", since=2, limit=MAX_PAGE)
    _receive(timeline, 2, 3)
    timeline.page_ended(_page_end())
    assert _texts(timeline) == ["m1", "m2", "m3", "m4", "m5"]


def test_a_room_that_could_not_be_opened_is_opened_later() -> None:
    """With its last page, as ever; what has come meanwhile is shown with it."""
    timeline = Timeline("lobby", ME)
    timeline.next_request()
    timeline.page_ended(_page_end(outcome="busy"))
    _receive(timeline, 9)
    assert timeline.next_request() is None
    timeline.go_on()
    assert timeline.next_request() == History("lobby", limit=MAX_PAGE)
    _receive(timeline, 7, 8, 9)
    timeline.page_ended(_page_end("7"))
    assert _texts(timeline) == ["m7", "m8", "m9"]


def test_older_ones_are_asked_for_again_after_a_refusal() -> None:
    """When they are wanted again."""
    timeline = _opened(10)
    timeline.want_older()
    assert timeline.next_request() is not None
    timeline.page_ended(_page_end(outcome="unavailable"))
    assert timeline.next_request() is None
    timeline.want_older()
    assert timeline.next_request() == History("lobby", before=10, limit=MAX_PAGE)


def test_what_was_missed_is_asked_for_after_a_reconnection() -> None:
    """Whether or not anything was."""
    timeline = _opened(1, 2)
    timeline.disconnected()
    timeline.connected()
    assert timeline.next_request() == History("lobby", since=3, limit=MAX_PAGE)
    timeline.page_ended(_page_end())
    assert timeline.next_request() is None
    assert _texts(timeline) == ["m1", "m2"]


def test_what_waits_behind_a_gap_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is beyond comes with history."""
    monkeypatch.setattr(timeline_module, "MAX_AHEAD", 2)
    timeline = _opened(1)
    _receive(timeline, 3, 4, 5, 6)
    assert timeline.next_request() == History("lobby", since=2, limit=MAX_PAGE)
    _receive(timeline, 2)
    timeline.page_ended(_page_end())
    assert _texts(timeline) == ["m1", "m2", "m3", "m4"]
    assert timeline.next_request() == History("lobby", since=5, limit=MAX_PAGE)


def test_a_room_opens_with_its_last_page() -> None:
    """What is said before the page has come is shown with it, once."""
    timeline = Timeline("lobby", ME)
    timeline.next_request()
    _receive(timeline, 12, 10, 11, 12)
    assert _texts(timeline) == []
    timeline.page_ended(_page_end("10"))
    assert _texts(timeline) == ["m10", "m11", "m12"]
    assert timeline.mark == 12


def test_what_comes_by_the_hundred_while_a_room_opens_leaves_no_gap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The page is kept and shown, and history brings what was beyond the bound."""
    monkeypatch.setattr(timeline_module, "MAX_AHEAD", 3)
    timeline = Timeline("lobby", ME)
    timeline.next_request()
    _receive(timeline, 3, 4, 5, 6, 1, 2)
    timeline.page_ended(_page_end())
    assert _texts(timeline) == ["m1", "m2", "m3"]
    assert timeline.next_request() == History("lobby", since=4, limit=MAX_PAGE)


def test_what_stood_above_the_first_page_goes_if_there_is_a_gap_between() -> None:
    """The room could not be opened at first; older pages bring all of it."""
    timeline = Timeline("lobby", ME)
    timeline.next_request()
    timeline.page_ended(_page_end(outcome="unavailable"))
    timeline.list.wrote(_own("a"), 0)
    timeline.stored("a", 3, 9)
    timeline.disconnected()
    timeline.connected()
    assert timeline.next_request() == History("lobby", limit=MAX_PAGE)
    _receive(timeline, 7)
    assert timeline.page_ended(_page_end("7"))[0] == Removed("lobby", 0, 1)
    _receive(timeline, 8)
    assert _texts(timeline) == ["m7", "m8"]


def test_a_first_page_that_follows_what_is_shown_takes_nothing_away() -> None:
    """It has what is shown in it."""
    timeline = Timeline("lobby", ME)
    timeline.next_request()
    timeline.list.wrote(_own("a"), 0)
    timeline.stored("a", 2, 9)
    _receive(timeline, 1, 2, 3)
    timeline.page_ended(_page_end())
    assert _texts(timeline) == ["m1", "own a", "m3"]
    assert timeline.mark == 3


def test_a_room_whose_last_page_has_no_row_is_read_further() -> None:
    """Two hundred people have put their sign to the last message: nobody sees an empty room."""
    timeline = Timeline("lobby", ME)
    timeline.next_request()
    timeline.received(Change("nick", "+", "user2", "lobby", 9, 5, "reacted", 8))
    timeline.page_ended(_page_end("9"))
    assert timeline.next_request() == History("lobby", before=9, limit=MAX_PAGE)
    _receive(timeline, 8)
    timeline.page_ended(_page_end("8"))
    (entry,) = timeline.list.entries
    assert [reaction.sign for reaction in entry.reactions] == ["+"]
    assert timeline.next_request() is None


def test_half_of_an_older_page_is_not_shown() -> None:
    """The connection broke in the middle: what is shown has no gap, and the page is asked again."""
    timeline = _opened(5, 6)
    timeline.want_older()
    timeline.next_request()
    _receive(timeline, 1, 2)
    timeline.disconnected()
    assert _texts(timeline) == ["m5", "m6"]
    timeline.connected()
    timeline.next_request()
    timeline.page_ended(_page_end())
    timeline.want_older()
    assert timeline.next_request() == History("lobby", before=5, limit=MAX_PAGE)
    _receive(timeline, 1, 2, 3, 4)
    timeline.page_ended(_page_end())
    assert _texts(timeline) == [f"m{seq}" for seq in range(1, 7)]


def test_what_comes_again_takes_no_place_in_an_older_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is as long as it may be, and what we have is not of it."""
    timeline = _opened(4, 5)
    monkeypatch.setattr(timeline_module, "MAX_PAGE", 3)
    timeline.want_older()
    timeline.next_request()
    _receive(timeline, 5, 1, 2, 3)
    timeline.page_ended(_page_end())
    assert _texts(timeline) == [f"m{seq}" for seq in range(1, 6)]


def test_older_ones_come_when_they_are_wanted() -> None:
    """In their order, above the others, until there are no more."""
    timeline = _opened(10, 11)
    assert timeline.next_request() is None
    timeline.want_older()
    assert timeline.next_request() == History("lobby", before=10, limit=MAX_PAGE)
    _receive(timeline, 8, 9)
    timeline.page_ended(_page_end("8"))
    assert _texts(timeline) == ["m8", "m9", "m10", "m11"]
    assert timeline.next_request() is None
    timeline.want_older()
    assert timeline.next_request() == History("lobby", before=8, limit=MAX_PAGE)
    timeline.page_ended(_page_end())
    timeline.want_older()
    assert timeline.next_request() is None


def test_a_page_that_was_cut_off_is_asked_for_again() -> None:
    """The connection was lost in the middle of it."""
    timeline = Timeline("lobby", ME)
    timeline.next_request()
    _receive(timeline, 5)
    timeline.disconnected()
    timeline.connected()
    assert timeline.next_request() == History("lobby", limit=MAX_PAGE)


def test_what_is_not_of_an_older_page_takes_no_place_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What we have is not of it; and what is far below would leave a hole."""
    timeline = _opened(6, 7)
    monkeypatch.setattr(timeline_module, "MAX_PAGE", 3)
    timeline.want_older()
    timeline.next_request()
    _receive(timeline, 7, 1, 3, 4, 4, 5)
    timeline.page_ended(_page_end("3"))
    assert _texts(timeline) == [f"m{seq}" for seq in range(3, 8)]
    assert timeline.bottom == 3
    timeline.want_older()
    assert timeline.next_request() == History("lobby", before=3, limit=3)


def test_what_comes_again_while_a_room_is_opened_leaves_no_hole() -> None:
    """It is not of the last page."""
    timeline = Timeline("lobby", ME)
    timeline.next_request()
    _receive(timeline, 2, 8, 9)
    timeline.page_ended(_page_end("8"))
    assert _texts(timeline) == ["m8", "m9"]
    assert timeline.bottom == 8


# --- our own -----------------------------------------------------------------------------------


def test_an_acknowledgement_puts_ours_in_its_place() -> None:
    """In order, it is only an update: nothing moves."""
    timeline = _opened()
    timeline.received(_message(1))
    timeline.list.wrote(_own("a"), 0)
    timeline.list.wrote(_own("b"), 0)
    changes = timeline.stored("a", 2, 9)
    assert isinstance(changes[0], Updated)
    timeline.received(_message(3))
    timeline.stored("b", 4, 9)
    assert _texts(timeline) == ["m1", "own a", "m3", "own b"]
    assert [entry.delivery for entry in timeline.list.entries] == [Delivery.STORED] * 4
    assert timeline.mark == 4


def test_messages_of_others_stand_above_what_is_pending() -> None:
    """Pending ones have no place yet."""
    timeline = _opened()
    timeline.list.wrote(_own("a"), 0)
    timeline.received(_message(1))
    assert _texts(timeline) == ["m1", "own a"]


def test_a_late_acknowledgement_finds_its_place_between_others() -> None:
    """After a reconnection, the first answer comes again, with its old number."""
    timeline = _opened(4)
    timeline.list.wrote(_own("a"), 0)
    _receive(timeline, 6)
    assert _texts(timeline) == ["m4", "own a"]
    timeline.stored("a", 5, 9)
    assert _texts(timeline) == ["m4", "own a", "m6"]
    assert timeline.mark == 6


def test_an_acknowledgement_beyond_a_gap_is_shown_and_the_gap_filled() -> None:
    """We know that it is stored; what was said before it is to come."""
    timeline = _opened(1)
    timeline.list.wrote(_own("a"), 0)
    timeline.stored("a", 4, 9)
    assert _texts(timeline) == ["m1", "own a"]
    assert timeline.next_request() == History("lobby", since=2, limit=MAX_PAGE)
    _receive(timeline, 2, 3, 4)
    timeline.page_ended(_page_end())
    assert _texts(timeline) == ["m1", "m2", "m3", "own a"]
    assert timeline.mark == 4
    assert timeline.next_request() is None


@pytest.mark.parametrize("seq", [3, 5], ids=["next", "behind a gap"])
def test_ours_that_comes_back_as_a_message_takes_the_place_of_what_waits(seq: int) -> None:
    """An earlier connection's message reached us through the next one, edited meanwhile."""
    timeline = _opened(1, 2)
    timeline.list.wrote(_own("a"), 0)
    message = ChatMessage("me", "edited", "user1", "lobby", seq, 9, changed=6, cid="a")
    (updated,) = timeline.came_back(message)
    assert isinstance(updated, Updated)
    assert updated.entry.key == "a"
    assert _texts(timeline) == ["m1", "m2", "edited"]
    assert timeline.list.waiting == 0
    assert timeline.came_back(message) == []


def test_ours_that_comes_back_in_an_older_page_is_shown_there() -> None:
    """The waiting copy goes at once, the message comes with its page."""
    timeline = _opened(4, 5)
    timeline.list.wrote(_own("a"), 0)
    timeline.want_older()
    timeline.next_request()
    assert timeline.came_back(ChatMessage("me", "own a", "user1", "lobby", 3, 9, cid="a")) == [
        Removed("lobby", 2, 1)
    ]
    timeline.page_ended(_page_end("3"))
    assert _texts(timeline) == ["own a", "m4", "m5"]


def test_an_acknowledgement_from_before_the_first_page_leaves_no_gap() -> None:
    """It was stored long ago, and the answer was lost; older pages bring it to its place."""
    timeline = _opened(7, 8)
    timeline.list.wrote(_own("a"), 0)
    assert timeline.stored("a", 3, 9) == [Removed("lobby", 2, 1)]
    assert _texts(timeline) == ["m7", "m8"]
    assert timeline.list.waiting == 0


def test_refused_ones_stay_below_and_can_be_sent_again_or_taken_away() -> None:
    """With the reason."""
    timeline = _opened()
    timeline.list.wrote(_own("a"), 0)
    timeline.list.refused("a", "busy", "later")
    assert timeline.list.entries[0].retryable
    timeline.received(_message(1))
    assert _texts(timeline) == ["m1", "own a"]
    timeline.list.sent_again("a")
    assert timeline.list.entries[1].delivery is Delivery.PENDING
    assert timeline.list.discarded("a") == [Removed("lobby", 1, 1)]
    assert timeline.list.waiting == 0


@pytest.mark.parametrize("seq", [0, MAX_SEQ + 1])
def test_a_number_that_cannot_be_one_is_ignored(seq: int) -> None:
    """None is; and what is greater than Qt's numbers is."""
    timeline = _opened()
    assert timeline.received(_message(seq)) == []
    timeline.list.wrote(_own("a"), 0)
    assert timeline.stored("a", seq, 1) == [Removed("lobby", 0, 1)]
    assert timeline.next_request() is None


def test_a_time_beyond_the_calendar_is_unknown() -> None:
    """A hostile server's numbers have up to eighteen digits."""
    timeline = _opened()
    timeline.received(_message(1, time=LATEST_TIME + 1))
    assert timeline.list.entries[0].time == 0


def test_the_oldest_go_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many at once, and never what is pending."""
    monkeypatch.setattr(timeline_module, "MAX_KEPT", 10)
    monkeypatch.setattr(timeline_module, "TRIM", 4)
    timeline = _opened()
    timeline.list.wrote(_own("a"), 0)
    for seq in range(1, 11):
        timeline.received(_message(seq))
    changes = timeline.received(_message(11))
    assert changes[-1] == Removed("lobby", 0, 4)
    assert _texts(timeline) == [*(f"m{n}" for n in range(5, 12)), "own a"]


def test_the_oldest_go_when_they_are_too_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few they are; then no older ones are asked for."""
    monkeypatch.setattr(timeline_module, "MAX_WEIGHT", 10_000)
    timeline = _opened()
    for seq in range(1, 30):
        timeline.received(_message(seq))
        assert timeline.list.weight <= 10_000
    assert timeline.list.seqs[-1] == 29
    assert timeline.bottom == timeline.list.seqs[0]
    monkeypatch.setattr(timeline_module, "MAX_WEIGHT", timeline.list.weight)
    assert not timeline.can_read_older


def test_half_of_what_waits_can_be_let_go() -> None:
    """What is behind a gap is asked for again, and changes whose rows are not here are not missed
    on disk: the floor is above them."""
    timeline = _opened()
    timeline.received(_message(1))
    for seq in (5, 6, 7, 8):
        timeline.received(_message(seq))
    assert timeline.waiting == 4
    timeline.let_waiting_go()
    assert timeline.waiting == 2
    assert timeline.next_request().since == 2
    for seq in (2, 3, 4):
        timeline.received(_message(seq))
    assert timeline.list.seqs == [1, 2, 3, 4, 5, 6]
    assert timeline.next_request() is None  # the page is on its way
    timeline.page_ended(Result("0006", "ok", "7", "lobby"))
    assert timeline.next_request().since == 7


@pytest.mark.parametrize("seq", [0, 3])
def test_what_is_not_ours_to_settle_is_left_alone(seq: int) -> None:
    """An answer to nothing."""
    timeline = Timeline("lobby", ME)
    assert timeline.stored("x", seq, 1) == []
    assert timeline.list.refused("x", "busy", "") == []
    assert timeline.list.sent_again("x") == []
    assert timeline.list.discarded("x") == []


# --- changes -----------------------------------------------------------------------------------


def _change(seq: int, target: int, text: str = "new", kind: str = "edited") -> Change:
    return Change("nick", text, "user2", "lobby", seq, 5, kind, target)


def test_a_change_takes_a_number_and_is_no_row() -> None:
    """It is made in its turn, once; behind a gap it waits."""
    timeline = _opened(1)
    timeline.received(_change(2, 1))
    assert _texts(timeline) == ["new"]
    assert timeline.mark == 2
    assert timeline.received(_change(2, 1, "again")) == []
    assert timeline.received(_change(4, 1, "later")) == []
    timeline.received(_change(3, 1, "sooner"))
    assert _texts(timeline) == ["later"]
    assert timeline.mark == 4


@pytest.mark.parametrize("kind", ["topic", "renamed"])
def test_a_notice_is_a_row(kind: str) -> None:
    """In its place."""
    timeline = _opened(1)
    timeline.received(_change(2, 0, "tea", kind))
    assert [entry.notice for entry in timeline.list.entries] == ["", kind]


@pytest.mark.parametrize("target", [0, 2, 3, 9, 10**18 - 1])
def test_a_change_of_nothing_is_nothing(target: int) -> None:
    """But takes its number."""
    timeline = _opened(1)
    assert timeline.received(_change(2, target)) == []
    assert timeline.mark == 2


def test_changes_wait_for_the_row_that_they_are_about() -> None:
    """In the order of their numbers, whichever page brought them."""
    timeline = _opened(8, 9)
    timeline.received(_change(10, 5, "👍", "unreacted"))
    timeline.want_older()
    timeline.next_request()
    timeline.received(_change(7, 5, "👍", "reacted"))
    _receive(timeline, 6)
    timeline.page_ended(_page_end("6"))
    timeline.want_older()
    assert timeline.next_request() == History("lobby", before=6, limit=MAX_PAGE)
    _receive(timeline, 5)
    timeline.received(_change(4, 3, "x"))
    timeline.page_ended(_page_end("4"))
    assert timeline.list.shown(5).reactions == ()
    assert timeline.bottom == 4


def test_a_page_of_nothing_but_changes_is_followed_by_another() -> None:
    """Whoever scrolls up waits for a row; a page that brings nothing at all ends it."""
    timeline = _opened(8)
    timeline.want_older()
    timeline.next_request()
    timeline.received(_change(7, 1))
    timeline.page_ended(_page_end("7"))
    assert timeline.next_request() == History("lobby", before=7, limit=MAX_PAGE)
    timeline.page_ended(_page_end("7"))
    assert timeline.next_request() is None


def test_waiting_changes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the oldest row go, and what is on disk of it is believed no more."""
    monkeypatch.setattr(later_changes, "MAX_LATER", 2)
    timeline = Timeline("lobby", ME, Log("lobby", 2, 9, 5))
    for seq, target in ((10, 4), (11, 3), (12, 5)):
        timeline.received(_change(seq, target))
    assert timeline.floor == 4
    changes = timeline.take_unsaved()
    assert changes.log == Log("lobby", 4, 12, 5)
    assert [change.target for change in changes.later] == [4, 5]


def test_our_change_behind_a_gap_waits_for_its_turn() -> None:
    """As everybody's."""
    timeline = _opened(1)
    timeline.received(_change(4, 1, "ours"))
    assert timeline.next_request() == History("lobby", since=2, limit=MAX_PAGE)
    timeline.received(_change(2, 1, "theirs"))
    _receive(timeline, 3)
    timeline.page_ended(_page_end())
    assert _texts(timeline) == ["ours", "m3"]


# --- disk --------------------------------------------------------------------------------------


def test_what_is_new_is_told_once() -> None:
    """Not before the room is opened; then rows, marks, and changes that wait."""
    timeline = Timeline("lobby", ME)
    assert timeline.take_unsaved() is None
    timeline = _opened(5)
    changes = timeline.take_unsaved()
    assert (changes.log, [row.seq for row in changes.rows]) == (Log("lobby", 5, 5, 5), [5])
    assert timeline.take_unsaved() is None
    timeline.received(_change(6, 2))
    assert [change.seq for change in timeline.take_unsaved().later] == [6]


def test_rows_come_from_the_disk_down_to_the_floor() -> None:
    """Changed by what waits for them, which the disk can forget then."""
    timeline = Timeline("lobby", ME, Log("lobby", 3, 9, 5))
    timeline.restored([Row(12, "user1", "me", "ours", 5)], [_change(8, 6)])
    assert timeline.next_request() == History("lobby", since=10, limit=MAX_PAGE)
    assert timeline.is_more_on_disk
    timeline.loaded([Row(seq, "u", "u", f"m{seq}", 5) for seq in (6, 7)])
    assert _texts(timeline) == ["new", "m7", "ours"]
    changes = timeline.take_unsaved()
    assert ([row.seq for row in changes.rows], changes.made) == ([6], [8])
    timeline.loaded([])
    assert timeline.bottom == 3
    assert not timeline.is_more_on_disk


def test_beginning_again_forgets_the_disk_too() -> None:
    """Before the last page has come, nothing is known of the room."""
    timeline = _opened(5)
    timeline.take_unsaved()
    timeline.list.wrote(_own("a"), 0)
    assert timeline.begin_again() == [Removed("lobby", 0, 1)]
    changes = timeline.take_unsaved()
    assert (changes.forget, changes.log, changes.rows) == (True, None, [])
    assert timeline.next_request() == History("lobby", limit=MAX_PAGE)
    assert _texts(timeline) == ["own a"]


def test_rows_below_the_floor_are_not_written() -> None:
    """The disk has as much as it may; what is there has no hole."""
    timeline = _opened(5, 6)
    timeline.take_unsaved()
    timeline.floor = 6
    timeline.want_older()
    timeline.next_request()
    _receive(timeline, 4)
    timeline.page_ended(_page_end("4"))
    assert timeline.floor == 6
    assert timeline.take_unsaved().rows == []


def test_ours_that_an_older_page_will_bring_has_no_second_place() -> None:
    """It was taken long ago, and its row is in memory no more."""
    timeline = _opened(5)
    timeline.list.wrote(_own("a"), 0)
    assert timeline.stored("a", 3, 5) == [Removed("lobby", 1, 1)]
    assert _texts(timeline) == ["m5"]
