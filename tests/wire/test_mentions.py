"""Whom a text names."""

import pytest

from wire.limits import MAX_MENTIONS, MAX_NAME
from wire.mentions import mentioned


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("nobody", ()),
        ("@ann", ("ann",)),
        ("hello @Ann, and @bob.", ("ann", "bob")),
        ("你好，@小明！", ("小明",)),
        ("@ａｎｎ @ann", ("ann",)),
        ("mail ann@example.org", ()),
        ("@" + "x" * MAX_NAME, ("x" * MAX_NAME,)),
        ("@" + "x" * (MAX_NAME + 1), ()),
        ("@ @@ @.", ()),
    ],
)
def test_names_are_found(text: str, names: tuple[str, ...]) -> None:
    """Where they begin and end, and as what they count."""
    assert mentioned(text) == names


def test_mentions_are_bounded() -> None:
    """Further ones are only text."""
    assert len(mentioned(" ".join(f"@u{n}" for n in range(2 * MAX_MENTIONS)))) == MAX_MENTIONS
