"""Many seeds, shared out between processes."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from tests.simulation.figures import Figures
from tests.simulation.world import place, run

PROCESSES = 2

BLOCK = 50
"""Seeds that a process runs before it reports."""


def run_block(seeds: range) -> Figures:
    """Run some seeds, one after the other."""
    figures = Figures()
    with place() as where:
        for seed in seeds:
            figures.add(run(seed, where))
    return figures


def run_all(seeds: range, processes: int) -> Iterator[Figures]:
    """Run *seeds* in so many processes; each block's figures, in order."""
    blocks = [seeds[i : i + BLOCK] for i in range(0, len(seeds), BLOCK)]
    # Not forked: a child is to begin as a program that is started does.
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawned) as pool:
        yield from pool.map(run_block, blocks)
