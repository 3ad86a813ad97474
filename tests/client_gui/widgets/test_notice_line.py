"""What changed in a room, as a row."""

from PyQt5.QtCore import QPointF
from PyQt5.QtGui import QFont, QPalette

from client_gui.models.message_list import Heading
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.notice_line import NoticeLine
from client_gui.widgets.touched import NOTHING
from tests.client_gui.conftest import MakeEntry
from tests.client_gui.widgets.painting import painted, touched


def test_it_stays_in_its_row(qapp: object, make_entry: MakeEntry) -> None:
    """With the day above it; nothing of it can be clicked."""
    fonts, entry = Fonts.of(QFont()), make_entry(text="topic " * 90, notice="topic")
    bare = NoticeLine(entry, Heading("", True), 400, fonts)
    line = NoticeLine(entry, Heading("Today", True), 400, fonts)
    assert line.height > bare.height + 10
    image = painted(lambda painter: line.paint(painter, QPointF(0, 50), QPalette()), 500)
    seen = touched(image)
    assert seen.top() >= 50
    assert seen.bottom() <= 50 + line.height + 1
    assert seen.right() < 400
    middle = line.bubble_rect(QPointF(0, 0)).center()
    assert abs(middle.x() - 200) < 1
    assert line.touched(middle) == NOTHING
