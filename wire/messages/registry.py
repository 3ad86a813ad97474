"""What a message is: a dataclass with a code, whose annotations are its fields in order.

``@register("0002")`` makes a class one and computes once, at import, what encoding and decoding
need to know of its fields. A field is ``Annotated`` with its meaning, from which the specification
is made. Fields are only ever appended; one with a default may be missing or empty.

A message is never changed. The type checker sees to that: at run time, a frozen dataclass takes
four times as long to make, and a server makes three for each thing that is said.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from operator import attrgetter
from typing import (
    Any,
    ClassVar,
    Final,
    NamedTuple,
    TypeVar,
    dataclass_transform,
    get_args,
    get_type_hints,
)


class Field(NamedTuple):
    """One field of a message, as the encode and decode tables and the documentation see it."""

    name: str
    is_number: bool
    required: bool
    meaning: str


class Message:
    """What all messages have: a four-digit ``code``, and the ``layout`` of the fields behind it.

    ``values`` returns a message's fields in order; ``required`` is how many must be there;
    ``numbers`` says at which places numbers are; and ``templates`` has, for each number of fields,
    the frame into which they are written.
    """

    __slots__ = ()

    code: ClassVar[str]
    layout: ClassVar[tuple[Field, ...]]
    values: ClassVar[Callable[[Any], tuple[Any, ...]]]
    required: ClassVar[int]
    numbers: ClassVar[tuple[int, ...]]
    templates: ClassVar[tuple[str, ...]]


MESSAGES: Final[dict[str, type[Message]]] = {}
"""Every message by its code."""

AnyMessage = TypeVar("AnyMessage", bound=Message)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def register(code: str) -> Callable[[type[AnyMessage]], type[AnyMessage]]:
    """Return the decorator that makes a message of a class, gives it its *code* and enters it into
    the table."""

    def add(declared: type[AnyMessage]) -> type[AnyMessage]:
        message = dataclass(slots=True, unsafe_hash=True)(declared)
        layout = tuple(_fields(message))
        message.code = code
        message.layout = layout
        message.values = _getter([each.name for each in layout])
        message.required = sum(each.required for each in layout)
        message.numbers = tuple(at for at, each in enumerate(layout) if each.is_number)
        message.templates = tuple(code + "|%s" * count + "\n" for count in range(len(layout) + 1))
        MESSAGES[code] = message
        return message

    return add


def _fields(message: Any) -> list[Field]:
    hints = get_type_hints(message, include_extras=True)
    told = [(each, get_args(hints[each.name])) for each in fields(message)]
    return [Field(f.name, kind is int, f.default is MISSING, text) for f, (kind, text) in told]


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gets these attributes of an object as a tuple, however few they are."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda message: tuple(getattr(message, name) for name in names)
