"""Asking which room to join."""

from collections.abc import Iterator

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client_gui.items import RoomItem
from client_gui.widgets.join_dialog import JoinDialog

ROOMS = (RoomItem("#1", "public", "Chess"), RoomItem("#2", "announcement", "教务处"))


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[JoinDialog]:
    """Open, with two rooms."""
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = JoinDialog(parent)
    dialog.open()
    assert dialog.note.isVisible(), "the server was asked"
    dialog.show_rooms(ROOMS, False)
    assert not dialog.note.isVisible()
    yield dialog
    dialog.reject()


def test_one_of_the_list_is_chosen(qtbot: QtBot, dialog: JoinDialog) -> None:
    """By its reference."""
    assert not dialog.go.isEnabled()
    dialog.view.setCurrentIndex(dialog.view.model().index(1, 0))
    with qtbot.waitSignal(dialog.join_wanted) as wanted:
        qtbot.mouseClick(dialog.go, Qt.LeftButton)
    assert wanted.args == ["#2"]


@pytest.mark.parametrize(("typed", "joined"), [("che", "#1"), ("Go", "Go")])
def test_a_name_is_typed(qtbot: QtBot, dialog: JoinDialog, typed: str, joined: str) -> None:
    """One that is not in the list too; what is alone left of the list is meant."""
    qtbot.keyClicks(dialog.name, typed)
    with qtbot.waitSignal(dialog.join_wanted) as wanted:
        qtbot.keyClick(dialog.name, Qt.Key_Return)
    assert wanted.args == [joined]


def test_it_says_what_is_in_the_list(dialog: JoinDialog) -> None:
    """Nothing, or not everything; or why there is no list."""
    dialog.show_rooms((), False)
    assert "no public rooms" in dialog.note.text()
    dialog.show_rooms(ROOMS, True)
    assert "more" in dialog.note.text()
    dialog.show_error("No.")
    assert dialog.error.isVisible()
    assert not dialog.note.isVisible()
