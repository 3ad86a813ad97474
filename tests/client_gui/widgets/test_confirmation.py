"""A question before something that cannot be undone."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from client_gui.widgets.confirmation import confirm


@pytest.mark.parametrize(("answer", "done"), [(QMessageBox.Yes, ["done"]), (QMessageBox.No, [])])
def test_only_yes_does_it(qtbot: QtBot, answer: int, done: list[str]) -> None:
    """And Enter is no."""
    parent, did = QWidget(), []
    qtbot.addWidget(parent)
    box = confirm(parent, "<b>Sure?</b>", lambda: did.append("done"))
    assert box.textFormat() == Qt.PlainText
    assert box.defaultButton() is box.button(QMessageBox.No)
    qtbot.mouseClick(box.button(answer), Qt.LeftButton)
    assert did == done
