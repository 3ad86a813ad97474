"""The login window."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from client_gui.accounts import Account
from client_gui.address import Address
from client_gui.widgets.login_window import About, LoginWindow
from wire.limits import MAX_NAME, MAX_PASSWORD

SERVER = "127.0.0.1:8090"
ANN = Account(Address("chat.example.org", 8090), "ann", remembered=True)
BOB = Account(Address("::1", 8091), "bob")


@pytest.fixture
def window(qtbot: QtBot) -> LoginWindow:
    """With a server and nobody's name, visible."""
    window = LoginWindow(SERVER, 8090)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def _fill(qtbot: QtBot, window: LoginWindow) -> None:
    qtbot.keyClicks(window.username, "user1")
    qtbot.keyClicks(window.password, "111111")


def test_button_and_enter_log_in(qtbot: QtBot, window: LoginWindow) -> None:
    """From any field."""
    _fill(qtbot, window)
    for log_in in (
        lambda: qtbot.mouseClick(window.login_button, Qt.LeftButton),
        lambda: qtbot.keyClick(window.username, Qt.Key_Return),
        lambda: qtbot.keyClick(window.password, Qt.Key_Enter),
        lambda: qtbot.keyClick(window.login_button, Qt.Key_Space),
    ):
        with qtbot.waitSignal(window.login_wanted) as wanted:
            log_in()
        assert wanted.args == [Address("127.0.0.1", 8090), "user1", "111111"]


def test_reset_empties_both(qtbot: QtBot, window: LoginWindow) -> None:
    """And not the server."""
    _fill(qtbot, window)
    window.show_failure("no", with_pop_up=False)
    qtbot.mouseClick(window.reset_button, Qt.LeftButton)
    assert (window.username.text(), window.password.text()) == ("", "")
    assert window.server.text() == SERVER
    assert window.status.text() == ""


@pytest.mark.parametrize(("user", "password"), [("", "x"), ("x", ""), ("  ", "x")])
def test_an_empty_field_cannot_log_in(
    qtbot: QtBot, window: LoginWindow, user: str, password: str
) -> None:
    """Neither by the button nor by Enter."""
    window.username.setText(user)
    window.password.setText(password)
    assert not window.login_button.isEnabled()
    with qtbot.assertNotEmitted(window.login_wanted):
        qtbot.keyClick(window.password, Qt.Key_Return)


def test_the_server_is_folded_away(qtbot: QtBot, window: LoginWindow) -> None:
    """Until it is asked for."""
    assert not window.server.isVisible()
    qtbot.mouseClick(window.server_toggle, Qt.LeftButton)
    assert window.server.isVisible()


def test_a_server_that_is_none_is_said_and_unfolded(qtbot: QtBot, window: LoginWindow) -> None:
    """Nothing is tried."""
    _fill(qtbot, window)
    window.server.setText("http://example.org/")
    with qtbot.assertNotEmitted(window.login_wanted):
        qtbot.keyClick(window.password, Qt.Key_Return)
    assert window.server.isVisible()
    assert "HOST" in window.status.text()


def test_while_logging_in_nothing_can_be_changed(qtbot: QtBot, window: LoginWindow) -> None:
    """And it says so."""
    _fill(qtbot, window)
    window.show_busy()
    parts = (window.username, window.password, window.server, window.login_button)
    assert not any(part.isEnabled() for part in parts)
    assert not window.reset_button.isVisible()
    assert "Logging in" in window.status.text()


def test_while_logging_in_one_can_cancel(qtbot: QtBot, window: LoginWindow) -> None:
    """By the button or Escape, but not by a second Enter; at other times there is no need."""
    _fill(qtbot, window)
    with qtbot.assertNotEmitted(window.cancel_wanted):
        qtbot.keyClick(window.password, Qt.Key_Escape)
    window.show_busy()
    with qtbot.assertNotEmitted(window.cancel_wanted):
        qtbot.keyClick(window.cancel_button, Qt.Key_Return)
    with qtbot.waitSignal(window.cancel_wanted):
        qtbot.mouseClick(window.cancel_button, Qt.LeftButton)
    with qtbot.waitSignal(window.cancel_wanted):
        qtbot.keyClick(window.cancel_button, Qt.Key_Escape)
    window.show_failure("cancelled", with_pop_up=False)
    assert window.reset_button.isVisible()
    assert not window.cancel_button.isVisible()


def test_it_asks_before_something_unsent_is_lost(qtbot: QtBot, window: LoginWindow) -> None:
    """For a changed password leads here from the chat."""
    window.leaving.unsettled = 2
    window.close()
    assert window.isVisible()
    qtbot.mouseClick(window.leaving.box.button(QMessageBox.Yes), Qt.LeftButton)
    assert not window.isVisible()


def test_a_failure_is_said_in_the_window(qtbot: QtBot, window: LoginWindow) -> None:
    """In another colour; and one can try again."""
    _fill(qtbot, window)
    calm = window.status.palette().color(window.status.foregroundRole())
    window.show_busy()
    window.show_failure("<b>Nothing</b> answers", with_pop_up=False)
    assert window.status.text() == "<b>Nothing</b> answers"
    assert window.status.textFormat() == Qt.PlainText
    assert window.status.palette().color(window.status.foregroundRole()) != calm
    assert window.login_button.isEnabled()
    assert window.password.selectedText()
    assert window.pop_up is None


def test_a_wrong_password_is_also_said_in_a_pop_up(qtbot: QtBot, window: LoginWindow) -> None:
    """Which blocks nothing, and is no HTML."""
    window.show_failure("<b>Wrong</b>", with_pop_up=True)
    pop_up = window.pop_up
    assert pop_up is not None
    assert pop_up.isVisible()
    assert pop_up.textFormat() == Qt.PlainText
    qtbot.mouseClick(pop_up.button(QMessageBox.Ok), Qt.LeftButton)
    assert window.pop_up is None


def test_after_a_login_no_password_is_left(qtbot: QtBot, window: LoginWindow) -> None:
    """The name is."""
    _fill(qtbot, window)
    window.show_busy()
    window.show_ready()
    assert (window.username.text(), window.password.text()) == ("user1", "")
    assert window.username.isEnabled()


def test_one_begins_where_something_is_missing(qtbot: QtBot) -> None:
    """At the password, when the name is remembered."""
    window = LoginWindow(SERVER, 8090, "user1")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.focusWidget() is window.password, timeout=5000)


def test_everything_has_a_name_for_a_screen_reader(window: LoginWindow) -> None:
    """And the fields are bounded; the password is hidden."""
    named = (window.username, window.password, window.server, window.status, window.accounts.box)
    assert all(part.accessibleName() for part in named)
    assert window.username.maxLength() == MAX_NAME
    assert window.password.maxLength() == MAX_PASSWORD
    assert window.password.echoMode() == QLineEdit.Password
    assert window.login_button.isDefault()


def test_escape_does_nothing(qtbot: QtBot, window: LoginWindow) -> None:
    """The window stays."""
    qtbot.keyClick(window, Qt.Key_Escape)
    assert window.isVisible()


def test_an_error_leads_to_what_it_is_about(qtbot: QtBot, window: LoginWindow) -> None:
    """The server unfolds; where trying again is all there is, that is one key away."""
    _fill(qtbot, window)
    for about, part in (
        (About.PASSWORD, window.password),
        (About.NOTHING, window.login_button),
        (About.SERVER, window.server),
    ):
        assert not window.server.isVisible()
        window.show_failure("no", about=about)
        assert window.focusWidget() is part
    assert window.server.isVisible()
    with qtbot.waitSignal(window.doctor_wanted):
        qtbot.mouseClick(window.doctor_button, Qt.LeftButton)


def test_known_accounts_are_offered(qtbot: QtBot, window: LoginWindow) -> None:
    """One fills the lines; who is remembered needs no password."""
    assert not window.accounts.isVisible()
    window.set_accounts((ANN, BOB))
    assert window.accounts.isVisible()
    window.accounts.chosen.emit(BOB)
    assert (window.server.text(), window.username.text()) == ("[::1]:8091", "bob")
    assert not window.login_button.isEnabled()
    assert window.focusWidget() is window.password
    window.accounts.chosen.emit(ANN)
    assert window.remember.isChecked()
    assert window.password.placeholderText()
    with qtbot.waitSignal(window.login_wanted) as wanted:
        qtbot.keyClick(window.login_button, Qt.Key_Return)
    assert wanted.args == [ANN.address, "ann", ""]


def test_another_account_begins_empty(window: LoginWindow) -> None:
    """And with the server to be seen."""
    window.set_accounts((ANN,))
    window.fill_in(ANN)
    window.accounts.chosen.emit(None)
    assert window.username.text() == ""
    assert window.server.isVisible()
    assert not window.login_button.isEnabled()


def test_the_account_that_is_typed_is_the_one_that_is_shown(window: LoginWindow) -> None:
    """A key more, and it is another one."""
    window.set_accounts((ANN,))
    window.fill_in(ANN)
    assert window.accounts.account() == ANN
    window.username.setText("anna")
    assert window.accounts.account() is None
    assert window.password.placeholderText() == ""
    assert not window.login_button.isEnabled()


def test_without_a_keyring_the_box_says_why(window: LoginWindow) -> None:
    """And is off, also after a login that failed."""
    window.remember.setChecked(True)
    window.set_keyring("no keyring")
    assert not window.remember.isChecked()
    assert window.remember_box.note.text() == "no keyring"
    window.show_busy()
    window.show_failure("no")
    assert not window.remember.isEnabled()
    window.set_keyring("")
    assert window.remember.isEnabled()
    assert not window.remember_box.note.isVisible()


def test_caps_lock_is_said(window: LoginWindow) -> None:
    """While it matters."""
    window.password_line.caps_lock_seen.emit(True)
    assert window.password_line.caps_lock.isVisible()
    window.password_line.caps_lock_seen.emit(False)
    assert not window.password_line.caps_lock.isVisible()


def test_why_nobody_can_be_remembered_is_there_to_the_last_word(window: LoginWindow) -> None:
    """The window grows for it, though it comes when the window is in sight."""
    window.show()
    QApplication.processEvents()
    window.set_keyring("word " * 40)
    QApplication.processEvents()
    note = window.remember_box.note
    assert note.height() >= note.heightForWidth(note.width()) > 3 * note.fontMetrics().height()
