"""Looking for words in what is kept."""

import pytest

from client_gui.changes import SearchFailed, SearchFound
from client_gui.items import SearchHit
from client_gui.state.kept_search import SLICE, KeptSearch
from wire.limits import MAX_PAGE


def _message(room: str, seq: int, text: str) -> SearchHit:
    return SearchHit(room, seq, "ann", "Ann", text, 5)


class Kept:
    """What is on disk, and how often it was asked."""

    def __init__(self) -> None:
        self.rooms: dict[str, list[SearchHit]] = {}
        self.readable = True
        self.asked: list[tuple] = []

    def say(self, room: str, *texts: str) -> None:
        self.rooms[room] = [_message(room, n, text) for n, text in enumerate(texts, 1)]

    def messages_before(self, room: str, seq: int, limit: int) -> list[SearchHit] | None:
        self.asked.append((room, seq, limit))
        before = [message for message in self.rooms.get(room, []) if message.seq < seq]
        return before[::-1][:limit] if self.readable else None


@pytest.fixture
def kept() -> Kept:
    """With two rooms."""
    kept = Kept()
    kept.say("#1", "明天考试", "THE Straße plan", "a plan", "")
    kept.say("#2", "plan b", "nothing")
    return kept


def _seqs(changes: list) -> list[tuple[str, int]]:
    return [(hit.room, hit.seq) for change in changes for hit in change.hits]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("plan", [("#1", 3), ("#1", 2), ("#2", 1)]),
        ("PLAN the", [("#1", 2)]),
        ("strasse", [("#1", 2)]),
        ("考", [("#1", 1)]),
        ("none", []),
        ("  ", []),
    ],
)
def test_each_word_is_somewhere_in_the_text(
    kept: Kept, words: str, found: list[tuple[str, int]]
) -> None:
    """As the server has it: the latest first, room by room, one character included."""
    search = KeptSearch(kept)
    changes = search.ask(words, ["#1", "#2"])
    assert _seqs(changes) == found
    assert (changes[0].more, changes[0].fresh, changes[0].kept) == (False, True, True)
    assert not search.goes_on


def test_it_goes_in_slices(kept: Kept) -> None:
    """So that no window waits; nothing is left out between them."""
    kept.say("#1", *(f"plan {n}" if n % 100 == 0 else "x" for n in range(2 * SLICE + 10)))
    search = KeptSearch(kept)
    changes = search.ask("plan", ["#1", "#2"])
    assert changes[0].more
    assert sum(limit for _, _, limit in kept.asked) <= SLICE
    while search.goes_on:
        changes += search.more()
    assert [change.fresh for change in changes] == [True, False, False]
    assert _seqs(changes) == [
        *(("#1", n + 1) for n in reversed(range(0, 2 * SLICE + 10, 100))),
        ("#2", 1),
    ]
    assert search.more() == []


def test_a_slice_with_many_hits_is_a_page(kept: Kept) -> None:
    """There is no more to be shown at once."""
    kept.say("#1", *["plan"] * SLICE)
    (first,) = KeptSearch(kept).ask("plan", ["#1"])
    assert MAX_PAGE <= len(first.hits) < 2 * MAX_PAGE


def test_a_thousand_small_rooms_are_not_one_slice(kept: Kept) -> None:
    """Asking for each takes a while."""
    search = KeptSearch(kept)
    search.ask("plan", [f"#{n}" for n in range(1000)])
    assert len(kept.asked) < 200
    assert search.goes_on


def test_a_search_is_given_up_for_another_one(kept: Kept) -> None:
    """Or because nothing can be read."""
    search = KeptSearch(kept)
    kept.say("#1", *["x"] * (SLICE + 1))
    search.ask("plan", ["#1"])
    assert _seqs(search.ask("plan", ["#2"])) == [("#2", 1)]
    search.ask("plan", ["#1"])
    search.give_up()
    assert search.more() == []
    kept.readable = False
    assert search.ask("plan", ["#1"]) == [SearchFailed("offline")]
    assert isinstance(search.ask("", ["#1"])[0], SearchFound)
