"""Logging in and out, being remembered, and turning to another account: the whole client, against a
scripted server, with a keyring of the test's own.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QSettings, Qt
from PyQt5.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from client_gui.accounts import Account
from client_gui.address import Address
from client_gui.app import Client
from client_gui.desktop.keyring_tokens import SERVICE, KeyringTokens
from client_gui.desktop.preferences import Preferences
from client_gui.events import Failure
from tests.client_gui.fake_keyring import FailingKeyring, HangingKeyring, MemoryKeyring
from tests.helpers.chat_server import PASSWORD, ChatServer, Peer
from wire.messages import Chat, Goodbye, LogIn, LoginResult, LogOut, Message, RevokeDevice

_WAIT_MS = 15_000
TOKEN = "s3cret-token"


class Rig:
    """A client, and what it finds on its computer; it can be started again."""

    def __init__(self, qtbot: QtBot, server: ChatServer, directory: Path) -> None:
        self.qtbot, self.server, self.directory = qtbot, server, directory
        self.keyring: Any = MemoryKeyring()
        self.within = 60.0
        self.client: Any = None
        server.tokens["user1"] = TOKEN

    @property
    def address(self) -> Address:
        return Address("127.0.0.1", self.server.port)

    def account(self, username: str = "user1", remembered: bool = False) -> Account:
        return Account(self.address, username, remembered)

    def start(self) -> None:
        """As the program does."""
        self.stop()
        settings = QSettings(str(self.directory / "preferences.ini"), QSettings.IniFormat)
        self.preferences = Preferences(settings)
        self.client = Client(
            self.preferences,
            self.preferences.server or str(self.address),
            8090,
            self.preferences.username,
            stores=self.directory / "stores",
            tokens=KeyringTokens(lambda: self.keyring, self.within),
        )
        self.login, self.chat = self.client.login_window, self.client.chat_window
        self.chat.bar.quiet = 0
        self.qtbot.addWidget(self.login)
        self.qtbot.addWidget(self.chat)
        self.client.start()

    def stop(self) -> None:
        """As when one quits."""
        if self.client is not None:
            self.chat.leaving.unsettled = self.login.leaving.unsettled = 0
            self.client.stop()

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=_WAIT_MS)

    def type_in(self, username: str = "user1", password: str = PASSWORD) -> None:
        self.login.username.setText(username)
        self.login.password.setText(password)
        self.qtbot.keyClick(self.login.password, Qt.Key_Return)

    def sign_in(self, username: str = "user1", remember: bool = False) -> None:
        self.login.remember.setChecked(remember)
        self.type_in(username)
        self.until(self.chat.isVisible)

    def fail(self, password: str = PASSWORD) -> str:
        self.type_in(password=password)
        self.until(lambda: self.login.login_button.isEnabled())
        return self.login.status.text()

    def until_kept(self) -> None:
        self.until(lambda: self.preferences.accounts[0].remembered)

    def kept(self) -> dict[str, str]:
        return {account: token for (_, account), token in self.keyring.kept.items()}

    def focus(self) -> QWidget:
        return self.login.focusWidget()


@pytest.fixture
def rig(qtbot: QtBot, tmp_path: Path) -> Iterator[Rig]:
    """Not started yet."""
    with ChatServer() as server:
        rig = Rig(qtbot, server, tmp_path)
        yield rig
        rig.stop()
        if isinstance(rig.keyring, HangingKeyring):
            rig.keyring.gate.set()


# --- the first time ------------------------------------------------------------------------------


def test_a_newcomer_is_in_the_lobby_with_three_clicks(rig: Rig) -> None:
    """With a server on this machine: name, password, **Login**."""
    rig.start()
    assert not rig.login.accounts.isVisible()
    assert not rig.login.server.isVisible()
    clicks = 0

    def click(part: QWidget, text: str = "") -> None:
        nonlocal clicks
        clicks += 1
        rig.qtbot.mouseClick(part, Qt.LeftButton)
        if text:
            rig.qtbot.keyClicks(part, text)

    click(rig.login.username, "user1")
    click(rig.login.password, PASSWORD)
    click(rig.login.login_button)
    rig.until(rig.chat.isVisible)
    assert rig.client.talk.room == "lobby"
    assert clicks <= 3
    assert rig.preferences.accounts == (rig.account(),)


# --- errors --------------------------------------------------------------------------------------


def test_a_wrong_password_leads_back_to_the_password(rig: Rig) -> None:
    """Its words also in a pop-up, as in the seed; it is selected, to be typed anew."""
    rig.start()
    assert rig.fail("wrong") == "Wrong user name or password."
    rig.login.pop_up.close()
    assert rig.focus() is rig.login.password
    assert not rig.login.server.isVisible()
    assert not rig.login.doctor_button.isVisible()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("too-many-tries", "Too many failed logins. Wait a minute, then try again."),
        ("busy", "The server has too much to do. Try again in a moment."),
        ("odd", "a sentence"),
    ],
)
def test_each_refusal_has_its_words(rig: Rig, reason: str, words: str) -> None:
    """In the window only."""
    rig.server.script = lambda peer, message: peer.send(
        LoginResult("0", "", "", reason, "a sentence")
    )
    rig.start()
    assert rig.fail() == words
    assert rig.login.pop_up is None
    assert not rig.login.server.isVisible()


def test_no_server_leads_to_the_server(rig: Rig) -> None:
    """Which unfolds; and one can find out what is wrong."""
    rig.server.stop_listening()
    rig.start()
    assert "Nothing answers" in rig.fail()
    assert rig.login.server.isVisible()
    assert rig.focus() is rig.login.server
    assert rig.login.doctor_button.isVisible()
    assert rig.login.pop_up is None


def test_no_such_name_is_about_the_server(rig: Rig) -> None:
    """With its own words."""
    rig.start()
    rig.login.server.setText("no-such-host.invalid")
    rig.client.session.sign_in_failed.emit(Failure.NO_SUCH_HOST, "")
    assert rig.login.status.text().startswith("There is no server named")
    assert rig.focus() is rig.login.server


def test_nonsense_is_no_minichat(rig: Rig) -> None:
    """And nothing is remembered of it."""
    rig.server.script = lambda peer, message: peer.send_bytes(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    rig.start()
    assert "not a MiniChat server" in rig.fail()
    assert rig.preferences.accounts == ()


def test_a_server_that_never_answers_can_be_left(rig: Rig) -> None:
    """With Escape; then another login works."""
    rig.server.script = lambda peer, message: None
    rig.start()
    rig.type_in()
    rig.until(lambda: rig.server.peers and rig.server.peer.of_type(LogIn))
    rig.qtbot.keyClick(rig.login.cancel_button, Qt.Key_Escape)
    assert rig.login.status.text() == "The login was cancelled."
    rig.server.script = lambda peer, message: peer.server.answer_politely(peer, message)
    rig.sign_in()


# --- being remembered ----------------------------------------------------------------------------


def test_who_is_remembered_is_not_asked(rig: Rig) -> None:
    """The token goes to the keyring, and into no file; at the next start it is the login."""
    rig.start()
    rig.sign_in(remember=True)
    rig.until_kept()
    assert rig.keyring.kept == {(SERVICE, str(rig.account())): TOKEN}
    rig.start()
    rig.until(rig.chat.isVisible)
    login = rig.server.peer.of_type(LogIn)[0]
    assert (login.username, login.password, login.token) == ("user1", "", TOKEN)
    rig.stop()
    files = b"".join(f.read_bytes() for f in rig.directory.rglob("*") if f.is_file())
    assert TOKEN.encode() not in files
    assert PASSWORD.encode() not in files
    assert rig.kept() == {str(rig.account()): TOKEN}


def test_nobody_is_remembered_who_did_not_want_it(rig: Rig) -> None:
    """The account is offered all the same."""
    rig.start()
    rig.sign_in()
    rig.start()
    assert rig.login.isVisible()
    assert rig.login.username.text() == "user1"
    assert rig.login.accounts.isVisible()
    assert rig.kept() == {}


def test_logging_out_forgets_the_token_everywhere(rig: Rig) -> None:
    """In the keyring, and at the server."""
    _is_remembered(rig)
    rig.until(lambda: rig.client.session._device.farewell() != [LogOut()])
    rig.chat.menu.action("sign_out").trigger()
    assert rig.login.isVisible()
    rig.until(lambda: rig.kept() == {})
    rig.until(lambda: rig.server.peer.of_type(RevokeDevice))
    assert rig.preferences.accounts == (rig.account(),)
    rig.start()
    assert rig.login.isVisible()


def test_logging_out_offline_forgets_the_token_here(rig: Rig) -> None:
    """The server cannot be told."""
    _is_remembered(rig)
    rig.server.stop_listening()
    rig.until(rig.chat.bar.isVisible)
    rig.chat.menu.action("sign_out").trigger()
    rig.until(lambda: rig.kept() == {})
    assert rig.login.isVisible()


def test_a_token_that_is_refused_gives_way_to_the_password(rig: Rig) -> None:
    """With words, and no pop-up; a new one is kept then."""
    _is_remembered(rig)
    rig.server.tokens["user1"] = "another"
    rig.start()
    rig.until(lambda: "does not remember this computer" in rig.login.status.text())
    assert rig.login.pop_up is None
    assert rig.focus() is rig.login.password
    rig.until(lambda: rig.kept() == {})
    assert not rig.preferences.accounts[0].remembered
    rig.sign_in(remember=True)
    rig.until_kept()
    assert rig.kept() == {str(rig.account()): "another"}


def test_a_device_that_was_revoked_is_forgotten(rig: Rig) -> None:
    """While one talks, too."""
    _is_remembered(rig)
    rig.server.peer.send(Goodbye("revoked", "", 0))
    rig.server.peer.close()
    rig.until(rig.login.isVisible)
    assert "logged out from elsewhere" in rig.login.status.text()
    rig.until(lambda: rig.kept() == {})


def test_a_keyring_that_lost_the_token_is_no_dead_end(rig: Rig) -> None:
    """The password is asked for."""
    _is_remembered(rig)
    rig.keyring.kept.clear()
    rig.start()
    rig.until(lambda: "not remembered here" in rig.login.status.text())
    assert not rig.login.login_button.isEnabled()
    rig.sign_in()


def test_without_a_keyring_nobody_can_be_remembered(rig: Rig) -> None:
    """The box says why, and cannot be ticked."""
    rig.keyring.priority = 0
    rig.start()
    rig.until(lambda: not rig.login.remember.isEnabled())
    assert "no keyring" in rig.login.remember_box.note.text()
    assert rig.login.remember_box.note.isVisible()
    rig.sign_in()
    assert rig.kept() == {}


def test_a_keyring_that_hangs_holds_nobody_up(rig: Rig) -> None:
    """One can cancel, or wait until it is given up; and log in with the password."""
    _is_remembered(rig)
    memory, rig.keyring = rig.keyring, HangingKeyring()
    rig.keyring.kept = memory.kept
    rig.start()
    assert "keyring" in rig.login.status.text()
    rig.qtbot.mouseClick(rig.login.cancel_button, Qt.LeftButton)
    assert rig.login.status.text() == "The login was cancelled."
    rig.sign_in()


def test_a_keyring_that_hangs_for_good_is_given_up(rig: Rig) -> None:
    """With words."""
    _is_remembered(rig)
    rig.keyring, rig.within = HangingKeyring(), 0.01
    rig.start()
    rig.until(lambda: "does not answer" in rig.login.status.text())
    rig.keyring.gate.set()
    rig.sign_in()


def test_a_keyring_that_fails_is_said_where_one_is(rig: Rig) -> None:
    """The login succeeded all the same."""
    rig.start()
    rig.until(lambda: rig.login.remember.isEnabled())
    rig.keyring = FailingKeyring()
    rig.sign_in(remember=True)
    rig.until(lambda: "error" in rig.chat.composer.note.text())
    assert not rig.preferences.accounts[0].remembered


def _is_remembered(rig: Rig) -> None:
    rig.start()
    rig.sign_in(remember=True)
    rig.until_kept()


# --- several accounts ----------------------------------------------------------------------------


def test_a_remembered_account_is_one_click_away(rig: Rig) -> None:
    """And so is the way back, to where one was."""
    rig.server.tokens["user2"] = "other-token"
    _is_remembered(rig)
    rig.chat.accounts.account_wanted.emit(None)
    assert rig.login.isVisible()
    rig.sign_in("user2", remember=True)
    rig.until_kept()
    assert [one.username for one in rig.preferences.accounts] == ["user2", "user1"]
    for username in ("user1", "user2"):
        _click_account(rig, username)
        rig.until(lambda username=username: _is_in(rig, username))
    logins = [login for peer in rig.server.peers for login in peer.of_type(LogIn)]
    assert [bool(login.token) for login in logins] == [False, False, True, True]
    assert rig.server.tokens.keys() == {"user1", "user2"}, "nobody was logged out"


def _click_account(rig: Rig, username: str) -> None:
    name = f"{username} – {rig.address}"
    next(a for a in rig.chat.accounts.actions() if a.text() == name).trigger()


def _is_in(rig: Rig, username: str) -> bool:
    return rig.chat.isVisible() and f"nick-{username}" in rig.chat.windowTitle()


def test_what_is_unsent_waits_on_disk_for_its_account(rig: Rig) -> None:
    """Nobody is asked, and nothing is said to the wrong people."""
    _is_remembered(rig)
    rig.server.script = _without_chats
    rig.chat.composer.box.setPlainText("for later")
    rig.qtbot.keyClick(rig.chat.composer.box, Qt.Key_Return)
    rig.chat.composer.box.setPlainText("a draft")
    rig.chat.accounts.account_wanted.emit(None)
    rig.server.script = lambda peer, message: peer.server.answer_politely(peer, message)
    rig.sign_in("user2")
    assert rig.chat.composer.box.toPlainText() == ""
    assert rig.client.session.unsettled == 0
    _click_account(rig, "user1")
    rig.until(lambda: _is_in(rig, "user1"))
    rig.until(lambda: rig.server.peer.of_type(Chat))
    assert [chat.text for chat in rig.server.peer.of_type(Chat)] == ["for later"]
    assert rig.chat.composer.box.toPlainText() == "a draft"


def _without_chats(peer: Peer, message: Message) -> None:
    if not isinstance(message, Chat):
        peer.server.answer_politely(peer, message)


def test_one_is_asked_before_something_is_lost(rig: Rig) -> None:
    """Without a disk to keep it."""
    _is_remembered(rig)
    rig.server.script = _without_chats
    rig.client.session._state._keeping.close()
    rig.chat.composer.box.setPlainText("for later")
    rig.qtbot.keyClick(rig.chat.composer.box, Qt.Key_Return)
    rig.chat.accounts.account_wanted.emit(None)
    box = rig.client.signing_in._switching.box
    assert box is not None
    assert rig.chat.isVisible()
    rig.qtbot.mouseClick(box.button(QMessageBox.Yes), Qt.LeftButton)
    assert rig.login.isVisible()


def test_turning_to_oneself_is_nothing(rig: Rig) -> None:
    """Nor does it disturb."""
    _is_remembered(rig)
    _click_account(rig, "user1")
    assert rig.chat.isVisible()
    assert len(rig.server.peers) == 1


def test_one_can_switch_while_reconnecting(rig: Rig) -> None:
    """The old account does not come back."""
    _is_remembered(rig)
    rig.server.peer.reset()
    rig.until(rig.chat.bar.isVisible)
    rig.chat.accounts.account_wanted.emit(None)
    rig.sign_in("user2")
    assert _is_in(rig, "user2")
    assert not rig.chat.bar.isVisible()
    assert [login.username for peer in rig.server.peers[1:] for login in peer.of_type(LogIn)] == [
        "user2"
    ]


def test_an_account_can_be_removed(rig: Rig) -> None:
    """From the list, and from the keyring."""
    _is_remembered(rig)
    rig.chat.accounts.account_wanted.emit(None)
    rig.login.fill_in(rig.preferences.accounts[0])
    rig.qtbot.mouseClick(rig.login.accounts.remove_button, Qt.LeftButton)
    assert rig.preferences.accounts == ()
    assert not rig.login.accounts.isVisible()
    rig.until(lambda: rig.kept() == {})


def test_the_same_name_elsewhere_is_another_person(rig: Rig) -> None:
    """With nothing of what this one wrote."""
    rig.start()
    rig.sign_in()
    rig.chat.composer.box.setPlainText("mine")
    with ChatServer() as other:
        account = Account(Address("127.0.0.1", other.port), "user1")
        rig.chat.accounts.account_wanted.emit(account)
        assert rig.login.server.text() == str(account.address)
        rig.sign_in()
        assert rig.chat.composer.box.toPlainText() == ""
        rig.stop()
        rig.client = None


def test_waiting_for_the_keyring_is_over_with_another_login(rig: Rig) -> None:
    """An answer that comes late signs nobody in."""
    _is_remembered(rig)
    rig.start()
    rig.until(rig.chat.isVisible)
    before = len(rig.server.peers)
    rig.client.signing_in._on_token(0, rig.account(), TOKEN, "")
    assert len(rig.server.peers) == before
