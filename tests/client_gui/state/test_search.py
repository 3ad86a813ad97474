"""Looking for words."""

from client_gui.changes import SearchFailed, SearchFound, Send
from client_gui.items import SearchHit
from client_gui.log.rows import MAX_SEQ
from client_gui.state.search import MAX_ASKED
from client_gui.state.search import Search as Searching
from wire.limits import MAX_PAGE, MAX_QUERY
from wire.messages import Found, Result, Search


def _found(seq: int) -> Found:
    return Found("Ann", f"m{seq}", "ann", "#1", seq, 5)


def _hit(seq: int) -> SearchHit:
    return SearchHit("#1", seq, "ann", "Ann", f"m{seq}", 5)


def _end(continue_at: str = "", outcome: str = "ok") -> Result:
    return Result("0024", outcome, continue_at)


def test_pages_come_one_by_one() -> None:
    """The first is fresh; a page may be empty and yet have more behind it."""
    search = Searching()
    assert search.ask("word", "#1") == [Send(Search("word", "#1"))]
    search.found(_found(9))
    search.found(_found(5))
    assert search.page_ended(_end("77")) == [SearchFound((_hit(9), _hit(5)), True, True)]
    assert search.more() == [Send(Search("word", "#1", "77"))]
    assert search.more() == []
    assert search.page_ended(_end("33")) == [SearchFound((), True, False)]
    search.more()
    assert search.page_ended(_end()) == [SearchFound((), False, False)]
    assert search.more() == []


def test_a_new_search_gives_the_old_one_up() -> None:
    """Its hits are not shown among the new ones."""
    search = Searching()
    search.ask("a", "")
    search.ask("ab", "")
    search.found(_found(1))
    assert search.page_ended(_end("5")) == []
    search.found(_found(2))
    assert search.page_ended(_end()) == [SearchFound((_hit(2),), False, True)]


def test_a_search_that_fails_says_why() -> None:
    """Refused, or cut off."""
    search = Searching()
    search.ask("a", "")
    assert search.page_ended(_end(outcome="busy")) == [SearchFailed("busy")]
    search.ask("a", "")
    assert search.disconnected() == [SearchFailed("offline")]
    assert search.disconnected() == []
    assert search.page_ended(_end()) == []


def test_nothing_is_looked_for_without_words() -> None:
    """And there is nothing then."""
    search = Searching()
    assert search.ask("  ", "") == [SearchFound((), False, True)]


def test_a_search_is_bounded() -> None:
    """In words, hits, pages on the way, and pages that lead nowhere."""
    search = Searching()
    (sent,) = search.ask("x" * 500, "")
    assert len(sent.message.words) == MAX_QUERY
    for _ in range(2 * MAX_PAGE):
        search.found(_found(1))
    search.found(_found(MAX_SEQ + 1))
    (found,) = search.page_ended(_end("same"))
    assert len(found.hits) == MAX_PAGE
    search.more()
    assert search.page_ended(_end("same")) == [SearchFound((), False, False)]
    for n in range(MAX_ASKED):
        search.ask(f"w{n}", "")
    assert search.ask("one more", "") == [SearchFailed("busy")]
