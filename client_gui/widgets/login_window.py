"""The window that one begins at: who, with which password, and, folded away, where."""

from enum import Enum

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QIcon, QKeyEvent, QShowEvent
from PyQt5.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from client_gui import accounts as known
from client_gui.accounts import Account, Accounts
from client_gui.address import MAX_HOST, Address, parse_address
from client_gui.widgets.account_box import AccountBox
from client_gui.widgets.growing import grow
from client_gui.widgets.leave_question import LeaveQuestion
from client_gui.widgets.password_line import PasswordLine
from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.remember_box import RememberBox
from client_gui.widgets.retranslated import Retranslated, Words, said
from client_gui.widgets.status_line import StatusLine
from client_gui.widgets.title_label import TitleLabel
from wire.limits import MAX_NAME
from wire.messages import LogIn

_MARGIN = 24
_SPACING = 10
_WIDTH = 440
_ICON = 56
_TITLE_SCALE = 1.5

translate = QCoreApplication.translate


class About(Enum):
    """What an error is about, and so where one goes on."""

    PASSWORD = 0
    SERVER = 1
    NOTHING = 2
    """Nothing that has been typed: trying again is all there is."""


class LoginWindow(Retranslated, QWidget):
    """User name, password, **Login** and **Reset**; the server behind a disclosure.

    Signals:
        login_wanted(address: Address, username: str, password: str): the password is empty where
            the account is remembered.
        cancel_wanted(): the login that is on its way is not wanted any more.
        removal_wanted(account: Account): it is not to be offered, and not remembered, any more.
        doctor_wanted(): one wants to know why there is no connection.
    """

    login_wanted = pyqtSignal(object, str, str)
    cancel_wanted = pyqtSignal()
    removal_wanted = pyqtSignal(object)
    doctor_wanted = pyqtSignal()

    def __init__(self, server: str, default_port: int, username: str = "") -> None:
        super().__init__()
        self._default_port = default_port
        self._busy = False
        self._accounts: Accounts = ()
        self.accounts = AccountBox()
        self.username = _line(username, MAX_NAME)
        self.password_line = PasswordLine()
        self.password = self.password_line.line
        self.server = _line(server, MAX_HOST)
        self.server_toggle = QToolButton()
        self.remember_box = RememberBox()
        self.remember = self.remember_box.box
        self.login_button, self.reset_button = QPushButton(), QPushButton()
        self.cancel_button, self.doctor_button = QPushButton(), QPushButton()
        self._account_label = PlainLabel()
        self._username_label, self._password_label = PlainLabel(), PlainLabel()
        self.leaving = LeaveQuestion(self)
        self.status = StatusLine()
        self.pop_up: QMessageBox | None = None
        self._set_up_parts()
        self._build()
        self._connect()
        self.set_accounts(())
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words, but for those that say what happened."""
        self.setWindowTitle(translate("LoginWindow", "MiniChat – Login"))
        self._account_label.setText(translate("LoginWindow", "&Account:"))
        self._username_label.setText(translate("LoginWindow", "&User name:"))
        self._password_label.setText(translate("LoginWindow", "&Password:"))
        self.username.setAccessibleName(translate("LoginWindow", "User name"))
        self.server.setAccessibleName(translate("LoginWindow", "Server"))
        self.server_toggle.setText(translate("LoginWindow", "Ser&ver…"))
        self.login_button.setText(translate("LoginWindow", "&Login"))
        self.reset_button.setText(translate("LoginWindow", "&Reset"))
        self.cancel_button.setText(translate("LoginWindow", "&Cancel"))
        self.doctor_button.setText(translate("LoginWindow", "&What is wrong?"))
        self.status.setAccessibleName(translate("LoginWindow", "What happened"))
        self._show_remembered()

    # --- what the program says -------------------------------------------------------------------

    def show_busy(self, words: Words | None = None) -> None:
        """A login is on its way; *words* say how, if it is not the usual way."""
        self._set_busy(True)
        self.status.say(words or _busy_words)

    def show_failure(
        self, words: Words, with_pop_up: bool = False, about: About = About.PASSWORD
    ) -> None:
        """The login came to nothing because of *words*, which nobody overlooks in a pop-up."""
        self._set_busy(False)
        self.status.say(words, is_error=True)
        self.doctor_button.setVisible(about is About.SERVER)
        self._go_on_at(about)
        grow(self)
        if with_pop_up:
            self._open_pop_up(said(words))

    def show_ready(self) -> None:
        """Wait for the next login, with no password left over."""
        self._set_busy(False)
        self._say_nothing()
        self.password.clear()
        self.password_line.hide_text()
        self._focus_first_empty()

    def set_accounts(self, accounts: Accounts) -> None:
        """Offer *accounts*; the first time on a computer, there are none."""
        self._accounts = accounts
        self.accounts.set_accounts(accounts)
        for part in (self.accounts, self._account_label):
            part.setVisible(bool(accounts))
        self._on_edited()

    def set_keyring(self, trouble: Words) -> None:
        """Nobody can be remembered because of *trouble*; empty: one can."""
        self.remember_box.set_trouble(trouble)
        grow(self)
        grow(self)

    def fill_in(self, account: Account) -> None:
        """Be ready for a login of *account*."""
        self.server.setText(str(account.address))
        self.username.setText(account.username)
        self.password.clear()
        self.remember_box.set_wanted(account.remembered)

    def address(self) -> Address | None:
        """The server that has been filled in, if it is one."""
        try:
            return parse_address(self.server.text(), self._default_port)
        except ValueError:
            return None

    def credentials(self, client: str) -> LogIn | None:
        """A login by *client* with what has been typed, if that is enough for one."""
        username, password = self.username.text().strip(), self.password.text()
        return LogIn(username, password, client) if username and password else None

    def account(self) -> Account | None:
        """The account that has been filled in, if it is known."""
        address = self.address()
        if address is None:
            return None
        return known.find(self._accounts, address, self.username.text().strip())

    # --- building --------------------------------------------------------------------------------

    def _set_up_parts(self) -> None:
        self.server.setPlaceholderText(f"chat.example.org:{self._default_port}")
        self.server_toggle.setCheckable(True)
        self.server_toggle.setAutoRaise(True)
        self.server_toggle.setArrowType(Qt.RightArrow)
        self.server_toggle.setToolButtonStyle(Qt.ToolButtonTextBesideIcon)
        self.login_button.setDefault(True)
        self.login_button.setAutoDefault(True)
        self.reset_button.setAutoDefault(True)
        # Whoever presses Enter twice wants neither.
        self.cancel_button.setAutoDefault(False)
        self.doctor_button.setAutoDefault(False)
        self.cancel_button.hide()
        self.doctor_button.hide()

    def _build(self) -> None:
        form = QFormLayout()
        form.setSpacing(_SPACING)
        form.setFieldGrowthPolicy(QFormLayout.AllNonFixedFieldsGrow)
        for label, part in (
            (self._account_label, self.accounts),
            (self._username_label, self.username),
            (self._password_label, self.password_line),
        ):
            label.setBuddy(part)
            form.addRow(label, part)
        form.addRow(self.server_toggle, self.server)
        form.addRow("", self.remember_box)
        buttons = QHBoxLayout()
        buttons.setSpacing(_SPACING)
        buttons.addWidget(self.doctor_button)
        buttons.addStretch()
        for button in (self.login_button, self.reset_button, self.cancel_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_SPACING)
        column.addLayout(self._header())
        column.addSpacing(_SPACING)
        column.addLayout(form)
        column.addWidget(self.status)
        column.addStretch()
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)
        self._fold_server(False)

    def _header(self) -> QHBoxLayout:
        picture = PlainLabel()
        picture.setPixmap(QIcon(QCoreApplication.instance().windowIcon()).pixmap(_ICON, _ICON))
        title = TitleLabel("MiniChat", _TITLE_SCALE)
        row = QHBoxLayout()
        row.setSpacing(_SPACING)
        row.addWidget(picture)
        row.addWidget(title, 1)
        return row

    def _connect(self) -> None:
        for line in (self.username, self.password, self.server):
            line.textChanged.connect(self._on_edited)
            line.returnPressed.connect(self._log_in)
        self.accounts.chosen.connect(self._on_account_chosen)
        self.accounts.removed.connect(self.removal_wanted)
        self.login_button.clicked.connect(self._log_in)
        self.reset_button.clicked.connect(self._reset)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.doctor_button.clicked.connect(self.doctor_wanted)
        self.server_toggle.toggled.connect(self._fold_server)

    # --- what a person does ----------------------------------------------------------------------

    @pyqtSlot()
    def _log_in(self) -> None:
        if not self.login_button.isEnabled():
            self._focus_first_empty()
            return
        address = self.address()
        if address is None:
            self.show_failure(_address_words, about=About.SERVER)
            return
        self.login_wanted.emit(address, self.username.text().strip(), self.password.text())

    @pyqtSlot()
    def _reset(self) -> None:
        self.username.clear()
        self.password.clear()
        self._say_nothing()
        self.username.setFocus()

    @pyqtSlot(object)
    def _on_account_chosen(self, account: Account | None) -> None:
        self._say_nothing()
        if account is None:
            self.username.clear()
            self.password.clear()
            self.server_toggle.setChecked(True)
            self.username.setFocus()
        else:
            self.fill_in(account)
            self._go_on_at(About.NOTHING if account.remembered else About.PASSWORD)

    @pyqtSlot()
    def _on_edited(self) -> None:
        account = self.account()
        remembered = account is not None and account.remembered
        secret = self.password.text() or remembered
        filled = self.username.text().strip() and secret and self.server.text().strip()
        self.login_button.setEnabled(bool(filled) and not self._busy)
        self.accounts.show_account(account)
        self._show_remembered()

    @pyqtSlot(bool)
    def _fold_server(self, unfolded: bool) -> None:
        self.server.setVisible(unfolded)
        self.server_toggle.setArrowType(Qt.DownArrow if unfolded else Qt.RightArrow)

    # --- inside ----------------------------------------------------------------------------------

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for part in (
            *(self.accounts, self.username, self.password_line, self.server, self.server_toggle),
            self.remember_box,
        ):
            part.setEnabled(not busy)
        self.reset_button.setVisible(not busy)
        self.cancel_button.setVisible(busy)
        self.doctor_button.hide()
        self._on_edited()

    def _say_nothing(self) -> None:
        self.status.say("")
        self.doctor_button.hide()

    def _show_remembered(self) -> None:
        account = self.account()
        remembered = account is not None and account.remembered
        words = translate("LoginWindow", "remembered") if remembered else ""
        self.password.setPlaceholderText(words)

    def _go_on_at(self, about: About) -> None:
        if about is About.SERVER:
            self.server_toggle.setChecked(True)
            self.server.selectAll()
            self.server.setFocus()
        elif about is About.PASSWORD or not self.login_button.isEnabled():
            self.password.selectAll()
            self.password.setFocus()
        else:
            self.login_button.setFocus()

    def _open_pop_up(self, words: str) -> None:
        self.pop_up = QMessageBox(
            QMessageBox.Warning, translate("LoginWindow", "MiniChat"), words, QMessageBox.Ok, self
        )
        self.pop_up.setTextFormat(Qt.PlainText)
        self.pop_up.setAttribute(Qt.WA_DeleteOnClose)
        self.pop_up.finished.connect(self._on_pop_up_finished)
        self.pop_up.open()

    @pyqtSlot()
    def _on_pop_up_finished(self) -> None:
        self.pop_up = None
        self.password.setFocus()

    def _focus_first_empty(self) -> None:
        lines = (self.username, self.password)
        next((line for line in lines if not line.text()), self.password).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up the login that is on its way."""
        if event.key() == Qt.Key_Escape and self._busy:
            self.cancel_wanted.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first when something would be lost: a changed password leads here, too."""
        event.setAccepted(self.leaving.ask(self.close))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where something is to be filled in."""
        super().showEvent(event)
        self._focus_first_empty()


def _line(text: str, longest: int) -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(longest)
    line.setText(text)
    return line


def _busy_words() -> str:
    return translate("LoginWindow", "Logging in…")


def _address_words() -> str:
    return translate("LoginWindow", "A server is written HOST or HOST:PORT.")
