"""What the tests of the client share: entries, and an application with nobody's preferences."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt5.QtCore import QSettings

from client_gui.changes import Inserted
from client_gui.desktop.preferences import Preferences
from client_gui.items import Entry
from client_gui.models.message_list import MessageListModel
from client_gui.state.rooms import LOBBY

NOON = 1_700_000_000_000
"""A moment of November 2023, in milliseconds."""

MakeEntry = Callable[..., Entry]


@pytest.fixture
def make_entry() -> MakeEntry:
    """Make an entry; what is not said is ordinary."""

    def make(seq: int = 1, text: str = "hello", **different: object) -> Entry:
        usual = {"username": "user2", "nickname": "Grace", "own": False, "time": NOON}
        return Entry(key=f"lobby#{seq}", text=text, seq=seq, **(usual | different))

    return make


@pytest.fixture
def messages(qapp: object) -> MessageListModel:
    """A model of no messages."""
    return MessageListModel(LOBBY)


@pytest.fixture
def fill(messages: MessageListModel, make_entry: MakeEntry) -> Callable[..., None]:
    """Append so many messages to the model, at once."""

    def append(count: int, text: str = "message") -> None:
        first = messages.rowCount()
        entries = tuple(make_entry(first + n + 1, f"{text} {first + n + 1}") for n in range(count))
        messages.apply([Inserted(LOBBY, first, entries)])

    return append


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Preferences in a file of the test's own."""
    return Preferences(QSettings(str(tmp_path / "preferences.ini"), QSettings.IniFormat))
