"""The panel of what was not sent, in the whole client against a scripted server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from client_gui.app import Client
from client_gui.desktop.preferences import Preferences
from tests.helpers.chat_server import PASSWORD, ChatServer, Peer
from wire.messages import Chat, ListRooms, Message, Result, RoomInfo

_WAIT_MS = 15_000


class Rig:
    """Logged in, and a member of two rooms."""

    def __init__(self, qtbot: QtBot, server: ChatServer, client: Client) -> None:
        self.qtbot, self.server, self.client = qtbot, server, client
        self.chat, self.panel = client.chat_window, client.chat_window.outbox
        self.chat.bar.quiet = 0
        self.login()

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=_WAIT_MS)

    def login(self) -> None:
        self.client.login_window.password.setText(PASSWORD)
        self.qtbot.keyClick(self.client.login_window.password, Qt.Key_Return)
        self.until(lambda: self.client.rooms.item("#1"))

    def lose(self) -> None:
        self.server.script = lambda peer, message: None
        self.server.peer.reset()
        self.until(self.chat.bar.isVisible)

    def come_back(self) -> None:
        self.server.script = _with_a_room
        self.until(lambda: self.chat.bar.button.isEnabled() or not self.chat.bar.isVisible())
        self.chat.menu.action("try_now").trigger()
        self.until(lambda: not self.chat.bar.isVisible())

    def say(self, room: str, text: str) -> None:
        self.client.talk.show(room)
        self.chat.composer.box.setPlainText(text)
        self.qtbot.keyClick(self.chat.composer.box, Qt.Key_Return)

    def texts(self) -> list[str]:
        return [unsent.text for unsent in self.panel.unsent.unsent()]

    def said(self) -> list[str]:
        return [chat.text for chat in self.server.peer.of_type(Chat)]


def _with_a_room(peer: Peer, message: Message) -> None:
    if isinstance(message, ListRooms):
        peer.send(RoomInfo("#1", "public", "tea", "member"), Result("0017", "ok"))
    elif isinstance(message, Chat) and message.text == "bad":
        peer.send(Result("0002", "too-long", message.cid, "no"))
    else:
        peer.server.answer_politely(peer, message)


@pytest.fixture
def rig(qtbot: QtBot, preferences: Preferences, tmp_path: Path) -> Iterator[Rig]:
    """See there."""
    with ChatServer(_with_a_room) as server:
        address = f"127.0.0.1:{server.port}"
        client = Client(preferences, address, 8090, "user1", stores=tmp_path / "stores")
        qtbot.addWidget(client.login_window)
        qtbot.addWidget(client.chat_window)
        client.start()
        rig = Rig(qtbot, server, client)
        yield rig
        rig.chat.leaving.unsettled = 0
        client.stop()


def test_what_waits_is_seen_room_by_room_and_goes(rig: Rig) -> None:
    """From the bar; live, as it goes out."""
    rig.lose()
    rig.say("lobby", "one")
    rig.say("#1", "two")
    assert rig.chat.bar.outbox_button.text() == "&Waiting: 2"
    rig.qtbot.mouseClick(rig.chat.bar.outbox_button, Qt.LeftButton)
    assert rig.panel.isVisible()
    assert rig.texts() == ["one", "two"]
    assert rig.panel.unsent.index(1, 0).data() == "\u2068tea\u2069"
    rig.come_back()
    rig.until(lambda: rig.texts() == [])
    assert rig.said() == ["one", "two"]


def test_one_can_edit_and_cancel_what_waits(rig: Rig) -> None:
    """In its own room; what goes is what is there then."""
    rig.lose()
    rig.say("#1", "two")
    rig.say("lobby", "one")
    rig.chat.menu.action("outbox").trigger()
    rig.panel.edit_wanted.emit(rig.panel.unsent.unsent()[0])
    assert rig.client.talk.room == "#1"
    assert rig.chat.composer.box.toPlainText() == "two"
    rig.chat.composer.box.setPlainText("three")
    rig.qtbot.keyClick(rig.chat.composer.box, Qt.Key_Return)
    assert rig.texts() == ["three", "one"]
    rig.panel.cancel_wanted.emit(rig.panel.unsent.unsent()[1].key)
    assert rig.texts() == ["three"]
    rig.come_back()
    rig.until(lambda: rig.said() == ["three"])


def test_what_was_refused_stays_in_sight(rig: Rig) -> None:
    """The bar says so while all else is well; one can go there."""
    rig.say("#1", "bad")
    rig.until(rig.chat.bar.isVisible)
    assert rig.chat.bar.outbox_button.text() == "&Unsent: 1"
    rig.client.talk.show("lobby")
    rig.chat.menu.action("outbox").trigger()
    rig.panel.go_wanted.emit(rig.panel.unsent.unsent()[0])
    assert rig.client.talk.room == "#1"
    assert rig.chat.view.currentIndex().row() == rig.client.talk.messages.rowCount() - 1
    rig.panel.cancel_wanted.emit(rig.panel.unsent.unsent()[0].key)
    assert not rig.chat.bar.isVisible()


def test_closing_it_leads_back_to_where_one_writes(rig: Rig) -> None:
    """By its own key, or that which opened it."""
    for close in (
        lambda: rig.qtbot.keyClick(rig.panel.view, Qt.Key_Escape),
        lambda: rig.chat.menu.action("outbox").trigger(),
    ):
        rig.chat.menu.action("outbox").trigger()
        assert rig.panel.isVisible()
        close()
        assert not rig.panel.isVisible()
        assert rig.chat.focusWidget() is rig.chat.composer.box
