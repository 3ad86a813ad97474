"""Rooms as they are painted."""

import pytest
from PyQt5.QtCore import QRect
from PyQt5.QtGui import QImage
from PyQt5.QtWidgets import QStyle, QStyleOptionViewItem

from client_gui.items import RoomItem
from client_gui.models.room_list import RoomListModel
from client_gui.widgets.room_delegate import RoomDelegate
from tests.client_gui.widgets.painting import painted, touched

PLAIN = {"room": "#1", "kind": "direct", "name": "user2", "topic": "Grace"}


def _image(state: int = 0, online: bool = False, width: int = 200, **different: object) -> QImage:
    model, delegate = RoomListModel(), RoomDelegate()
    model.set_rooms((RoomItem(**(PLAIN | different)),))
    model.set_online(frozenset(["user2"]) if online else frozenset())
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, 0)
    option.rect.setHeight(delegate.sizeHint(option, model.index(0)).height())
    option.state |= state
    return painted(lambda painter: delegate.paint(painter, option, model.index(0)), width + 40, 90)


@pytest.mark.parametrize(
    "different",
    [
        {"unread": 1},
        {"unread": 1, "mentions": 1},
        {"has_draft": True},
        {"online": True},
        {"kind": "public"},
        {"state": int(QStyle.State_Selected)},
        {"state": int(QStyle.State_MouseOver)},
    ],
)
def test_everything_to_be_known_can_be_seen(qapp: object, different: dict) -> None:
    """A mention differs from what is only unread."""
    assert _image(**different) != _image()
    assert _image(unread=1, mentions=1) != _image(unread=1)


@pytest.mark.parametrize("name", ["x" * 500, "Z" + "\u0301" * 500, "\u202eabc", "", "长" * 99])
@pytest.mark.parametrize("width", [60, 200])
def test_no_name_leaves_its_row(qapp: object, name: str, width: int) -> None:
    """Nor reaches under the badges."""
    seen = touched(_image(kind="public", name=name, topic=name, width=width))
    assert seen.right() < width
    assert seen.bottom() < 60
