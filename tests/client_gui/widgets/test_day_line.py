"""The line in the middle."""

from PyQt5.QtGui import QFont

from client_gui.widgets.day_line import DayLine
from client_gui.widgets.fonts import Fonts


def test_it_is_in_the_middle_and_never_wider_than_the_row(qapp: object) -> None:
    """However long the words; without words there is none."""
    fonts = Fonts.of(QFont())
    line = DayLine("Today", 500, fonts)
    assert abs(line.rect.center().x() - 250) < 1
    assert line.height > 0
    long = DayLine("words " * 100, 300, fonts)
    assert 0 <= long.rect.left() < long.rect.right() <= 300
    assert DayLine("", 500, fonts).height == 0
