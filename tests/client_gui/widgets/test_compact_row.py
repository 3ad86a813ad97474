"""The compact layout: the same parts, in other places."""

from itertools import pairwise

import pytest
from PyQt5.QtCore import QPointF
from PyQt5.QtGui import QFont, QPalette

from client_gui.items import Delivery, Quote, Reaction
from client_gui.models.message_list import Heading
from client_gui.widgets.bubble import Bubble
from client_gui.widgets.colours import colours
from client_gui.widgets.compact_row import CompactRow
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.message_row import MessageRow
from client_gui.widgets.touched import NOTHING, Part
from tests.client_gui.conftest import MakeEntry
from tests.client_gui.widgets.painting import painted, touched

NAMED, PLAIN = Heading("", True), Heading("", False)
WIDTH = 460


@pytest.fixture
def fonts(qapp: object) -> Fonts:
    """Of the application."""
    return Fonts.of(QFont())


def test_everybody_stands_on_the_left(fonts: Fonts, make_entry: MakeEntry) -> None:
    """Ourselves too, and under a name; it takes less room than bubbles."""
    rows = [CompactRow(make_entry(own=own), NAMED, WIDTH, fonts) for own in (False, True)]
    rects = [row.bubble_rect(QPointF(0, 0)) for row in rows]
    assert rects[0] == rects[1]
    assert rects[0].top() >= 10
    assert rects[0].left() < WIDTH / 3
    assert CompactRow(make_entry(), PLAIN, WIDTH, fonts).height < rows[0].height
    assert rows[0].height < Bubble(make_entry(), NAMED, WIDTH, fonts).height


@pytest.mark.parametrize("text", ["Z" + "\u0301" * 500, "x" * 3_000, "\n" * 900, "مرحبا " * 50])
@pytest.mark.parametrize("width", [40, 300])
def test_nothing_that_is_typed_leaves_its_row(
    fonts: Fonts, make_entry: MakeEntry, text: str, width: int
) -> None:
    """Up or down."""
    row = CompactRow(make_entry(text=text), NAMED, width, fonts)
    image = painted(lambda p: row.paint(p, QPointF(0, 100), QPalette()), 320, 400)
    rect = touched(image)
    assert rect.top() >= 100
    assert rect.bottom() <= 100 + row.height + 1


def test_parts_are_touched_where_they_are(fonts: Fonts, make_entry: MakeEntry) -> None:
    """The quote above the text, a link in it, reactions below."""
    reactions = (Reaction("👍", 2, True, ("Ann",)),)
    entry = make_entry(text="https://a.b", reply=Quote(1, "Ann", "before"), reactions=reactions)
    row = CompactRow(entry, NAMED, WIDTH, fonts)
    x = row.bubble_rect(QPointF(0, 0)).left() + 15
    parts = [row.touched(QPointF(x, y)).part for y in range(round(row.height))]
    order = [parts[0], *(after for before, after in pairwise(parts) if before is not after)]
    seen = [part for part in order if part in (Part.QUOTE, Part.LINK, Part.REACTION)]
    assert seen == [Part.QUOTE, Part.LINK, Part.REACTION]
    assert row.touched(QPointF(2, row.height / 2)) == NOTHING


def test_what_became_of_it_is_said(fonts: Fonts, make_entry: MakeEntry) -> None:
    """Behind the text; of most messages, nothing."""
    assert CompactRow(make_entry(), PLAIN, WIDTH, fonts).footer_words() == ""
    pending = CompactRow(make_entry(delivery=Delivery.PENDING), PLAIN, WIDTH, fonts)
    assert pending.footer_words() == "sending…"
    assert CompactRow(make_entry(edited=True), PLAIN, WIDTH, fonts).footer_words() == "edited"


def test_one_that_names_us_has_another_ground(fonts: Fonts, make_entry: MakeEntry) -> None:
    """From edge to edge."""
    row = CompactRow(make_entry(mentions_me=True), PLAIN, WIDTH, fonts)
    rect = touched(painted(lambda p: row.paint(p, QPointF(0, 20), QPalette()), WIDTH + 20, 100))
    assert rect.left() == 0
    assert rect.right() >= WIDTH - 1


@pytest.mark.parametrize("layout", [CompactRow, Bubble])
def test_what_stands_out_does_so_on_every_line(
    fonts: Fonts, make_entry: MakeEntry, layout: type[MessageRow]
) -> None:
    """Also where a link goes over two lines: Qt loses colours between two pixels."""
    text = "@ann 你看了吗？链接：https://例子.中国/路径 和 http://bank.com@evil.com/ 。"
    entry = make_entry(text=text, own=layout is Bubble)
    accent = colours(QPalette()).accent_text.rgb()
    for width in range(340, 400, 5):
        row = layout(entry, PLAIN, width, fonts, "ann")
        image = painted(lambda p, row=row: row.paint(p, QPointF(0, 0), QPalette()), width, 200)
        area = row.bubble_rect(QPointF(0, 0)).toRect()
        name = ((area.left() + x, area.top() + y) for x in range(45) for y in range(16))
        assert any(image.pixel(x, y) == accent for x, y in name)
