"""The window that one begins at: who, with which password, and, folded away, where."""

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

from client_gui.address import MAX_HOST, Address, parse_address
from client_gui.widgets.leave_question import LeaveQuestion
from client_gui.widgets.note_label import NoteLabel
from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.retranslated import Retranslated, Words, said
from client_gui.widgets.title_label import TitleLabel
from wire.limits import MAX_NAME, MAX_PASSWORD

_MARGIN = 24
_SPACING = 10
_WIDTH = 380
_ICON = 56
_TITLE_SCALE = 1.5

translate = QCoreApplication.translate


class LoginWindow(Retranslated, QWidget):
    """User name, password, **Login** and **Reset**; the server behind a disclosure.

    Signals:
        login_wanted(address: Address, username: str, password: str)
        cancel_wanted(): the login that is on its way is not wanted any more.
    """

    login_wanted = pyqtSignal(object, str, str)
    cancel_wanted = pyqtSignal()

    def __init__(self, server: str, default_port: int, username: str = "") -> None:
        super().__init__()
        self._default_port = default_port
        self._busy = False
        self.username = _line(username, MAX_NAME)
        self.password = _line("", MAX_PASSWORD)
        self.password.setEchoMode(QLineEdit.Password)
        self.server = _line(server, MAX_HOST)
        self.server_toggle = QToolButton()
        self.login_button, self.reset_button = QPushButton(), QPushButton()
        self.cancel_button = QPushButton()
        self._username_label, self._password_label = PlainLabel(), PlainLabel()
        self.leaving = LeaveQuestion(self)
        self.status = NoteLabel()
        self._status_words: Words = ""
        self.pop_up: QMessageBox | None = None
        self._set_up_parts()
        self._build()
        self._connect()
        self._on_edited()
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words, what happened included."""
        self.setWindowTitle(translate("LoginWindow", "MiniChat – Login"))
        self._username_label.setText(translate("LoginWindow", "&User name:"))
        self._password_label.setText(translate("LoginWindow", "&Password:"))
        self.username.setAccessibleName(translate("LoginWindow", "User name"))
        self.password.setAccessibleName(translate("LoginWindow", "Password"))
        self.server.setAccessibleName(translate("LoginWindow", "Server"))
        self.server_toggle.setText(translate("LoginWindow", "Ser&ver…"))
        self.login_button.setText(translate("LoginWindow", "&Login"))
        self.reset_button.setText(translate("LoginWindow", "&Reset"))
        self.cancel_button.setText(translate("LoginWindow", "&Cancel"))
        self.status.setAccessibleName(translate("LoginWindow", "What happened"))
        self.status.setText(said(self._status_words))

    # --- what the program says -------------------------------------------------------------------

    def show_busy(self) -> None:
        """A login is on its way."""
        self._set_busy(True)
        self._say(_busy_words, False)

    def show_failure(self, words: Words, with_pop_up: bool) -> None:
        """The login came to nothing because of *words*, which nobody overlooks in a pop-up."""
        self._set_busy(False)
        self._say(words, True)
        self.password.selectAll()
        self.password.setFocus()
        if with_pop_up:
            self._open_pop_up(said(words))

    def show_ready(self) -> None:
        """Wait for the next login, with no password left over."""
        self._set_busy(False)
        self._say("", False)
        self.password.clear()
        self._focus_first_empty()

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
        # Whoever presses Enter twice does not want to cancel.
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.hide()
        self.status.setTextInteractionFlags(Qt.TextSelectableByMouse)
        # Two lines, so that words that come do not move the buttons.
        self.status.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.status.setAlignment(Qt.AlignLeft | Qt.AlignTop)

    def _build(self) -> None:
        form = QFormLayout()
        form.setSpacing(_SPACING)
        form.setFieldGrowthPolicy(QFormLayout.AllNonFixedFieldsGrow)
        for label, line in (
            (self._username_label, self.username),
            (self._password_label, self.password),
        ):
            label.setBuddy(line)
            form.addRow(label, line)
        form.addRow(self.server_toggle, self.server)
        buttons = QHBoxLayout()
        buttons.setSpacing(_SPACING)
        buttons.addStretch()
        buttons.addWidget(self.login_button)
        buttons.addWidget(self.reset_button)
        buttons.addWidget(self.cancel_button)
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
        self.login_button.clicked.connect(self._log_in)
        self.reset_button.clicked.connect(self._reset)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.server_toggle.toggled.connect(self._fold_server)

    # --- what a person does ----------------------------------------------------------------------

    @pyqtSlot()
    def _log_in(self) -> None:
        if not self.login_button.isEnabled():
            self._focus_first_empty()
            return
        try:
            address: Address = parse_address(self.server.text(), self._default_port)
        except ValueError:
            self.server_toggle.setChecked(True)
            self.server.setFocus()
            self._say(_address_words, True)
            return
        self.login_wanted.emit(address, self.username.text().strip(), self.password.text())

    @pyqtSlot()
    def _reset(self) -> None:
        self.username.clear()
        self.password.clear()
        self._say("", False)
        self.username.setFocus()

    @pyqtSlot()
    def _on_edited(self) -> None:
        filled = (
            self.username.text().strip() and self.password.text() and self.server.text().strip()
        )
        self.login_button.setEnabled(bool(filled) and not self._busy)

    @pyqtSlot(bool)
    def _fold_server(self, unfolded: bool) -> None:
        self.server.setVisible(unfolded)
        self.server_toggle.setArrowType(Qt.DownArrow if unfolded else Qt.RightArrow)

    # --- inside ----------------------------------------------------------------------------------

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for part in (self.username, self.password, self.server, self.server_toggle):
            part.setEnabled(not busy)
        self.reset_button.setVisible(not busy)
        self.cancel_button.setVisible(busy)
        self._on_edited()

    def _say(self, words: Words, is_error: bool) -> None:
        self._status_words = words
        self.status.set_error(is_error)
        self.status.setText(said(words))

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
        """Ask first when something has not been sent: a changed password leads here, too."""
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
