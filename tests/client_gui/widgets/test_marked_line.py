"""One line with some of its characters marked."""

import pytest
from PyQt5.QtCore import QRectF, Qt
from PyQt5.QtGui import QFont, QImage, QTextCharFormat

from client_gui.widgets.marked_line import halves, marks, paint_line
from tests.client_gui.widgets.painting import painted, touched


def _image(text: str, *positions: int, width: float = 200) -> QImage:
    form = QTextCharFormat()
    form.setForeground(Qt.red)
    rect = QRectF(0, 0, width, 30)
    return painted(
        lambda painter: paint_line(painter, rect, text, QFont(), positions, form), 240, 40
    )


def test_characters_beyond_the_first_plane_are_two_halves() -> None:
    """Qt counts those."""
    assert halves("a😀b") == 4
    ranges = marks("a😀b", [(1, 1), (2, 1)], QTextCharFormat())
    assert [(found.start, found.length) for found in ranges] == [(1, 2), (3, 1)]


def test_what_is_marked_looks_different(qapp: object) -> None:
    """Each place by itself."""
    assert _image("tea", 0) != _image("tea")
    assert _image("tea", 0) != _image("tea", 1)


@pytest.mark.parametrize("text", ["x" * 500, "Z" + "\u0301" * 300, "\u05d0" * 99, "长" * 99])
def test_it_stays_in_its_place(qapp: object, text: str) -> None:
    """What is cut off is not marked."""
    assert touched(_image(text, *range(len(text)), width=60)).right() < 60
