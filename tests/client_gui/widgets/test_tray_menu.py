"""The menu of the icon in the tray."""

from pytestqt.qtbot import QtBot

from client_gui.widgets.tray_menu import TrayMenu


def test_what_cannot_be_done_is_not_offered(qtbot: QtBot) -> None:
    """Nobody to log out, no window to hide."""
    menu = TrayMenu()
    qtbot.addWidget(menu)
    menu.set_signed_in(False)
    menu.set_window(is_shown=False)
    enabled = [action.text() for action in menu.actions() if action.isEnabled() and action.text()]
    menu.set_quiet(True, "Quiet until 7")
    assert "&Hide" not in enabled
    assert "Log &out" not in enabled
    assert "&Quit" in enabled


def test_silence_is_shown_with_its_end(qtbot: QtBot) -> None:
    """In the language of now."""
    menu = TrayMenu()
    qtbot.addWidget(menu)
    end = "7"
    menu.set_quiet(True, lambda: f"Quiet until {end}")
    assert menu.quiet_action.isChecked()
    end = "8"
    menu.retranslate()
    assert menu.quiet_action.text() == "Quiet until 8"
