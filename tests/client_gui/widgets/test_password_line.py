"""The line for a password."""

import pytest
from PyQt5.QtCore import QEvent, Qt
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from client_gui.widgets.password_line import PasswordLine
from wire.limits import MAX_PASSWORD


@pytest.fixture
def password(qtbot: QtBot) -> PasswordLine:
    """Empty."""
    password = PasswordLine()
    qtbot.addWidget(password)
    return password


def test_it_is_hidden_until_it_is_to_be_shown(qtbot: QtBot, password: PasswordLine) -> None:
    """By a click or a key; what has been typed stays."""
    qtbot.keyClicks(password.line, "s3cret")
    assert password.line.echoMode() == QLineEdit.Password
    qtbot.mouseClick(password.eye, Qt.LeftButton)
    assert password.line.echoMode() == QLineEdit.Normal
    assert password.eye.text() == "Hide"
    qtbot.keyClick(password.eye, Qt.Key_Space)
    assert password.line.echoMode() == QLineEdit.Password
    assert password.line.text() == "s3cret"
    password.eye.setChecked(True)
    password.hide_text()
    assert password.line.echoMode() == QLineEdit.Password


@pytest.mark.parametrize(
    ("letter", "modifier", "on"),
    [
        ("a", Qt.NoModifier, False),
        ("A", Qt.NoModifier, True),
        ("A", Qt.ShiftModifier, False),
        ("a", Qt.ShiftModifier, True),
    ],
)
def test_a_letter_tells_of_caps_lock(
    qtbot: QtBot, password: PasswordLine, letter: str, modifier: Qt.KeyboardModifier, on: bool
) -> None:
    """A capital comes of Shift, or of Caps Lock."""
    seen: list[bool] = []
    password.caps_lock_seen.connect(seen.append)
    press = QKeyEvent(QEvent.KeyPress, ord(letter.upper()), modifier, letter)
    QApplication.sendEvent(password.line, press)
    assert seen == [on]
    # What it is after its own key, Qt does not say.
    qtbot.keyClick(password.line, Qt.Key_CapsLock)
    assert seen == [on, False]


def test_a_number_tells_nothing(qtbot: QtBot, password: PasswordLine) -> None:
    """Nor does Chinese."""
    seen: list[bool] = []
    password.caps_lock_seen.connect(seen.append)
    qtbot.keyClicks(password.line, "1!")
    assert seen == []


def test_its_parts_have_names_and_bounds(password: PasswordLine) -> None:
    """For a screen reader."""
    assert password.line.accessibleName() == "Password"
    assert password.eye.accessibleName() == "Show the password"
    assert password.eye.toolTip()
    assert password.line.maxLength() == MAX_PASSWORD
