"""Arabic and Hebrew stand right in the window, and turn nothing around but themselves."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from PyQt5.QtCore import QModelIndex, Qt
from PyQt5.QtGui import QImage
from PyQt5.QtWidgets import QAbstractItemView, QApplication

from client_gui.app import Client
from client_gui.changes import Updated
from client_gui.desktop.language import CHINESE, ENGLISH, install_language
from client_gui.items import Quote, Reaction, SearchHit
from client_gui.state.rooms import LOBBY
from tests.client_gui.whole_client import ENTRIES, ROOMS, widgets, windows, words

Furnish = Callable[[], Client]

_ISOLATES = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")

TURNING = [
    "שלום, עולם (1)",
    "مرحبا: 123",
    "\u202eevil\u202c",
    "\u2067open",
    "\u2069shut",
    "abc \u200f",
]
"""Right-to-left letters, and the invisible characters that turn what follows them."""


@pytest.fixture(params=[ENGLISH, CHINESE])
def client(application: QApplication, furnish: Furnish, request: pytest.FixtureRequest) -> Client:
    """In each language, with room for all columns."""
    install_language(application, request.param)
    client = furnish()
    client.chat_window.resize(1200, 800)
    client.chat_window.show()
    QApplication.processEvents()
    return client


def _turn(client: Client, text: str) -> None:
    """Let *text* be everything that people can name and write."""
    session = client.session
    said = replace(
        ENTRIES[4],
        text=text,
        nickname=text,
        reply=Quote(1, text, text),
        reactions=(Reaction("👍", 2, False, (text, text)),),
    )
    session.timeline_changed.emit([Updated(LOBBY, 4, said)])
    turned = replace(ROOMS[1], name=text, topic=text)
    other = replace(ROOMS[3], topic=text)
    session.rooms_changed.emit((ROOMS[0], turned, ROOMS[2], other, ROOMS[4]))
    session.online_changed.emit((("user1", text), ("user2", "陈老师")), 2)
    session.typing_changed.emit(LOBBY, (text, "小明"))
    client.talk.show("#1")
    session.search_found.emit((SearchHit("#1", 1, "user2", text, text, 1),), False, True, True)
    client.chat_window.composer.reply_to(said)
    QApplication.processEvents()


def _turns(text: str) -> bool:
    left = text
    while (shorter := _ISOLATES.sub("", left)) != left:
        left = shorter
    return any(
        unicodedata.bidirectional(c) in {"R", "AL", "RLE", "RLO", "LRO", "LRE", "RLI", "FSI", "PDI"}
        or c == "\u200f"
        for c in left
    )


@pytest.mark.parametrize("text", TURNING)
def test_what_people_write_is_isolated_in_what_we_write(client: Client, text: str) -> None:
    """Wherever it is part of a sentence. A message's own row is all theirs, and so is a title."""
    _turn(client, text)
    theirs = {text}
    found = [
        (place, said)
        for window in windows(client)
        for place, said in words(window)
        if _turns(said) and said not in theirs and not place.endswith("windowTitle")
    ]
    assert found == []


def test_what_is_not_isolated_is_noticed() -> None:
    """And what is, is not."""
    assert _turns("by שלום: hello")
    assert _turns("\u202e")
    assert not _turns("by \u2068שלום\u2069: hello")
    assert not _turns("plain")


@pytest.mark.parametrize("text", TURNING)
def test_no_part_of_the_window_changes_its_place(client: Client, text: str) -> None:
    """Left stays left."""
    chat = client.chat_window
    parts = (chat.rooms, chat.conversation.header.name, chat.composer.box, chat.search)
    client.talk.show("#1")
    _turn(client, "usual")
    before = [part.mapTo(chat, part.rect().topLeft()).x() for part in parts]
    _turn(client, text)
    assert [part.mapTo(chat, part.rect().topLeft()).x() for part in parts] == before
    assert {widget.layoutDirection() for widget in widgets(chat)} == {Qt.LeftToRight}


@pytest.mark.parametrize("text", TURNING)
def test_the_neighbours_of_a_message_look_as_before(client: Client, text: str) -> None:
    """Pixel by pixel."""
    view = client.chat_window.view
    session = client.session
    pictures = []
    for turned in ("usual", text):
        said = replace(ENTRIES[4], text=turned, nickname=turned, reply=None)
        session.timeline_changed.emit([Updated(LOBBY, 4, said)])
        QApplication.processEvents()
        pictures.append([_picture(view, view.model().index(row, 0)) for row in (0, 1, 2, 3, 5, 6)])
        assert all(not picture.isNull() for picture in pictures[-1])
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("text", TURNING)
def test_the_neighbours_of_a_room_look_as_before(client: Client, text: str) -> None:
    """Pixel by pixel."""
    view = client.chat_window.rooms.view
    pictures = []
    for turned in ("usual", text):
        item = replace(ROOMS[1], name=turned, topic=turned)
        client.session.rooms_changed.emit((ROOMS[0], item, *ROOMS[2:]))
        QApplication.processEvents()
        pictures.append([_picture(view, view.model().index(row, 0)) for row in (0, 2, 3)])
    assert pictures[0] == pictures[1]


def _picture(view: QAbstractItemView, index: QModelIndex) -> QImage:
    view.scrollTo(index)
    return view.viewport().grab(view.visualRect(index)).toImage()
