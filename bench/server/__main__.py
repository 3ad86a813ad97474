"""MiniChat beside other servers: ``python -m bench.server``. README.md one floor up explains it."""

import argparse
import json
import sys
import time

from bench.server import calibration, connections, fanout, large_room, messages
from bench.server.processes import raise_descriptors
from bench.server.results import Result, told
from bench.server.scene import Options, Scene, say
from bench.server.servers import MINICHAT, NAMES, server

SCENES: dict[str, Scene] = {
    "fanout": fanout.SCENE,
    "messages": messages.SCENE,
    "connections": connections.SCENE,
    "large-room": large_room.SCENE,
}
"""In the order in which they are played. A scene is a module of its own with a ``SCENE``."""


def main() -> int:
    """Measure, and print."""
    arguments = _parser().parse_args()
    raise_descriptors()
    try:
        found = {name: server(name) for name in arguments.servers}
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    missing = [name for name, each in found.items() if each is None]
    servers = tuple(each for each in found.values() if each is not None)
    rounds = arguments.rounds or (1 if arguments.quick else 3)
    seconds = arguments.seconds or (0.5 if arguments.quick else 2.0)
    options = Options(
        *(servers, rounds, seconds, arguments.quick, arguments.cells, arguments.large_room)
    )
    before = calibration.microseconds()
    results: dict[str, list[Result]] = {}
    for name in arguments.only or SCENES:
        began = time.monotonic()
        results[name] = list(SCENES[name].measure(options))
        say(f"{name} took {time.monotonic() - began:.0f} s")
        if not arguments.json:
            print(f"\n=== {SCENES[name].title}\n\n{told(results[name], SCENES[name].columns)}")
    speed = {"before": before, "after": calibration.microseconds()}
    if arguments.json:
        scenes = {name: [each._asdict() for each in some] for name, some in results.items()}
        print(json.dumps({"missing": missing, "calibration": speed, "scenes": scenes}))
        return 0
    print(f"\nnot installed, so not measured: {', '.join(missing) or 'none'}")
    drift = max(speed.values()) / min(speed.values())
    print(
        f"a send and a receive took {speed['before']:.2f} µs before and {speed['after']:.2f} µs"
        f" after: ×{drift:.2f}"
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    def names(text: str) -> tuple[str, ...]:
        return tuple(text.split(","))

    parser = argparse.ArgumentParser(prog="python -m bench.server", description=__doc__)
    parser.add_argument(
        "--only", type=names, metavar="SCENE,…", help=f"scenes: {', '.join(SCENES)}"
    )
    parser.add_argument(
        *("--servers", "--server"),
        type=names,
        default=NAMES,
        metavar="NAME,…",
        help=f"of {', '.join(NAMES)}; {MINICHAT}@PATH is the MiniChat of another checkout",
    )
    parser.add_argument(
        "--cells", type=names, default=(), metavar="M/S/N,…", help="cells of the fan-out"
    )
    parser.add_argument(
        "--large-room",
        default="",
        metavar="DIRECTORY",
        help="of the database with ten million messages; made there if it is not: 15 minutes, 5 GB",
    )
    parser.add_argument("--rounds", type=int, metavar="N", help="how often (3)")
    parser.add_argument("--seconds", type=float, metavar="S", help="of each stretch of load (2)")
    parser.add_argument("--quick", action="store_true", help="little of everything")
    parser.add_argument("--json", action="store_true", help="all rounds, for programs")
    return parser


if __name__ == "__main__":
    sys.exit(main())
