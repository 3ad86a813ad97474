"""Search finds all that is there and may be read, and nothing else, indexed or not."""

import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reactor.records import Kind, NewMessage
from reactor.storage import Storage
from reactor.storage import search as search_module
from reactor.storage.search import _has_no_case
from tests.helpers.stored import LOBBY, NOW, change, make_room, say
from wire.limits import MAX_PAGE, MAX_QUERY


def found(storage: Storage, words: str, room_id: int | None = None, user_id: int = 1) -> list[str]:
    """The texts of all hits, page by page, the latest first."""
    return list(_found(storage, words, room_id, user_id))


def _found(storage: Storage, words: str, room_id: int | None, user_id: int) -> Iterator[str]:
    before = 0
    while True:
        page = storage.search.search(user_id, room_id, words, before, MAX_PAGE)
        yield from (hit.text for hit in page.hits)
        assert page.continue_at == 0 or before == 0 or page.continue_at < before
        before = page.continue_at
        if before == 0:
            return


def index_all(storage: Storage) -> None:
    """Bring the index up to the last message."""
    while storage.search.index_some(100):
        pass


@pytest.fixture(params=["indexed", "half", "not indexed", "without an index"])
def filled(request: pytest.FixtureRequest, people: Storage) -> Storage:
    """A storage with texts in the lobby; those that the index has differ."""
    texts = TEXTS if request.param != "half" else TEXTS[: len(TEXTS) // 2]
    people.messages.append([NewMessage(LOBBY, 1, "", text, NOW) for text in texts])
    if request.param in ("indexed", "half"):
        index_all(people)
    if request.param == "half":
        rest = TEXTS[len(texts) :]
        people.messages.append([NewMessage(LOBBY, 1, "", text, NOW) for text in rest])
    if request.param == "without an index":
        people.search._index._usable = False
    return people


TEXTS = [
    "Hello, world",
    "hello again",
    "你好，世界",
    "世界很大 and wide",
    "100% _certain_ 'quoted' \"double\" \\back",
    "100 percent",
    "Straße ﬁn K\N{KELVIN SIGN}",
    "naïve ÉCOLE",
    "nul\0behind it",
    "😀👍🎉 emoji",
    "a AND b OR c NOT d NEAR(e) * ^ : -",
    "İstanbul",
    "line\nfeed",
]


HITS = [
    ("hello", ["hello again", "Hello, world"]),
    ("HELLO world", ["Hello, world"]),
    ("world hello", ["Hello, world"]),
    ("ell", ["hello again", "Hello, world"]),
    ("世界", ["世界很大 and wide", "你好，世界"]),
    ("大", ["世界很大 and wide"]),
    ("你好，世界", ["你好，世界"]),
    ("100%", [TEXTS[4]]),
    ("_c", [TEXTS[4]]),
    ("_certain_", [TEXTS[4]]),
    ("'quoted'", [TEXTS[4]]),
    ('"double"', [TEXTS[4]]),
    ("\\back", [TEXTS[4]]),
    ("strasse", [TEXTS[6]]),
    ("fin", [TEXTS[6]]),
    ("kk", [TEXTS[6]]),
    ("ß", [TEXTS[6]]),
    ("école", [TEXTS[7]]),
    ("behind", [TEXTS[8]]),
    ("l\0b", [TEXTS[8]]),
    ("nul\0behind", [TEXTS[8]]),
    ("👍🎉", [TEXTS[9]]),
    ("👍", [TEXTS[9]]),
    ("NEAR(e)", [TEXTS[10]]),
    ("AND OR NOT", [TEXTS[10]]),
    ("* ^", [TEXTS[10]]),
    ("İSTANBUL", [TEXTS[11]]),
    ("feed\tline", [TEXTS[12]]),
    ("hello hello", ["hello again", "Hello, world"]),
]


def test_what_is_there_is_found(filled: Storage) -> None:
    """In any case and any order, with whatever letters; the latest first."""
    for words, expected in HITS:
        assert found(filled, words) == expected, words


MISSES = [
    *("", " ", "hallo", "helloo", "h_llo", "%ell%", "xyz%", "'; DROP TABLE message", "\ud800"),
    *("hello\ud800", "text:hello", "hel*", "x" * 10_000, "\0\0\0", "界世"),
]


def test_what_is_not_there_is_not_found(filled: Storage) -> None:
    """Signs are letters, and found where they stand."""
    for words in MISSES:
        assert found(filled, words) == [], words
    assert found(filled, "%") == [TEXTS[4]]


def test_only_the_beginning_of_a_long_question_counts(filled: Storage) -> None:
    """Up to a bound."""
    assert found(filled, "hello " + " " * MAX_QUERY + "nowhere") == found(filled, "hello")


def test_only_what_one_may_read_is_found(people: Storage) -> None:
    """The lobby and one's own rooms; not those one has left or was put out of."""
    cellar = make_room(people, 1, "cellar", "private")
    attic = make_room(people, 2, "attic")
    for room_id, text in (
        (LOBBY, "in the lobby"),
        (cellar, "in the cellar"),
        (attic, "in the attic"),
    ):
        say(people, room_id, 1, text)
    index_all(people)
    for words in ("in the", "in", "the"):
        assert found(people, words) == ["in the cellar", "in the lobby"]
        assert found(people, words, user_id=3) == ["in the lobby"]
        assert found(people, words, cellar) == ["in the cellar"]
        assert found(people, words, LOBBY) == ["in the lobby"]
        assert found(people, words, attic) == []
        assert found(people, words, 99) == []
    people.rooms.join(3, "attic", NOW)
    assert found(people, "the", user_id=3) == ["in the attic", "in the lobby"]
    people.rooms.remove(2, attic, "user3")
    assert found(people, "the", user_id=3) == ["in the lobby"]
    people.rooms.leave(2, attic)
    assert found(people, "the", user_id=2) == ["in the lobby"]


@pytest.mark.parametrize("indexed", [True, False])
def test_the_old_text_is_not_found_any_more(people: Storage, indexed: bool) -> None:
    """Of an edit the new one is; of what was taken back, nothing; and changes are no hits."""
    for _ in range(2):
        say(people, LOBBY, 1, "the first text")
    if indexed:
        index_all(people)
    change(people, Kind.EDITED, 1, 1, "the second text")
    change(people, Kind.DELETED, 1, 2)
    change(people, Kind.REACTED, 1, 1, "second")
    change(people, Kind.TOPIC, 1, 0, "second", moderates=True)
    for _ in range(2):
        assert found(people, "first") == []
        assert found(people, "second") == ["the second text"]
        index_all(people)


def test_hits_come_in_pages(people: Storage) -> None:
    """Of so many at the most, none missed and none twice."""
    texts = [f"text {number}" for number in range(10)]
    people.messages.append([NewMessage(LOBBY, 1, "", text, NOW) for text in texts])
    for _ in range(2):
        pages, hits = [], []
        before = 0
        while True:
            page = people.search.search(1, None, "text", before, 3)
            pages.append(len(page.hits))
            hits += [hit.text for hit in page.hits]
            before = page.continue_at
            if not before:
                break
        assert (pages, hits) == ([3, 3, 3, 1], texts[::-1])
        index_all(people)
    assert people.search.search(1, None, "text", 0, 0).hits == []
    (hit,) = people.search.search(1, None, "text 7", 0, 10**9).hits
    assert hit[1:] == (LOBBY, 8, NOW, "text 7", "user1", "nick1")


@pytest.mark.parametrize("words", ["te", "text", "文", "é"])
def test_a_call_looks_at_so_much_and_no_more(
    people: Storage, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """It then says where to go on; in the end everything is found."""
    monkeypatch.setattr(search_module, "MAX_LOOKED_AT", 7)
    monkeypatch.setattr(search_module, "MAX_FETCHED", 5)
    monkeypatch.setattr(search_module, "FETCHED_AT_ONCE", 2)
    texts = [f"text 文 é {number}" if number % 9 == 0 else "other ä" for number in range(30)]
    people.messages.append([NewMessage(LOBBY, 1, "", text, NOW) for text in texts])
    wanted = [text for text in texts[::-1] if text.startswith("text")]
    assert found(people, words) == wanted
    people.search.index_some(11)
    assert found(people, words) == wanted
    index_all(people)
    assert found(people, words) == wanted
    first = people.search.search(1, None, "ot", 0, 200)
    assert 0 < len(first.hits) <= 7
    assert first.continue_at


def test_a_call_ends_though_others_have_said_it_everywhere(
    people: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the index knows of rooms that one is not in is looked through in steps, too."""
    monkeypatch.setattr(search_module, "MAX_LOOKED_AT", 7)
    monkeypatch.setattr(search_module, "MAX_FETCHED", 5)
    monkeypatch.setattr(search_module, "FETCHED_AT_ONCE", 2)
    say(people, LOBBY, 2, "text here")
    cellar = make_room(people, 2, "cellar", "private")
    people.messages.append([NewMessage(cellar, 2, "", "text", NOW)] * 20)
    index_all(people)
    first = people.search.search(1, None, "text", 0, 200)
    assert first.hits == []
    assert first.continue_at > 10
    assert found(people, "text") == ["text here"]


def test_characters_without_case_are_those_that_only_they_fold_to() -> None:
    """Else the database would leave out a hit that Python sees."""
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        folded = character.casefold()
        if folded != character:
            assert not any(map(_has_no_case, folded)), character
            assert not _has_no_case(character), character


ALPHABET = st.sampled_from("aAbBßſKk\N{KELVIN SIGN}ﬁfi世界%_'\"\\ \0é")


@given(
    texts=st.lists(st.text(ALPHABET, min_size=1, max_size=8), max_size=6),
    words=st.text(ALPHABET, max_size=6),
    indexed=st.integers(0, 6),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_it_finds_what_python_would(
    people: Storage, texts: list[str], words: str, indexed: int
) -> None:
    """Whatever is indexed, whatever the letters."""
    people._database.execute_sql("DELETE FROM message")
    people._database.execute_sql("UPDATE room SET last_seq = 0")
    if people.search._index._is_usable():
        people._database.execute_sql("UPDATE fact SET value = '0' WHERE name = 'search_indexed'")
        people._database.execute_sql(
            "INSERT INTO message_search(message_search) VALUES('delete-all')"
        )
    people.messages.append([NewMessage(LOBBY, 1, "", text, NOW) for text in texts])
    people.search.index_some(indexed)
    wanted = words.casefold().split()
    expected = [
        text for text in texts[::-1] if wanted and all(word in text.casefold() for word in wanted)
    ]
    assert found(people, words) == expected
