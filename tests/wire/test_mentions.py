"""Whom a text names."""

import pytest

from wire.limits import MAX_MENTIONS, MAX_NAME, MAX_TEXT
from wire.mentions import mentioned, mentions


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("@ann", ("ann",)),
        ("@ann, @bo: look!", ("ann", "bo")),
        ("(@ann) and <@bo>", ("ann", "bo")),
        ("@ANN @\uff21nn", ("ann",)),
        ("thanks @ann.", ("ann",)),
        ("@ann's idea", ("ann's",)),
        ("'@ann'", ("ann",)),
        ("@ann.b @c-d_e", ("ann.b", "c-d_e")),
        ("@小明，你好", ("小明",)),
        ("你好@小明", ("小明",)),
        ("你好 @小明", ("小明",)),
        ("@小明你好", ("小明你好",)),
        ("@ann@bo", ("ann",)),
        ("@" + "x" * MAX_NAME, ("x" * MAX_NAME,)),
        ("@ａｎｎ @ann", ("ann",)),
        ("…@ann", ("ann",)),
        ("a\n@ann\tb", ("ann",)),
    ],
)
def test_names(text: str, keys: tuple[str, ...]) -> None:
    """Each once, by their keys, as far as a name goes."""
    assert mentioned(text) == keys


@pytest.mark.parametrize(
    "text", ["", "ann", "ann@example.org", "@", "@ ann", "@@", "@...", "@" + "x" * (MAX_NAME + 1)]
)
def test_what_names_nobody(text: str) -> None:
    assert mentioned(text) == ()


def test_no_more_than_may_be() -> None:
    """The first ones count; the longest name is one."""
    text = " ".join(f"@{number:0{MAX_NAME}}" for number in range(MAX_MENTIONS + 5))
    assert mentioned(text) == tuple(f"{number:0{MAX_NAME}}" for number in range(MAX_MENTIONS))


def test_a_text_full_of_signs() -> None:
    """Is looked through once."""
    assert mentioned("@" * MAX_TEXT) == ()
    assert mentioned("@ﷺ" * (MAX_TEXT // 2)) != ()


def test_each_mention_has_its_place() -> None:
    """With its @, and without what belongs to the sentence; as often as it is there."""
    text = "hi @ann. @Bo，@ANN's a@b @"
    found = [(text[begin:end], key) for begin, end, key in mentions(text)]
    assert found == [("@ann", "ann"), ("@Bo", "bo"), ("@ANN's", "ann's")]
