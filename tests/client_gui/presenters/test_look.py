"""How the program looks follows the preferences."""

import pytest
from PyQt5.QtCore import QCoreApplication, Qt
from PyQt5.QtWidgets import QApplication

from client_gui.desktop.preferences import Preferences
from client_gui.presenters.look import Look

translate = QCoreApplication.translate


def test_the_language_is_the_one_preferred(
    application: QApplication, preferences: Preferences
) -> None:
    """From the start, and from the moment it is chosen."""
    preferences.language = "zh_CN"
    look = Look(application, preferences)
    assert translate("LoginWindow", "&Login") == "登录(&L)"
    preferences.language = "en"
    assert translate("LoginWindow", "&Login") == "&Login"
    look.deleteLater()


def test_without_a_preference_it_is_the_systems(
    application: QApplication, preferences: Preferences, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As everywhere."""
    monkeypatch.setenv("LANGUAGE", "zh")
    look = Look(application, preferences)
    assert translate("LoginWindow", "&Login") == "登录(&L)"
    look.deleteLater()


def test_no_language_of_the_system_turns_the_windows_around(
    application: QApplication, preferences: Preferences
) -> None:
    """Text from right to left turns within its own message only."""
    application.setLayoutDirection(Qt.RightToLeft)
    look = Look(application, preferences)
    assert application.layoutDirection() == Qt.LeftToRight
    look.deleteLater()
