"""The whole client in one process, against a scripted server: what the windows do."""

from collections.abc import Iterator

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QIcon
from PyQt5.QtWidgets import QApplication, QMessageBox, QSplitter
from pytestqt.qtbot import QtBot

from client_gui.app import Client
from client_gui.desktop.placement import place
from client_gui.desktop.preferences import Preferences
from client_gui.items import Delivery
from client_gui.state.rooms import LOBBY
from client_gui.words import too_many_waiting_words
from tests.client_gui.conftest import NOON
from tests.helpers.chat_server import PASSWORD, ChatServer, Peer
from wire.messages import (
    Chat,
    ChatMessage,
    Goodbye,
    History,
    LogIn,
    LoginResult,
    LogOut,
    Message,
    Result,
)

_WAIT_MS = 15_000


class Rig:
    """A client and a server."""

    def __init__(self, qtbot: QtBot, server: ChatServer, preferences: Preferences) -> None:
        self.qtbot = qtbot
        self.server = server
        self.preferences = preferences
        self.client = Client(preferences, f"127.0.0.1:{server.port}", 8090, "user1")
        self.login, self.chat = self.client.login_window, self.client.chat_window
        self.chat.bar.quiet = 0
        qtbot.addWidget(self.login)
        qtbot.addWidget(self.chat)
        self.client.start()

    def until(self, condition) -> None:  # noqa: ANN001
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=_WAIT_MS)

    def try_password(self, password: str) -> None:
        self.login.password.setText(password)
        self.qtbot.keyClick(self.login.password, Qt.Key_Return)

    def sign_in(self) -> None:
        self.try_password(PASSWORD)
        self.until(self.chat.isVisible)

    def write(self, text: str) -> None:
        self.chat.composer.box.setPlainText(text)
        self.qtbot.keyClick(self.chat.composer.box, Qt.Key_Return)

    def entries(self) -> list:
        messages = self.client.conversations.of(LOBBY)
        return [messages.entry(row) for row in range(messages.rowCount())]

    def texts(self) -> list[str]:
        return [entry.text for entry in self.entries()]

    def until_stored(self) -> None:
        self.until(lambda: all(entry.delivery is Delivery.STORED for entry in self.entries()))


@pytest.fixture
def rig(qtbot: QtBot, preferences: Preferences) -> Iterator[Rig]:
    """At the login window."""
    with ChatServer() as server:
        rig = Rig(qtbot, server, preferences)
        yield rig
        rig.chat.leaving.unsettled = rig.login.leaving.unsettled = 0
        rig.client.stop()
        assert rig.client.link.isFinished()


def test_a_login_opens_the_chat_window(rig: Rig) -> None:
    """Hides the other, and is remembered, but for the password."""
    rig.sign_in()
    assert not rig.login.isVisible()
    assert rig.login.password.text() == ""
    assert "nick-user1" in rig.chat.windowTitle()
    rig.until(lambda: rig.client.people.rowCount() == 1)
    assert rig.chat.online.title.text() == "Online: 1"
    assert rig.preferences.username == "user1"
    assert rig.preferences.server == f"127.0.0.1:{rig.server.port}"


def test_a_wrong_password_is_said_twice(rig: Rig) -> None:
    """In the window and in a pop-up; then the right one works."""
    rig.try_password("wrong")
    rig.until(lambda: rig.login.pop_up is not None)
    assert rig.login.pop_up.text() == rig.login.status.text() == "Wrong user name or password."
    rig.login.pop_up.close()
    rig.sign_in()


def test_a_server_that_is_not_there_is_said_in_the_window_only(rig: Rig) -> None:
    """With its address."""
    rig.server.stop_listening()
    rig.try_password(PASSWORD)
    rig.until(lambda: "Nothing answers" in rig.login.status.text())
    assert str(rig.server.port) in rig.login.status.text()
    assert rig.login.pop_up is None


def test_a_login_that_nobody_answers_can_be_cancelled(rig: Rig) -> None:
    """At once, and the right server can be typed."""
    rig.server.script = lambda peer, message: None
    rig.try_password(PASSWORD)
    rig.until(lambda: rig.server.peers and rig.server.peer.of_type(LogIn))
    rig.qtbot.mouseClick(rig.login.cancel_button, Qt.LeftButton)
    assert rig.login.status.text() == "The login was cancelled."
    assert rig.login.server.isEnabled()


def test_messages_go_and_come(rig: Rig) -> None:
    """Ours pending until acknowledged, in the room's order."""
    rig.sign_in()
    rig.write("one")
    rig.until_stored()
    rig.server.peer.send(
        ChatMessage("Grace", "<b>two</b>", "user2", "lobby", rig.server.next_seq(), NOON)
    )
    rig.until(lambda: len(rig.entries()) == 2)
    rig.write("three")
    rig.until_stored()
    assert rig.texts() == ["one", "<b>two</b>", "three"]
    assert rig.chat.composer.box.toPlainText() == ""
    assert rig.chat.leaving.unsettled == 0


def test_what_can_be_taken_back_goes_out_when_one_leaves(rig: Rig) -> None:
    """Without a question; nobody has to wait for the seconds to pass."""
    rig.sign_in()
    rig.preferences.undo_seconds = 10
    rig.write("wait")
    assert rig.chat.composer.undo_strip.isVisible()
    assert rig.chat.leaving.unsettled == 0
    assert rig.chat.close()
    rig.client.stop()
    rig.until(lambda: [chat.text for chat in rig.server.peer.of_type(Chat)] == ["wait"])


def test_a_refused_message_is_sent_again_by_its_menu(rig: Rig) -> None:
    """The server made a mistake once."""
    answers = iter(["error", "ok"])

    def script(peer: Peer, message: Message) -> None:
        if isinstance(message, Chat) and next(answers) == "error":
            peer.send(Result("0002", "error", message.cid, "oh"))
        else:
            peer.server.answer_politely(peer, message)

    rig.server.script = script
    rig.sign_in()
    rig.write("one")
    rig.until(lambda: rig.entries()[0].delivery is Delivery.REFUSED)
    rig.chat.view.retry_wanted.emit(rig.entries()[0].key)
    rig.until_stored()
    assert len({chat.cid for chat in rig.server.peer.of_type(Chat)}) == 1


def test_a_busy_server_gets_it_a_moment_later(rig: Rig) -> None:
    """Nobody has to click."""
    answers = iter(["busy", "ok"])

    def script(peer: Peer, message: Message) -> None:
        if isinstance(message, Chat) and next(answers) == "busy":
            peer.send(Result("0002", "busy", message.cid, "later"))
        else:
            peer.server.answer_politely(peer, message)

    rig.server.script = script
    rig.sign_in()
    rig.write("one")
    rig.until(lambda: len(rig.server.peer.of_type(Chat)) == 2)
    rig.until_stored()
    assert len({chat.cid for chat in rig.server.peer.of_type(Chat)}) == 1


def test_while_offline_nobody_is_said_to_be_online(rig: Rig) -> None:
    """Nobody knows; after the return, it is known again."""
    rig.sign_in()
    rig.until(lambda: rig.chat.online.title.text() == "Online: 1")
    rig.server.peer.send(Goodbye("stopping", "", 200))
    rig.server.peer.close()
    rig.until(rig.chat.bar.isVisible)
    assert rig.chat.online.title.text() == "Online: ?"
    rig.qtbot.mouseClick(rig.chat.bar.button, Qt.LeftButton)
    rig.until(lambda: rig.chat.online.title.text() == "Online: 1")


def test_what_is_written_offline_arrives_once_after_the_return(rig: Rig) -> None:
    """With the id that was sent before the break, too."""
    rig.sign_in()
    rig.server.script = lambda peer, message: None
    rig.write("before the break")
    rig.until(lambda: rig.server.peer.of_type(Chat))
    rig.server.peer.reset()
    rig.until(rig.chat.bar.isVisible)
    rig.write("while offline")
    rig.server.script = lambda peer, message: peer.server.answer_politely(peer, message)
    rig.qtbot.mouseClick(rig.chat.bar.button, Qt.LeftButton)
    rig.until(lambda: not rig.chat.bar.isVisible())
    rig.until_stored()
    assert rig.texts() == ["before the break", "while offline"]
    first, second = (peer.of_type(Chat) for peer in rig.server.peers)
    assert second[0].cid == first[0].cid
    assert rig.chat.isVisible()


def test_a_changed_password_leads_back_to_the_login(rig: Rig) -> None:
    """It is not tried again and again; what was written is still there afterwards."""
    rig.sign_in()
    rig.server.script = lambda peer, message: (
        peer.send(LoginResult("0", "", "", "wrong-login", "no"))
        if isinstance(message, LogIn)
        else None
    )
    rig.server.peer.send(Goodbye("stopping", "", 0))
    rig.server.peer.close()
    rig.until(rig.login.isVisible)
    assert not rig.chat.isVisible()
    assert rig.login.pop_up is not None
    rig.login.pop_up.close()


def test_the_login_guards_what_is_unsent(rig: Rig) -> None:
    """As many as the chat window does."""
    rig.sign_in()
    rig.server.script = lambda peer, message: None
    rig.write("one")
    assert rig.login.leaving.unsettled == rig.chat.leaving.unsettled == 1


def test_another_login_does_not_lose_what_is_unsent_without_asking(rig: Rig) -> None:
    """After the password was changed, say; one's own goes on with it."""
    _is_led_back_with_something_unsent(rig)
    rig.login.username.setText("user2")
    rig.try_password(PASSWORD)
    assert rig.login.leaving.box is not None
    assert not rig.chat.isVisible()
    rig.qtbot.mouseClick(rig.login.leaving.box.button(QMessageBox.No), Qt.LeftButton)
    rig.login.username.setText("User1")
    rig.sign_in()
    rig.until_stored()
    assert rig.texts() == ["one"]


def test_one_can_let_go_of_what_is_unsent(rig: Rig) -> None:
    """And be somebody else."""
    _is_led_back_with_something_unsent(rig)
    rig.login.username.setText("user2")
    rig.try_password(PASSWORD)
    rig.qtbot.mouseClick(rig.login.leaving.box.button(QMessageBox.Yes), Qt.LeftButton)
    rig.until(rig.chat.isVisible)
    assert rig.texts() == []


def _is_led_back_with_something_unsent(rig: Rig) -> None:
    rig.sign_in()
    rig.server.script = lambda peer, message: (
        peer.send(LoginResult("0", "", "", "wrong-login", "no"))
        if isinstance(message, LogIn)
        else None
    )
    rig.write("one")
    rig.server.peer.reset()
    rig.until(lambda: rig.login.pop_up is not None)
    rig.login.pop_up.close()
    rig.server.script = lambda peer, message: peer.server.answer_politely(peer, message)


def test_the_windows_of_two_clients_stand_side_by_side(
    qtbot: QtBot, preferences: Preferences
) -> None:
    """Where nobody else places them; each login where its conversation will be."""
    screen = QApplication.primaryScreen().availableGeometry()
    for seat in (0, 1):
        client = Client(preferences, "127.0.0.1:1", 8090, "", seat)
        client.stop()
        login, chat = client.login_window, client.chat_window
        qtbot.addWidget(login)
        qtbot.addWidget(chat)
        assert chat.geometry() == place(screen, seat)
        assert chat.geometry().contains(login.geometry().center())


def test_logging_out_leads_back_to_an_empty_login(rig: Rig) -> None:
    """And the server hears it."""
    rig.sign_in()
    rig.write("one")
    rig.until_stored()
    rig.chat.menu.action("sign_out").trigger()
    assert rig.login.isVisible()
    assert not rig.chat.isVisible()
    assert rig.entries() == []
    rig.until(lambda: rig.server.peers[0].of_type(LogOut))


def test_what_one_had_begun_to_write_is_not_shown_to_the_next(rig: Rig) -> None:
    """But it is to oneself."""
    rig.sign_in()
    rig.chat.composer.box.setPlainText("begun")
    rig.chat.menu.action("sign_out").trigger()
    rig.sign_in()
    assert rig.chat.composer.box.toPlainText() == "begun"
    rig.chat.menu.action("sign_out").trigger()
    rig.login.username.setText("user2")
    rig.sign_in()
    assert rig.chat.composer.box.toPlainText() == ""


def test_when_too_many_wait_the_text_stays_in_the_box(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is said why."""
    rig.sign_in()
    monkeypatch.setattr(rig.client.session, "can_say", lambda: False)
    rig.write("mine")
    assert rig.chat.composer.box.toPlainText() == "mine"
    assert rig.chat.composer.note.text() == too_many_waiting_words()


def test_a_flood_of_ten_thousand_is_shown_in_order(rig: Rig) -> None:
    """At the bottom, and the window can still be used."""
    rig.sign_in()
    rig.server.peer.send(
        *(ChatMessage("Grace", f"message {n}", "user2", "lobby", n, NOON) for n in range(1, 10_001))
    )
    rig.until(lambda: len(rig.entries()) == 10_000)
    assert [entry.seq for entry in rig.entries()] == [*range(1, 10_001)]
    assert rig.chat.view.at_bottom
    rig.server.seq = 10_000
    rig.write("still here")
    rig.until_stored()
    assert rig.texts()[-1] == "still here"


def test_what_was_said_before_is_read_up_to_the_first(rig: Rig) -> None:
    """The last page at once, the others as one scrolls up; nothing twice, and in order."""
    count, page = 90, 30

    def with_history(peer: Peer, message: Message) -> None:
        match message:
            case History(room, _, before):
                end = before or count + 1
                start = max(1, end - page)
                for seq in range(start, end):
                    peer.send(ChatMessage("Ann", f"m{seq}", "ann", room, seq, NOON))
                peer.send(Result("0006", "ok", str(start) if start > 1 else "", room))
            case _:
                rig.server.answer_politely(peer, message)

    rig.server.script = with_history
    rig.sign_in()
    bar = rig.chat.view.verticalScrollBar()
    for shown in (page, 2 * page, count):
        rig.until(lambda shown=shown: len(rig.texts()) == shown)
        rig.until(lambda: bar.maximum() > 0)
        bar.setValue(bar.maximum())
        bar.setValue(0)
    assert rig.texts() == [f"m{seq}" for seq in range(1, count + 1)]


def test_there_is_an_icon(qapp: QApplication) -> None:
    """It is installed with the rest."""
    from client_gui.__main__ import _ICON

    assert QIcon(str(_ICON)).availableSizes()


def test_columns_stay_as_wide_as_they_were_made(qtbot: QtBot, preferences: Preferences) -> None:
    """From one start to the next."""
    preferences.columns = b"ROOMS=222"
    with ChatServer() as server:
        rig = Rig(qtbot, server, preferences)
        rig.sign_in()
        splitter = rig.chat.findChild(QSplitter)
        assert abs(splitter.sizes()[0] - 222) <= 1
        splitter.moveSplitter(251, 1)
        assert preferences.columns.startswith(b"ROOMS=2")
        assert preferences.columns != b"ROOMS=222"
        rig.client.stop()
