"""Reacting to a message."""

from collections.abc import Iterator

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client_gui.items import Reaction
from client_gui.widgets.reaction_palette import SIGNS, ReactionPalette
from tests.client_gui.conftest import MakeEntry

THERE = (Reaction(SIGNS[0], 2, True, ()), Reaction("a&b", 1, False, ()))


@pytest.fixture
def palette(qtbot: QtBot, make_entry: MakeEntry) -> Iterator[ReactionPalette]:
    """For a message with two reactions, of which the first is ours."""
    parent = QWidget()
    qtbot.addWidget(parent)
    palette = ReactionPalette(make_entry(reactions=THERE), parent)
    palette.setAttribute(Qt.WA_DeleteOnClose, False)
    palette.open_at(QPoint(10_000, 10_000))
    yield palette
    parent.close()


def test_it_offers_some_and_what_is_there(palette: ReactionPalette) -> None:
    """Ours are pressed; it stays on the screen; every button has a name."""
    assert [button.accessibleName() for button in palette.buttons] == [*SIGNS, "a&b"]
    assert palette.buttons[-1].text() == "a&&b"
    assert [button.isChecked() for button in palette.buttons] == [True] + 8 * [False]
    assert palette.screen().availableGeometry().contains(palette.geometry().topLeft())


def test_a_click_puts_a_sign_or_takes_it_away(qtbot: QtBot, palette: ReactionPalette) -> None:
    """And that is all."""
    for button, on in ((palette.buttons[0], False), (palette.buttons[-1], True)):
        with qtbot.waitSignal(palette.react_wanted) as wanted:
            qtbot.mouseClick(button, Qt.LeftButton)
        assert wanted.args[1:] == [SIGNS[0] if not on else "a&b", on]
        assert not palette.isVisible()


def test_a_word_can_be_typed(qtbot: QtBot, palette: ReactionPalette) -> None:
    """Not an empty one."""
    with qtbot.assertNotEmitted(palette.react_wanted):
        qtbot.keyClick(palette.field, Qt.Key_Return)
    palette.field.setText(" thanks ")
    with qtbot.waitSignal(palette.react_wanted) as wanted:
        qtbot.keyClick(palette.field, Qt.Key_Return)
    assert wanted.args[1:] == ["thanks", True]
