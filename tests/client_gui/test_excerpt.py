"""The part of a message that is shown as a hit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_gui.excerpt import LENGTH, excerpt


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("the plan of the Plan", "plan", ["plan", "Plan"]),
        ("期末项目的大纲", "项", ["项"]),
        ("a 100% sure (thing)", "% (", ["%", "("]),
        ("apple", "a apple", ["apple"]),
        ("nothing", "else", []),
        ("anything", " ", []),
    ],
)
def test_the_words_are_marked(text: str, words: str, marked: list[str]) -> None:
    """Whatever they are made of."""
    shown, hits = excerpt(text, words)
    assert [shown[start : start + length] for start, length in hits] == marked


def test_it_is_around_the_first_hit() -> None:
    """And says where something was left out."""
    shown, hits = excerpt("x " * 500 + "here" + " y" * 500, "here")
    assert hits
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= LENGTH + 2


@given(st.text(max_size=300), st.text(max_size=20))
def test_nothing_that_people_type_confuses_it(text: str, words: str) -> None:
    """It is one bounded line, and every mark lies in it."""
    shown, hits = excerpt(text, words)
    assert len(shown) <= LENGTH + 2
    assert "\n" not in shown
    assert all(0 <= start < start + length <= len(shown) for start, length in hits)
