"""Who has read a message."""

import pytest
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client_gui.widgets.readers_dialog import ReadersDialog


@pytest.mark.parametrize("names", [(), ("Grace", "<b>x</b>\n")])
def test_it_shows_the_names(qtbot: QtBot, names: tuple[str, ...]) -> None:
    """Or that there are none."""
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ReadersDialog(names, parent)
    dialog.open()
    assert dialog.list.isVisible() is bool(names)
    shown = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert [words.strip("\u2068\u2069") for words in shown] == [name.strip() for name in names]
    dialog.close()
