"""The doctor and the login, against real servers: ours, others', and none."""

import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt5.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from client_gui.app import Client
from client_gui.desktop.keyring_tokens import KeyringTokens
from client_gui.desktop.preferences import Preferences
from client_gui.doctor import Check, Verdict
from tests.client_gui.fake_keyring import MemoryKeyring
from tests.client_gui.test_doctor import is_over
from tests.helpers.server_process import PASSWORD, ServerProcess

_WAIT_MS = 40_000


class Rig:
    """A client at the login window."""

    def __init__(self, qtbot: QtBot, directory: Path, patience: float = 30.0) -> None:
        self.qtbot = qtbot
        self.keyring = MemoryKeyring()
        self.directory = directory
        self.patience = patience
        self.client: Client | None = None

    def start(self, server: str, username: str = "user1") -> None:
        if self.client is not None:
            self.client.stop()
        settings = QSettings(str(self.directory / "p.ini"), QSettings.IniFormat)
        self.client = Client(
            *(Preferences(settings), server, 8090, username),
            stores=self.directory / "stores",
            tokens=KeyringTokens(lambda: self.keyring),
        )
        self.client.doctor._patience = self.patience
        self.login, self.chat = self.client.login_window, self.client.chat_window
        self.qtbot.addWidget(self.login)
        self.qtbot.addWidget(self.chat)
        self.client.start()

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=_WAIT_MS)

    def look(self) -> dict[Check, tuple[Verdict, str]]:
        doctor = self.client.doctor
        doctor.open(self.login)
        self.until(lambda: is_over(doctor._examination))
        return {step.check: (step.verdict, step.reason) for step in doctor._examination.steps()}

    def log_in(self, password: str) -> None:
        self.login.password.setText(password)
        self.qtbot.keyClick(self.login.password, Qt.Key_Return)


@pytest.fixture
def rig(qtbot: QtBot, tmp_path: Path) -> Iterator[Rig]:
    """Not started yet."""
    rig = Rig(qtbot, tmp_path)
    yield rig
    rig.client.stop()


OK = (Verdict.OK, "")


def test_the_right_server(rig: Rig, server: ServerProcess) -> None:
    """Wrong password, then right: the clocks are compared, and no device is left behind."""
    server.start()
    rig.start(f"127.0.0.1:{server.address.port}")
    rig.login.password.setText("wrong")
    found = rig.look()
    assert [found[check] for check in (Check.NAME, Check.PORT, Check.PROTOCOL)] == [OK] * 3
    assert found[Check.LOGIN] == (Verdict.WRONG, "wrong-login")
    rig.client.doctor.dialog.close()
    rig.login.password.setText(PASSWORD)
    found = rig.look()
    assert (found[Check.LOGIN], found[Check.CLOCK]) == (OK, OK)


def test_a_name_that_leads_nowhere(rig: Rig) -> None:
    """Whatever this machine's resolver is: the label is too long for any name."""
    rig.start(f"{'x' * 64}.invalid:8090")
    assert rig.look()[Check.NAME] == (Verdict.WRONG, "no-such-host")


def test_a_closed_port(rig: Rig) -> None:
    """It was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    rig.start(f"127.0.0.1:{port}")
    assert rig.look()[Check.PORT] == (Verdict.WRONG, "refused")


def test_a_silent_port(rig: Rig) -> None:
    """It takes the connection, and that is all."""
    rig.patience = 0.2
    with socket.create_server(("127.0.0.1", 0)) as listener:
        rig.start(f"127.0.0.1:{listener.getsockname()[1]}")
        assert rig.look()[Check.PROTOCOL] == (Verdict.WRONG, "no-answer")


class _Quiet(http.server.BaseHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        pass


def test_a_web_server(rig: Rig) -> None:
    """It answers, in another protocol."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Quiet) as web:
        thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            rig.start(f"127.0.0.1:{web.server_address[1]}")
            assert rig.look()[Check.PROTOCOL] == (Verdict.WRONG, "not-minichat")
        finally:
            web.shutdown()
            thread.join()


def test_being_remembered_and_logging_out(rig: Rig, server: ServerProcess) -> None:
    """The token logs in at the next start; after **Log out**, the server refuses it."""
    server.start()
    address = f"127.0.0.1:{server.address.port}"
    rig.start(address)
    rig.until(lambda: rig.login.remember.isEnabled())
    rig.login.remember.setChecked(True)
    rig.log_in(PASSWORD)
    known = rig.client.signing_in._preferences
    rig.until(lambda: any(account.remembered for account in known.accounts))
    (token,) = rig.keyring.kept.values()
    kept = dict(rig.keyring.kept)
    rig.start(address)
    rig.until(rig.chat.isVisible)
    assert rig.client.session.token == token
    rig.until(lambda: len(rig.client.session._device.farewell()) == 2)
    rig.chat.menu.action("sign_out").trigger()
    rig.until(lambda: not rig.keyring.kept)
    # Somebody has copied the token before.
    rig.keyring.kept = kept
    preferences = rig.client.signing_in._preferences
    (account,) = preferences.accounts
    rig.client.signing_in._remember(account, True)
    rig.log_in("")
    rig.until(lambda: "does not remember this computer" in rig.login.status.text())
