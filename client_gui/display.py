"""What people typed, made fit to stand beside what we wrote.

Text is shown as plain text everywhere; this is about the characters that plain text still has
power with: the invisible ones that turn the direction of what follows, and line ends in a name.
"""

import re
import unicodedata

from wire.limits import MAX_NAME, MAX_SIGN, MAX_TEXT

MAX_SENTENCE = 300
"""Characters of a server's sentence that are shown: what a person reads beside a message."""

MAX_MARKS = 4
"""Marks on one character, such as accents."""

MAX_SHOWN = MAX_TEXT
"""Characters of a message that are shown: all that a server takes."""

MAX_SHOWN_LINES = 400
"""Lines of a message that are shown, so that line feeds build no wall."""

MAX_JOINED = 400
"""Joiners and halves of flags that are shown of one message: each costs Qt as much time as a line
of prose, so that a thousand flags would be a stall that one sees."""

_MARKS = frozenset(("Mn", "Me"))
_JOINED = re.compile("[\u200d\U0001f1e6-\U0001f1ff]")

_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_ISOLATES = frozenset("\u2066\u2067\u2068")
_LINE_SEPARATOR = "\u2028"
_JOINER = "\u200d"

# The C0 controls have pictures of their own from here on.
_CONTROL_PICTURES = 0x2400


def safe_name(name: str, fallback: str = "?") -> str:
    """Return *name* as one visible line of at most ``MAX_NAME`` characters, or *fallback*."""
    # Cut first: a server may send any length, and most of it is never seen.
    cut = name[: 4 * MAX_NAME]
    if not cut.isprintable():  # most are, and there are thousands in a list
        cut = "".join(c for c in cut if unicodedata.category(c) not in _INVISIBLE)
    return " ".join(cut.split())[:MAX_NAME] or fallback


def safe_sentence(text: str) -> str:
    """Return a server's sentence as one visible line of at most ``MAX_SENTENCE`` characters."""
    visible = "".join(
        " " if unicodedata.category(c) in _INVISIBLE else c for c in text[:MAX_SENTENCE]
    )
    return " ".join(visible.split())


def safe_line(text: str, longest: int) -> str:
    """Return *text* as one visible line of about *longest* characters at most, for where somebody
    else shows it: emoji made of several stay one, and no character has more marks on it than any
    language puts there.
    """
    line, marks = "", 0
    for c in text[:longest]:
        category = unicodedata.category(c)
        marks = marks + 1 if category in _MARKS else 0
        if marks <= MAX_MARKS:
            line += " " if category in _INVISIBLE and c != _JOINER else c
    return " ".join(line.split()) + ("…" if len(text) > longest else "")


def safe_sign(sign: str) -> str:
    """Return a reaction's *sign* as one visible line; emoji made of several stay one."""
    visible = "".join(
        c for c in sign[:MAX_SIGN] if c == _JOINER or unicodedata.category(c) not in _INVISIBLE
    )
    return " ".join(visible.split()) or "?"


def isolated(text: str) -> str:
    """Return *text* so that its writing direction ends where it ends; for sentences around it."""
    return f"{_FIRST_STRONG_ISOLATE}{_balanced(text)}{_POP_ISOLATE}"


def _balanced(text: str) -> str:
    """Return *text* with as many ends of isolates as beginnings: else it would end ours, or open
    one that nobody ends.
    """
    if text.isprintable():
        return text
    result, depth = [], 0
    for character in text:
        if character == _POP_ISOLATE:
            if not depth:
                continue
            depth -= 1
        elif character in _ISOLATES:
            depth += 1
        result.append(character)
    return "".join(result) + _POP_ISOLATE * depth


def shortened(text: str) -> str:
    """Return as much of *text* as is laid out, so that no text stops the window: ``MAX_SHOWN``
    characters, ``MAX_SHOWN_LINES`` lines, ``MAX_JOINED`` characters that make one sign of several.
    """
    cut = text[:MAX_SHOWN]
    for number, found in enumerate(_JOINED.finditer(cut)):
        if number == MAX_JOINED:
            cut = cut[: found.start()]
            break
    return "\n".join(cut.split("\n", MAX_SHOWN_LINES)[:MAX_SHOWN_LINES])


def laid_out(text: str) -> str:
    """Return *text* as a text layout wants it: line separators for line ends, controls visible."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", _LINE_SEPARATOR)
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character < " " and character != "\t":
        return chr(_CONTROL_PICTURES + ord(character))
    return character
