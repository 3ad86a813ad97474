"""The way to a room or a person by name."""

from collections.abc import Iterator

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QInputMethodEvent
from PyQt5.QtWidgets import QApplication, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from client_gui.items import RoomItem
from client_gui.models.places import FOUND_ROLE, all_places
from client_gui.places import SLICE
from client_gui.widgets.switcher import Switcher

ROOMS = (
    RoomItem("lobby", "lobby", "lobby", last_time=3),
    RoomItem("#1", "public", "Chess", last_time=2),
    RoomItem("#2", "public", "期末项目", last_time=1),
)
PLACES = all_places(ROOMS, {"ann": "Ann"}, frozenset(), [RoomItem("#4", "public", "News")], "me")


@pytest.fixture
def switcher(qtbot: QtBot) -> Iterator[Switcher]:
    """Opened over a window with a field that had the keyboard."""
    window = QMainWindow()
    window.field = QLineEdit()
    window.setCentralWidget(window.field)
    switcher = Switcher(window)
    qtbot.addWidget(window)
    window.resize(600, 500)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.field.setFocus()
    switcher.opened.connect(lambda: switcher.places.set_places(PLACES))
    switcher.open()
    assert switcher.line.hasFocus()
    yield switcher
    switcher.window().close()


def _chosen(switcher: Switcher) -> str:
    switcher.places.finish()
    return switcher.view.currentIndex().data(FOUND_ROLE).place.address


@pytest.mark.parametrize(
    ("typed", "signal", "address"),
    [
        ("", "room_wanted", "lobby"),
        ("qm", "room_wanted", "#2"),
        ("ann", "person_wanted", "ann"),
        ("new", "join_wanted", "#4"),
    ],
)
def test_enter_goes_where_the_first_one_leads(
    qtbot: QtBot, switcher: Switcher, typed: str, signal: str, address: str
) -> None:
    """And the palette is gone, the keyboard back."""
    qtbot.keyClicks(switcher.line, typed)
    with qtbot.waitSignal(getattr(switcher, signal)) as wanted:
        qtbot.keyClick(switcher.line, Qt.Key_Return)
    assert wanted.args == [address]
    assert not switcher.isVisible()
    assert switcher.parentWidget().field.hasFocus()


def test_arrows_and_tab_choose(qtbot: QtBot, switcher: Switcher) -> None:
    """Beyond an end is the other one; a page stops there. A screen reader hears which."""
    for key, address in (
        (Qt.Key_Down, "#1"),
        (Qt.Key_Tab, "#2"),
        (Qt.Key_Up, "#1"),
        (Qt.Key_PageDown, "#4"),
        (Qt.Key_Down, "lobby"),
        (Qt.Key_Up, "#4"),
        (Qt.Key_PageUp, "lobby"),
    ):
        qtbot.keyClick(switcher.line, key)
        assert _chosen(switcher) == address
        assert switcher.line.hasFocus()
    qtbot.keyClick(switcher.line, Qt.Key_Down)
    assert "Chess" in switcher.line.accessibleDescription()


def test_what_was_chosen_stays_so_until_something_is_typed(
    qtbot: QtBot, switcher: Switcher
) -> None:
    """Also when the server lists more."""
    qtbot.keyClick(switcher.line, Qt.Key_Down)
    switcher.places.set_places([PLACES[-1], *PLACES[:-1]])
    assert _chosen(switcher) == "#1"
    qtbot.keyClicks(switcher.line, "o")
    assert _chosen(switcher) == "lobby"


def test_a_click_goes_there(qtbot: QtBot, switcher: Switcher) -> None:
    """One beside the palette ends it."""
    row = switcher.view.visualRect(switcher.places.index(1)).center()
    with qtbot.waitSignal(switcher.room_wanted) as wanted:
        qtbot.mouseClick(switcher.view.viewport(), Qt.LeftButton, pos=row)
    assert wanted.args == ["#1"]
    switcher.open()
    qtbot.mouseClick(switcher, Qt.LeftButton, pos=QPoint(2, 2))
    assert not switcher.isVisible()
    assert switcher.parentWidget().field.hasFocus()


def test_escape_ends_it_and_it_begins_anew(qtbot: QtBot, switcher: Switcher) -> None:
    """With an empty line."""
    qtbot.keyClicks(switcher.line, "zzz")
    switcher.places.finish()
    assert switcher.note.isVisible()
    qtbot.keyClick(switcher.line, Qt.Key_Return)
    assert switcher.isVisible()
    qtbot.keyClick(switcher.line, Qt.Key_Escape)
    assert not switcher.isVisible()
    switcher.open()
    assert switcher.line.text() == ""
    assert not switcher.note.isVisible()


def test_an_input_method_has_its_keys(qtbot: QtBot, switcher: Switcher) -> None:
    """What it composes is hunted for, and nothing is wiped."""
    QApplication.sendEvent(switcher.line, QInputMethodEvent("qi'm", []))
    assert _chosen(switcher) == "#2"
    for key in (Qt.Key_Return, Qt.Key_Escape, Qt.Key_Down):
        qtbot.keyClick(switcher.line, key)
        assert switcher.isVisible()
    switcher.places.set_places(PLACES)
    assert switcher.line.composing
    done = QInputMethodEvent()
    done.setCommitString("期末")
    QApplication.sendEvent(switcher.line, done)
    assert _chosen(switcher) == "#2"


def test_it_covers_the_window_as_it_becomes(qtbot: QtBot, switcher: Switcher) -> None:
    """However small that is; and goes when the keyboard goes elsewhere."""
    window = switcher.parentWidget()
    window.resize(300, 200)
    qtbot.waitUntil(lambda: switcher.size() == window.size(), timeout=5000)
    assert switcher.rect().contains(switcher.panel.geometry())
    window.field.setFocus(Qt.ShortcutFocusReason)
    assert not switcher.isVisible()


def test_whoever_is_quicker_than_the_hunt_gets_what_was_typed(
    qtbot: QtBot, switcher: Switcher
) -> None:
    """Not what was found before it."""
    many = [RoomItem(f"#{n}", "public", f"room {n}") for n in range(3 * SLICE)]
    switcher.places.set_places(all_places(many, {}, frozenset(), (), "me"))
    switcher.line.setText(f"{3 * SLICE - 1}")
    with qtbot.waitSignal(switcher.room_wanted) as wanted:
        qtbot.keyClick(switcher.line, Qt.Key_Return)
    assert wanted.args == [f"#{3 * SLICE - 1}"]
