"""The pictures can be taken: every one of them, of windows that have something in them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PyQt5.QtGui import QGuiApplication, QImage

_WITHIN = 100
_LEAST_COLOURS = 12
"""Of the plainest window, with the smoothed edges of its letters."""

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("zh_CN", "dark")])
def test_every_picture_is_taken(
    qapp: QGuiApplication, tmp_path: Path, language: str, theme: str
) -> None:
    """In a process of its own, as by hand; and again, they are the same."""
    first, again = tmp_path / "first", tmp_path / "again"
    for directory in (first, again):
        subprocess.run(
            [
                *(sys.executable, "-m", "tests.pictures", str(directory)),
                *("--set", language, theme, "1"),
            ],
            check=True,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "TZ": "UTC"},
            timeout=_WITHIN,
        )
    taken = {path.name: path for path in first.iterdir()}
    assert len(taken) >= 11
    for name, path in taken.items():
        assert len(_colours(QImage(str(path)))) > _LEAST_COLOURS, name
        # The seconds until the next attempt are the one thing that a clock counts.
        same = path.read_bytes() == (again / name).read_bytes()
        assert same or name.startswith("reconnecting"), name


def _colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(image.height())}
