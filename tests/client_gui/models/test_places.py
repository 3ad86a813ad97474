"""Where one may go, as rows."""

import pytest
from PyQt5.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from client_gui.items import RoomItem
from client_gui.models.places import FOUND_ROLE, PlacesModel, all_places
from client_gui.places import SLICE, Place, Sort

ROOMS = (
    RoomItem("lobby", "lobby", "lobby", last_time=9),
    RoomItem("#1", "direct", "grace", "陈小明", unread=2, mentions=1, last_time=1),
    RoomItem("#2", "public", "News", "What is on", unread=5, last_time=2),
    RoomItem("#3", "public", "Noise", unread=9, muted=True, last_time=3),
)
PUBLIC = (RoomItem("#2", "public", "News"), RoomItem("#4", "public", "Chess <b>", "e4 e5"))
PEOPLE = {"ann": "Ann", "bob": "Bob", "cat": "", "grace": "陈小明", "me": "I"}


@pytest.fixture
def places() -> list[Place]:
    """Of four rooms, two of other people, and one that may be joined."""
    return all_places(ROOMS, PEOPLE, frozenset(["cat", "grace"]), PUBLIC, "me")


@pytest.fixture
def model(qapp: object, places: list[Place]) -> PlacesModel:
    """All of them."""
    model = PlacesModel()
    model.set_places(places)
    return model


def test_they_are_in_the_order_in_which_one_wants_them(places: list[Place]) -> None:
    """What names us, what is unread, the latest; who is online; each once, and never oneself."""
    assert [(place.sort, place.address) for place in places] == [
        (Sort.OURS, "#1"),
        (Sort.OURS, "#2"),
        (Sort.OURS, "lobby"),
        (Sort.OURS, "#3"),
        (Sort.PERSON, "cat"),
        (Sort.PERSON, "ann"),
        (Sort.PERSON, "bob"),
        (Sort.PUBLIC, "#4"),
    ]
    assert [place.online for place in places] == [True, False, False, False, True] + 3 * [False]


def test_the_lobby_has_its_name_in_every_language(model: PlacesModel) -> None:
    """And a person the user name."""
    for text, address in (("lobby", "lobby"), ("grac", "#1"), ("cat", "cat"), ("xm", "#1")):
        model.set_typed(text)
        model.finish()
        assert model.index(0).data(FOUND_ROLE).place.address == address


def test_it_is_a_proper_model(model: PlacesModel, qtmodeltester: ModelTester) -> None:
    """By Qt's own tests."""
    qtmodeltester.check(model)


def test_a_screen_reader_hears_what_is_painted(model: PlacesModel) -> None:
    """Isolated, whatever is in a name."""
    spoken = [model.index(row).data(Qt.AccessibleTextRole) for row in (0, 7)]
    plain = [words.replace("\u2068", "").replace("\u2069", "") for words in spoken]
    assert plain == [
        "陈小明, grace, online, unread: 2, names you: 1",
        "Chess <b>, e4 e5, not joined",
    ]


def test_the_window_can_paint_in_between(qtbot: QtBot, model: PlacesModel) -> None:
    """Many places are gone through by and by; whoever presses Enter waits for the rest."""
    rooms = [RoomItem(f"#{n}", "public", f"room {n}") for n in range(3 * SLICE)]
    places = all_places(rooms, {}, frozenset(), (), "me")
    model.set_places(places)
    with qtbot.waitSignal(model.hunted):
        model.set_typed(f"{3 * SLICE - 1}")
        assert model.rowCount() > 1
    assert model.rowCount() == 1
    model.set_typed("")
    model.set_typed(f"room {3 * SLICE - 1}")
    assert model.rowCount() > 1
    model.finish()
    assert model.rowCount() == 1


def test_a_place_is_found_again(model: PlacesModel, places: list[Place]) -> None:
    """Whatever has become of it; what is gone is as good as the first."""
    assert model.row_of(places[2]) == 2
    assert model.row_of(None) == 0
    model.set_typed("news")
    model.finish()
    assert model.row_of(places[2]) == 0
