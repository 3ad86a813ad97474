"""What a process takes of the machine's memory, in MiB."""

import sys
from dataclasses import dataclass
from pathlib import Path

_KIB = 1024


@dataclass(frozen=True)
class Memory:
    """*rss* is all that is resident; *pss* counts what is shared in equal parts. 0: not known."""

    rss: float
    pss: float = 0.0


def memory() -> Memory:
    """Return what this process takes now; where there is no /proc, its most so far."""
    told = _told_by(Path("/proc/self/smaps_rollup"))
    if told:
        return Memory(told["Rss"], told["Pss"])
    told = _told_by(Path("/proc/self/status"))
    if told:
        return Memory(told["VmRSS"])
    return Memory(_most_so_far())


def _told_by(path: Path) -> dict[str, float]:
    """The lines of *path* that have a size, in MiB; nothing if it cannot be read."""
    try:
        lines = path.read_text(encoding="ascii", errors="replace").split("\n")
    except OSError:
        return {}
    sizes = (line.split() for line in lines if line.endswith(" kB"))
    return {name.rstrip(":"): int(size) / _KIB for name, size, _ in sizes}


def _most_so_far() -> float:
    try:
        import resource  # Windows has none
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / _KIB / (_KIB if sys.platform == "darwin" else 1)
