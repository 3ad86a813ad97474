"""What the tests of the client share: entries, and an application with nobody's preferences."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt5.QtCore import QLocale, QSettings, QTranslator
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client_gui.app import Client
from client_gui.changes import Inserted
from client_gui.desktop.preferences import Preferences
from client_gui.items import Entry
from client_gui.models.message_list import MessageListModel
from client_gui.state.rooms import LOBBY
from tests.client_gui.whole_client import furnish_client, windows

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


@pytest.fixture
def furnish(qtbot: QtBot, preferences: Preferences) -> Iterator[Callable[[], Client]]:
    """Make a client with something in every part of its windows, and no server."""
    clients = []

    def make() -> Client:
        client = Client(preferences, "127.0.0.1:8090", 8090, "user1")
        clients.append(client)
        for window in windows(client):
            qtbot.addWidget(window)
        furnish_client(client)
        return client

    yield make
    for client in clients:
        client.stop()


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    """The application, whose language and look are put back."""
    locale, palette, font, sheet = QLocale(), qapp.palette(), qapp.font(), qapp.styleSheet()
    style = qapp.style().objectName()
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)
    QLocale.setDefault(locale)
    qapp.setStyleSheet(sheet)
    if qapp.style().objectName() != style:
        qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setFont(font)
    QApplication.processEvents()
