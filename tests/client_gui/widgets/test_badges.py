"""The signs of a room, painted."""

import pytest
from PyQt5.QtCore import QRectF
from PyQt5.QtGui import QColor, QFont, QImage, QPalette

from client_gui.items import RoomItem
from client_gui.widgets.badges import paint_badges, paint_marks, paint_online, paint_sign
from client_gui.widgets.colours import READABLE, contrast
from client_gui.widgets.fonts import Fonts
from tests.client_gui.widgets.painting import painted, touched

RECT = QRectF(10, 5, 150, 30)
DARK = QPalette(QColor("#202020"))


def _badges(palette: QPalette | None = None, **different: object) -> QImage:
    item, fonts = RoomItem("#1", "public", "Tea", **different), Fonts.of(QFont())
    palette = palette or QPalette()
    return painted(lambda painter: paint_badges(painter, RECT, item, palette, fonts), 200, 40)


def _colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def test_there_are_two_kinds(qapp: object) -> None:
    """What names us is another colour; when all of it does, one of them is enough."""
    unread, named = _badges(unread=3), _badges(unread=3, mentions=1)
    assert touched(named).left() < touched(unread).left()
    assert len(_colours(named) - _colours(unread)) > 3
    assert touched(_badges(unread=1, mentions=1)).width() < touched(unread).width() * 2
    assert touched(_badges()).isNull()


def test_a_muted_room_is_faint_unless_it_names_us(qapp: object) -> None:
    """Its mentions look as anywhere."""
    strong, faint = (
        max(QColor(pixel).saturation() for pixel in _colours(_badges(unread=3, muted=muted)))
        for muted in (False, True)
    )
    assert strong > 100 > faint
    assert _badges(unread=1, mentions=1, muted=True) == _badges(unread=1, mentions=1)


@pytest.mark.parametrize(
    "different", [{"unread": 3}, {"unread": 3, "muted": True}, {"mentions": 1}]
)
def test_numbers_can_be_read(qapp: object, different: dict) -> None:
    """On a dark palette too."""
    for palette in (QPalette(QColor("#f0f0f0")), DARK):
        image = _badges(palette, **different)
        seen = touched(image)
        inside = [
            QColor(image.pixel(x, seen.center().y()))
            for x in range(seen.left() + 4, seen.right() - 3)
        ]
        edge = QColor(image.pixel(seen.left() + 4, seen.center().y()))
        assert max(contrast(edge, colour) for colour in inside) >= READABLE - 0.5


def test_what_is_left_ends_where_the_signs_begin(qapp: object) -> None:
    """For the name beside them."""
    item, fonts, ends = (
        RoomItem("#1", "public", "Tea", unread=3, pinned=True, muted=True),
        Fonts.of(QFont()),
        [],
    )
    image = painted(lambda p: ends.append(paint_badges(p, RECT, item, QPalette(), fonts)), 200, 40)
    assert ends[0] <= touched(image).left()
    image = painted(lambda p: ends.append(paint_marks(p, RECT, item, QPalette())), 200, 40)
    assert ends[1] <= touched(image).left()
    plain = RoomItem("#1", "public", "Tea")
    painted(lambda p: ends.append(paint_marks(p, RECT, plain, QPalette())), 200, 40)
    assert ends[2] == RECT.right()


def _marks(**flags: bool) -> QImage:
    item = RoomItem("#1", "public", "x", **flags)
    return painted(lambda p: paint_marks(p, RECT, item, QPalette()), 200, 40)


def test_marks_differ(qapp: object) -> None:
    """Pinned, muted, and both."""
    images = [_marks(pinned=True), _marks(muted=True), _marks(pinned=True, muted=True)]
    assert all(touched(image).left() > 100 for image in images)
    assert images[0] != images[1] != images[2] != images[0]


def _sign(kind: str) -> QImage:
    square, item = QRectF(5, 5, 30, 30), RoomItem("#1", kind, "x")
    return painted(lambda p: paint_sign(p, square, item, "x", Fonts.of(QFont())), 50, 50)


def test_a_person_is_round_and_perhaps_online(qapp: object) -> None:
    """The dot is at the corner."""
    assert _sign("direct") != _sign("public") != _sign("lobby")
    square = QRectF(5, 5, 30, 30)
    dot = touched(painted(lambda p: paint_online(p, square, QPalette()), 50, 50))
    assert not dot.isNull()
    assert dot.left() > square.center().x()


def test_marks_give_way_where_there_is_no_room(qapp: object) -> None:
    """The sign and the name are more."""
    item = RoomItem("#1", "public", "x", pinned=True, muted=True)
    narrow = QRectF(100, 5, 14, 30)
    image = painted(lambda p: paint_marks(p, narrow, item, QPalette()), 200, 40)
    assert touched(image).left() >= 100
    none = QRectF(100, 5, 5, 30)
    assert touched(painted(lambda p: paint_marks(p, none, item, QPalette()), 200, 40)).isNull()
