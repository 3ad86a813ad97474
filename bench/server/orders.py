"""Gives orders to a load, :mod:`bench.server.load`, which is a process of its own."""

import contextlib
import json
import subprocess
import sys
from typing import Any

from bench.server.minichat import HERE
from bench.server.servers import Running


class LoadError(Exception):
    """The load could not do what it was told to; the message says why."""


class LoadProcess:
    """A load on one server; a context manager. One order after the other."""

    def __init__(self, running: Running) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.server.load"],
            cwd=HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        which, address = running.which, running.process.address
        self._write([which.language, *address, which.at_once])

    def order(self, do: str, **what: object) -> dict[str, Any]:
        """Give an order, and wait until it is obeyed.

        Raises:
            LoadError: it was not.
        """
        self.begin(do, **what)
        return self.end()

    def begin(self, do: str, **what: object) -> None:
        """Give an order; :meth:`end` waits."""
        self._write({"do": do, **what})

    def end(self) -> dict[str, Any]:
        """What the order that was given last has brought. Raises LoadError."""
        line = self._process.stdout.readline()
        answer = json.loads(line) if line else {"error": "the load has ended"}
        if "error" in answer:
            raise LoadError(answer["error"])
        return answer

    def _write(self, what: object) -> None:
        with contextlib.suppress(BrokenPipeError):  # end() will say so
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()

    def close(self) -> None:
        """End it."""
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def __enter__(self) -> "LoadProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
