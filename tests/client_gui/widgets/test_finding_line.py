"""A line to find something by."""

from collections.abc import Iterator

import pytest
from PyQt5.QtCore import QEvent, Qt
from PyQt5.QtGui import QInputMethodEvent, QKeyEvent
from PyQt5.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from client_gui.widgets.finding_line import FindingLine


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[FindingLine]:
    """With another one below it."""
    window = QWidget()
    line = FindingLine()
    column = QVBoxLayout(window)
    column.addWidget(line)
    column.addWidget(QLineEdit())
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    line.setFocus()
    yield line
    line.window().close()


def _compose(line: FindingLine, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(line, event)


def test_what_is_composed_is_told_along(line: FindingLine) -> None:
    """Without the input method's own marks; and once, however it comes to stand there."""
    told: list[str] = []
    line.typed.connect(told.append)
    line.setText("a")
    _compose(line, "xiao'm")
    _compose(line, "xiao'm")
    assert line.composing
    _compose(line, "", "小明")
    assert told == ["a", "axiaom", "a小明"]
    assert (line.text(), line.composing) == ("a小明", False)


def test_keys_are_told_unless_they_are_the_input_methods(qtbot: QtBot, line: FindingLine) -> None:
    """Whoever takes a key has it; Tab is one."""
    keys: list[int] = []

    def take(event: QKeyEvent) -> None:
        keys.append(event.key())
        if event.key() != Qt.Key_X:
            event.accept()

    line.pressed.connect(take)
    for key in (Qt.Key_Tab, Qt.Key_Return, Qt.Key_X, Qt.Key_A):
        qtbot.keyClick(line, key)
    assert keys == [Qt.Key_Tab, Qt.Key_Return, Qt.Key_X, Qt.Key_A]
    assert line.text() == "x"
    assert line.hasFocus()
    _compose(line, "ni")
    qtbot.keyClick(line, Qt.Key_Return)
    assert len(keys) == 4


def test_the_key_of_the_palette_does_not_cut_the_line_off(line: FindingLine) -> None:
    """It is the window's."""
    override = QKeyEvent(QEvent.ShortcutOverride, Qt.Key_K, Qt.ControlModifier, "\x0b")
    QApplication.sendEvent(line, override)
    assert not override.isAccepted()


def test_leaving_is_told(qtbot: QtBot, line: FindingLine) -> None:
    """With the keyboard."""
    with qtbot.waitSignal(line.left):
        line.window().findChildren(QLineEdit)[-1].setFocus(Qt.OtherFocusReason)
