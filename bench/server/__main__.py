"""MiniChat beside other servers: ``python -m bench.server``. ``bench/README.md`` explains it."""

import argparse
import json
import sys
import time
from collections.abc import Sequence

from bench.server import calibration, connections, fanout, fire, large_room, messages
from bench.server.processes import raise_descriptors
from bench.server.results import Result, told
from bench.server.scene import Options, Scene, say
from bench.server.servers import MINICHAT, NAMES, Server, server

SCENES: dict[str, Scene] = {
    "fanout": fanout.SCENE,
    "messages": messages.SCENE,
    "connections": connections.SCENE,
    "large-room": large_room.SCENE,
    "fire": fire.SCENE,
}
"""In the order in which they are played. A scene is a module of its own with a ``SCENE``."""

ROUNDS, QUICK_ROUNDS = 3, 1
SECONDS, QUICK_SECONDS = 1.5, 0.5


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print; return the exit status, 2 for wrong arguments."""
    options = _parser().parse_args(arguments)
    try:
        scenes = {name: _scene(name) for name in options.only or SCENES}
        found = {name: server(name) for name in options.servers}
        cells = tuple(str(fanout.Cell.parse(each)) for each in options.cells)
    except ValueError as error:
        print(f"bench.server: {error}", file=sys.stderr)
        return 2
    raise_descriptors()
    missing = [name for name, each in found.items() if each is None]
    wanted = Options(
        servers=tuple(each for each in found.values() if isinstance(each, Server)),
        rounds=options.rounds or (QUICK_ROUNDS if options.quick else ROUNDS),
        seconds=options.seconds or (QUICK_SECONDS if options.quick else SECONDS),
        quick=options.quick,
        cells=cells,
        large_room=options.large_room,
    )
    if options.json:
        _print_json(scenes, wanted, missing)
    else:
        _print_tables(scenes, wanted, missing)
    return 0


def _print_tables(scenes: dict[str, Scene], options: Options, missing: list[str]) -> None:
    print(f"not installed, so not measured: {', '.join(missing) or 'none'}")
    speeds = [calibration.microseconds()]
    for name, scene in scenes.items():
        print(
            f"\n=== {scene.title}\n\n{told(_play(name, scene, options), scene.columns)}", flush=True
        )
        speeds.append(calibration.microseconds())
    listed = ", ".join(f"{each:.2f}" for each in speeds)
    print(
        f"\na send and a receive took {listed} µs, before the scenes and behind each:"
        f" ×{max(speeds) / min(speeds):.2f}"
    )


def _print_json(scenes: dict[str, Scene], options: Options, missing: list[str]) -> None:
    speeds = [calibration.microseconds()]
    rounds = {}
    for name, scene in scenes.items():
        rounds[name] = [each._asdict() for each in _play(name, scene, options)]
        speeds.append(calibration.microseconds())
    print(json.dumps({"missing": missing, "calibration": speeds, "scenes": rounds}))


def _play(name: str, scene: Scene, options: Options) -> list[Result]:
    began = time.monotonic()
    results = list(scene.measure(options))
    say(f"{name} took {time.monotonic() - began:.0f} s")
    return results


def _scene(name: str) -> Scene:
    if name not in SCENES:
        raise ValueError(f"there is no scene {name!r}; there are {', '.join(SCENES)}")
    return SCENES[name]


def _parser() -> argparse.ArgumentParser:
    def names(text: str) -> tuple[str, ...]:
        return tuple(text.split(","))

    parser = argparse.ArgumentParser(prog="python -m bench.server", description=__doc__)
    parser.add_argument(
        "--only", type=names, metavar="SCENE,…", help=f"scenes: {', '.join(SCENES)}"
    )
    parser.add_argument(
        "--servers",
        type=names,
        default=NAMES,
        metavar="NAME,…",
        help=f"of {', '.join(NAMES)}; {MINICHAT}@PATH is the MiniChat of another checkout",
    )
    parser.add_argument(
        "--cells",
        type=names,
        default=(),
        metavar="M/S/N,…",
        help="cells of the fan-out: members of the room, senders, messages each has in flight",
    )
    parser.add_argument("--rounds", type=int, metavar="N", help=f"how often ({ROUNDS})")
    parser.add_argument(
        "--seconds", type=float, metavar="S", help=f"of each stretch of load ({SECONDS})"
    )
    parser.add_argument(
        "--large-room",
        default="",
        metavar="DIRECTORY",
        help="of the database with ten million messages; made there if it is not: 15 minutes, 5 GB",
    )
    parser.add_argument("--quick", action="store_true", help="little of everything")
    parser.add_argument("--json", action="store_true", help="all rounds, for programs")
    return parser


if __name__ == "__main__":
    sys.exit(main())
