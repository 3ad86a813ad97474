"""What people typed, fit to stand beside what we wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_gui.display import (
    MAX_JOINED,
    MAX_MARKS,
    MAX_SENTENCE,
    MAX_SHOWN,
    MAX_SHOWN_LINES,
    isolated,
    laid_out,
    safe_line,
    safe_name,
    safe_sentence,
    safe_sign,
    shortened,
)
from wire.limits import MAX_NAME, MAX_SIGN


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("小明", "小明"),
        ("two words", "two words"),
        ("a\u202eb\u2066c\u200bd", "abcd"),
        ("a\nb\tc", "abc"),
        ("  a   b ", "a b"),
        ("", "?"),
        ("\u202e\u200b", "?"),
        ("x" * 10_000, "x" * MAX_NAME),
    ],
)
def test_a_name_is_one_visible_line(name: str, shown: str) -> None:
    """Without what turns the direction of its neighbours."""
    assert safe_name(name) == shown


def test_a_name_of_nothing_has_a_fallback() -> None:
    """The caller's, where there is a better one."""
    assert safe_name("\u200b", "user1") == "user1"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\r\n\tc\u2028d", "a b c d"),
        ("a\x00\x1b[1mb\ud800c", "a [1mb c"),
        ("a\u202eb\u2066c\ufeffd", "a b c d"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("a" + "\u0301" * 500 + "b", "a" + "\u0301" * MAX_MARKS + "b"),
        ("x" * 1_000_000, "x" * 600 + "…"),
        ("\u200b", ""),
    ],
)
def test_a_line_for_another_program_has_nothing_hidden_in_it(text: str, shown: str) -> None:
    """Neither a line end, nor a direction, nor what its protocol cannot carry."""
    assert safe_line(text, 600) == shown


def test_line_ends_and_controls_are_laid_out_visibly() -> None:
    """U+2028 is what a text layout breaks at."""
    assert laid_out("a\r\nb\rc\nd") == "a\u2028b\u2028c\u2028d"
    assert laid_out("a\x00\x1b[1m\tb") == "a\u2400\u241b[1m\tb"


@given(st.text())
def test_layout_keeps_every_line_and_has_no_control(text: str) -> None:
    """Whatever was typed."""
    shown = laid_out(text)
    assert not any(c < " " and c != "\t" for c in shown)
    ends = text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert shown.count("\u2028") == ends + text.count("\u2028")


def test_a_sentence_is_one_bounded_line() -> None:
    """A server's words stand in a label of ours."""
    assert safe_sentence("a\nb\u202e c") == "a b c"
    assert len(safe_sentence("x" * 10_000)) == MAX_SENTENCE


def test_isolation_wraps() -> None:
    """In the marks that Unicode has for it."""
    assert isolated("x") == "\u2068x\u2069"


def test_a_sign_is_one_visible_line_and_emoji_stay_whole() -> None:
    """A family is four people and what joins them."""
    family = "👨\u200d👩\u200d👧\u200d👦"
    assert safe_sign(family) == family
    assert safe_sign("a\n\u202eb") == "ab"
    assert safe_sign("\u202e") == "?"
    assert len(safe_sign("x" * 99)) == MAX_SIGN


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("plain", "plain"),
        ("\u2067open", "\u2067open\u2069"),
        ("\u2069out", "out"),
        ("\u2069\u2066a\u2067b\u2069", "\u2066a\u2067b\u2069\u2069"),
        (isolated("twice"), isolated("twice")),
    ],
)
def test_an_isolate_ends_where_we_end_it(text: str, inside: str) -> None:
    """Whatever isolates somebody has left open, or closes that are not theirs."""
    assert isolated(text) == f"\u2068{inside}\u2069"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("x" * MAX_SHOWN, MAX_SHOWN),
        ("x" * 10**6, MAX_SHOWN),
        ("\n" * MAX_SHOWN, MAX_SHOWN_LINES - 1),
        ("a\n" * MAX_SHOWN, 2 * MAX_SHOWN_LINES - 1),
        ("\U0001f1e8" * MAX_SHOWN, MAX_JOINED),
        ("👍\u200d" * MAX_SHOWN, 2 * MAX_JOINED + 1),
        ("Z" + "\u0301" * 500, 501),
    ],
)
def test_a_text_is_shortened_by_what_it_costs(text: str, length: int) -> None:
    """In characters, in lines, and in signs that are made of several."""
    short = shortened(text)
    assert len(short) == length
    assert text.startswith(short)
