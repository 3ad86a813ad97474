"""What measures the server works: a short run. Nothing is judged on time."""

import json
import subprocess
import sys
from typing import Any

import pytest

_WITHIN = 100

pytestmark = pytest.mark.slow


def _run(*options: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.server", "--json", *options],
        check=True,
        stdout=subprocess.PIPE,
        timeout=_WITHIN,
    )
    return json.loads(done.stdout)


def test_the_fan_out_is_measured() -> None:
    """Every delivery is there, and costs something."""
    told = _run(
        *("--only", "fanout", "--cells", "12/3/4", "--servers", "minichat"),
        *("--rounds", "2", "--seconds", "0.2"),
    )
    results = told["scenes"]["fanout"]
    assert [(each["case"], each["server"], each["error"]) for each in results] == [
        ("12/3/4", "minichat", "")
    ] * 2
    assert all(each["figures"]["messages"] > 0 for each in results)
