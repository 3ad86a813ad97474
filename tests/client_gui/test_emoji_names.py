"""The emoji that are offered."""

import subprocess
import sys

import pytest

from client_gui.emoji_groups import Group
from client_gui.emoji_names import COMMON, by_name, find, known, of_group
from wire.signs import check_sign


def _signs(typed: str, most: int = 8) -> list[str]:
    return [emoji.sign for emoji in find(typed, most)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("smile", "😄"),
        (":smile:", "😄"),
        ("SMI", "😄"),
        ("heart", "❤️"),
        ("thumbs up", "👍"),
        ("+1", "👍"),
        ("笑哭", "😂"),
        ("赞", "👍"),
        ("中国", "🇨🇳"),
    ],
)
def test_it_is_found_by_its_names(typed: str, first: str) -> None:
    """English or Chinese, however they are written; what is called so comes first."""
    assert _signs(typed)[0] == first


def test_beginnings_come_before_middles_and_the_common_before_the_others() -> None:
    """So that two letters are enough for most."""
    found = find("sm", 100)
    begins = [any(name.startswith("sm") for name in emoji.names) for emoji in found]
    assert begins == sorted(begins, reverse=True)
    assert _signs("joy")[0] == "😂"
    assert "😄" in _signs("sm", 3)


def test_what_is_found_is_bounded_and_nothing_finds_nothing() -> None:
    """The list is to be taken in at a glance."""
    assert len(_signs("a", 5)) == 5
    assert _signs("") == _signs(":") == _signs("qqqq") == []


def test_a_name_typed_out_is_one_emoji() -> None:
    """Or none."""
    assert (by_name("smile"), by_name("tada"), by_name("笑哭")) == ("😄", "🎉", "😂")
    assert by_name("thumbsup") == by_name("+1") == "👍"
    assert by_name("no such name") == by_name("") == ""


def test_every_short_name_leads_to_its_own_emoji() -> None:
    """Of all that are offered."""
    offered = [emoji for group in Group for emoji in of_group(group)]
    assert len(offered) > 1_000
    for emoji in offered:
        assert by_name(emoji.short) == emoji.sign
        assert emoji.chinese
        assert "_" not in emoji.name(in_chinese=False)


def test_each_is_offered_once_and_may_be_a_reaction() -> None:
    """Neither in five colours of skin nor as a man and as a woman."""
    signs = [emoji.sign for group in Group for emoji in of_group(group)]
    assert len(set(signs)) == len(signs)
    for sign in signs:
        check_sign(sign)
    assert {"👍🏽", "🤷‍♀️", "👨‍🚀"}.isdisjoint(signs)
    assert {"👍", "🤷", "🧑‍🚀"} <= set(signs)


def test_the_common_ones_are_all_there() -> None:
    """As they are written here."""
    assert [emoji.sign for emoji in known([*COMMON, "x"])] == list(COMMON)


def test_a_group_has_its_own() -> None:
    """Faces come first among the smileys."""
    assert of_group(Group.SMILEYS)[0].sign == "😀"
    assert "☕" in [emoji.sign for emoji in of_group(Group.FOOD)]


def test_the_library_is_not_loaded_before_it_is_needed() -> None:
    """The window opens sooner."""
    code = "import sys, client_gui.emoji_names; sys.exit('emoji' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
