"""Which signs may be put to a message: an emoji, or a short word.

Guarantees: a sign can be seen, ends no line, and turns no direction. Emoji are sequences, so of the
invisible characters those that join them are allowed here, as they are not in names.
"""

import unicodedata

from wire.limits import MAX_SIGN

_FORBIDDEN_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))

# What joins emoji, and the tags that make the flags of some countries.
_JOINER = "\u200d"
_FIRST_TAG, _LAST_TAG = "\U000e0020", "\U000e007f"

# They stand on, in or between what is seen.
_SEEN_WITH_OTHERS = frozenset(("Mn", "Me", "Cf"))


def check_sign(sign: str) -> None:
    """Raise :class:`ValueError`, with a sentence for people, unless *sign* may be a reaction."""
    if len(sign) > MAX_SIGN:
        raise ValueError(f"a sign may have at most {MAX_SIGN} characters")
    for character in sign:
        joins = character == _JOINER or _FIRST_TAG <= character <= _LAST_TAG
        category = unicodedata.category(character)
        if character.isspace() or (category in _FORBIDDEN_CATEGORIES and not joins):
            raise ValueError(f"a sign may not contain U+{ord(character):04X}")
    if all(unicodedata.category(character) in _SEEN_WITH_OTHERS for character in sign):
        raise ValueError("a sign must be something that can be seen")
