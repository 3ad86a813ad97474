"""Places as they are painted."""

import pytest
from PyQt5.QtCore import QRect
from PyQt5.QtGui import QImage
from PyQt5.QtWidgets import QStyle, QStyleOptionViewItem

from client_gui.items import RoomItem
from client_gui.models.places import PlacesModel
from client_gui.places import Place, Sort
from client_gui.widgets.place_delegate import PlaceDelegate
from tests.client_gui.widgets.painting import painted, touched


def _image(
    typed: str = "", state: int = 0, width: int = 200, unread: int = 0, **different: object
) -> QImage:
    model, delegate = PlacesModel(), PlaceDelegate()
    item = RoomItem("#1", "public", "Grace", unread=unread)
    usual = {"sort": Sort.OURS, "title": "Grace", "detail": "user2", "alias": "user2"}
    model.set_places([Place(address="#1", item=item, **(usual | different))])
    model.set_typed(typed)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, 0)
    option.rect.setHeight(delegate.sizeHint(option, model.index(0)).height())
    option.state |= state
    return painted(lambda painter: delegate.paint(painter, option, model.index(0)), width + 40, 90)


@pytest.mark.parametrize(
    "different",
    [
        {"typed": "gr"},
        {"typed": "us"},
        {"unread": 1},
        {"online": True},
        {"sort": Sort.PUBLIC},
        {"state": int(QStyle.State_Selected)},
    ],
)
def test_everything_to_be_known_can_be_seen(qapp: object, different: dict) -> None:
    """What was typed, too."""
    assert _image(**different) != _image()
    assert _image("gr") != _image("us")


@pytest.mark.parametrize("name", ["x" * 500, "Z" + "\u0301" * 500, "长" * 99])
@pytest.mark.parametrize("sort", list(Sort))
def test_no_name_leaves_its_row(qapp: object, name: str, sort: Sort) -> None:
    """Nor reaches under what stands at the end."""
    seen = touched(_image(title=name, detail=name, sort=sort, width=120))
    assert seen.right() < 120
    assert seen.bottom() < 60
