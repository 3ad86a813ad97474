"""The specification's tables agree with the code."""

import re
from pathlib import Path

import pytest

from wire import limits, reference
from wire.messages import MESSAGES, Chat
from wire.reasons import REASONS

SPECIFICATION = Path(__file__).parents[2] / "docs" / "protocol.md"


@pytest.fixture
def specification() -> str:
    return SPECIFICATION.read_text(encoding="utf-8")


def test_the_specification_has_the_tables_of_the_code(specification: str) -> None:
    """When this fails: python -m wire.reference docs/protocol.md."""
    assert reference.rewritten(specification) == specification


def test_a_difference_would_be_seen(specification: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a field, in a reason and in a limit."""
    monkeypatch.setattr(Chat, "layout", Chat.layout[:-1])
    assert reference.rewritten(specification) != specification
    monkeypatch.undo()
    monkeypatch.setitem(REASONS, "new", "a reason that nobody has written down")
    assert reference.rewritten(specification) != specification
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MAX_TEXT", 1)
    assert reference.rewritten(specification) != specification
    monkeypatch.undo()
    changed = specification.replace("MAX_TEXT", "MAX_TXT")
    assert reference.rewritten(changed) != changed


def empty_document() -> str:
    """A document with the markers and nothing between them."""
    parts = (f"<!-- made by wire.reference: {name} -->\n<!-- end -->\n" for name in PARTS)
    return "before\n" + "between\n".join(parts) + "after\n"


PARTS = ["requests", "answers", "events", "reasons", "limits"]


def test_everything_is_in_the_tables() -> None:
    """Each message with its fields, each reason, each limit."""
    document = reference.rewritten(empty_document())
    for code, kind in MESSAGES.items():
        assert f"#### `{code}` {kind.__name__}" in document
        assert "|".join([code, *(f"<{spec.name}>" for spec in kind.layout)]) in document
        assert all(spec.meaning in document for spec in kind.layout)
    assert all(f"| `{word}` | {meaning} |" in document for word, meaning in REASONS.items())
    assert f"| `MAX_TEXT` | {limits.MAX_TEXT:,} |" in document


def test_what_people_wrote_between_the_tables_stays() -> None:
    """Only what is between the markers is made anew, and a second time changes nothing."""
    document = reference.rewritten(empty_document())
    assert document.startswith("before\n")
    assert document.count("between\n") == len(PARTS) - 1
    assert document.endswith("after\n")
    assert reference.rewritten(document) == document


def test_every_row_has_as_many_cells_as_its_head() -> None:
    """No meaning has a pipe in it, which would begin a cell."""
    for table in reference.tables().values():
        for block in re.findall(r"(?:^\|.*\n?)+", table, flags=re.MULTILINE):
            assert len({line.count("|") for line in block.splitlines()}) == 1


@pytest.mark.parametrize("name", PARTS)
def test_a_missing_marker_is_named(name: str) -> None:
    """Nobody loses a table by a slip in a comment."""
    document = empty_document().replace(f"reference: {name} -->", "reference: -->")
    with pytest.raises(ValueError, match=name):
        reference.rewritten(document)


def test_it_writes_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command that a failing test names."""
    path = tmp_path / "protocol.md"
    path.write_text(empty_document(), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["wire.reference", str(path)])
    assert reference.main() == 0
    assert path.read_bytes().decode() == reference.rewritten(empty_document())
