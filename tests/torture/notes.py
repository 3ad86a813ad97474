"""What a client must not forget when it is killed: lines in files that only grow.

A line is written before what it tells of is done: sent, counted as acknowledged, shown. ``kill -9``
takes nothing of it: what was handed to the system is in its files, whole.
"""

from pathlib import Path


class Notes:
    """One such file, opened for one life of its client."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)

    def add(self, *words: object) -> None:
        self._file.write(" ".join(map(str, words)).encode() + b"\n")

    def close(self) -> None:
        self._file.close()


def read_notes(path: Path) -> list[list[str]]:
    """The words of each line so far; none if there is no file."""
    if not path.exists():
        return []
    return [line.decode().split(" ") for line in path.read_bytes().split(b"\n")[:-1]]


class LineCount:
    """How many lines a file has; only what is new is read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._lines = 0

    def now(self) -> int:
        if self._path.exists():
            with self._path.open("rb") as file:
                file.seek(self._read)
                new = file.read()
            self._read += len(new)
            self._lines += new.count(b"\n")
        return self._lines


def sent(directory: Path, name: str) -> Path:
    """A cid in each line."""
    return directory / f"{name}.sent"


def acknowledged(directory: Path, name: str) -> Path:
    """A cid and the number that it got in each line."""
    return directory / f"{name}.acknowledged"


def shown(directory: Path, name: str) -> Path:
    """A number and a cid in each line."""
    return directory / f"{name}.shown"


def faults(directory: Path, name: str) -> Path:
    """Answers that no client should ever get."""
    return directory / f"{name}.faults"


def ports(directory: Path) -> Path:
    """Where the server listens: the last line."""
    return directory / "ports"


def stop(directory: Path) -> Path:
    """When this file is there, nobody says anything new."""
    return directory / "stop"


def end(directory: Path) -> Path:
    """The number of the last message: who has shown it is done."""
    return directory / "end"
