"""Emoji to choose from."""

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from client_gui.emoji_groups import Group
from client_gui.widgets.emoji_picker import MAX_FOUND, EmojiPicker
from tests.client_gui.widgets.test_message_box import compose


class Rig:
    """A window with a button, and the picker open above it."""

    def __init__(self, qtbot: QtBot, *recent: str) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.button, self.others = QPushButton(), [QPushButton(), QPushButton()]
        column = QVBoxLayout(self.window)
        for other in self.others:
            column.addWidget(other)
        column.addStretch()
        column.addWidget(self.button, 0, Qt.AlignRight)
        self.window.resize(600, 500)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.picker = EmojiPicker(self.window)
        self.chosen: list[str] = []
        self.picker.chosen.connect(self.chosen.append)
        self.picker.set_recent(recent)
        self.picker.open_above(self.button)
        self.field, self.view = self.picker.field, self.picker.view

    def press(self, widget: QWidget, *keys: int) -> None:
        for key in keys:
            self.qtbot.keyClick(widget, key)

    @property
    def signs(self) -> list[str]:
        return [self.picker.emoji.index(n).data() for n in range(self.picker.emoji.rowCount())]


@pytest.fixture
def rig(qtbot: QtBot) -> Rig:
    """With nothing used before."""
    return Rig(qtbot)


def test_it_stands_above_its_button_in_the_window(rig: Rig) -> None:
    """In a small window, as far as there is room."""
    geometry = rig.picker.geometry()
    assert rig.window.rect().contains(geometry)
    assert geometry.bottom() < rig.button.mapTo(rig.window, QPoint(0, 0)).y()
    assert rig.field.hasFocus()
    rig.picker.close_up()
    rig.window.resize(200, 150)
    rig.picker.open_above(rig.button)
    assert rig.window.rect().contains(rig.picker.geometry())


def test_it_begins_with_what_was_used_last(qtbot: QtBot) -> None:
    """What is no emoji of ours is left out; without any, it begins with the smileys."""
    rig = Rig(qtbot, "🎉", "no emoji", "👍")
    assert rig.signs == ["🎉", "👍"]
    assert Rig(qtbot).signs[0] == "😀"


def test_each_group_has_its_tab(rig: Rig) -> None:
    """With a name to be heard."""
    assert rig.picker.tabs.count() == len(Group) + 1
    firsts = []
    for place in range(1, rig.picker.tabs.count()):
        rig.picker.tabs.setCurrentIndex(place)
        assert rig.picker.tabs.accessibleTabName(place)
        firsts.append(rig.signs[0])
    assert len(set(firsts)) == len(Group)


def test_it_is_searched_in_both_languages(rig: Rig) -> None:
    """The name of the one that Enter takes is shown; what is not there is said."""
    rig.qtbot.keyClicks(rig.field, "thumbs")
    assert rig.signs == ["👍", "👎"]
    assert ":thumbsup:" in rig.picker.name.text()
    rig.press(rig.field, Qt.Key_Return)
    assert rig.chosen == ["👍"]
    assert rig.picker.isHidden()
    rig.picker.open_above(rig.button)
    assert rig.field.text() == ""
    rig.field.setText("笑哭")
    assert rig.signs[0] == "😂"
    rig.field.setText("a")
    assert len(rig.signs) <= MAX_FOUND
    rig.field.setText("qqqq")
    assert "no such" in rig.picker.name.text()
    rig.press(rig.field, Qt.Key_Return)
    assert rig.chosen == ["👍"]


def test_a_group_ends_the_search(rig: Rig) -> None:
    """And shows all of itself."""
    rig.field.setText("thumbs")
    rig.picker.tabs.setCurrentIndex(2)
    assert rig.field.text() == ""
    assert len(rig.signs) > 50


def test_the_arrows_go_from_cell_to_cell(rig: Rig) -> None:
    """Down from the field, and up to it again; a letter is one of a name."""
    rig.press(rig.field, Qt.Key_Down)
    assert rig.view.hasFocus()
    rig.press(rig.view, Qt.Key_Right, Qt.Key_Right)
    assert rig.view.currentIndex().row() == 2
    rig.press(rig.view, Qt.Key_Down)
    below = rig.view.currentIndex().row()
    assert below > 5
    rig.press(rig.view, Qt.Key_Up, Qt.Key_Up)
    assert rig.field.hasFocus()
    rig.press(rig.field, Qt.Key_Down)
    rig.qtbot.keyClick(rig.view, "t")
    assert (rig.field.text(), rig.field.hasFocus()) == ("t", True)
    rig.press(rig.field, Qt.Key_Down)
    second = rig.signs[1]
    rig.press(rig.view, Qt.Key_Right, Qt.Key_Return)
    assert rig.chosen == [second]


def test_a_click_chooses(rig: Rig) -> None:
    """One."""
    place = rig.view.visualRect(rig.picker.emoji.index(3)).center()
    third = rig.signs[3]
    rig.qtbot.mouseClick(rig.view.viewport(), Qt.LeftButton, pos=place)
    assert rig.chosen == [third]
    assert not rig.view.grab().isNull()


def test_it_goes_with_escape_and_with_the_focus(rig: Rig) -> None:
    """And says so."""
    for leave in (lambda: rig.press(rig.field, Qt.Key_Escape), rig.button.setFocus):
        rig.picker.open_above(rig.button)
        with rig.qtbot.waitSignal(rig.picker.closed):
            leave()
        assert rig.picker.isHidden()
    for other in rig.others:
        other.setFocus()
        rig.picker.open_above(rig.button)
        rig.press(rig.field, Qt.Key_Escape)
        assert other.hasFocus()
    rig.picker.open_above(rig.button)
    rig.picker.tabs.setFocus()
    assert rig.picker.isVisible()
    assert rig.chosen == []


def test_a_chinese_name_can_be_composed(rig: Rig) -> None:
    """In the middle of it nothing is looked for."""
    before = rig.signs
    compose(rig.field, "xiao")
    assert rig.signs == before
    compose(rig.field, "", "笑哭")
    assert rig.signs[0] == "😂"
