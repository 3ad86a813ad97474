"""``python -m tests.simulation``: run many seeds, or replay one; exit status 1 at a violation."""

import argparse
import sys

from tests.simulation.figures import Figures
from tests.simulation.many import PROCESSES, run_all
from tests.simulation.world import Verdict, place, run

TRACE_LINES = 80


def replay(seed: int) -> Verdict:
    """Run one seed and keep what happened."""
    with place() as where:
        return run(seed, where, trace=True)


def _seeds(text: str, first: int) -> range:
    """``2000`` are so many from *first* on; ``5000-6000`` are these, both included."""
    low, dash, high = text.partition("-")
    return range(int(low), int(high) + 1) if dash else range(first, first + int(low))


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", default="2000", help="how many, or a range such as 5000-6000")
    parser.add_argument("--first", type=int, default=1, help="the first of so many seeds")
    parser.add_argument("--seed", type=int, help="run this one alone")
    parser.add_argument("--trace", action="store_true", help="with --seed: tell what happened")
    parser.add_argument(
        "--lines", type=int, default=TRACE_LINES, help="how many of the last lines; 0 is all"
    )
    parser.add_argument("--processes", type=int, default=PROCESSES)
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Run what *arguments* say; return the exit status."""
    wanted = _arguments(arguments)
    figures = Figures()
    if wanted.seed is not None:
        verdict = replay(wanted.seed)
        if wanted.trace:
            print("\n".join(verdict.trace[-wanted.lines :]))
        figures.add(verdict)
    else:
        for block in run_all(_seeds(wanted.seeds, wanted.first), wanted.processes):
            figures.join(block)
            _tell_failures(block)
    print("\n".join(figures.lines()))
    if wanted.seed is not None:
        _tell_failures(figures)
    return 1 if figures.failed else 0


def _tell_failures(figures: Figures) -> None:
    for seed, violation in figures.failed.items():
        print(f"seed {seed}: {violation}")
        print(f"    python -m tests.simulation --seed {seed} --trace", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
