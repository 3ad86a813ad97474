"""What is being completed while somebody writes, and what is put in its place. No Qt.

``@`` begins a member's name, ``#`` a room's, ``:`` an emoji's. A word that is completed ends where
the text cursor stands, and none of its letters are behind that.
"""

import re
from dataclasses import dataclass

from wire.limits import MAX_NAME

MEMBER, ROOM, EMOJI = "@", "#", ":"

MAX_BEFORE = 2 * MAX_NAME
"""Characters before the cursor that are looked at: twice the longest name."""

MAX_OFFERS = 8
"""Offers for one word: what is taken in at a glance. More letters bring others."""

_ENDS = re.escape(',;:!?()[]{}<>"@，。；：！？、（）【】《》〈〉「」『』“”‘’…')

# Behind a letter, they are part of an address, a time or a number. An emoji has two letters at the
# least, or one that is no Latin one: ":D" and "a:b" are none.
_MEMBER = re.compile(rf"(?<![A-Za-z0-9_])(@)([^\s{_ENDS}]{{0,{MAX_NAME}}})\Z")
_ROOM = re.compile(rf"(?<![A-Za-z0-9_])(#)([^\s#{_ENDS}]{{0,{MAX_NAME}}})\Z")
_EMOJI = re.compile(r"(?<![\w:])(:)([a-z0-9_+-]{2,32}|[^\W\x00-\u02ff]{1,16})\Z", re.I)
_WHOLE_EMOJI = re.compile(r"(?<![\w:]):([a-z0-9_+-]{1,64}|[^\W\x00-\u02ff]{1,16}):\Z", re.I)


@dataclass(frozen=True, slots=True)
class Begun:
    """A word that somebody has begun; it ends at the cursor."""

    mark: str
    """``MEMBER``, ``ROOM`` or ``EMOJI``."""
    letters: str
    """What was typed behind the mark."""

    @property
    def typed(self) -> str:
        """What an offer takes the place of."""
        return self.mark + self.letters


@dataclass(frozen=True, slots=True)
class Offer:
    """What may take the place of a word that was begun."""

    text: str
    title: str
    """Of whom or what it speaks, as one visible line."""
    detail: str = ""
    """What tells it from others of the same title."""
    sign: str = ""
    """An emoji, which stands before the title."""


def begun(before: str, after: str = "") -> Begun | None:
    """Return the word that is begun where *before* ends, if there is one and *after*, what follows
    it, does not go on with it."""
    if after[:1].isalnum():
        return None
    before = before[-MAX_BEFORE:]
    found = _MEMBER.search(before) or _ROOM.search(before) or _EMOJI.search(before)
    return Begun(found[1], found[2]) if found else None


def whole_emoji(before: str) -> str:
    """Return the name between the two colons that *before* ends with, or nothing."""
    found = _WHOLE_EMOJI.search(before[-MAX_BEFORE:])
    return found[1] if found else ""


def chooses_itself(word: Begun, offers: list[Offer]) -> bool:
    """Whether Enter takes the first of *offers*, though nobody has gone there. Not where the word
    may well be meant as it is: ``#1``, a mark alone, or a name that is complete."""
    if not word.letters or word.letters.isdigit():
        return False
    return bool(offers) and offers[0].text.strip() != word.typed
