"""A small process that plays a part in the tests of `scripts.run`.

usage: stand_in.py DIRECTORY PART...     PART is one of the functions below, played in order

It leaves its process id and its arguments in the directory, so that a test can see who ran and
that nobody is left. SIGTERM and SIGINT end it with status 0.
"""

import os
import signal
import sys
from pathlib import Path


def announce() -> None:
    """Say what a server says when it is ready."""
    print("something else")
    print("listening on 127.0.0.1:4321", flush=True)


def ignore() -> None:
    """From now on, do not be stopped by a signal."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def wait() -> None:
    """Go on until a signal comes."""
    while True:
        signal.pause()


def fail() -> None:
    """End with a status that says so."""
    sys.exit(3)


def end(*_: object) -> None:
    """End as one who was asked to, with a note that it was so."""
    Path(sys.argv[1], f"{os.getpid()}.asked").touch()
    sys.exit(0)


PARTS = {part.__name__: part for part in (announce, ignore, wait, fail)}


def main() -> None:
    """Leave a note, then play the parts."""
    directory, *words = sys.argv[1:]
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    Path(directory, f"{os.getpid()}.ran").write_text(" ".join(words), encoding="utf-8")
    for word in words:
        PARTS.get(word, lambda: None)()


if __name__ == "__main__":
    main()
