"""MiniChat, started to be measured: its real process, an SQLite file, every commit on the disk."""

import os
import subprocess
import sys
from pathlib import Path

from bench.server.processes import ServerProcess, free_port

HERE = Path(__file__).resolve().parents[2]
"""The checkout that this bench is part of."""

# Everything else is as it comes. What the others are freed from, it is too: queues that hold all
# that the load has in flight, and nobody asks whether a client that only listens is there.
SETTINGS = """\
host = "127.0.0.1"
port = {port}
max_connections = 20000
ping_after = 3600
drop_after = 7200
send_queue_hard = 67_108_864
send_queues_total = 8_589_934_592
log_level = "warning"
"""


def start(
    directory: Path, users: int, members: int = 0, pairs: int = 0, checkout: Path = HERE
) -> ServerProcess:
    """Start the MiniChat of *checkout*, with these in its database: see :mod:`seeding`."""
    environment = {"PYTHONPATH": str(checkout), "PYTHONSAFEPATH": "1"}
    database = directory / "minichat.db"
    _seed(f"sqlite:///{database.as_posix()}", (users, members, pairs), environment)
    port = free_port()
    config = directory / "minichat.toml"
    config.write_text(SETTINGS.format(port=port), encoding="ascii")
    command = [sys.executable, "-m", "reactor", "--config", str(config)]
    return ServerProcess([*command, "--data-dir", str(directory)], directory, port, environment)


def _seed(url: str, numbers: tuple[int, ...], environment: dict[str, str]) -> None:
    """With the code of that checkout, whose tables may be others."""
    program = Path(__file__).with_name("seeding.py")
    subprocess.run(
        [sys.executable, str(program), url, *map(str, numbers)],
        check=True,
        env={**os.environ, **environment},
    )
