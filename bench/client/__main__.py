"""How quick the client is with a room of 100,000 messages: ``python -m bench.client``.

The figures are those of the whole program: its windows, its link, its file on disk, and a server in
a process of its own. README.md beside this says what each of them means.
"""

import argparse
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from PyQt5.QtGui import QGuiApplication

from bench.client.figures import SHORT, WHOLE, Figure, Size, table
from bench.client.scenes import Scenes
from bench.client.stalls import MeasuredApplication
from bench.client.talk import ME, fill
from bench.client.talker import NAME, ROOM
from bench.client.views import KINDS
from bench.client.whole_client import TalkerProcess, WholeClient
from client_gui.desktop.garbage import Garbage
from client_gui.log.store import Store
from client_gui.log.store_file import store_path


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.client", description=__doc__)
    parser.add_argument("--short", action="store_true", help="little of everything: does it work?")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--only", choices=PARTS, help="measure one part")
    options = parser.parse_args()
    size = SHORT if options.short else WHOLE
    application = MeasuredApplication(["bench"])
    garbage = Garbage(application)
    chosen = [options.only] if options.only else PARTS
    figures = [figure for name in chosen for figure in PARTS[name](application, size)]
    garbage.stop()
    platform = QGuiApplication.platformName()
    if options.json:
        told = [asdict(figure) for figure in figures]
        print(json.dumps({"platform": platform, "rows": size.rows, "figures": told}))
    else:
        print(f"a room of {size.rows:,} messages; Qt's platform is {platform}\n{table(figures)}")
    return 0


# --- the parts -----------------------------------------------------------------------------------


def start(_application: MeasuredApplication, size: Size) -> list[Figure]:
    """From the start of the process to what is in sight; the median of some starts."""
    with tempfile.TemporaryDirectory() as directory, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        _fill(Path(directory), port, size.rows)
        runs = [_start(directory, port) for _ in range(size.starts)]
    median = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    return [
        Figure("start: to the login in sight", median["login"] * 1000, "ms"),
        Figure("start: to the room's last page in sight", median["messages"] * 1000, "ms"),
        Figure("memory: at the login", median["login_rss_mib"], "MiB RSS"),
    ]


def _start(directory: str, port: int) -> dict[str, float]:
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-m", "bench.client.started", directory, str(port)],
        check=True,
        stdout=subprocess.PIPE,
    )
    seen = json.loads(done.stdout)
    return seen | {key: seen[key] - began for key in ("login", "messages")}


def window(application: MeasuredApplication, size: Size) -> list[Figure]:
    """A room with everything in it, in one window that stays open."""
    with tempfile.TemporaryDirectory() as directory:
        talker = TalkerProcess()
        try:
            _fill(Path(directory), talker.port, size.rows)
            talker.order("after", size.rows)
            talker.done()
            client = WholeClient(application, Path(directory), talker.port)
            try:
                client.log_in(ROOM)
                return Scenes(client, talker, size).play()
            finally:
                client.close()
        finally:
            talker.close()


def compared(_application: MeasuredApplication, size: Size) -> list[Figure]:
    """Our list beside others, each in a process of its own."""
    figures = []
    ours: dict[str, float] = {}
    for kind in KINDS:
        done = subprocess.run(
            [sys.executable, "-m", "bench.client.views", kind, "--rows", str(size.compared)],
            check=True,
            stdout=subprocess.PIPE,
        )
        found = json.loads(done.stdout)
        ours = ours or found
        figures += [
            Figure(f"{kind}: {what}", found[what], f"ms (×{found[what] / ours[what]:.1f})")
            for what in ("all_rows_ms", "insert_ms", "frame_ms", "frame_worst_ms")
        ]
    return figures


PARTS = {"start": start, "window": window, "compared": compared}


def _fill(directory: Path, port: int, count: int) -> None:
    store = Store(store_path(directory, f"127.0.0.1:{port}", ME))
    fill(store, ROOM, NAME, count)
    store.close()


if __name__ == "__main__":
    sys.exit(main())
