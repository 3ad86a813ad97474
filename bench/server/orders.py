"""Gives orders to a load, :mod:`bench.server.load`, which is a process of its own."""

import json
import subprocess
import sys
from typing import Any

from bench.server.minichat import HERE


class LoadError(Exception):
    """The load could not do what it was told to; the message says why."""


class LoadProcess:
    """A load. One order after the other."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.server.load"],
            cwd=HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def order(self, do: str, **what: object) -> dict[str, Any]:
        """Give an order, and wait until it is obeyed.

        Raises:
            LoadError: it was not.
        """
        self._process.stdin.write(json.dumps({"do": do, **what}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        answer = json.loads(line) if line else {"error": "the load has ended"}
        if "error" in answer:
            raise LoadError(answer["error"])
        return answer

    def close(self) -> None:
        """End it."""
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
