"""The doctor, in the whole client against a scripted server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client_gui.app import Client
from client_gui.desktop.keyring_tokens import KeyringTokens
from client_gui.desktop.preferences import Preferences
from client_gui.doctor import Check, Verdict
from tests.client_gui.fake_keyring import MemoryKeyring
from tests.client_gui.test_doctor import is_over
from tests.helpers.chat_server import PASSWORD, ChatServer
from wire.messages import Chat, LogIn, Result

_WAIT_MS = 15_000
TOKEN = "s3cret-token"
SAID = "something private"


class Rig:
    """At the login window, with a server."""

    def __init__(self, qtbot: QtBot, server: ChatServer, client: Client) -> None:
        self.qtbot, self.server, self.client = qtbot, server, client
        self.login, self.chat, self.doctor = client.login_window, client.chat_window, client.doctor
        self.chat.bar.quiet = 0

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=_WAIT_MS)

    def sign_in(self) -> None:
        self.login.password.setText(PASSWORD)
        self.qtbot.keyClick(self.login.password, Qt.Key_Return)
        self.until(self.chat.isVisible)

    def verdicts(self) -> dict[Check, tuple[Verdict, str]]:
        """Of a whole look from the login window."""
        self.doctor.open(self.login)
        return self.looked()

    def looked(self) -> dict[Check, tuple[Verdict, str]]:
        self.until(lambda: is_over(self.doctor._examination))
        return {s.check: (s.verdict, s.reason) for s in self.doctor._examination.steps()}


@pytest.fixture
def rig(qtbot: QtBot, preferences: Preferences, tmp_path: Path) -> Iterator[Rig]:
    """See there."""
    with ChatServer() as server:
        server.tokens["user1"] = TOKEN
        client = Client(
            *(preferences, f"127.0.0.1:{server.port}", 8090, "user1"),
            stores=tmp_path / "stores",
            tokens=KeyringTokens(MemoryKeyring),
        )
        qtbot.addWidget(client.login_window)
        qtbot.addWidget(client.chat_window)
        client.start()
        rig = Rig(qtbot, server, client)
        yield rig
        rig.chat.leaving.unsettled = 0
        client.stop()


OK = (Verdict.OK, "")


def test_before_a_login_what_can_be_seen_is_seen(rig: Rig) -> None:
    """Without a password there is no login to look at."""
    assert rig.verdicts() == {
        Check.NAME: OK,
        Check.PORT: OK,
        Check.PROTOCOL: OK,
        Check.LOGIN: (Verdict.UNKNOWN, "nobody"),
        Check.CLOCK: (Verdict.UNKNOWN, "unknown"),
        Check.KEYRING: OK,
        Check.STORE: (Verdict.UNKNOWN, "nobody"),
    }


def test_what_has_been_typed_is_tried(rig: Rig) -> None:
    """And can be put right, to be looked at again."""
    rig.login.password.setText("wrong")
    assert rig.verdicts()[Check.LOGIN] == (Verdict.WRONG, "wrong-login")
    rig.server.tokens.clear()
    rig.login.password.setText(PASSWORD)
    rig.qtbot.mouseClick(rig.doctor.dialog.again_button, Qt.LeftButton)
    assert rig.looked()[Check.LOGIN] == OK


def test_online_all_is_well(rig: Rig) -> None:
    """Without another login; the clock is that of the messages."""
    rig.sign_in()
    logins = sum(len(peer.of_type(LogIn)) for peer in rig.server.peers)
    rig.doctor.open(rig.chat)
    found = rig.looked()
    assert {found[check] for check in Check if check is not Check.CLOCK} == {OK}
    hellos = [LogIn("", "")]
    assert [m for peer in rig.server.peers[logins:] for m in peer.of_type(LogIn)] == hellos


def test_a_clock_that_is_wrong_is_seen_by_a_message(rig: Rig) -> None:
    """The scripted server lives in 2023."""
    rig.sign_in()
    rig.client.session.say("lobby", SAID)
    rig.until(lambda: not rig.client.session.unsettled)
    rig.doctor.open(rig.chat)
    assert rig.looked()[Check.CLOCK] == (Verdict.WRONG, "ahead")


def test_a_server_that_is_gone_is_seen(rig: Rig) -> None:
    """From the bar; nothing behind it is tried."""
    rig.sign_in()
    rig.server.stop_listening()
    rig.until(rig.chat.bar.isVisible)
    rig.qtbot.mouseClick(rig.chat.bar.doctor_button, Qt.LeftButton)
    found = rig.looked()
    assert found[Check.PORT] == (Verdict.WRONG, "refused")
    assert found[Check.LOGIN] == (Verdict.UNKNOWN, "before")


def test_a_server_that_is_silent_is_given_up(rig: Rig) -> None:
    """After the patience."""
    rig.server.script = lambda peer, message: None
    rig.doctor._patience = 0.05
    assert rig.verdicts()[Check.PROTOCOL] == (Verdict.WRONG, "no-answer")


def test_the_report_has_no_secret(rig: Rig) -> None:
    """Neither of the login nor of what was said."""
    rig.sign_in()
    rig.server.script = lambda peer, message: (
        peer.send(Result("0002", "too-long", message.cid, "no"))
        if isinstance(message, Chat)
        else peer.server.answer_politely(peer, message)
    )
    rig.client.session.say("lobby", SAID)
    rig.doctor.open(rig.chat)
    rig.looked()
    rig.qtbot.mouseClick(rig.doctor.dialog.copy_button, Qt.LeftButton)
    report = QApplication.clipboard().text()
    assert f"127.0.0.1:{rig.server.port}" in report
    assert report.count("\n") == 3 + len(Check)
    for secret in (PASSWORD, TOKEN, SAID, "user1"):
        assert secret not in report


def test_there_is_one_dialog_and_it_may_be_closed_any_time(rig: Rig) -> None:
    """What comes after that is nobody's."""
    rig.doctor.open(rig.login)
    first = rig.doctor.dialog
    rig.doctor.open(rig.login)
    assert rig.doctor.dialog is first
    first.close()
    assert rig.doctor.dialog is None
    rig.doctor.open(rig.login)
    assert rig.doctor.dialog is not first
    rig.looked()


def test_an_address_that_is_none_is_no_reason_to_look(rig: Rig) -> None:
    """The login window says so itself."""
    rig.login.server.setText("http://example.org/")
    rig.doctor.open(rig.login)
    assert rig.doctor.dialog is None
