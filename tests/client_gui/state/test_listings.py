"""Lists that come in pages."""

from client_gui.state.listings import MAX_ASKED, Listed, Listings
from wire.messages import Members, Result


def _listings(most: int = 500) -> Listings[int]:
    return Listings(Members, most)


def _end(continue_at: str = "", outcome: str = "ok") -> Result:
    return Result("0020", outcome, continue_at)


def test_pages_are_gathered() -> None:
    """From where the last one ended."""
    listings = _listings()
    assert listings.ask("#1") == [Members("#1")]
    listings.add(1)
    assert listings.page_ended(_end("ann")) == (None, [Members("#1", "ann")])
    listings.add(2)
    assert listings.page_ended(_end()) == (Listed("#1", [1, 2]), [])


def test_the_next_one_waits() -> None:
    """Each once; and only so many."""
    listings = _listings()
    listings.ask("#1")
    assert listings.ask("#2") == []
    assert listings.ask("#2") == []
    assert listings.about == "#1"
    assert listings.page_ended(_end()) == (Listed("#1", []), [Members("#2")])
    for n in range(2 * MAX_ASKED):
        listings.ask(f"#{n + 3}")
    assert len(listings.disconnected()) == MAX_ASKED + 1
    assert listings.about is None


def test_a_refusal_ends_it() -> None:
    """With what has come, and why."""
    listings = _listings()
    listings.ask("#1")
    refused = _end(outcome="busy")
    assert listings.page_ended(refused) == (Listed("#1", [], refused=refused), [])


def test_a_listing_without_an_end_has_one() -> None:
    """In entries, and in pages that bring none."""
    listings = _listings(most=2)
    listings.ask("#1")
    for n in range(5):
        listings.add(n)
    assert listings.page_ended(_end("on")) == (Listed("#1", [0, 1], more=True), [])
    listings = _listings(most=1_000)
    listings.ask("#1")
    pages = 1
    while listings.page_ended(_end("on"))[0] is None:
        pages += 1
    assert pages == 10


def test_answers_to_nothing_are_nothing() -> None:
    """And entries of nothing are not kept."""
    listings = _listings()
    listings.add(1)
    assert listings.page_ended(_end()) == (None, [])
    listings.ask("#1")
    assert listings.page_ended(_end()) == (Listed("#1", []), [])
