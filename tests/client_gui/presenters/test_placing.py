"""Where the windows stand."""

from collections.abc import Callable

import pytest
from PyQt5.QtCore import QRect
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client_gui.desktop.placement import place
from client_gui.desktop.preferences import Preferences
from client_gui.models.online_list import OnlineListModel
from client_gui.models.room_list import RoomListModel
from client_gui.presenters.placing import Placing
from client_gui.widgets.chat_window import ChatWindow
from client_gui.widgets.login_window import LoginWindow

Started = Callable[[int], tuple[Placing, ChatWindow]]


@pytest.fixture
def started(qtbot: QtBot, preferences: Preferences) -> Started:
    """Start a program at a seat."""

    def start(seat: int) -> tuple[Placing, ChatWindow]:
        chat = ChatWindow(RoomListModel(), OnlineListModel())
        login = LoginWindow("", 8090)
        qtbot.addWidget(chat)
        qtbot.addWidget(login)
        return Placing(preferences, chat, login, seat, chat), chat

    return start


def _screen() -> QRect:
    return QApplication.primaryScreen().availableGeometry()


@pytest.mark.parametrize("seat", [0, 1])
def test_at_first_it_stands_where_there_is_room(started: Started, seat: int) -> None:
    """Beside the others."""
    assert started(seat)[1].geometry() == place(_screen(), seat)


def test_it_stands_where_it_was_left(started: Started) -> None:
    """The next time; but not on top of the first, if that is still there."""
    placing, chat = started(0)
    left = QRect(30, 40, 500, 420)
    chat.setGeometry(left)
    placing.keep()
    assert started(0)[1].geometry() == left
    assert started(1)[1].geometry() == place(_screen(), 1)


def test_a_second_program_remembers_nothing(started: Started, preferences: Preferences) -> None:
    """The place is the first one's."""
    placing, chat = started(1)
    chat.setGeometry(30, 40, 500, 420)
    placing.keep()
    assert preferences.window == b""


def test_who_was_not_moved_is_not_remembered(started: Started, preferences: Preferences) -> None:
    """Its place may be another one when the screen is."""
    started(0)[0].keep()
    assert preferences.window == b""


@pytest.mark.parametrize("kept", [b"\0", b"no geometry at all", b"\x01\xd9\xd0\xcb" + b"\xff" * 60])
def test_what_is_no_place_is_not_used(
    started: Started, preferences: Preferences, kept: bytes
) -> None:
    """The file may have been written by anybody."""
    preferences.window = kept
    assert _screen().contains(started(0)[1].geometry())


def test_a_place_on_a_screen_that_is_gone_is_not_used(started: Started) -> None:
    """It could never be reached."""
    placing, chat = started(0)
    chat.setGeometry(9000, 9000, 500, 420)
    placing.keep()
    assert _screen().intersects(started(0)[1].geometry())
