"""Search on a real server, on each database: what one may read, and never anything else."""

import pytest

from tests.e2e.conftest import OnAnyDatabase
from tests.helpers.line_client import LineClient


def hits(client: LineClient, words: str, room: str = "") -> list[str]:
    """What all pages bring, without who came and went."""
    texts: list[str] = []
    before = ""
    while True:
        client.send_line("0024", words, room, before)
        while (frame := client.receive_frame())[0] == "1014":
            texts.append(frame[2])
        assert frame[:3] == ["1000", "0024", "ok"], frame
        before = frame[3] if len(frame) > 3 else ""
        if not before:
            return texts


def said(client: LineClient, text: str, room: str = "") -> str:
    """Say it, and return its number."""
    client.send_line("0002", "user1", text, room)
    return client.expect("1000", "0002", "ok")[5]


@pytest.fixture
def ann(on_any_database: OnAnyDatabase) -> LineClient:
    """One who has said something in the lobby and in a private room of her own, the Attic."""
    on_any_database.start()
    ann = on_any_database.full("user1")
    ann.send_line("0011", "Attic", "private")
    ann.expect("1011")
    ann.expect("1000", "0011", "ok")
    for text in ("早上好", "Straße 100% sure", "under_score", "an egg in the lobby"):
        said(ann, text)
    said(ann, "an egg in the attic", "Attic")
    return ann


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ("早", ["早上好"]),
        ("上好", ["早上好"]),
        ("STRASSE", ["Straße 100% sure"]),
        ("%", ["Straße 100% sure"]),
        ("_", ["under_score"]),
        ("und%score", []),
        ("egg", ["an egg in the attic", "an egg in the lobby"]),
        ("lobby egg", ["an egg in the lobby"]),
    ],
)
def test_words(ann: LineClient, words: str, texts: list[str]) -> None:
    """One character or many, in any language and case; no character is special."""
    assert hits(ann, words) == texts


def test_rooms_that_one_is_not_in(on_any_database: OnAnyDatabase, ann: LineClient) -> None:
    """Nothing of them is found, before an invitation and after a removal."""
    bob = on_any_database.full("user2")
    bob.send_line("0024", "egg", "Attic")
    bob.expect("1000", "0024", "no-such-room")
    assert hits(bob, "egg") == ["an egg in the lobby"]
    ann.send_line("0014", "Attic", "user2")
    ann.expect("1000", "0014", "ok")
    bob.expect("1011")
    assert hits(bob, "egg", "Attic") == ["an egg in the attic"]
    ann.send_line("0015", "Attic", "user2")
    while ann.receive_frame()[:3] != ["1000", "0015", "ok"]:
        pass
    bob.ping()
    assert hits(bob, "egg") == ["an egg in the lobby"]


def test_what_was_edited_or_taken_back(ann: LineClient) -> None:
    """Is found as it reads today."""
    number = said(ann, "a typo hree")
    ann.send_line("0008", "lobby", number, "a typo here")
    ann.expect("1000", "0008", "ok")
    assert hits(ann, "hree") == []
    assert hits(ann, "here") == ["a typo here"]
    ann.send_line("0009", "lobby", number)
    ann.expect("1000", "0009", "ok")
    assert hits(ann, "here") == []
