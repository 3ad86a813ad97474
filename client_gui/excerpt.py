"""The part of a message that a search has hit, and where in it the words are. No Qt."""

import re

from client_gui.display import safe_sentence

LENGTH = 160
"""Characters of an excerpt: two or three lines."""

_BEFORE = 30
_ELLIPSIS = "…"


def excerpt(text: str, words: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return one line of *text* around the first of *words*, and (start, length) of each hit."""
    line = " ".join(text.split())
    pattern = _any_of(words)
    first = pattern.search(line) if pattern else None
    begin = max(0, first.start() - _BEFORE) if first else 0
    cut = safe_sentence(line[begin : begin + LENGTH])
    shown = (_ELLIPSIS if begin else "") + cut + (_ELLIPSIS if len(line) > begin + LENGTH else "")
    hits = pattern.finditer(shown) if pattern else ()
    return shown, tuple((hit.start(), hit.end() - hit.start()) for hit in hits)


def _any_of(words: str) -> re.Pattern[str] | None:
    # The longest first, so that of "a" and "apple" the whole apple is marked.
    parts = sorted(map(re.escape, words.split()), key=len, reverse=True)
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None
