"""Which names a person means who types part of one, in Chinese by its sound too. No Qt.

A name is a row of *units*: words, and Chinese characters one by one. What is typed names it if
units that follow each other take it up, each at least the first letter of its own: ``xiaoming``,
``xiaom`` and ``xm`` all name 小明, ``des te`` and ``dt`` Design Team. A character is also taken up
by itself, and by any of its readings: ``cq`` and ``zq`` both name 重庆. What fits in no such way,
but stands somewhere in the name, is found last.

1. Neither case nor width nor accents matter, as far as Unicode says that they are none.
2. Whoever types on finds nothing that was not found before, so a list may be narrowed down.
3. The work is bounded by the length of name times that of what is typed, and both are cut.

The readings are loaded when somebody types a letter and there is a name with Chinese in it: some
80 ms, once, and 13 MB, as only single characters are needed, not the dictionary of phrases.
"""

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import TypeVar

from wire.limits import MAX_NAME

T = TypeVar("T")

MAX_TYPED = MAX_NAME
"""Characters that are looked at of what is typed: a name has no more."""

MAX_READINGS = 8
"""Readings of one character; there are seven with more, which nobody is called by."""

MAX_FOLDED = 8
"""Letters that one character stands for, at the most; a few Arabic ligatures are whole sentences.
"""

_CACHED_READINGS = 8_192
"""Characters whose readings are remembered: those of a newspaper, twice over."""

_WITHOUT_PHRASES = "PYPINYIN_NO_PHRASES"
"""The variable of the environment by which the library leaves its larger dictionary alone."""


class Rank(IntEnum):
    """How well a name fits; the least is the best."""

    EXACT = 0
    PREFIX = 1
    """The name begins with what is typed."""
    START = 2
    """Its first units take it up."""
    WORD = 3
    """Later ones do."""
    INSIDE = 4
    """It stands within a word."""


@dataclass(frozen=True, slots=True)
class Match:
    """How a name fits: which of its characters were typed, ascending."""

    rank: Rank
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word, or a Chinese character, as it can be typed. *positions* are those of a word's
    letters in the name; a character has one, and its readings are among the *forms*."""

    forms: tuple[str, ...]
    positions: tuple[int, ...]

    def longest(self, typed: str, at: int) -> int:
        """Return how many letters of *typed* this can take up from *at* on, at the most; it can
        take up fewer, too."""
        return max(_common(form, typed, at) for form in self.forms)


class Typed:
    """What a person has typed, made ready to be compared with many names."""

    def __init__(self, text: str) -> None:
        self.folded = "".join(map(_fold, text.strip()[:MAX_TYPED]))
        self.letters = "".join(filter(str.isalnum, self.folded))
        """Without what separates words."""
        self.sounds = any("a" <= letter <= "z" for letter in self.letters)


class Name:
    """A name, made ready to be compared with what is typed, again and again."""

    def __init__(self, name: str) -> None:
        name = name[: 2 * MAX_NAME]
        folded = [_fold(character) for character in name]
        self.folded = "".join(folded)
        self._positions = [at for at, letters in enumerate(folded) for _ in letters]
        self._units = tuple(_units(name, self.folded, self._positions))
        self._firsts = {form[0] for unit in self._units for form in unit.forms}
        self._sounds = not any(map(_is_ideograph, self.folded))
        """Whether the readings are among the forms, if there are any."""

    def match(self, typed: Typed) -> Match | None:
        """Return how well *typed* fits, or None. Nothing at all begins every name."""
        inside = self.folded.find(typed.folded)
        if inside == 0:
            rank = Rank.EXACT if typed.folded == self.folded else Rank.PREFIX
            return Match(rank, self._marked(0, len(typed.folded)))
        if self.sounds_needed(typed):
            self._add_readings()
        if typed.letters[:1] in self._firsts and (found := _take_up(self._units, typed.letters)):
            return found
        if inside > 0:
            return Match(Rank.INSIDE, self._marked(inside, len(typed.folded)))
        # What separates words asks for nothing yet.
        return None if typed.letters else Match(Rank.INSIDE)

    def sounds_needed(self, typed: Typed) -> bool:
        """Whether comparing this with *typed* will look up readings for the first time."""
        return typed.sounds and not self._sounds

    def _marked(self, start: int, length: int) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self._positions[start : start + length]))

    def _add_readings(self) -> None:
        self._units = tuple(map(_with_readings, self._units))
        self._firsts |= {form[0] for unit in self._units for form in unit.forms}
        self._sounds = True


def load_readings() -> None:
    """Load them now, rather than when they are first needed; the second time, nothing happens."""
    _readings("一")


def match(typed: str, name: str) -> Match | None:
    """Return how well *typed* fits *name*, or None."""
    return Name(name).match(Typed(typed))


def best(typed: Typed, things: Iterable[T], names: Callable[[T], Iterable[Name]]) -> list[T]:
    """Return those of *things* of which one of the *names* fits, the best first, and else in the
    order in which they came."""
    ranked = []
    for thing in things:
        ranks = [found.rank for name in names(thing) if (found := name.match(typed))]
        if ranks:
            ranked.append((min(ranks), thing))
    return [thing for _rank, thing in sorted(ranked, key=lambda pair: pair[0])]


# --- how units take up what is typed -----------------------------------------------------------


def _take_up(units: tuple[_Unit, ...], typed: str) -> Match | None:
    """Let units that follow each other take up all of *typed*, from the first that can."""
    failed: set[tuple[int, int]] = set()
    for start in range(len(units)):
        counts = _counts(units, start, typed, 0, failed)
        if counts:
            taken = zip(units[start:], counts, strict=False)
            marked = (at for unit, count in taken for at in unit.positions[:count])
            return Match(Rank.WORD if start else Rank.START, tuple(dict.fromkeys(marked)))
    return None


def _counts(
    units: tuple[_Unit, ...], first: int, typed: str, at: int, failed: set[tuple[int, int]]
) -> list[int] | None:
    """Return how many letters each unit from the *first* on takes up of *typed* from *at* on, as
    many as it can; None if they cannot. Where that has *failed*, it is not tried again."""
    if at == len(typed):
        return []
    if first == len(units) or (first, at) in failed:
        return None
    for count in range(units[first].longest(typed, at), 0, -1):
        rest = _counts(units, first + 1, typed, at + count, failed)
        if rest is not None:
            return [count, *rest]
    failed.add((first, at))
    return None


def _common(form: str, typed: str, at: int) -> int:
    """Return how many letters *form* has in common with *typed* from *at* on, from the first."""
    count = 0
    for letter, given in zip(form, typed[at:], strict=False):
        if letter != given:
            break
        count += 1
    return count


# --- what a name is made of --------------------------------------------------------------------


def _units(name: str, folded: str, positions: list[int]) -> Iterator[_Unit]:
    """Cut at all that is no letter, at Chinese characters, and where ``roomTwo12`` has words."""
    start, kind = 0, ""
    for end, letter in enumerate(folded):
        now = _kind(letter)
        at = positions[end]
        hump = at > 0 and name[at].isupper() and name[at - 1].islower()
        if now != kind or now == "ideograph" or hump:
            if kind:
                yield _Unit((folded[start:end],), tuple(positions[start:end]))
            start, kind = end, now
    if kind:
        yield _Unit((folded[start:],), tuple(positions[start:]))


def _kind(letter: str) -> str:
    if letter.isdigit():
        return "digit"
    if _is_ideograph(letter):
        return "ideograph"
    return "letter" if letter.isalnum() else ""


def _is_ideograph(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or "\U00020000" <= letter <= "\U0003ffff"


def _fold(character: str) -> str:
    """Return the letters by which *character* is compared: as if typed plainly, or as it is."""
    if character.isascii():
        return character.lower()
    # Twice: some capitals come apart only as small letters.
    for _ in range(2):
        character = unicodedata.normalize("NFKD", character).casefold()
    return "".join(c for c in character[:MAX_FOLDED] if unicodedata.category(c) != "Mn")


def _with_readings(unit: _Unit) -> _Unit:
    (form,) = unit.forms
    return _Unit((form, *_readings(form)), unit.positions) if _is_ideograph(form) else unit


@lru_cache(_CACHED_READINGS)
def _readings(character: str) -> tuple[str, ...]:
    """Return how *character* is read, without tones; ``ü`` can be typed as ``v`` and as ``u``."""
    os.environ.setdefault(_WITHOUT_PHRASES, "1")
    import pypinyin

    normal = pypinyin.Style.NORMAL
    found = pypinyin.pinyin(character, style=normal, heteronym=True, errors="ignore")
    readings = [reading for readings in found for reading in readings if reading.isascii()]
    both = (form for reading in readings for form in (reading, reading.replace("v", "u")))
    return tuple(dict.fromkeys(both))[:MAX_READINGS]
