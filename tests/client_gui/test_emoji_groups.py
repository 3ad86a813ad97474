"""The groups of emoji; test_emoji_names.py has the emoji in them."""

import pytest

from client_gui.emoji_groups import Group, group_of


@pytest.mark.parametrize(
    ("sign", "group"),
    [
        ("😀", Group.SMILEYS),
        ("❤️", Group.SMILEYS),
        ("🧑‍🚀", Group.PEOPLE),
        ("🐱", Group.NATURE),
        ("☕", Group.FOOD),
        ("⚽", Group.ACTIVITIES),
        ("🚗", Group.TRAVEL),
        ("💡", Group.OBJECTS),
        ("✅", Group.SYMBOLS),
        ("#️⃣", Group.SYMBOLS),
        ("🇨🇳", Group.FLAGS),
        ("🏴‍☠️", Group.FLAGS),
        ("!", Group.SYMBOLS),
    ],
)
def test_an_emoji_has_its_group(sign: str, group: Group) -> None:
    """By its first character; what is no emoji has one too."""
    assert group_of(sign) is group
