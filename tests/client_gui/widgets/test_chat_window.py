"""The chat window: its parts together, and how one leaves it."""

from collections.abc import Callable

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from client_gui.models.message_list import MessageListModel
from client_gui.models.online_list import OnlineListModel
from client_gui.widgets.chat_window import SIDE_FROM, ChatWindow


@pytest.fixture
def window(qtbot: QtBot, messages: MessageListModel) -> ChatWindow:
    """Open for itcast1."""
    people = OnlineListModel()
    window = ChatWindow(messages, people)
    messages.setParent(window)
    people.setParent(window)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.open_for("itcast1")
    yield window
    window.leaving.unsettled = 0


def _answer(qtbot: QtBot, window: ChatWindow, button: int) -> None:
    qtbot.mouseClick(window.leaving.box.button(button), Qt.LeftButton)


@pytest.mark.parametrize(
    ("nickname", "shown"),
    [("小明", "小明"), ("\u202egnp.exe\n", "gnp.exe"), ("x" * 500, "x" * 32)],
)
def test_the_title_has_the_nickname(window: ChatWindow, nickname: str, shown: str) -> None:
    """Without what would turn the rest of it."""
    window.show_name(nickname)
    assert window.windowTitle() == f"MiniChat – {shown}"


def test_one_can_write_at_once(qtbot: QtBot, window: ChatWindow) -> None:
    """The box has the focus, and Tab leads on."""
    qtbot.waitUntil(lambda: window.focusWidget() is window.composer.box, timeout=5000)
    window.composer.box.setPlainText("x")
    for expected in (window.composer.button, window.view, window.online.view):
        qtbot.keyClick(window.focusWidget(), Qt.Key_Tab)
        assert window.focusWidget() is expected


def test_it_closes_at_once_when_everything_is_sent(window: ChatWindow) -> None:
    """Ctrl+Q does the same."""
    assert window.quit_action.shortcut().toString() == "Ctrl+Q"
    window.quit_action.trigger()
    assert not window.isVisible()


def test_it_asks_before_it_closes_on_something_unsent(qtbot: QtBot, window: ChatWindow) -> None:
    """And does what was answered."""
    window.leaving.unsettled = 3
    window.close()
    window.close()
    assert window.isVisible()
    assert "3" in window.leaving.box.text()
    assert window.leaving.box.textFormat() == Qt.PlainText
    _answer(qtbot, window, QMessageBox.No)
    assert window.isVisible()
    window.close()
    _answer(qtbot, window, QMessageBox.Yes)
    assert not window.isVisible()


def test_logging_out_asks_too(qtbot: QtBot, window: ChatWindow) -> None:
    """But only then."""
    with qtbot.waitSignal(window.sign_out_wanted):
        window.sign_out_action.trigger()
    window.leaving.unsettled = 1
    with qtbot.assertNotEmitted(window.sign_out_wanted):
        window.sign_out_action.trigger()
    with qtbot.waitSignal(window.sign_out_wanted):
        _answer(qtbot, window, QMessageBox.Yes)


def test_escape_does_nothing(qtbot: QtBot, window: ChatWindow) -> None:
    """What is written stays."""
    window.composer.box.setPlainText("mine")
    qtbot.keyClick(window.composer.box, Qt.Key_Escape)
    assert window.isVisible()
    assert window.composer.box.toPlainText() == "mine"


def test_a_narrow_window_is_for_the_messages(qtbot: QtBot, window: ChatWindow) -> None:
    """Who is online is there again when there is room."""
    window.resize(SIDE_FROM - 1, 400)
    qtbot.waitUntil(lambda: not window.online.isVisible(), timeout=5000)
    window.resize(SIDE_FROM, 400)
    qtbot.waitUntil(window.online.isVisible, timeout=5000)


def test_one_can_read_back_while_writing(
    qtbot: QtBot, window: ChatWindow, fill: Callable[..., None]
) -> None:
    """With the keys for a page, and the focus stays."""
    fill(200)
    for key, at_bottom in ((Qt.Key_PageUp, False), (Qt.Key_PageDown, True)):
        qtbot.keyClick(window.composer.box, key)
        assert window.view.at_bottom is at_bottom
    assert window.focusWidget() is window.composer.box
