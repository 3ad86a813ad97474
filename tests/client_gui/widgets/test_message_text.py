"""The text of a message: links, names, and what is selected."""

import pytest
from PyQt5.QtCore import QPointF
from PyQt5.QtGui import QColor, QFont, QImage, QPalette

from client_gui.links import MAX_LINKS
from client_gui.widgets.colours import colours
from client_gui.widgets.message_text import MAX_CALLS, MessageText, Span
from tests.client_gui.conftest import MakeEntry
from tests.client_gui.widgets.painting import painted

NOTHING: Span = (0, 0)


def _image(text: MessageText, span: Span = NOTHING, corner: float = 5.0) -> QImage:
    palette = QPalette()
    return painted(
        lambda p: text.paint_with(p, QPointF(corner, corner), colours(palette), palette, span)
    )


def _colours(image: QImage, left: int, right: int) -> set[str]:
    area = ((x, y) for x in range(left, right) for y in range(image.height()))
    return {QColor(image.pixel(x, y)).name() for x, y in area}


@pytest.fixture
def palette(qapp: object) -> QPalette:
    """Of the application."""
    return QPalette()


def test_a_link_is_where_its_words_are(qapp: object, make_entry: MakeEntry) -> None:
    """Not beside them, and not what only looks like one."""
    text = MessageText(make_entry(text="a file:///x 😀 https://b.c d"), QFont(), 500)
    found = [text.link_at(QPointF(x, 5)) for x in range(500)]
    places = [x for x, link in enumerate(found) if link]
    assert len(set(found)) == 2
    assert found[places[0]].host == "b.c"
    assert places == [*range(places[0], places[-1] + 1)]
    assert places[0] > 40
    assert places[-1] < text.size.width()
    assert text.link_at(QPointF(places[0], 100)) is None


def test_links_and_our_name_have_the_colour_of_links(
    palette: QPalette, make_entry: MakeEntry
) -> None:
    """On every line; another one's name has not."""
    accent = colours(palette).accent_text.name()
    for said, width in (("@ann hello", 400), ("https://b.c/" + "long/" * 9 + " x", 90)):
        text = MessageText(make_entry(text=said), QFont(), width, "Ann")
        assert accent in _colours(_image(text), 0, 200)
    assert accent not in _colours(
        _image(MessageText(make_entry(text="@bob"), QFont(), 400, "Ann")), 0, 200
    )
    assert accent not in _colours(
        _image(MessageText(make_entry(text="@ann"), QFont(), 400)), 0, 200
    )


def test_what_is_selected_is_painted_as_that(palette: QPalette, make_entry: MakeEntry) -> None:
    """These characters, and no others."""
    text = MessageText(make_entry(text="selected not"), QFont(), 400)
    highlight = palette.color(QPalette.Highlight).name()
    image = _image(text, (0, 8))
    end = 5 + round(text.size.width() * 8 / 12)
    assert highlight in _colours(image, 5, end - 20)
    assert highlight not in _colours(image, end + 10, 400)
    assert highlight not in _colours(_image(text), 0, 400)


def test_what_was_taken_back_has_no_links(qapp: object, make_entry: MakeEntry) -> None:
    """Its words are ours, and in italics."""
    text = MessageText(make_entry(text="", deleted=True), QFont(), 400)
    assert text.links == ()
    assert text.text == "message deleted"


def test_marks_are_counted(qapp: object, make_entry: MakeEntry) -> None:
    """A text that is nothing but our name, or links, stops nothing."""
    text = MessageText(make_entry(text="@ann https://b.c " * 200), QFont(), 400, "ann")
    assert len(text.links) == MAX_LINKS
    assert len(text._calls) == MAX_CALLS
