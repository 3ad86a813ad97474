"""What measures the client works: a short run of all of it. No figure is judged here."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from bench.client.figures import SHORT, Figure, table
from bench.client.stalls import Stalls

# The run as a whole; the machine may be busy.
_WITHIN = 110

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What a short run prints."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.client", "--short", "--json"],
        check=True,
        stdout=subprocess.PIPE,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=_WITHIN,
    )
    return json.loads(done.stdout)


def test_everything_is_measured(told: dict[str, Any]) -> None:
    """Each part leaves figures, and none is nothing."""
    names = [figure["name"] for figure in told["figures"]]
    assert len(names) == len(set(names))
    for part in ("start: ", "memory: ", "open the room", "wheel: ", "drag: ", "browser: "):
        assert any(name.startswith(part) for name in names), part
    assert all(figure["value"] > 0 for figure in told["figures"])
    assert told["platform"] == "offscreen"


def test_the_whole_room_was_read(told: dict[str, Any]) -> None:
    """What is said to be about all of it is."""
    values = {figure["name"]: figure["value"] for figure in told["figures"]}
    assert values["older pages: rows in the list at the end"] == SHORT.rows
    assert values["the rooms that are listed then"] == SHORT.rooms


def test_the_table_has_a_line_for_each() -> None:
    """With the stalls of those that have any."""
    head, first, second = table(
        [Figure("a", 1234.5, "ms"), Figure("b", 2.0, "fps", Stalls(7.0, 8.0, 9.0))]
    ).split("\n")
    assert head.split() == ["late", "event", "busy"]
    assert first.split() == ["a", "1,234.5", "ms"]
    assert second.split() == ["b", "2.0", "fps", "7", "8", "9"]
