"""The tables of ``docs/protocol.md``, made from :mod:`wire.messages`, so that they cannot differ.

``python -m wire.reference docs/protocol.md`` writes them anew between their markers.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from wire import limits
from wire.messages import MESSAGES, Message
from wire.reasons import REASONS

_BEGIN = "<!-- made by wire.reference: {} -->"
_END = "<!-- end -->"


def tables() -> dict[str, str]:
    """Return the Markdown of each generated part by the name in its marker."""
    return {
        "requests": _messages("0"),
        "answers": _messages("1"),
        "events": _messages("2"),
        "reasons": _table(
            ("word", "meaning"), [(f"`{word}`", text) for word, text in REASONS.items()]
        ),
        "limits": _table(("limit", "value"), _limits()),
    }


def rewritten(document: str) -> str:
    """Return *document* with each generated part made anew.

    Raises:
        ValueError: a marker is missing.
    """
    for name, table in tables().items():
        before, begin, rest = document.partition(_BEGIN.format(name))
        _, end, after = rest.partition(_END)
        if not (begin and end):
            raise ValueError(f"no part named {name}")
        document = f"{before}{begin}\n\n{table}\n\n{end}{after}"
    return document


def _messages(first_digit: str) -> str:
    chosen = [(c, m) for c, m in sorted(MESSAGES.items()) if c.startswith(first_digit)]
    return "\n\n".join(_message(code, message) for code, message in chosen)


def _message(code: str, message: type[Message]) -> str:
    rows = [
        (
            f"`{spec.name}`",
            "number" if spec.is_number else "text",
            "yes" if spec.required else "no",
            spec.meaning,
        )
        for spec in message.layout
    ]
    shape = "|".join([code, *(f"<{spec.name}>" for spec in message.layout)])
    head = f"#### `{code}` {message.__name__}\n\n{message.__doc__}\n\n```\n{shape}\n```"
    return f"{head}\n\n{_table(('field', 'kind', '', 'meaning'), rows)}" if rows else head


def _limits() -> list[tuple[str, str]]:
    return [
        (f"`{name}`", f"{value:,}")
        for name, value in vars(limits).items()
        if name.startswith("MAX_")
    ]


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> int:
    path = Path(sys.argv[1])
    path.write_text(rewritten(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
