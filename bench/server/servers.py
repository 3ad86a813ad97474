"""Which servers there are to be measured, whether they are here, and how each is started."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.server import minichat, peers
from bench.server.processes import ServerProcess

MINICHAT = "minichat"


class People(NamedTuple):
    """Who is to be known: users, the members of room 1 among them, and rooms of two."""

    users: int
    members: int = 0
    pairs: int = 0


class Kind(NamedTuple):
    """A kind of server: the program that must be there, how it is spoken to and started."""

    program: str
    language: str
    start: Callable[[Path], ServerProcess]


KINDS = {
    "gather": Kind("cc", "lines", peers.start_gather),
    "bare-loop": Kind(sys.executable, "lines", peers.start_bare_loop),
    "ngircd": Kind("ngircd", "irc", peers.start_ngircd),
    "inspircd": Kind("inspircd", "irc", peers.start_inspircd),
    "redis": Kind("redis-server", "redis", peers.start_redis),
    "mosquitto": Kind("mosquitto", "mqtt", peers.start_mosquitto),
}
NAMES = (MINICHAT, *KINDS)


class Server(NamedTuple):
    """One that can be measured."""

    name: str
    language: str
    start: Callable[[Path, People], ServerProcess]


def server(name: str) -> Server | None:
    """The server of that name, ``minichat@PATH`` is that of another checkout; None if it is not
    installed.

    Raises:
        ValueError: there is no such server.
    """
    kind, _, checkout = name.partition("@")
    if kind == MINICHAT:
        path = Path(checkout).resolve() if checkout else minichat.HERE
        return Server(name, kind, lambda where, people: minichat.start(where, *people, path))
    if name not in KINDS:
        raise ValueError(f"there is no server {name!r}; there are {', '.join(NAMES)}")
    program, language, start = KINDS[name]
    if shutil.which(program) is None:
        return None
    return Server(name, language, lambda where, _: start(where))


class Running:
    """A server that runs, in a directory of its own; a context manager."""

    def __init__(self, which: Server, people: People) -> None:
        self.name = which.name
        self.language = which.language
        self._directory = tempfile.TemporaryDirectory(prefix="minichat-bench-")
        try:
            self.process = which.start(Path(self._directory.name), people)
        except BaseException:
            self._directory.cleanup()
            raise

    def close(self) -> None:
        """End it, and leave nothing of it."""
        self.process.stop()
        self._directory.cleanup()

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
