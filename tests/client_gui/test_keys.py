"""The keys of the windows: every action has one, and none means two things."""

from collections import Counter
from collections.abc import Callable

import pytest
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAbstractButton, QAction, QApplication, QShortcut, QWidget

from client_gui.app import Client
from tests.client_gui.whole_client import windows

Furnish = Callable[[], Client]


def _keys(window: QWidget) -> list[str]:
    """The keys that mean something anywhere in *window*; those of parts not in sight mean nothing
    then, and the buttons over the messages are one for each room, of which one is in sight.
    """
    actions = {*window.findChildren(QAction), *window.actions()}
    found = [key for action in actions for key in action.shortcuts()]
    found += [shortcut.key() for shortcut in window.findChildren(QShortcut)]
    buttons = window.findChildren(QAbstractButton)
    found += {b.shortcut().toString(): b.shortcut() for b in buttons if not _has_letter(b)}.values()
    return [key.toString() for key in found if not key.isEmpty()]


def _has_letter(button: QAbstractButton) -> bool:
    """Whether its key is the underlined letter of its words: those may stand twice, in turns."""
    return button.shortcut() == QKeySequence.mnemonic(button.text())


def _doubles(window: QWidget) -> list[str]:
    return [key for key, count in Counter(_keys(window)).items() if count > 1]


def test_no_key_means_two_things(furnish: Furnish) -> None:
    """Qt would do neither."""
    client = furnish()
    assert len(_keys(client.chat_window)) > 10
    for window in windows(client):
        assert _doubles(window) == []


def test_a_key_that_means_two_things_is_noticed(furnish: Furnish) -> None:
    """Whatever it is bound to."""
    chat = furnish().chat_window
    QShortcut(QKeySequence("Ctrl+K"), chat)
    assert _doubles(chat) == ["Ctrl+K"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("find_room", "Ctrl+K"),
        ("previous_room", "Alt+Up"),
        ("next_room", "Alt+Down"),
        ("previous_unread", "Alt+Shift+Up"),
        ("next_unread", "Alt+Shift+Down"),
        ("search", "Ctrl+F"),
        ("search_everywhere", "Ctrl+Shift+F"),
        ("next_part", "F6"),
        ("quit", "Ctrl+Q"),
    ],
)
def test_the_usual_keys_do_the_usual_things(furnish: Furnish, name: str, key: str) -> None:
    """Those of other chat programs."""
    action = furnish().chat_window.menu.action(name)
    assert action.shortcut() == QKeySequence(key)
    assert action.isEnabled()


def test_every_action_of_the_menu_leads_somewhere(furnish: Furnish) -> None:
    """Each is connected."""
    menu = furnish().chat_window.menu
    actions = [action for top in menu.actions() for action in top.menu().actions()]
    actions = [a for a in actions if not a.isSeparator() and a.menu() is None]
    idle = [a.text() for a in actions if not a.receivers(a.triggered)]
    assert idle == []
    QApplication.processEvents()
