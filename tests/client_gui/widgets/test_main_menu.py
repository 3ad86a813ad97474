"""The menus."""

from collections import Counter

import pytest
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction
from pytestqt.qtbot import QtBot

from client_gui.widgets.main_menu import MainMenu


@pytest.fixture
def menu(qtbot: QtBot) -> MainMenu:
    """All of them."""
    menu = MainMenu()
    qtbot.addWidget(menu)
    return menu


def test_every_action_has_words_and_keys(menu: MainMenu) -> None:
    """And every menu has some."""
    for top in menu.actions():
        assert top.text()
        actions = [action for action in top.menu().actions() if not action.isSeparator()]
        assert actions
        assert all(action.text() and action.shortcuts() for action in actions)


def test_an_action_is_found_by_its_name(qtbot: QtBot, menu: MainMenu) -> None:
    """Or not at all."""
    action = menu.action("find_room")
    assert action.shortcuts() == [QKeySequence("Ctrl+K")]
    with qtbot.waitSignal(action.triggered):
        action.trigger()
    with pytest.raises(KeyError):
        menu.action("no such")


def test_letters_under_alt_are_not_given_twice(menu: MainMenu) -> None:
    """Within one menu."""
    for actions in (menu.actions(), *(top.menu().actions() for top in menu.actions())):
        keys = Counter(a.text()[a.text().index("&") + 1].lower() for a in actions if a.text())
        assert keys
        assert max(keys.values()) == 1


def test_macos_has_quit_where_it_belongs(menu: MainMenu) -> None:
    """And nothing else by guess."""
    assert menu.action("quit").menuRole() == QAction.QuitRole
    assert menu.action("search").menuRole() == QAction.NoRole
