"""What rows of rooms and of people have in common."""

from collections.abc import Callable

import pytest
from PyQt5.QtCore import QRect, QRectF
from PyQt5.QtGui import QFont, QImage
from PyQt5.QtWidgets import QStyle, QStyleOptionViewItem

from client_gui.items import RoomItem
from client_gui.models.room_list import RoomListModel
from client_gui.widgets.fonts import Fonts
from client_gui.widgets.room_delegate import RoomDelegate
from client_gui.widgets.sign_delegate import halves
from tests.client_gui.widgets.painting import painted

DIRECT = {"room": "#1", "kind": "direct", "name": "user2", "topic": "Grace"}


def _image(state: int = 0, online: bool = False, **different: object) -> QImage:
    model, delegate = RoomListModel(), RoomDelegate()
    model.set_rooms((RoomItem(**(DIRECT | different)),))
    model.set_online(frozenset(["user2"]) if online else frozenset())
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 200, 50)
    option.state |= state
    return painted(lambda painter: delegate.paint(painter, option, model.index(0)), 240, 90)


def _left(image: QImage) -> QImage:
    """Return the part of the row that holds its sign."""
    return image.copy(0, 0, 48, 50)


@pytest.mark.parametrize("name", ["a", "长" * 200, ""])
def test_every_row_is_as_high_as_the_next_one(qapp: object, name: str) -> None:
    """Whatever it shows."""
    model, delegate, option = RoomListModel(), RoomDelegate(), QStyleOptionViewItem()
    model.set_rooms(
        (RoomItem(**DIRECT), RoomItem(**(DIRECT | {"room": "#2", "name": name, "unread": 3})))
    )
    sizes = {delegate.sizeHint(option, model.index(row)).height() for row in range(2)}
    assert len(sizes) == 1


def test_a_larger_font_makes_higher_rows(qapp: object) -> None:
    """Two lines must fit."""
    delegate, index = RoomDelegate(), RoomListModel().index(0)
    small, large = QStyleOptionViewItem(), QStyleOptionViewItem()
    large.font = QFont(small.font.family(), small.font.pointSize() * 2)
    assert delegate.sizeHint(large, index).height() > delegate.sizeHint(small, index).height()


def test_the_sign_is_of_whom_the_row_is(qapp: object) -> None:
    """And a point on it tells who is there."""
    assert _left(_image(topic="Grace")) != _left(_image(topic="Edsger"))
    assert _left(_image(online=True)) != _left(_image())


def test_the_chosen_row_and_the_one_under_the_pointer_lie_on_bands(qapp: object) -> None:
    """Of two colours."""
    corner: Callable[[int], object] = lambda state: _image(state).pixelColor(1, 1)  # noqa: E731
    seen = {
        str(corner(int(state)).name()) for state in (QStyle.State_Selected, QStyle.State_MouseOver)
    }
    assert len(seen) == 2
    assert str(corner(0).name()) not in seen


def test_halves_lie_above_each_other(qapp: object) -> None:
    """And cover the row between them."""
    upper, lower = halves(QRectF(10, 20, 100, 40), Fonts.of(QFont()))
    assert upper.top() == 20
    assert upper.bottom() == lower.top()
    assert lower.bottom() == 60
