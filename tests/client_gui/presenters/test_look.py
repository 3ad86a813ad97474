"""How the program looks follows the preferences."""

import darkdetect
import pytest
from PyQt5.QtCore import QCoreApplication, Qt
from PyQt5.QtWidgets import QApplication

from client_gui.desktop import system_theme
from client_gui.desktop.preferences import Preferences
from client_gui.desktop.theme import palette
from client_gui.presenters.look import Look

translate = QCoreApplication.translate


@pytest.fixture
def preferences(preferences: Preferences) -> Preferences:
    """Light, so that no desktop is asked."""
    preferences.theme = "light"
    return preferences


def test_the_language_is_the_one_preferred(
    application: QApplication, preferences: Preferences
) -> None:
    """From the start, and from the moment it is chosen."""
    preferences.language = "zh_CN"
    look = Look(application, preferences)
    assert translate("LoginWindow", "&Login") == "登录(&L)"
    preferences.language = "en"
    assert translate("LoginWindow", "&Login") == "&Login"
    look.stop()


def test_without_a_preference_it_is_the_systems(
    application: QApplication, preferences: Preferences, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As everywhere."""
    monkeypatch.setenv("LANGUAGE", "zh")
    look = Look(application, preferences)
    assert translate("LoginWindow", "&Login") == "登录(&L)"
    look.stop()


def test_no_language_of_the_system_turns_the_windows_around(
    application: QApplication, preferences: Preferences
) -> None:
    """Text from right to left turns within its own message only."""
    application.setLayoutDirection(Qt.RightToLeft)
    look = Look(application, preferences)
    assert application.layoutDirection() == Qt.LeftToRight
    look.stop()


def test_the_theme_and_the_font_are_those_preferred(
    application: QApplication, preferences: Preferences
) -> None:
    """From the start, and from the moment they are chosen."""
    preferences.theme = "dark"
    preferences.font_size = 20
    look = Look(application, preferences)
    assert application.palette() == palette(dark=True)
    assert application.font().pointSize() == 20
    preferences.theme = "light"
    preferences.font_size = 9
    assert application.palette() == palette(dark=False)
    assert application.font().pointSize() == 9
    look.stop()
    preferences.font_size = 30
    assert application.font().pointSize() == 9


def test_the_theme_of_the_desktop_is_followed(
    application: QApplication, preferences: Preferences, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as one prefers it."""
    monkeypatch.setattr(system_theme, "_has_session_bus", lambda: False)
    monkeypatch.setattr(darkdetect, "isDark", lambda: True)
    preferences.theme = "system"
    look = Look(application, preferences)
    assert application.palette() == palette(dark=True)
    look._system._take(False)
    assert application.palette() == palette(dark=False)
    preferences.theme = "dark"
    look._system._take(True)
    look._system._take(False)
    assert application.palette() == palette(dark=True)
    look.stop()
