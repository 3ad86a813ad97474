"""A dialog that asks for something the server may refuse."""

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client_gui.widgets.new_room_dialog import NewRoomDialog
from wire.messages import CreateRoom


def test_what_is_wrong_is_said_in_it(qtbot: QtBot) -> None:
    """As plain text, and it can be tried again; asking again takes the words away."""
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = NewRoomDialog(parent)
    assert dialog.requests == {CreateRoom.code}
    dialog.name.setText("Chess")
    dialog.open()
    qtbot.mouseClick(dialog.go, Qt.LeftButton)
    assert not dialog.go.isEnabled()
    dialog.show_error("<b>no</b>")
    assert dialog.error.isVisible()
    assert dialog.error.textFormat() == Qt.PlainText
    qtbot.mouseClick(dialog.go, Qt.LeftButton)
    assert not dialog.error.isVisible()
    dialog.reject()
