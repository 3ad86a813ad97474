"""What a message is: a frozen dataclass with a code, whose annotations are its fields in order.

``@register("0002")`` gives a dataclass its code and computes once, at import, what encoding and
decoding need to know of its fields. A field is ``Annotated`` with its meaning, from which the
specification is made. Fields are only ever appended; one with a default may be missing or empty.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from typing import ClassVar, Final, NamedTuple, TypeVar, get_args, get_type_hints


class Field(NamedTuple):
    """One field of a message, as the encode and decode tables and the documentation see it."""

    name: str
    is_number: bool
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Message:
    """What all messages have: a four-digit ``code``, and the ``layout`` of the fields behind it."""

    code: ClassVar[str]
    layout: ClassVar[tuple[Field, ...]]


MESSAGES: Final[dict[str, type[Message]]] = {}
"""Every message by its code."""

AnyMessage = TypeVar("AnyMessage", bound=Message)


def register(code: str) -> Callable[[type[AnyMessage]], type[AnyMessage]]:
    """Return the decorator that gives a message its *code* and enters it into the table."""

    def add(message: type[AnyMessage]) -> type[AnyMessage]:
        hints = get_type_hints(message, include_extras=True)
        message.code = code
        message.layout = tuple(
            Field(
                f.name,
                get_args(hints[f.name])[0] is int,
                f.default is MISSING,
                get_args(hints[f.name])[1],
            )
            for f in fields(message)
        )
        MESSAGES[code] = message
        return message

    return add
