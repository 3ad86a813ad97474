"""The dialogs about rooms."""

from collections.abc import Iterator

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from client_gui.items import MemberItem, RoomItem
from client_gui.models.online_list import OnlineListModel
from client_gui.models.room_list import RoomListModel
from client_gui.presenters.room_dialogs import RoomDialogs
from client_gui.widgets.chat_window import ChatWindow
from tests.client_gui.fake_session import FakeSession

CHESS = RoomItem("#2", "private", "Chess", "Every Friday", "owner", 2)


class Rig:
    """A window with one room of our own."""

    def __init__(self, qtbot: QtBot) -> None:
        self.session = FakeSession()
        self.rooms = RoomListModel()
        self.rooms.me = "user1"
        self.rooms.set_rooms((CHESS,))
        self.window = ChatWindow(self.rooms, OnlineListModel())
        qtbot.addWidget(self.window)
        self.window.resize(900, 500)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.dialogs = RoomDialogs(self.session, self.window, self.rooms)


@pytest.fixture
def rig(qtbot: QtBot) -> Iterator[Rig]:
    """With no dialog open."""
    rig = Rig(qtbot)
    yield rig
    if rig.dialogs.dialog is not None:
        rig.dialogs.dialog.close()


def test_a_new_room_is_asked_for_until_it_is_there(qtbot: QtBot, rig: Rig) -> None:
    """A refusal is said in the dialog."""
    qtbot.mouseClick(rig.window.rooms.new_button, Qt.LeftButton)
    dialog = rig.dialogs.dialog
    dialog.name.setText("Go")
    dialog.go.click()
    assert rig.session.of("create_room") == [("Go", "public", "")]
    rig.session.room_refused.emit("0011", "name-taken", "")
    assert "of this name" in dialog.error.text()
    assert not rig.window.composer.note.isVisible()
    dialog.go.click()
    rig.session.room_opened.emit("#3")
    assert rig.dialogs.dialog is None


def test_the_public_rooms_are_asked_for(qtbot: QtBot, rig: Rig) -> None:
    """To be joined."""
    qtbot.mouseClick(rig.window.rooms.join_button, Qt.LeftButton)
    assert rig.session.of("list_public") == [()]
    rig.session.rooms_listed.emit((RoomItem("#9", "public", "Go"),), False)
    dialog = rig.dialogs.dialog
    dialog.view.setCurrentIndex(dialog.view.model().index(0, 0))
    dialog.go.click()
    assert rig.session.of("join") == [("#9",)]


def test_members_are_shown_and_changed(rig: Rig) -> None:
    """Of this room only."""
    rig.window.rooms.members_wanted.emit("#2")
    dialog = rig.dialogs.dialog
    assert rig.session.of("list_members") == [("#2",)]
    rig.session.members_listed.emit("#9", (MemberItem("x", "X", "member", True),), False)
    assert dialog.view.model().rowCount() == 0
    rig.session.members_listed.emit("#2", (MemberItem("user2", "G", "member", True),), False)
    assert dialog.view.model().rowCount() == 1
    dialog.invite_wanted.emit("user3")
    dialog.role_wanted.emit("user2", "moderator")
    dialog.remove_wanted.emit("user2")
    dialog.message_wanted.emit("user2")
    assert rig.session.asked[1:] == [
        ("invite", "#2", "user3"),
        ("set_role", "#2", "user2", "moderator"),
        ("remove", "#2", "user2"),
        ("open_direct", "user2"),
    ]
    rig.session.room_refused.emit("0014", "no-such-user", "")
    assert dialog.error.text() == "There is no such user."


def test_topic_and_name_are_asked_for(rig: Rig) -> None:
    """With what is there now."""
    rig.window.rooms.topic_wanted.emit("#2")
    assert rig.dialogs.dialog.line.text() == "Every Friday"
    rig.dialogs.dialog.line.setText("")
    rig.dialogs.dialog.go.click()
    rig.window.rooms.rename_wanted.emit("#2")
    assert rig.dialogs.dialog.line.text() == "Chess"
    rig.dialogs.dialog.line.setText("Go")
    rig.dialogs.dialog.go.click()
    assert rig.session.asked == [("set_topic", "#2", ""), ("rename", "#2", "Go")]
    rig.session.room_refused.emit("0018", "name-taken", "")
    assert "of this name" in rig.window.composer.note.text()


def test_leaving_is_asked_about(qtbot: QtBot, rig: Rig) -> None:
    """It may not be possible to come back."""
    rig.window.rooms.leave_wanted.emit("#2")
    box = rig.window.findChild(QMessageBox)
    assert "Chess" in box.text()
    qtbot.mouseClick(box.button(QMessageBox.Yes), Qt.LeftButton)
    assert rig.session.of("leave") == [("#2",)]


def test_a_message_to_somebody_opens_their_room(rig: Rig) -> None:
    """From the list of who is online."""
    rig.window.online.message_wanted.emit("user2")
    assert rig.session.of("open_direct") == [("user2",)]


def test_a_room_that_is_gone_has_no_dialogs(rig: Rig) -> None:
    """It may go while its menu is open."""
    for signal in ("members", "topic", "rename", "leave"):
        getattr(rig.window.rooms, f"{signal}_wanted").emit("#99")
    assert rig.dialogs.dialog is None
    assert rig.session.asked == []
