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

MANY = 15_000
"""More than any scene has."""

# Of those whose listeners have 4,096 places.
AT_ONCE = 4_000


class People(NamedTuple):
    """Who is to be known: users, the members of room 1 among them, and rooms of two."""

    users: int
    members: int = 0
    pairs: int = 0


class Kind(NamedTuple):
    """A kind of server: the program that must be there, how it is spoken to and started.

    *at_once* logins may be under way, which is what it lets wait to be accepted: whoever is beyond
    that tries again a second later. *most* can be in a room, or there at all, within reason.
    """

    program: str
    language: str
    at_once: int
    start: Callable[[Path], ServerProcess]
    most: int = MANY


KINDS = {
    # epoll is Linux's.
    "gather": Kind("cc" if sys.platform == "linux" else "", "lines", AT_ONCE, peers.start_gather),
    "bare-loop": Kind(sys.executable, "lines", AT_ONCE, peers.start_bare_loop),
    "ngircd": Kind("ngircd", "irc", 8, peers.start_ngircd, most=1_000),
    "inspircd": Kind("inspircd", "irc", AT_ONCE, peers.start_inspircd),
    "redis": Kind("redis-server", "redis", AT_ONCE, peers.start_redis),
    "mosquitto": Kind("mosquitto", "mqtt", 80, peers.start_mosquitto),
}
NAMES = (MINICHAT, *KINDS)


class Server(NamedTuple):
    """One that can be measured. The same as its kind, and a name."""

    name: str
    language: str
    at_once: int
    start: Callable[[Path, People], ServerProcess]
    most: int = MANY


def server(name: str) -> Server | None:
    """The server of that name, ``minichat@PATH`` is that of another checkout; None if it is not
    installed.

    Raises:
        ValueError: there is no such server.
    """
    kind, _, checkout = name.partition("@")
    if kind == MINICHAT:
        path = Path(checkout).resolve() if checkout else minichat.HERE
        return Server(
            name, kind, AT_ONCE, lambda where, people: minichat.start(where, *people, path)
        )
    if name not in KINDS:
        raise ValueError(f"there is no server {name!r}; there are {', '.join(NAMES)}")
    each = KINDS[name]
    if shutil.which(each.program) is None:
        return None
    return Server(name, each.language, each.at_once, lambda where, _: each.start(where), each.most)


class Running:
    """A server that runs, in a directory of its own; a context manager."""

    def __init__(self, which: Server, people: People) -> None:
        self.which = which
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
