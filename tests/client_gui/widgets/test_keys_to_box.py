"""Whoever types over the messages means the box."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from client_gui.widgets.keys_to_box import KeysToBox
from client_gui.widgets.message_box import MessageBox


class Rig:
    """A list of two above a box; the list has the focus."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window, self.list, self.box = QWidget(), QListWidget(), MessageBox()
        self.list.addItems(["help", "hello"])
        column = QVBoxLayout(self.window)
        column.addWidget(self.list)
        column.addWidget(self.box)
        keys = KeysToBox(self.box)
        keys.watch(self.list)
        keys.watch(self.list)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.list.setFocus()
        self.list.setCurrentRow(0)


@pytest.fixture
def rig(qtbot: QtBot) -> Rig:
    """See there."""
    return Rig(qtbot)


def test_letters_go_to_the_box(rig: Rig) -> None:
    """All of them, once, with the focus; the list has not looked for them."""
    rig.qtbot.keyClick(rig.list, "h")
    assert rig.box.hasFocus()
    rig.qtbot.keyClick(rig.box, "i")
    assert rig.box.toPlainText() == "hi"
    assert rig.list.currentRow() == 0


def test_so_does_paste(rig: Rig) -> None:
    """As if it had been pressed there."""
    QApplication.clipboard().setText("pasted")
    rig.qtbot.keyClick(rig.list, Qt.Key_V, Qt.ControlModifier)
    assert rig.box.toPlainText() == "pasted"


def test_the_keys_of_a_list_stay_its_own(rig: Rig) -> None:
    """And shortcuts are no letters."""
    rig.qtbot.keyClick(rig.list, Qt.Key_Down)
    assert rig.list.currentRow() == 1
    for key, modifier in (
        (Qt.Key_Return, Qt.NoModifier),
        (Qt.Key_Space, Qt.NoModifier),
        (Qt.Key_C, Qt.ControlModifier),
        (Qt.Key_X, Qt.AltModifier),
    ):
        rig.qtbot.keyClick(rig.list, key, modifier)
    assert rig.list.hasFocus()
    assert rig.box.toPlainText() == ""


def test_a_closed_box_gets_nothing(rig: Rig) -> None:
    """Nor the focus."""
    rig.box.set_open(False, "No.")
    rig.qtbot.keyClick(rig.list, "h")
    assert rig.list.hasFocus()
