"""Asking for one line."""

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client_gui.widgets.line_dialog import LineDialog


def _asked(qtbot: QtBot, typed: str, may_be_empty: bool = False) -> list[str]:
    parent, used = QWidget(), []
    qtbot.addWidget(parent)
    dialog = LineDialog("Topic", "What for?", "old", 9, used.append, parent, may_be_empty)
    dialog.open()
    dialog.line.clear()
    qtbot.keyClicks(dialog.line, typed)
    qtbot.keyClick(dialog.line, Qt.Key_Return)
    if dialog.go.isEnabled():
        assert not dialog.isVisible()
    dialog.reject()
    return used


def test_another_line_is_used(qtbot: QtBot) -> None:
    """Not the same one, not a longer one, and an empty one only where it may be."""
    assert _asked(qtbot, " new ") == ["new"]
    assert _asked(qtbot, "old") == []
    assert _asked(qtbot, "x" * 50) == ["x" * 9]
    assert _asked(qtbot, "") == []
    assert _asked(qtbot, "", may_be_empty=True) == [""]
