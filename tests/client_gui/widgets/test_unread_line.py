"""The line above what is unread."""

import pytest
from PyQt5.QtCore import QPointF
from PyQt5.QtGui import QFont, QPalette

from client_gui.widgets.fonts import Fonts
from client_gui.widgets.unread_line import UnreadLine
from tests.client_gui.widgets.painting import painted, touched


@pytest.mark.parametrize("width", [20, 60, 500])
def test_it_goes_across_and_stays_within_its_height(qapp: object, width: int) -> None:
    """In a window of any width."""
    line = UnreadLine(width, Fonts.of(QFont()))
    image = painted(lambda painter: line.paint(painter, QPointF(0, 50), QPalette()))
    rect = touched(image)
    assert rect.top() >= 50
    assert rect.bottom() <= 50 + line.height
    assert rect.right() <= max(width, 30)
    assert width < 100 or rect.width() > 0.9 * width
