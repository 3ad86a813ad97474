"""Preferences, and what sets them."""

from collections.abc import Callable
from datetime import time

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client_gui.app import Client
from client_gui.desktop.app_font import system_size
from client_gui.desktop.language import CHINESE, install_language
from client_gui.desktop.preferences import Preferences
from client_gui.presenters.settings import Settings
from client_gui.widgets.settings_dialog import LARGEST_SHOWN, SMALLEST_SHOWN, SettingsDialog

Furnish = Callable[[], Client]

# Not for people to set here: the program remembers them.
_REMEMBERED = {"server", "username", "accounts", "window", "columns", "recent_emoji"}


@pytest.fixture
def settings(furnish: Furnish) -> Settings:
    """Over the chat window of a client."""
    return furnish().settings


def _opened(settings: Settings) -> SettingsDialog:
    settings.open()
    assert settings.dialog is not None
    return settings.dialog


def test_every_preference_has_its_control(settings: Settings, preferences: Preferences) -> None:
    """And shows what is set."""
    preferences.theme = "dark"
    preferences.quiet_from = time(21, 30)
    dialog = _opened(settings)
    controls = {name: c for page in dialog.pages for name, c in page.controls.items()}
    names = {name for name, kind in vars(Preferences).items() if hasattr(kind, "default")}
    assert set(controls) == names - _REMEMBERED
    assert controls["theme"].currentData() == "dark"
    assert controls["quiet_from"].time().toString("HH:mm") == "21:30"


def test_what_one_sets_is_so_at_once(
    qtbot: QtBot, settings: Settings, preferences: Preferences
) -> None:
    """By the keyboard, each kind of control."""
    look, writing, noticing = _opened(settings).pages
    qtbot.keyClick(look.controls["theme"], Qt.Key_Down)
    assert preferences.theme == "light"
    qtbot.keyClick(look.controls["font_size"], Qt.Key_Up)
    assert preferences.font_size == SMALLEST_SHOWN
    qtbot.keyClick(look.controls["font_size"], Qt.Key_Down)
    assert preferences.font_size == 0
    qtbot.keyClick(writing.controls["up_edits"], Qt.Key_Space)
    assert not preferences.up_edits
    qtbot.keyClick(noticing.controls["quiet"], Qt.Key_Space)
    qtbot.keyClick(noticing.controls["quiet_until"], Qt.Key_Up)
    assert preferences.quiet_until == time(8)


def test_what_is_set_elsewhere_is_shown(settings: Settings, preferences: Preferences) -> None:
    """By a key, say. The hours can be set when there are any."""
    dialog = _opened(settings)
    look, _, noticing = dialog.pages
    preferences.font_size = 20
    assert look.controls["font_size"].value() == 20
    assert not noticing.controls["quiet_from"].isEnabled()
    preferences.quiet = True
    assert noticing.controls["quiet_from"].isEnabled()


def test_a_page_is_put_back_to_how_it_was_at_first(
    qtbot: QtBot, settings: Settings, preferences: Preferences
) -> None:
    """The others stay."""
    dialog = _opened(settings)
    preferences.theme, preferences.send_key = "dark", "ctrl-enter"
    qtbot.mouseClick(dialog.pages[0].defaults_button, Qt.LeftButton)
    assert preferences.theme == "system"
    assert preferences.send_key == "ctrl-enter"


def test_the_dialog_opens_once_and_closes_by_escape(qtbot: QtBot, settings: Settings) -> None:
    """Nothing is to be confirmed."""
    dialog = _opened(settings)
    assert _opened(settings) is dialog
    qtbot.keyClick(dialog, Qt.Key_Escape)
    assert not dialog.isVisible()
    assert _opened(settings).isVisible()


def test_the_dialogs_speak_the_language_chosen_in_them(
    application: QApplication, settings: Settings
) -> None:
    """While they are open."""
    dialog = _opened(settings)
    settings.open_keys()
    install_language(application, CHINESE)
    QApplication.processEvents()
    assert dialog.tabs.tabText(0) == "外观"
    assert dialog.pages[0].controls["theme"].itemText(1) == "浅色"
    assert dialog.pages[0].controls["theme"].accessibleName() == "外观"
    assert settings.keys.windowTitle() == "MiniChat – 快捷键"


@pytest.mark.parametrize(
    ("size", "name", "expected"),
    [
        (12, "larger", 13),
        (12, "smaller", 11),
        (LARGEST_SHOWN, "larger", LARGEST_SHOWN),
        (SMALLEST_SHOWN, "smaller", SMALLEST_SHOWN),
        (20, "usual_size", 0),
    ],
)
def test_keys_make_the_text_larger_and_smaller(
    settings: Settings, preferences: Preferences, size: int, name: str, expected: int
) -> None:
    """Within what can be read."""
    preferences.font_size = size
    settings._window.menu.action(name).trigger()
    assert preferences.font_size == expected


def test_the_first_step_begins_at_the_desktops_size(
    settings: Settings, preferences: Preferences
) -> None:
    """Not at nothing."""
    settings._window.menu.action("larger").trigger()
    assert preferences.font_size == system_size() + 1


def test_all_keys_are_listed_and_found(qtbot: QtBot, settings: Settings) -> None:
    """Those of the menus, and those that mean something where the keyboard is."""
    settings.open_keys()
    table = settings.keys.table
    shown = {
        table.item(row, 0).text(): table.item(row, 1).text() for row in range(table.rowCount())
    }
    assert shown["Find a room or a person"] == "Ctrl+K"
    assert shown["Search in this room"] == "Ctrl+F"
    assert shown["Newest message"] == "Ctrl+End"
    assert all(shown.values())
    qtbot.keyClicks(settings.keys.filter, "unread room")
    left = [row for row in range(table.rowCount()) if not table.isRowHidden(row)]
    assert sorted(table.item(row, 1).text() for row in left) == ["Alt+Shift+Down", "Alt+Shift+Up"]
