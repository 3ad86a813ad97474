"""What a server says too much is cut."""

import dataclasses

import pytest

from client_gui.link.fitting import LONGEST, MAX_OTHER, fitted
from wire.limits import MAX_NAME, MAX_TEXT
from wire.messages import MESSAGES, ChatMessage, Message, Result

TO_CLIENT = [kind for code, kind in MESSAGES.items() if not code.startswith("0")]


def _filled(kind: type[Message], text: str) -> Message:
    return kind(*(7 if field.is_number else text for field in kind.layout))


@pytest.mark.parametrize("kind", TO_CLIENT)
def test_no_field_is_longer_than_it_may_be(kind: type[Message]) -> None:
    """Of whatever message; numbers stay."""
    cut = fitted(_filled(kind, "字" * 30_000))
    for field in kind.layout:
        value = getattr(cut, field.name)
        assert value == 7 if field.is_number else len(value) == LONGEST.get(field.name, MAX_OTHER)


@pytest.mark.parametrize("kind", TO_CLIENT)
def test_what_fits_is_the_same_object(kind: type[Message]) -> None:
    """An honest server's message costs nothing."""
    message = _filled(kind, "x" * 16)
    assert fitted(message) is message


def test_the_longest_that_is_allowed_is_not_cut() -> None:
    """To the character."""
    message = ChatMessage("n" * MAX_NAME, "😀" * MAX_TEXT, "u" * MAX_NAME, "#1", 1, 5)
    assert fitted(message) is message
    longer = dataclasses.replace(message, text=message.text + "x")
    assert fitted(longer) == message
    assert fitted(Result("0006", "ok", "r" * 2_000)).reference == "r" * MAX_OTHER
