"""Pictures of the windows: ``python -m tests.pictures DIRECTORY``.

Each language in both themes, and each once at twice the size, for screens of that sort. Look at
each with a critical eye; the good ones are in docs/images/.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

_SETS = [
    ("en", "light", "1"),
    ("en", "dark", "1"),
    ("zh_CN", "light", "1"),
    ("zh_CN", "dark", "1"),
    ("en", "light", "2"),
    ("zh_CN", "dark", "2"),
]


def main() -> int:
    """Take them, each set in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--set", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    if options.set:
        _take(options.directory, *options.set)
        return 0
    for chosen in _SETS:
        surroundings = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": chosen[2], "TZ": "UTC"}
        subprocess.run(
            [sys.executable, "-m", "tests.pictures", str(options.directory), "--set", *chosen],
            check=True,
            env=os.environ | surroundings,
        )
    return 0


def _take(directory: Path, language: str, theme: str, scale: str) -> None:
    # What is imported here starts Qt, whose surroundings are those of this process.
    import client_gui.__main__ as program
    from tests.pictures.studio import Studio, save

    application = program._application()
    with tempfile.TemporaryDirectory() as kept:
        studio = Studio(application, Path(kept), language, theme)
        for name, picture in studio.pictures():
            size = "" if scale == "1" else f"-{scale}x"
            save(picture, directory / f"{name}-{language[:2]}-{theme}{size}.png")
        studio.close()


if __name__ == "__main__":
    sys.exit(main())
