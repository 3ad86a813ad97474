"""What stands above the messages."""

from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from client_gui.items import RoomItem
from client_gui.widgets.room_header import RoomHeader


def test_it_says_which_room_this_is(qtbot: QtBot) -> None:
    """And offers what there is."""
    header = RoomHeader()
    qtbot.addWidget(header)
    header.show_room(RoomItem("#2", "private", "Chess", "<b>Every</b>\nFriday", "owner", 1234), "")
    assert "Chess" in header.name.text()
    assert "<b>Every</b> Friday" in header.topic.text()
    assert header.members_button.text() in ("Members: 1,234", "Members: 1234")
    with qtbot.waitSignal(header.members_wanted) as wanted:
        qtbot.mouseClick(header.members_button, Qt.LeftButton)
    assert wanted.args == ["#2"]
    for button, signal in (
        (header.search_button, header.search_wanted),
        (header.rooms_button, header.rooms_wanted),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button, Qt.LeftButton)
        assert button.accessibleName()
    header.show_room(RoomItem("lobby", "lobby", "lobby"), "")
    assert header.members_button.isHidden()
