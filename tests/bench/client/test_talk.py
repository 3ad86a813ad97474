"""Made-up talk: the same every time, and of every kind."""

from pathlib import Path

from bench.client.talk import fill, rows
from client_gui.log.store import Store


def test_it_is_the_same_every_time() -> None:
    """Or two runs could not be compared."""
    assert list(rows(300)) == list(rows(300))


def test_there_is_something_of_everything() -> None:
    """Short and long, both languages, answers and reactions."""
    made = list(rows(1_000))
    texts = [row.text for row in made]
    assert min(map(len, texts)) < 10
    assert max(map(len, texts)) > 300
    assert any("\n" in text for text in texts)
    assert any("作业" in text for text in texts)
    assert 50 < sum(bool(row.reply_to) for row in made) < 200
    assert 30 < sum(bool(row.signs) for row in made) < 200


def test_a_store_is_filled(tmp_path: Path) -> None:
    """As if all of it had been read here."""
    store = Store(tmp_path / "store.sqlite3")
    fill(store, "#1", "All of us", 7_000)
    assert store.logs()["#1"].mark == 7_000
    assert [row.seq for row in store.rows_before("#1", 7_001, 1, 2)] == [6_999, 7_000]
    assert store.rooms()[0].name == "All of us"
    assert store.facts()["username"] == "user1"
    store.close()
