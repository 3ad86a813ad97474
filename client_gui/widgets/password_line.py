"""The line for a password: hidden, shown on demand, and with an eye on Caps Lock."""

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QFocusEvent, QKeyEvent
from PyQt5.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.retranslated import Retranslated
from wire.limits import MAX_PASSWORD

_SPACING = 6

translate = QCoreApplication.translate


class PasswordLine(Retranslated, QWidget):
    """A line, the button beside it that shows what is in it, and a word about Caps Lock.

    Signals:
        caps_lock_seen(on: bool): a letter has come that says how Caps Lock stands. Qt cannot be
            asked; so nothing is known before the first letter, and after the key itself.
    """

    caps_lock_seen = pyqtSignal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.line = _Line(self)
        self.eye = QToolButton()
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show_text)
        self.caps_lock = PlainLabel()
        self.caps_lock.hide()
        self.caps_lock_seen.connect(self.caps_lock.setVisible)
        row = QHBoxLayout()
        row.setSpacing(_SPACING)
        row.addWidget(self.line, 1)
        row.addWidget(self.eye)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addLayout(row)
        column.addWidget(self.caps_lock)
        self.setFocusProxy(self.line)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words."""
        shown = self.eye.isChecked()
        # The word is what a click does; to a screen reader, the button is on or off.
        words = translate("PasswordLine", "Hide") if shown else translate("PasswordLine", "Show")
        self.eye.setText(words)
        self.eye.setAccessibleName(translate("PasswordLine", "Show the password"))
        self.eye.setToolTip(translate("PasswordLine", "Show or hide the password"))
        self.caps_lock.setText(translate("PasswordLine", "Caps Lock is on."))
        self.line.setAccessibleName(translate("PasswordLine", "Password"))

    def hide_text(self) -> None:
        """Show dots again."""
        self.eye.setChecked(False)

    @pyqtSlot(bool)
    def _show_text(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.Normal if shown else QLineEdit.Password)
        self.retranslate()


class _Line(QLineEdit):
    """Tells its *owner* what the keys say about Caps Lock."""

    def __init__(self, owner: PasswordLine) -> None:
        super().__init__()
        self._owner = owner
        self.setEchoMode(QLineEdit.Password)
        self.setMaxLength(MAX_PASSWORD)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A capital without Shift, or a small letter with it, comes of Caps Lock."""
        letter = event.text()
        if event.key() == Qt.Key_CapsLock:
            self._owner.caps_lock_seen.emit(False)
        elif len(letter) == 1 and letter.isascii() and letter.isalpha():
            shift = bool(event.modifiers() & Qt.ShiftModifier)
            self._owner.caps_lock_seen.emit(letter.isupper() != shift)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It is nobody's concern any more."""
        self._owner.caps_lock_seen.emit(False)
        super().focusOutEvent(event)
