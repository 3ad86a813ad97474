"""What stands across the list above a row."""

from PyQt5.QtCore import QPointF
from PyQt5.QtGui import QFont, QPalette

from client_gui.models.message_list import Heading
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.lines_above import LinesAbove
from tests.client_gui.widgets.painting import painted, touched


def test_they_stand_below_each_other(qapp: object) -> None:
    """The day first; often there is nothing."""
    fonts = Fonts.of(QFont())
    nothing, day, unread, both = (
        LinesAbove(Heading(words, True, unread), 400, fonts)
        for words, unread in (("", False), ("Today", False), ("", True), ("Today", True))
    )
    assert nothing.height == 0
    assert both.height == day.height + unread.height
    image = painted(lambda painter: both.paint(painter, QPointF(0, 50), QPalette()))
    rect = touched(image)
    assert 50 <= rect.top() < 60
    assert 50 + day.height < rect.bottom() <= 50 + both.height
