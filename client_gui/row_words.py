"""What a row of a timeline says: a message, that it was taken back, or what changed in the room."""

from PyQt5.QtCore import QCoreApplication

from client_gui.display import isolated, safe_name, safe_sentence
from client_gui.items import Delivery, Entry
from client_gui.words import refusal_words

translate = QCoreApplication.translate


def speaker(entry: Entry) -> str:
    """Who said it, as one visible line: the nickname, or where that is none, the user name."""
    return safe_name(entry.nickname, safe_name(entry.username))


def shown_text(entry: Entry) -> str:
    """What stands in the row of *entry*."""
    if entry.notice:
        return notice_words(entry)
    return translate("row_words", "message deleted") if entry.deleted else entry.text


def notice_words(entry: Entry) -> str:
    """What the notice *entry* says, as one line."""
    what = safe_sentence(entry.text)
    if entry.notice == "renamed":
        words = translate("row_words", "%1 named the room %2")
    elif what:
        words = translate("row_words", "%1 set the topic: %2")
    else:
        words = translate("row_words", "%1 took the topic away")
    return filled(words, speaker(entry), what)


def state_words(entry: Entry) -> str:
    """What became of it: that it is on its way, was edited, or was not sent, and why; empty if it
    simply stands there.
    """
    if entry.delivery is Delivery.PENDING or entry.changing:
        return translate("row_words", "sending…")
    if entry.delivery is Delivery.STORED:
        return translate("row_words", "edited") if entry.edited else ""
    why = refusal_words(entry.reason, entry.detail)
    if entry.retryable:
        words = translate("row_words", "Not sent: %1. Click to try again.")
    else:
        words = translate("row_words", "Not sent: %1.")
    return words.replace("%1", isolated(safe_sentence(why)))


def filled(words: str, *texts: str) -> str:
    """Return *words* with *texts*, isolated, for ``%1``, ``%2``; a ``%2`` in a text stays one."""
    result = ""
    while words:
        before, place, words = words.partition("%")
        result += before
        number = int(words[0]) if place and words[:1].isdecimal() else 0
        if 1 <= number <= len(texts):
            result, words = result + isolated(texts[number - 1]), words[1:]
        else:
            result += place
    return result
