"""What is remembered."""

from datetime import time
from pathlib import Path

import pytest
from PyQt5.QtCore import QSettings

from client_gui.accounts import Account
from client_gui.address import Address
from client_gui.desktop.preferences import Preferences
from wire.limits import MAX_NAME

LINES = ("server", "username", "recent_emoji")
OTHER_VALUES = {
    "server": "[::1]:8090",
    "username": "小明",
    "accounts": (Account(Address("::1", 8090), "小明", True),),
    "language": "zh_CN",
    "theme": "dark",
    "font_size": 14,
    "layout": "compact",
    "window": b"\0\1\xff",
    "columns": b"c",
    "send_key": "ctrl-enter",
    "undo_seconds": 5,
    "up_edits": False,
    "recent_emoji": "😀 👍",
    "notify": "mentions",
    "notify_preview": False,
    "quiet": True,
    "quiet_from": time(21, 30),
    "quiet_until": time(6, 5),
    "close_to_tray": True,
}


def _settings(path: Path) -> QSettings:
    return QSettings(str(path / "p.ini"), QSettings.IniFormat)


@pytest.mark.parametrize("name", list(OTHER_VALUES))
def test_what_is_set_is_there_at_the_next_start(tmp_path: Path, name: str) -> None:
    """And is told once."""
    first = Preferences(_settings(tmp_path))
    told: list[str] = []
    first.changed.connect(told.append)
    assert getattr(first, name) != OTHER_VALUES[name]
    for _ in range(2):
        setattr(first, name, OTHER_VALUES[name])
    first.settings.sync()
    again = Preferences(_settings(tmp_path))
    assert getattr(again, name) == OTHER_VALUES[name]
    assert told == [name]
    assert len(again.settings.allKeys()) == 1


# Any line may be a server's name or a user's.
@pytest.mark.parametrize("name", [name for name in OTHER_VALUES if name not in LINES])
@pytest.mark.parametrize("spoilt", ["²", "-1", "99999999999999999999", ["a", "b"], "25:00", ""])
def test_a_spoilt_file_spoils_nothing(tmp_path: Path, name: str, spoilt: object) -> None:
    """It is the user's, and may hold anything."""
    preferences = Preferences(_settings(tmp_path))
    default = getattr(preferences, name)
    preferences.settings.setValue(getattr(Preferences, name).key, spoilt)
    assert getattr(Preferences(_settings(tmp_path)), name) == default


@pytest.mark.parametrize("name", LINES)
def test_a_line_is_text(tmp_path: Path, name: str) -> None:
    """A list is none."""
    preferences = Preferences(_settings(tmp_path))
    preferences.settings.setValue(getattr(Preferences, name).key, ["a", "b"])
    assert getattr(preferences, name) == ""


def test_what_is_too_long_is_cut(tmp_path: Path) -> None:
    """As the line that one writes it into would."""
    preferences = Preferences(_settings(tmp_path))
    preferences.settings.setValue("login/username", "x" * 1000)
    assert preferences.username == "x" * MAX_NAME


def test_every_preference_is_tried_here() -> None:
    """Those that are added, too."""
    names = {name for name in vars(Preferences) if hasattr(vars(Preferences)[name], "key")}
    assert names == set(OTHER_VALUES)
