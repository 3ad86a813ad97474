"""Nothing is lost and nothing shown twice, whatever breaks: many seeds of the simulated world.

These are run with every change. More, and others: ``make simulate SEEDS=20000 FIRST=1``.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.edges import scaled
from tests.simulation.figures import FAULTS, Figures
from tests.simulation.world import Place, place, run

ROOT = Path(__file__).parents[2]

MANY_SEEDS = 2_000
MANY_SECONDS = 900
"""How long they may take on a machine that has much else to do; a free one needs two minutes."""


@pytest.fixture(scope="module")
def where() -> Iterator[Place]:
    with place() as found:
        yield found


def simulate(*arguments: str, hash_seed: str = "0") -> subprocess.CompletedProcess[str]:
    """The simulator as a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tests.simulation", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        check=False,
    )


def test_a_few_worlds_come_to_a_good_end(where: Place) -> None:
    """The smoke test: what is badly broken is found in these."""
    figures = Figures()
    for seed in range(30):
        figures.add(run(seed, where))
    assert figures.failed == {}
    assert figures.counts["chat ok"] > 300


@pytest.mark.slow
@pytest.mark.timeout(MANY_SECONDS)
def test_many_worlds_come_to_a_good_end_and_everything_goes_wrong_in_some() -> None:
    """A fault that never happens is not survived."""
    result = simulate("--seeds", str(MANY_SEEDS), "--first", "1")
    assert result.returncode == 0, result.stdout + result.stderr
    lines = re.findall(r"^ *([\d,]+)  +(.*)$", result.stdout, re.MULTILINE)
    happened = {name: int(count.replace(",", "")) for count, name in lines}
    assert [fault for fault in FAULTS if happened.get(fault, 0) < 10] == []


def test_the_same_seed_is_the_same_run(where: Place) -> None:
    """To the letter, in another process too, where sets have another order."""
    first = run(7, where, trace=True)
    assert len(first.trace) > 100
    assert run(7, where, trace=True) == first
    replayed = simulate("--seed", "7", "--trace", "--lines", "0", hash_seed="12345")
    assert replayed.returncode == 0
    assert replayed.stdout.startswith("\n".join(first.trace))


def test_other_seeds_are_other_runs(where: Place) -> None:
    """So that many of them are more than one."""
    assert run(8, where, trace=True).trace != run(9, where, trace=True).trace


def test_a_bound_that_is_gone_is_missed() -> None:
    """A world must not think that it has small pages when it has not."""
    with pytest.raises(LookupError, match="MAX_NOTHING"), scaled({"MAX_NOTHING": 1}):
        pass
