"""The display without a screen: a real program can open a window on it."""

import subprocess
import sys

from tests.helpers.xvfb import environment_on

SHOW_A_WINDOW = """
from PyQt5.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("hello")
label.show()
app.processEvents()
print(app.platformName(), label.isVisible())
"""


def test_a_window_can_be_shown(xvfb: str) -> None:
    """On X, as it is on a desktop, and not on the offscreen platform of the other tests."""
    shown = subprocess.run(
        [sys.executable, "-c", SHOW_A_WINDOW],
        env=environment_on(xvfb),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert shown.stdout.split() == ["xcb", "True"], shown.stderr
