"""Who is online: pages and events."""

from client_gui.changes import OnlineChanged, OnlineStale, Send
from client_gui.state.roster import MAX_PAGES, MAX_SHOWN, Roster
from wire.messages import OnlineUser, Presence, Result, Who


def _listed(roster: Roster, *names: str, following: str = "", total: str = "") -> list:
    for name in names:
        roster.listed(OnlineUser(name, name.upper()))
    return roster.page_ended(Result("0005", "ok", following, total))


def _shown(roster: Roster) -> tuple[list[str], int]:
    (change,) = roster.changed()
    assert isinstance(change, OnlineChanged)
    return [name for name, _ in change.users], change.count


def test_pages_are_asked_for_until_the_last() -> None:
    """And shown when all are there."""
    roster = Roster()
    assert roster.ask() == [Send(Who())]
    assert roster.ask() == []
    assert _listed(roster, "b", "a", following="b") == [Send(Who(after="b"))]
    assert roster.changed() == []
    assert _listed(roster, "c", total="3") == []
    assert _shown(roster) == (["a", "b", "c"], 3)
    assert roster.changed() == []


def test_events_during_a_listing_are_not_lost() -> None:
    """Whoever came or went between two pages."""
    roster = Roster()
    roster.ask()
    _listed(roster, "a", "b", following="b")
    roster.came_or_went(Presence("a", "A", "0"))
    roster.came_or_went(Presence("d", "D", "1"))
    _listed(roster, "c", total="3")
    assert _shown(roster) == (["b", "c", "d"], 3)


def test_a_listing_without_an_end_has_one() -> None:
    """The server always says that there is more."""
    roster = Roster()
    roster.ask()
    asked = 0
    while _listed(roster, f"user{asked}", following="x"):
        asked += 1
        assert asked <= MAX_PAGES
    assert asked == MAX_PAGES - 1


def test_names_are_bounded_and_the_count_is_right() -> None:
    """Those beyond are counted, come and go."""
    roster = Roster()
    roster.ask()
    _listed(roster, *(f"u{n:05}" for n in range(MAX_SHOWN + 5)), total=str(MAX_SHOWN + 5))
    roster.came_or_went(Presence("zz", "ZZ", "1"))
    names, count = _shown(roster)
    assert (len(names), count) == (MAX_SHOWN, MAX_SHOWN + 6)
    roster.came_or_went(Presence("zz", "ZZ", "0"))
    assert _shown(roster)[1] == MAX_SHOWN + 5


def test_a_refused_page_is_asked_for_later() -> None:
    """And what comes for it afterwards is not believed."""
    roster = Roster()
    roster.ask()
    assert roster.page_ended(Result("0005", "busy")) == [OnlineStale()]
    assert _listed(roster, "a") == []
    assert roster.changed() == []


def test_only_the_count_may_be_told() -> None:
    """The names stay until they are asked for."""
    roster = Roster()
    roster.came_or_went(Presence("a", "A", "1"))
    roster.counted(500)
    assert _shown(roster) == (["a"], 500)


def test_a_total_that_is_no_number_is_ignored() -> None:
    """Whatever the detail says."""
    roster = Roster()
    roster.ask()
    _listed(roster, "a", total="９" * 40)
    assert _shown(roster) == (["a"], 1)
