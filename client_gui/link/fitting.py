"""Texts of a server, cut to what the protocol allows: whatever it sends, we keep no more of it.

A frame may be 32 KiB long, and any one field may have all of it. What an honest server sends is
never touched. It is done here, in the reader's thread, so that nobody behind it meets a name of a
thousand characters.
"""

from dataclasses import replace

from wire.limits import MAX_CID, MAX_NAME, MAX_SIGN, MAX_TEXT, MAX_TOKEN, MAX_TOPIC
from wire.messages import Message

MAX_OTHER = 1_024
"""Characters of any other field: words, sentences, tokens, and where to continue."""

LONGEST = {
    "username": MAX_NAME,
    "nickname": MAX_NAME,
    "name": MAX_NAME,
    "text": MAX_TEXT,
    "topic": MAX_TOPIC,
    "cid": MAX_CID,
    "sign": MAX_SIGN,
    "token": MAX_TOKEN,
}
"""Characters of a field of this name."""


def fitted(message: Message) -> Message:
    """Return *message*, with what is too long in it cut: the same object if nothing is."""
    cut = {
        field.name: text[:longest]
        for field in message.layout
        if isinstance(text := getattr(message, field.name), str)
        and len(text) > (longest := LONGEST.get(field.name, MAX_OTHER))
    }
    return replace(message, **cut) if cut else message
