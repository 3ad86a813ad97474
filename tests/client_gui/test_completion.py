"""What is being completed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_gui.completion import (
    EMOJI,
    MEMBER,
    ROOM,
    Begun,
    Offer,
    begun,
    chooses_itself,
    whole_emoji,
)
from wire.limits import MAX_NAME
from wire.mentions import mentioned
from wire.names import key


@pytest.mark.parametrize(
    ("before", "mark", "letters"),
    [
        ("@", MEMBER, ""),
        ("hi @gr", MEMBER, "gr"),
        ("(@Ann", MEMBER, "Ann"),
        ("他说@小明", MEMBER, "小明"),
        ("see #te", ROOM, "te"),
        ("@a#b", MEMBER, "a#b"),
        ("#", ROOM, ""),
        (":sm", EMOJI, "sm"),
        ("so :+1", EMOJI, "+1"),
        ("好 :笑", EMOJI, "笑"),
        ("a\u2028:sm", EMOJI, "sm"),
    ],
)
def test_a_word_is_begun_by_its_mark(before: str, mark: str, letters: str) -> None:
    """Wherever a word may begin."""
    assert begun(before) == Begun(mark, letters)
    assert begun("x" * 1000 + " " + before) == Begun(mark, letters)


@pytest.mark.parametrize(
    "before",
    [
        *("", "ann", "a@b", "@ann ", "x#1", "@" + "x" * (MAX_NAME + 1)),
        *(":", ":D", ":s", "a:sm", "12:30", "http://x", "时间:下午", "::sm", "ok：笑", ":s m"),
    ],
)
def test_other_words_are_left_alone(before: str) -> None:
    """Addresses, times, faces, and what no name can be."""
    assert begun(before) is None


def test_the_middle_of_a_word_is_not_completed() -> None:
    """Its second half would stay behind."""
    assert begun("@us", "er1") is None
    assert begun("@us", " er1") == begun("@us", ".") == Begun(MEMBER, "us")


@given(st.text(max_size=80), st.text(max_size=3))
def test_what_is_begun_ends_what_is_before(before: str, after: str) -> None:
    """So an offer can take its place; whatever the text is."""
    word = begun(before, after)
    if word is not None:
        assert before.endswith(word.typed)
        assert word.typed[0] == word.mark
        assert not any(letter.isspace() for letter in word.letters)


@given(st.text(min_size=1, max_size=MAX_NAME), st.integers(0, MAX_NAME))
def test_a_name_that_can_be_mentioned_can_be_completed(name: str, count: int) -> None:
    """From each of its beginnings, unless a mark in it begins another word."""
    can_be_mentioned = mentioned(f"@{name}") == (key(name),) and name[-1] not in ".'"
    if can_be_mentioned and "#" not in name:
        assert begun(f"hello @{name[:count]}") == Begun(MEMBER, name[:count])


@pytest.mark.parametrize(
    ("before", "name"),
    [(":smile:", "smile"), ("ha :+1:", "+1"), (":笑哭:", "笑哭")],
)
def test_an_emoji_typed_out_has_two_colons(before: str, name: str) -> None:
    """And nothing else."""
    assert whole_emoji(before) == name


@pytest.mark.parametrize("before", ["", ":", "::", "10:30:", "a:b:", ": :", "smile:", ":a b:"])
def test_other_colons_are_left_alone(before: str) -> None:
    """Times, for instance."""
    assert whole_emoji(before) == ""


@pytest.mark.parametrize(
    ("word", "chooses"),
    [
        (Begun(MEMBER, "an"), True),
        (Begun(MEMBER, ""), False),
        (Begun(MEMBER, "ann"), False),
        (Begun(ROOM, "1"), False),
        (Begun(EMOJI, "sm"), True),
    ],
)
def test_enter_chooses_where_that_is_meant(word: Begun, chooses: bool) -> None:
    """Elsewhere it sends, though there is something to choose."""
    assert chooses_itself(word, [Offer("@ann ", "Ann")]) is chooses
    assert not chooses_itself(word, [])
