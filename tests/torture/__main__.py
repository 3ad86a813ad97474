"""The storm by hand: ``python -m tests.torture --seconds 60 --database mariadb --seed 7``.

Prints the seed, each kill if asked to, and the figures. The exit status is 1 if anything was lost,
stored or shown twice, out of order, or missing; then the files of the run are kept.
"""

import argparse
import contextlib
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.helpers.mariadb import MariaDbServer
from tests.torture.storm import Storm


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long things are killed")
    parser.add_argument("--database", choices=("sqlite", "mariadb", "both"), default="both")
    parser.add_argument("--seed", type=int, help="of the choice of victims and moments")
    options = parser.parse_args()
    seed = random.randrange(10**6) if options.seed is None else options.seed
    kinds = ("sqlite", "mariadb") if options.database == "both" else (options.database,)
    return max(storm(kind, options.seconds, seed) for kind in kinds)


def storm(kind: str, seconds: float, seed: int) -> int:
    """One storm; return the exit status."""
    # Short: the path of MariaDB's socket in it may have some 100 bytes.
    directory = Path(tempfile.mkdtemp(prefix="minichat-"))
    print(f"{kind}: {seconds:g} s, seed {seed}, files in {directory}", flush=True)
    with contextlib.ExitStack() as stack:
        mariadb, url = None, f"sqlite:///{(directory / 'minichat.db').as_posix()}"
        if kind == "mariadb":
            mariadb = MariaDbServer(directory)
            mariadb.install()
            stack.callback(mariadb.stop)
            mariadb.start()
            url = mariadb.url("storm")
        run = Storm(directory, seed, mariadb, url)
        stack.enter_context(run.running())
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            run.kill_something()
        tally = run.end()
    print(tally, flush=True)
    if any(tally.wrong.values()):
        return 1
    shutil.rmtree(directory)
    return 0


if __name__ == "__main__":
    sys.exit(main())
