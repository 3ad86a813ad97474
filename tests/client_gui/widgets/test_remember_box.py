"""The box to be remembered."""

import pytest
from pytestqt.qtbot import QtBot

from client_gui.widgets.remember_box import RememberBox


@pytest.fixture
def remember(qtbot: QtBot) -> RememberBox:
    """Which can be ticked."""
    remember = RememberBox()
    qtbot.addWidget(remember)
    return remember


def test_it_is_what_one_wants(remember: RememberBox) -> None:
    """There is nothing to be explained."""
    remember.set_wanted(True)
    assert remember.box.isChecked()
    assert remember.box.isEnabled()
    assert remember.note.isHidden()
    assert remember.box.toolTip()


def test_where_it_cannot_be_it_says_why(remember: RememberBox) -> None:
    """And is not ticked, nor will be."""
    remember.set_wanted(True)
    remember.set_trouble(lambda: "no keyring")
    remember.set_wanted(True)
    assert not remember.box.isChecked()
    assert not remember.box.isEnabled()
    assert not remember.note.isHidden()
    assert remember.note.text() == "no keyring"
    remember.set_trouble("")
    assert remember.box.isEnabled()
    assert remember.note.isHidden()
