"""Between the session, the login window and the keyring: who is at this computer, and where.

A token is asked of the keyring when somebody who is remembered logs in, and given to it when
somebody who wants to be remembered has; it goes when they log out, or the server refuses it.
"""

from dataclasses import replace
from functools import partial

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from client_gui import accounts as known
from client_gui.accounts import Account
from client_gui.address import Address
from client_gui.desktop.keyring_tokens import KeyringTokens
from client_gui.desktop.preferences import Preferences
from client_gui.display import safe_sentence
from client_gui.events import Failure
from client_gui.session import Session
from client_gui.widgets.chat_window import ChatWindow
from client_gui.widgets.leave_question import LeaveQuestion
from client_gui.widgets.login_window import About, LoginWindow
from client_gui.words import asking_keyring_words, keyring_words, login_words, no_token_words
from wire.names import key

WRONG_LOGIN = "wrong-login"
"""The reason word for which the seed showed a pop-up, and so do we."""

_ABOUT_SERVER = frozenset(
    (
        Failure.NO_SUCH_HOST,
        Failure.REFUSED,
        Failure.UNREACHABLE,
        Failure.TIMED_OUT,
        Failure.NO_ANSWER,
        Failure.NOT_MINICHAT,
    )
)
_ABOUT_PASSWORD = frozenset((WRONG_LOGIN, "wrong-token", "revoked"))
_ABOUT_TOKEN = frozenset(("wrong-token", "revoked"))
"""After these, the token of the keyring is good for nothing."""


class SigningIn(QObject):
    """Logs in and out, and turns from one account to another.

    Signals:
        about_to_switch(): another account is turned to; what is being written is to be kept now.
    """

    about_to_switch = pyqtSignal()

    def __init__(
        self,
        session: Session,
        login: LoginWindow,
        chat: ChatWindow,
        preferences: Preferences,
        tokens: KeyringTokens,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._login, self._chat = session, login, chat
        self._preferences, self._tokens = preferences, tokens
        self._account: Account | None = None
        """Who is logged in, or was or will be at the end of the login on its way."""
        self._asked = 0
        """How often the keyring was asked for a token; only the last answer counts."""
        self._asking = False
        self._checked = False
        self._wanted = False
        """Whether who logs in wants to be remembered."""
        self._kept = ""
        """The token that the keyring has given, or was given, last."""
        self._switching = LeaveQuestion(chat)
        self._connect_session()
        self._connect_windows()
        self._show_accounts()

    def begin(self) -> None:
        """Show the login; whoever is remembered is in without being asked."""
        self._login.show()
        self._check_keyring()
        account = self._login.account()
        if account is not None:
            self._login.fill_in(account)
            if account.remembered:
                self._log_in(account, "")

    def who(self) -> object:
        """Whose login it is; equal for the same person at the same server."""
        account = self._account
        return account and (account.address, key(account.username))

    def switch(self, account: Account | None) -> None:
        """Turn to *account*, or to one that is yet to be typed. What is not sent stays on disk."""
        if account is not None and self._account is not None and account.is_same(self._account):
            return
        go = partial(self._switch, account)
        self._switching.unsettled = self._session.at_risk
        if self._switching.ask(go):
            go()

    # --- building --------------------------------------------------------------------------------

    def _connect_session(self) -> None:
        session = self._session
        session.signed_in.connect(self._on_signed_in)
        session.started_offline.connect(self._open_chat)
        session.sign_in_failed.connect(self._on_sign_in_failed)
        session.signed_out.connect(self._on_signed_out)

    def _connect_windows(self) -> None:
        self._login.login_wanted.connect(self._on_login_wanted)
        self._login.cancel_wanted.connect(self._on_cancel_wanted)
        self._login.removal_wanted.connect(self._on_removal_wanted)
        self._chat.sign_out_wanted.connect(self._session.sign_out)
        self._chat.accounts.account_wanted.connect(self.switch)

    def _show_accounts(self) -> None:
        self._login.set_accounts(self._preferences.accounts)
        self._chat.accounts.set_accounts(self._preferences.accounts, self._account)

    # --- what people want ------------------------------------------------------------------------

    @pyqtSlot(object, str, str)
    def _on_login_wanted(self, address: Address, username: str, password: str) -> None:
        account = known.find(self._preferences.accounts, address, username)
        account = account or Account(address, username)
        go = partial(self._log_in, account, password)
        # Another person begins with nothing: what is not on disk would be lost.
        self._login.leaving.unsettled = self._session.at_risk
        if self._session.is_same_person(address, username) or self._login.leaving.ask(go):
            go()

    def _log_in(self, account: Account, password: str) -> None:
        self._account, self._wanted = account, self._login.remember.isChecked()
        if password or not account.remembered:
            self._login.show_busy()
            self._session.sign_in(account.address, account.username, password)
            return
        self._asked += 1
        self._asking = True
        self._login.show_busy(asking_keyring_words)
        self._tokens.find(str(account), partial(self._on_token, self._asked, account))

    def _on_token(self, number: int, account: Account, token: str, trouble: str) -> None:
        if number != self._asked or not self._asking:
            return
        self._asking = False
        if token:
            self._kept = token
            self._login.show_busy()
            self._session.sign_in(account.address, account.username, "", token)
            return
        if trouble:
            self._login.set_keyring(partial(keyring_words, trouble))
        else:
            self._remember(account, False)
        self._login.show_failure(partial(keyring_words, trouble) if trouble else no_token_words)

    @pyqtSlot()
    def _on_cancel_wanted(self) -> None:
        if self._asking:
            self._asking = False
            self._fail(Failure.ASKED, "")
        else:
            self._session.cancel()

    @pyqtSlot(object)
    def _on_removal_wanted(self, account: Account) -> None:
        self._tokens.forget(str(account))
        self._preferences.accounts = known.without(self._preferences.accounts, account)
        self._show_accounts()

    def _switch(self, account: Account | None) -> None:
        self.about_to_switch.emit()
        self._session.switch()
        self._account = None
        self._show_login()
        if account is None:
            self._login.username.clear()
            self._login.username.setFocus()
            return
        self._login.fill_in(account)
        if account.remembered:
            self._log_in(account, "")

    # --- what happens ----------------------------------------------------------------------------

    @pyqtSlot(str, str)
    def _on_signed_in(self, username: str, nickname: str) -> None:
        if self._account is not None:
            # As the server writes the name.
            account = replace(self._account, username=username)
            self._preferences.server = str(account.address)
            self._preferences.username = username
            self._remember_or_forget(account)
        self._open_chat(username, nickname)

    def _remember_or_forget(self, account: Account) -> None:
        token = self._session.token
        if account.remembered and not self._wanted:
            self._tokens.forget(str(account))
        self._remember(account, self._wanted and token == self._kept != "")
        if self._wanted and token not in ("", self._kept):
            self._tokens.keep(str(account), token, partial(self._on_kept, account, token))

    def _on_kept(self, account: Account, token: str, trouble: str) -> None:
        if trouble:
            self._login.set_keyring(partial(keyring_words, trouble))
            self._chat.composer.warn(partial(keyring_words, trouble))
        elif token == self._session.token:
            self._kept = token
            self._remember(account, True)
        else:
            # They have logged out meanwhile.
            self._tokens.forget(str(account))

    def _remember(self, account: Account, remembered: bool) -> None:
        """Note *account* as the latest; *remembered*: the keyring has its token."""
        self._account = replace(account, remembered=remembered)
        self._preferences.accounts = known.with_first(self._preferences.accounts, self._account)
        self._show_accounts()

    @pyqtSlot(str, str)
    def _open_chat(self, _username: str, nickname: str) -> None:
        # Only a login by hand brings the window up: one that happened by itself disturbs nobody.
        if not self._login.isHidden():
            self._chat.open_for(nickname)
            self._login.show_ready()
            self._login.hide()

    @pyqtSlot(object, str)
    def _on_sign_in_failed(self, reason: object, detail: str) -> None:
        if reason in _ABOUT_TOKEN and self._account is not None and self._account.remembered:
            self._tokens.forget(str(self._account))
            self._remember(self._account, False)
        self._show_login()
        self._fail(reason, detail)

    def _fail(self, reason: object, detail: str) -> None:
        address = str(self._account.address) if self._account is not None else ""
        about = About.SERVER if reason in _ABOUT_SERVER else About.NOTHING
        about = About.PASSWORD if reason in _ABOUT_PASSWORD else about
        words = partial(login_words, reason, address, safe_sentence(detail))
        self._login.show_failure(words, with_pop_up=reason == WRONG_LOGIN, about=about)

    @pyqtSlot()
    def _on_signed_out(self) -> None:
        if self._account is not None:
            self._tokens.forget(str(self._account))
            if self._account.remembered:
                self._remember(self._account, False)
        self._account, self._kept = None, ""
        self._show_login()

    def _show_login(self) -> None:
        self._check_keyring()
        if self._login.isHidden():
            self._login.show_ready()
            self._login.show()
        self._chat.hide()

    def _check_keyring(self) -> None:
        """Say in the window whether one can be remembered: once, for it takes a library."""
        if not self._checked:
            self._checked = True
            self._tokens.check(self._on_checked)

    def _on_checked(self, trouble: str) -> None:
        self._login.set_keyring(partial(keyring_words, trouble) if trouble else "")
