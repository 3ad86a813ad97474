"""Whom a text names: ``@ann`` is told to Ann. Server and client must agree, so it is decided here.

A name begins behind an ``@`` that does not stand behind an ASCII letter, digit or underscore, so
that an e-mail address names nobody. It ends before white space or one of the signs below, Chinese
ones too; full stops and apostrophes at its end belong to the sentence. Users whose names have such
a sign in them cannot be mentioned. Whether there is such a user, the storage finds out.
"""

import re
from collections.abc import Iterator

from wire import names
from wire.limits import MAX_MENTIONS, MAX_NAME

_ENDS = ',;:!?()[]{}<>"@，。；：！？、（）【】《》〈〉「」『』“”‘’…'

# One character more than a name may have, so that what is too long is seen to be.
_MENTION = re.compile(rf"(?<![A-Za-z0-9_])@([^\s{re.escape(_ENDS)}]{{1,{MAX_NAME + 1}}})")


def mentions(text: str) -> Iterator[tuple[int, int, str]]:
    """Each mention in *text*, in order: where it begins, with its ``@``, and ends; and the key of
    the name.
    """
    if "@" not in text:
        return
    for found in _MENTION.finditer(text):
        name = found[1].rstrip(".'")
        if 0 < len(name) <= MAX_NAME:
            yield found.start(), found.start() + 1 + len(name), names.key(name)


def mentioned(text: str) -> tuple[str, ...]:
    """Return the keys of the names in *text*, each once, MAX_MENTIONS at the most."""
    if "@" not in text:
        return ()
    keys: dict[str, None] = {}
    for _, _, key in mentions(text):
        keys[key] = None
        if len(keys) == MAX_MENTIONS:
            break
    return tuple(keys)
