"""Which names are allowed, and which names are the same name.

Guarantees: an allowed name is one visible line of text that can stand in a list, a log or a mention
without disturbing anything around it. Two names with the same :func:`key` cannot both exist, so
``Ａdmin`` in full-width letters cannot pose as ``admin``. Decided here, not by a database's
collation.
"""

import unicodedata

from wire.limits import MAX_NAME, MAX_TOPIC

# Control, format (bidi overrides, zero-width), surrogate, private-use and unassigned characters,
# and the line and paragraph separators: none of them can be seen, and all of them can mislead.
_FORBIDDEN_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))

# The separator and the escape of the wire; and what marks direct messages and rooms at the front.
_RESERVED = frozenset("|\\")
_RESERVED_AT_FRONT = frozenset("@#")


def key(name: str) -> str:
    """Return the form by which look-alike names are one: compatibility-composed, case-folded.

    Source: Unicode Standard, 3.13, toNFKC_Casefold, without its removal of ignorable characters
    (:func:`check_name` refuses those).
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def check_name(name: str) -> None:
    """Raise :class:`ValueError`, with a sentence for people, unless *name* may be a user name."""
    check_line(name, "a user name")
    if any(character.isspace() for character in name):
        raise ValueError("a user name may not contain spaces")
    for character in _RESERVED.intersection(name):
        raise ValueError(f"a user name may not contain {character}")
    if name[0] in _RESERVED_AT_FRONT:
        raise ValueError(f"a user name may not begin with {name[0]}")


def check_room_name(name: str) -> None:
    """Raise :class:`ValueError`, with a sentence for people, unless *name* may be a room's name.

    Spaces within it are fine; at the front, ``@`` and ``#`` are for direct rooms and references.
    """
    check_line(name, "a room's name")
    for character in _RESERVED.intersection(name):
        raise ValueError(f"a room's name may not contain {character}")
    if not key(name).isprintable():  # of all spaces, U+1680 alone has no plain one for a look-alike
        raise ValueError("a room's name may have only plain spaces in it")
    # By its key, so that no look-alike of a reference can be a name either.
    if key(name)[0] in _RESERVED_AT_FRONT:
        raise ValueError(f"a room's name may not begin with {key(name)[0]}")


def check_topic(topic: str) -> None:
    """Raise :class:`ValueError`, with a sentence for people, unless it may be a topic: one visible
    line, or none."""
    if len(topic) > MAX_TOPIC:
        raise ValueError(f"a topic may have at most {MAX_TOPIC} characters")
    _check_visible(topic, "a topic")


def check_nickname(nickname: str) -> None:
    """Raise :class:`ValueError`, with a sentence for people, unless it may be a nickname."""
    check_line(nickname, "a nickname")


def check_line(text: str, what: str) -> None:
    """Raise :class:`ValueError` unless *text* is one short, visible line: the least that is asked
    of any name. *what* it is to be begins the sentence."""
    if not text:
        raise ValueError(f"{what} may not be empty")
    if len(text) > MAX_NAME or len(key(text)) > 2 * MAX_NAME:
        raise ValueError(f"{what} may have at most {MAX_NAME} characters")
    _check_visible(text, what)


def _check_visible(text: str, what: str) -> None:
    if text != text.strip():
        raise ValueError(f"{what} may not begin or end with a space")
    for character in text:
        if unicodedata.category(character) in _FORBIDDEN_CATEGORIES:
            raise ValueError(f"{what} may not contain U+{ord(character):04X}")
