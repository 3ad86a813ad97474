"""The emoji that are offered, and which of them a person means who types part of a name. No Qt.

An emoji has a short name, ``thumbsup``, others that it is known by, and one in Chinese. Offered are
those that the systems of the last years can paint, each once: in the yellow of toys, and neither as
a man nor as a woman where it can be a person.

The library with the names is loaded with the first question: some 60 ms, once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from client_gui.emoji_groups import Group, group_of
from wire.signs import check_sign

_COMMON = """
😀 😄 😁 😆 😅 😂 🤣 😊 🙂 😉 😍 😘 😋 😜 🤔 😐 😏 🙄 😴 😷 😎 😟 😢 😭 😱 😡
👍 👎 👌 👏 🙏 💪 👋 ✌️ 🤝 ❤️ 💔 🎉 🎂 🎁 🌹 🔥 ⭐ ✅ ❌ ❓ 💯 ☕ 🍺 👀
"""

COMMON = tuple(_COMMON.split())
"""What most people want most of the time, the most wanted first; what else fits comes behind."""

_ALSO_CALLED = {
    "👍": ("赞", "点赞", "好", "强"),
    "👎": ("弱", "不好"),
    "👌": ("好的", "行"),
    "👏": ("鼓掌", "拍手"),
    "🙏": ("谢谢", "拜托", "祈祷"),
    "💪": ("加油",),
    "👋": ("你好", "再见", "拜拜"),
    "🤝": ("握手", "合作"),
    "❤️": ("爱心", "爱"),
    "🎉": ("庆祝", "恭喜"),
    "🎂": ("生日快乐",),
    "😂": ("笑哭",),
    "😭": ("大哭",),
    "😡": ("生气",),
    "🌹": ("玫瑰",),
    "✅": ("完成", "对"),
    "❌": ("错",),
    "❓": ("问号",),
}
"""What people call them in China, beside the names of Unicode."""

MAX_TYPED = 32
"""Characters that are looked at of what is typed: no name that anybody types is longer."""

_NEWEST = 13.1
"""The version of Unicode's emoji of 2020."""

_FULLY_QUALIFIED = 2
_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_GENDERS = frozenset("♀♂")
_JOINER = "\u200d"
_MAN_OR_WOMAN = frozenset("👨👩")
_FACES = range(0x1F600, 0x1F650)
_OLDER_SYMBOLS = 0x1F000


@dataclass(frozen=True, slots=True)
class Emoji:
    """One of those that are offered."""

    sign: str
    short: str
    """The name to type: ``thumbsup``."""
    chinese: str
    names: tuple[str, ...]
    """All that it is known by, as they are compared; the short one first."""
    group: Group

    def name(self, in_chinese: bool) -> str:
        """The name for people."""
        return self.chinese if in_chinese else self.short.replace("_", " ")


def find(typed: str, most: int) -> list[Emoji]:
    """Return *most* emoji at the most whose names have *typed* in them: first those that are called
    so, then those whose names begin so, and among them what is common first."""
    letters = _compared(typed[:MAX_TYPED])
    if not letters:
        return []
    ranked = [
        (rank, place, emoji)
        for place, emoji in enumerate(_by_use())
        if (rank := _rank(letters, emoji.names)) is not None
    ]
    return [emoji for _rank, _place, emoji in sorted(ranked, key=lambda found: found[:2])[:most]]


def by_name(name: str) -> str:
    """Return the sign that is called *name*, or nothing: ``smile`` is 😄."""
    return _by_name().get(_compared(name), "")


def of_group(group: Group) -> list[Emoji]:
    """Return all of *group*."""
    return [emoji for emoji in _all() if emoji.group is group]


def known(signs: Iterable[str]) -> list[Emoji]:
    """Return those of *signs* that are emoji of ours, in their order."""
    found = {emoji.sign: emoji for emoji in _all()}
    return [found[sign] for sign in signs if sign in found]


def _rank(letters: str, names: tuple[str, ...]) -> int | None:
    """How well the best of *names* fits; the least is the best."""
    ranks = [_rank_of(letters, name) for name in names if letters in name]
    return min(ranks, default=None)


def _rank_of(letters: str, name: str) -> int:
    if name == letters:
        return 0
    if name.startswith(letters):
        return 1
    return 2 if f"_{letters}" in name else 3


def _compared(name: str) -> str:
    return name.strip().strip(":").replace(" ", "_").replace("-", "_").casefold()


@cache
def _all() -> tuple[Emoji, ...]:
    """In the order in which the groups show them."""
    import emoji

    emoji.config.load_language("zh")
    offered = {s: about for s, about in emoji.EMOJI_DATA.items() if _is_offered(s, about)}
    first_names = {about["en"] for about in offered.values()}
    return tuple(
        sorted((_emoji(s, about, first_names) for s, about in offered.items()), key=_place)
    )


def _is_offered(sign: str, about: dict) -> bool:
    if about["status"] != _FULLY_QUALIFIED or about["E"] > _NEWEST:
        return False
    if _JOINER in sign and sign[0] in _MAN_OR_WOMAN:
        return False
    return not _SKIN_TONES.union(_GENDERS).intersection(sign) and _may_be_a_reaction(sign)


def _may_be_a_reaction(sign: str) -> bool:
    try:
        check_sign(sign)
    except ValueError:
        return False
    return True


def _emoji(sign: str, about: dict, first_names: set[str]) -> Emoji:
    # What people call one is what Unicode calls another, now and then.
    others = [name for name in about.get("alias", ()) if name not in first_names]
    english = [*others, about["en"]]
    chinese = about.get("zh", about["en"])
    names = tuple(dict.fromkeys(map(_compared, [*english, chinese, *_ALSO_CALLED.get(sign, ())])))
    return Emoji(sign, names[0], chinese.strip(":").replace("_", " "), names, group_of(sign))


def _place(emoji: Emoji) -> tuple[bool, bool, str]:
    """Faces before other smileys, and the small symbols of old times last."""
    first = ord(emoji.sign[0])
    is_face = emoji.group is Group.SMILEYS and first in _FACES
    return (not is_face, first < _OLDER_SYMBOLS, emoji.sign)


@cache
def _by_use() -> tuple[Emoji, ...]:
    """What is common, then the others."""
    return tuple(dict.fromkeys([*known(COMMON), *_all()]))


@cache
def _by_name() -> dict[str, str]:
    """The first that has a name keeps it."""
    named = [(name, emoji.sign) for emoji in reversed(_by_use()) for name in emoji.names]
    shorts = [(emoji.short, emoji.sign) for emoji in reversed(_by_use())]
    return dict([*named, *shorts])
