"""What the desktop says about light and dark."""

import darkdetect
import pytest
from PyQt5.QtDBus import QDBusMessage, QDBusVariant
from pytestqt.qtbot import QtBot

from client_gui.desktop import system_theme
from client_gui.desktop.system_theme import SystemTheme

_PORTAL = ("/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings", "SettingChanged")


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> dict:
    """A desktop without a portal, that is light."""
    says = {"dark": False}
    monkeypatch.setattr(system_theme, "_has_session_bus", lambda: False)
    monkeypatch.setattr(darkdetect, "isDark", lambda: says["dark"])
    return says


@pytest.mark.parametrize(("says", "dark"), [(True, True), (False, False), (None, False)])
def test_the_first_answer_is_there_at_once(
    qtbot: QtBot, desktop: dict, says: object, dark: bool
) -> None:
    """A system that does not know is light."""
    desktop["dark"] = says
    theme = SystemTheme()
    assert theme.dark is dark
    theme.stop()


def test_a_change_is_noticed(qtbot: QtBot, desktop: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the next question."""
    monkeypatch.setattr(system_theme, "ASK_EVERY_MS", 1)
    theme = SystemTheme()
    with qtbot.waitSignal(theme.changed) as told:
        desktop["dark"] = True
    assert told.args == [True]
    theme.stop()


def test_the_portal_tells_of_a_change(qtbot: QtBot, desktop: dict) -> None:
    """Of this setting; others are not ours."""
    theme = SystemTheme()
    for setting, value, dark in (
        ("color-scheme", 1, True),
        ("contrast", 0, True),
        ("color-scheme", 2, False),
        ("color-scheme", "1", False),
    ):
        message = QDBusMessage.createSignal(*_PORTAL)
        message.setArguments(["org.freedesktop.appearance", setting, QDBusVariant(value)])
        theme._on_setting_changed(message)
        assert theme.dark is dark
    theme.stop()


def test_no_bus_is_started_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is none, Qt would wait for one."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert not system_theme._has_session_bus()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/x")
    assert system_theme._has_session_bus()
