"""What all arrangements of a message have in common."""

import pytest
from PyQt5.QtCore import QPointF
from PyQt5.QtGui import QFont, QPalette, QTextLayout

from client_gui.display import MAX_JOINED, MAX_SHOWN
from client_gui.items import Quote
from client_gui.models.message_list import Heading
from client_gui.widgets import text_block
from client_gui.widgets.bubble import Bubble
from client_gui.widgets.compact_row import CompactRow
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.message_row import MessageRow
from tests.client_gui.conftest import MakeEntry
from tests.client_gui.widgets.painting import painted

LAYOUTS = pytest.mark.parametrize("layout", [Bubble, CompactRow])
WIDTH = 460


@pytest.fixture
def fonts(qapp: object) -> Fonts:
    """Of the application."""
    return Fonts.of(QFont())


def _row(layout: type[MessageRow], entry: object, fonts: Fonts, unread: bool = False) -> MessageRow:
    return layout(entry, Heading("", True, unread), WIDTH, fonts, "ann")


@LAYOUTS
def test_a_place_in_the_text_is_found(
    fonts: Fonts, make_entry: MakeEntry, layout: type[MessageRow]
) -> None:
    """Above it the first, below it the last; along a line, each in turn."""
    row = _row(layout, make_entry(text="hello\nworld"), fonts)
    rect = row.bubble_rect(QPointF(0, 0))
    assert row.position_at(QPointF(rect.left() + 30, 0)) == 0
    assert row.position_at(rect.bottomLeft() + QPointF(5, 50)) == 11
    line = [row.position_at(QPointF(x, rect.top() + 10)) for x in range(WIDTH)]
    assert sorted(set(line)) == [0, 1, 2, 3, 4, 5]
    assert line == sorted(line)


@LAYOUTS
def test_the_unread_line_makes_room_for_itself(
    fonts: Fonts, make_entry: MakeEntry, layout: type[MessageRow]
) -> None:
    """Above the name."""
    plain, unread = (_row(layout, make_entry(), fonts, unread) for unread in (False, True))
    assert unread.height > plain.height + 8
    assert unread.bubble_rect(QPointF(0, 0)).top() > plain.bubble_rect(QPointF(0, 0)).top() + 8


@LAYOUTS
def test_it_is_painted_wherever_it_begins(
    fonts: Fonts, make_entry: MakeEntry, layout: type[MessageRow]
) -> None:
    """The same picture, further down."""
    row = _row(layout, make_entry(mentions_me=True), fonts)
    above = painted(lambda p: row.paint(p, QPointF(0, 0), QPalette()))
    below = painted(lambda p: row.paint(p, QPointF(0, 50), QPalette()))
    assert above.copy(0, 0, 500, 200) == below.copy(0, 50, 500, 200)
    marked = painted(lambda p: row.paint(p, QPointF(0, 0), QPalette(), (0, 3)))
    assert marked != above


@LAYOUTS
def test_the_text_begins_at_a_whole_pixel(
    fonts: Fonts, make_entry: MakeEntry, layout: type[MessageRow]
) -> None:
    """Between two pixels, Qt loses the colours of links that go over several lines."""
    for own in (True, False):
        entry = make_entry(text="i", own=own, reply=Quote(1, "Ann", "before"))
        corner = _row(layout, entry, fonts)._text_corner()
        assert corner == QPointF(corner.toPoint())


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("😀" * 250_000, MAX_SHOWN),
        ("Z" + "\u0301" * 500 + "x" * 100_000, MAX_SHOWN),
        ("x" * 100_000, MAX_SHOWN),
        ("\n" * 1_000_000, 500),
        ("\u202e\u2066" * 50_000, MAX_SHOWN),
        ("🇨🇳" * 50_000, MAX_JOINED),
        ("👨\u200d👩" * 50_000, 4 * MAX_JOINED),
    ],
    ids=["emoji", "accents", "word", "lines", "bidi", "flags", "families"],
)
@LAYOUTS
def test_no_text_is_laid_out_without_end(
    fonts: Fonts,
    make_entry: MakeEntry,
    monkeypatch: pytest.MonkeyPatch,
    layout: type[MessageRow],
    text: str,
    most: int,
) -> None:
    """By the characters that Qt is given, and what it says about the rest."""
    given: list[int] = []

    class Counting(QTextLayout):
        def __init__(self, words: str, font: QFont) -> None:
            given.append(len(words))
            super().__init__(words, font)

    monkeypatch.setattr(text_block, "QTextLayout", Counting)
    row = _row(layout, make_entry(text=text), fonts)
    assert 0 < sum(given) <= most
    assert row.text.says_more
