"""What a process takes of the machine's memory."""

from pathlib import Path

from bench.client import memory as module
from bench.client.memory import memory


def test_memory_is_told() -> None:
    """More than nothing, and no more than the machine has."""
    assert 1 < memory().rss < 1024 * 1024


def test_sizes_are_read(tmp_path: Path) -> None:
    """Lines without a size are passed over; a file that is not there has none."""
    file = tmp_path / "smaps_rollup"
    file.write_text("55d-7ff ---p 00000000 00:00 0 [rollup]\nRss:   2048 kB\nPss:  512 kB\n")
    assert module._told_by(file) == {"Rss": 2.0, "Pss": 0.5}
    assert module._told_by(tmp_path / "none") == {}


def test_the_most_so_far_stands_in() -> None:
    """Where there is no /proc; Windows knows nothing."""
    assert module._most_so_far() >= 0
