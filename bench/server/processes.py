"""Processes that are measured: started on a core of their own, and what they take.

A server has one core and the load another, so that neither is measured with the other's work. What
a server takes is that of its whole tree: all threads, all children. Where there is no /proc,
nothing is known, and every figure is NaN.
"""

import contextlib
import math
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

# Seconds that a server may take to listen, on a busy machine; and to end when it is told to.
START_SECONDS = 60.0
STOP_SECONDS = 20.0

# Seconds between two looks at whether a server listens.
LOOK_EVERY = 0.02

_NANO = 1e-9
_KIB = 1024


class StartError(Exception):
    """A server did not start; the message says why."""


# --- cores ---------------------------------------------------------------------------------------


def cores() -> tuple[set[int], set[int]]:
    """The cores of the servers and of the load: the first and the last that there are."""
    if not hasattr(os, "sched_getaffinity"):
        return set(), set()
    usable = sorted(os.sched_getaffinity(0))
    return {usable[0]}, {usable[-1]}


@contextlib.contextmanager
def started_on(core: set[int]) -> Iterator[None]:
    """What is started meanwhile is on *core*, with all its threads from the first on."""
    if not core:
        yield
        return
    own = os.sched_getaffinity(0)
    os.sched_setaffinity(0, core)
    try:
        yield
    finally:
        os.sched_setaffinity(0, own)


def raise_descriptors() -> None:
    """Allow this process and its children as many descriptors as the system lets them have."""
    try:
        import resource  # Windows has none
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):  # macOS has a lower limit than it says
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


# --- a server ------------------------------------------------------------------------------------


class ServerProcess:
    """A server in a process of its own, which listens at *address* and works in *directory*."""

    def __init__(
        self,
        command: Sequence[str],
        directory: Path,
        port: int,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start it on the servers' core, in *directory*; return when it listens.

        Raises:
            StartError: it ended, or did not listen in time.
        """
        self.address = ("127.0.0.1", port)
        self.directory = directory
        self._log = directory / "log"
        with started_on(cores()[0]), self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command,
                cwd=directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **(environment or {})},
            )
        try:
            self._wait_for_it()
        except BaseException:
            self.stop()
            raise

    def _wait_for_it(self) -> None:
        give_up_at = time.monotonic() + START_SECONDS
        while self._process.poll() is None and time.monotonic() < give_up_at:
            with contextlib.suppress(OSError), socket.create_connection(self.address, 1):
                return
            time.sleep(LOOK_EVERY)
        raise StartError(f"{self._process.args} does not listen; it said:\n{self.log}")

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def log(self) -> str:
        """The end of what it has said."""
        return self._log.read_text(encoding="utf-8", errors="replace")[-2000:]

    def stop(self) -> None:
        """Tell it to end; end it if it does not."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


# --- what it takes -------------------------------------------------------------------------------


def cpu_seconds(pid: int) -> float:
    """Seconds of processor, the user's and the system's, of *pid* and its children so far."""
    spent = [_task_seconds(task) for each in tree(pid) for task in _listed(each / "task")]
    return sum(spent) if spent else math.nan


def _task_seconds(task: Path) -> float:
    """Of one thread. The scheduler's own account is in nanoseconds, not in ticks."""
    try:
        return int((task / "schedstat").read_text(encoding="ascii").split()[0]) * _NANO
    except (OSError, IndexError):
        return 0.0  # it has just ended


def pss_kib(pid: int) -> float:
    """KiB of memory of *pid* and its children; of what is shared, a share (PSS)."""
    sizes = [
        float(line.split()[1])
        for each in tree(pid)
        for line in _lines(each / "smaps_rollup")
        if line.startswith("Pss:")
    ]
    return sum(sizes) if sizes else math.nan


def descriptors(pid: int) -> float:
    """How many descriptors *pid* has open."""
    return len(_listed(Path(f"/proc/{pid}/fd"))) or math.nan


def tree(pid: int) -> list[Path]:
    """The directories in /proc of *pid* and all that it has started, and they."""
    parents: dict[int, list[int]] = {}
    for directory in _listed(Path("/proc")):
        if directory.name.isdecimal() and (stat := _lines(directory / "stat")):
            parent = int(stat[0].rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(directory.name))
    found = [pid]
    for each in found:
        found += parents.get(each, [])
    return [Path(f"/proc/{each}") for each in found if Path(f"/proc/{each}").exists()]


def _listed(directory: Path) -> list[Path]:
    try:
        return list(directory.iterdir())
    except OSError:
        return []


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return []
