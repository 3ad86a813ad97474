"""Asking what a new room is to be."""

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client_gui.widgets.new_room_dialog import NewRoomDialog
from wire.limits import MAX_NAME


def test_name_kind_and_topic_are_wanted(qtbot: QtBot) -> None:
    """Enter does it; not without a name."""
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = NewRoomDialog(parent)
    dialog.name.setText("  ")
    assert not dialog.go.isEnabled()
    dialog.name.setText(" Chess ")
    dialog.kind.setCurrentIndex(1)
    dialog.topic.setText("Every Friday")
    dialog.open()
    with qtbot.waitSignal(dialog.create_wanted) as wanted:
        qtbot.keyClick(dialog.name, Qt.Key_Return)
    assert wanted.args == ["Chess", "private", "Every Friday"]
    assert dialog.isVisible(), "until the server has made it"
    assert dialog.name.maxLength() == MAX_NAME
    dialog.reject()
