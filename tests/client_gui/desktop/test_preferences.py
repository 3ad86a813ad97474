"""What is remembered."""

from pathlib import Path

from PyQt5.QtCore import QSettings

from client_gui.desktop.preferences import Preferences
from wire.limits import MAX_NAME


def test_server_and_user_are_remembered_and_nothing_else(tmp_path: Path) -> None:
    """From one start to the next."""
    path = str(tmp_path / "p.ini")
    first = Preferences(QSettings(path, QSettings.IniFormat))
    assert (first.server, first.username) == ("", "")
    first.server, first.username = "[::1]:8090", "小明"
    settings = QSettings(path, QSettings.IniFormat)
    again = Preferences(settings)
    assert (again.server, again.username) == ("[::1]:8090", "小明")
    assert len(settings.allKeys()) == 2


def test_a_spoilt_file_spoils_nothing(tmp_path: Path) -> None:
    """It is the user's, and may hold anything."""
    settings = QSettings(str(tmp_path / "p.ini"), QSettings.IniFormat)
    settings.setValue("login/username", ["a", "b"])
    assert Preferences(settings).username == ""
    settings.setValue("login/username", "x" * 1000)
    assert Preferences(settings).username == "x" * MAX_NAME
