"""The index: filled in steps, true to edits, and not missed where there is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import OperationalError

from reactor.database import SqliteFile
from reactor.records import Kind, NewMessage
from reactor.storage import Storage
from reactor.storage.search_index import MAX_TIMES, Candidates, SearchIndex, can_look_up
from tests.helpers.stored import LOBBY, NOW, add_users, change, say


def index_all(storage: Storage) -> None:
    """Bring the index up to the last message."""
    while storage.search.index_some(100):
        pass


def candidates(index: SearchIndex, word: str) -> list[int]:
    """All that the index knows of."""
    return index.candidates(index.rarest([word], 100), 100, 10).ids


def test_the_old_text_leaves_the_index(people: Storage) -> None:
    """So that it cannot even be guessed from it."""
    if not people.search._index._is_usable():
        assert people.search.index_some(10) is False
        return
    for text in ("secret", "secret", "other"):
        say(people, LOBBY, 1, text)
    index_all(people)
    index = people.search._index
    assert candidates(index, "secret") == [2, 1]
    change(people, Kind.EDITED, 1, 1, "public")
    change(people, Kind.DELETED, 1, 2)
    assert candidates(index, "secret") == []
    assert candidates(index, "public") == [1]
    index_all(people)
    people._database.execute_sql(
        "INSERT INTO message_search(message_search) VALUES('integrity-check')"
    )


def test_the_index_is_filled_in_steps(people: Storage) -> None:
    """Until there is nothing more; where there is none, there is never anything to do."""
    people.messages.append([NewMessage(LOBBY, 1, "", "text", NOW)] * 5)
    steps = [people.search.index_some(2) for _ in range(4)]
    has_index = people.search._index._is_usable()
    assert steps == ([True, True, False, False] if has_index else [False] * 4)
    assert people.search._index.indexed() == (5 if has_index else 0)
    assert people.search.index_some(0) is False


def test_a_failing_step_leaves_the_index_as_it_was(
    people: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in it and how far it is are one transaction."""
    say(people, LOBBY, 1, "text")
    index = people.search._index
    if not index._is_usable():
        return

    def fails(message_id: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(index, "_set_indexed", fails)
        with pytest.raises(KeyboardInterrupt):
            people.search.index_some(10)
    assert candidates(index, "text") == []
    index_all(people)
    assert candidates(index, "text") == [1]


def test_words_are_looked_up_by_three_letters() -> None:
    """Shorter ones, and what SQLite takes for an end, are in no index."""
    assert can_look_up(["ab", "abc"])
    assert can_look_up(["你好吗"])
    assert not can_look_up(["ab", "c", "d\0e", "好"])


def test_an_sqlite_without_the_index_is_searched_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is too old for it: the database is made without, and says so."""
    execute = SqliteFile.execute_sql

    def too_old(self: SqliteFile, sql: str, *args: object, **kwargs: object) -> object:
        if "trigram" in sql:
            raise OperationalError("no such tokenizer: trigram")
        return execute(self, sql, *args, **kwargs)

    monkeypatch.setattr(SqliteFile, "execute_sql", too_old)
    storage = Storage(f"sqlite:///{tmp_path}/chat.db")
    assert any("no index of three letters" in line for line in storage.open())
    add_users(storage)
    _assert_is_searched(storage)


def test_an_index_that_this_sqlite_cannot_read_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer one made it."""
    execute = SqliteFile.execute_sql

    def too_old(self: SqliteFile, sql: str, *args: object, **kwargs: object) -> object:
        if "message_search" in sql:
            raise OperationalError("no such tokenizer: trigram")
        return execute(self, sql, *args, **kwargs)

    storage = Storage(f"sqlite:///{tmp_path}/chat.db")
    storage.open()
    monkeypatch.setattr(SqliteFile, "execute_sql", too_old)
    add_users(storage)
    _assert_is_searched(storage)


def _assert_is_searched(storage: Storage) -> None:
    say(storage, LOBBY, 1, "some text")
    assert storage.search.index_some(10) is False
    assert change(storage, Kind.EDITED, 1, 1, "other text") == 2
    assert [hit.text for hit in storage.search.search(1, None, "text", 0, 10).hits] == [
        "other text"
    ]
    assert storage.retention.prune(None, None, 1) != []
    storage.close()


@pytest.fixture
def told_apart(tmp_path: Path) -> Iterator[SearchIndex]:
    """An index of messages of which every second has one word, every tenth another, and every
    hundredth a third; two have all."""
    sqlite = Storage(f"sqlite:///{tmp_path}/chat.db")
    sqlite.open()
    add_users(sqlite)
    words = {2: "often", 10: "seldom", 100: "once"}
    texts = [
        " ".join(word for every, word in words.items() if number % every == every // 2) or "nothing"
        for number in range(1, 1_001)
    ]
    texts[299] = texts[699] = "often seldom once"
    sqlite.messages.append([NewMessage(LOBBY, 1, "", text, NOW) for text in texts])
    index_all(sqlite)
    yield sqlite.search._index
    sqlite.close()


def test_the_rarest_letters_come_first(told_apart: SearchIndex) -> None:
    """Of all words; few of them, for each costs something."""
    assert told_apart.rarest(["often", "seldom", "once"], 1_001)[:2] == ["nce", "onc"]
    assert set(told_apart.rarest(["often", "seldom"], 1_001)) <= {"sel", "eld", "ldo", "dom"}
    assert told_apart.rarest(["nowhere", "often"], 1_001)[0] in ("now", "owh", "whe", "her", "ere")


def test_candidates_have_all_letters(told_apart: SearchIndex) -> None:
    """None is left out, from whichever place it is looked on."""
    threes = ["onc", "sel", "oft"]
    assert told_apart.candidates(threes, 1_001, 100).ids == [700, 300]
    assert told_apart.candidates(threes, 700, 100) == Candidates([300], 1, 8 + 71 + 351)


def test_candidates_are_looked_for_in_steps(told_apart: SearchIndex) -> None:
    """Each has a bound, however far away the next one is, and says where the next begins."""
    before, ids, steps = 1_001, [], 0
    while before > 1:
        found = told_apart.candidates(["oft", "onc"], before, 5)
        assert found.looked_at <= 5 + 5 * MAX_TIMES
        assert found.down_to < before
        before, ids, steps = found.down_to, ids + found.ids, steps + 1
    assert ids == [700, 300]
    assert steps > 100


def test_letters_that_are_everywhere_leave_nothing_out(told_apart: SearchIndex) -> None:
    """They are too many to be read, so what has them is for the texts to tell."""
    assert told_apart.candidates(["onc", "oft"], 1_001, 5).ids == [950, 850, 750, 700, 650]
