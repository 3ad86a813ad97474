"""The chat window: its parts together, and how one leaves it."""

from collections.abc import Callable, Iterator

import pytest
from PyQt5.QtCore import QEvent, Qt
from PyQt5.QtGui import QInputMethodEvent
from PyQt5.QtWidgets import QAction, QApplication, QMessageBox, QShortcut, QSplitter
from pytestqt.qtbot import QtBot

from client_gui.items import RoomItem
from client_gui.models.message_list import MessageListModel
from client_gui.models.online_list import OnlineListModel
from client_gui.models.room_list import RoomListModel
from client_gui.widgets.chat_window import ChatWindow
from client_gui.widgets.columns import THREE_FROM, TWO_FROM


@pytest.fixture
def window(qtbot: QtBot, messages: MessageListModel) -> Iterator[ChatWindow]:
    """Open for itcast1."""
    people, rooms = OnlineListModel(), RoomListModel()
    window = ChatWindow(rooms, people)
    messages.setParent(window)
    window.conversation.pages.show_room(messages)
    window.resize(THREE_FROM + 200, 500)
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
    rooms = window.rooms
    for expected in (
        window.composer.button,
        window.composer.emoji_button,
        window.view,
        window.online.view,
        rooms.view,
    ):
        qtbot.keyClick(window.focusWidget(), Qt.Key_Tab)
        assert window.focusWidget() is expected


def test_the_title_counts_what_is_unread(window: ChatWindow) -> None:
    """As far as it is counted; nothing is no number."""
    window.show_name("Ann")
    for count, title in ((3, "(3) MiniChat – Ann"), (0, "MiniChat – Ann")):
        window.show_unread(count)
        assert window.windowTitle() == title
    window.show_unread(5_000)
    assert window.windowTitle() == "(999+) MiniChat – Ann"


def test_it_closes_at_once_when_everything_is_sent(qtbot: QtBot, window: ChatWindow) -> None:
    """Ctrl+Q ends the program, also where closing only hides."""
    window.hides = True
    assert window.menu.action("quit").shortcut().toString() == "Ctrl+Q"
    with qtbot.waitSignal(window.quit_wanted):
        window.menu.action("quit").trigger()
    with qtbot.waitSignal(window.hide_wanted):
        window.close()
    assert window.isVisible()
    window.hides = False
    window.close()
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
        window.menu.action("sign_out").trigger()
    window.leaving.unsettled = 1
    with qtbot.assertNotEmitted(window.sign_out_wanted):
        window.menu.action("sign_out").trigger()
    with qtbot.waitSignal(window.sign_out_wanted):
        _answer(qtbot, window, QMessageBox.Yes)


def test_escape_does_nothing(qtbot: QtBot, window: ChatWindow) -> None:
    """What is written stays."""
    window.composer.box.setPlainText("mine")
    qtbot.keyClick(window.composer.box, Qt.Key_Escape)
    assert window.isVisible()
    assert window.composer.box.toPlainText() == "mine"


def _resized(qtbot: QtBot, window: ChatWindow, width: int) -> None:
    window.resize(width, 400)
    qtbot.waitUntil(lambda: window.width() == width, timeout=5000)


def test_a_narrow_window_is_for_the_messages(qtbot: QtBot, window: ChatWindow) -> None:
    """Who is online goes first, then the rooms; both are there again when there is room."""
    parts = (window.conversation, window.rooms, window.online)
    for width, shown in (
        (TWO_FROM - 1, [True, False, False]),
        (THREE_FROM - 1, [True, True, False]),
        (THREE_FROM, [True, True, True]),
    ):
        _resized(qtbot, window, width)
        assert [part.isVisible() for part in parts] == shown
        assert window.conversation.header.rooms_button.isVisible() is not shown[1]


def test_folded_rooms_are_a_key_away(qtbot: QtBot, window: ChatWindow) -> None:
    """In place of the messages, until one is chosen, or Escape."""
    _resized(qtbot, window, TWO_FROM - 1)
    qtbot.mouseClick(window.conversation.header.rooms_button, Qt.LeftButton)
    assert window.rooms.isVisible()
    assert not window.conversation.isVisible()
    qtbot.keyClick(window.rooms.view, Qt.Key_Escape)
    assert window.conversation.isVisible()
    window.choose_room()
    window.uncover()
    assert window.conversation.isVisible()


def test_the_search_takes_the_place_of_who_is_online(qtbot: QtBot, window: ChatWindow) -> None:
    """And gives it back; in a narrow window, of everything, until a hit is chosen."""
    window.open_search(everywhere=False)
    assert window.search.isVisible()
    assert not window.online.isVisible()
    qtbot.keyClick(window.search.field, Qt.Key_Escape)
    assert window.online.isVisible()
    _resized(qtbot, window, TWO_FROM - 1)
    window.open_search(everywhere=True)
    assert not window.conversation.isVisible()
    window.uncover()
    assert window.conversation.isVisible()


def test_coming_to_the_front_is_told(qtbot: QtBot, window: ChatWindow) -> None:
    """For what is in sight to be read."""
    with qtbot.waitSignal(window.looked_at):
        QApplication.sendEvent(window, QEvent(QEvent.ActivationChange))


@pytest.mark.parametrize(
    ("keys", "signal"), [("Ctrl+N", "new_room_wanted"), ("Ctrl+J", "join_wanted")]
)
def test_the_menu_has_the_ways_to_rooms(
    qtbot: QtBot, window: ChatWindow, keys: str, signal: str
) -> None:
    """With their keys."""
    action = next(a for a in window.findChildren(QAction) if a.shortcut().toString() == keys)
    with qtbot.waitSignal(getattr(window.rooms, signal)):
        action.trigger()


def test_one_can_read_back_while_writing(
    qtbot: QtBot, window: ChatWindow, fill: Callable[..., None]
) -> None:
    """With the keys for a page, and the focus stays."""
    fill(200)
    for key, at_bottom in ((Qt.Key_PageUp, False), (Qt.Key_PageDown, True)):
        qtbot.keyClick(window.composer.box, key)
        assert window.view.at_bottom is at_bottom
    assert window.focusWidget() is window.composer.box


def test_a_column_stays_as_wide_as_it_was_made(qtbot: QtBot, window: ChatWindow) -> None:
    """While others fold, and in the next window."""
    splitter = window.findChild(QSplitter)
    kept: list[bytes] = []
    window.columns_moved.connect(kept.append)
    splitter.moveSplitter(251, 1)
    wide = splitter.sizes()[0]
    assert wide > 240
    _resized(qtbot, window, TWO_FROM - 1)
    _resized(qtbot, window, THREE_FROM + 200)
    assert abs(splitter.sizes()[0] - wide) <= 2
    splitter.moveSplitter(160, 1)
    window.set_columns(kept[0])
    assert abs(splitter.sizes()[0] - wide) <= 2
    window.set_columns(b"nonsense")
    assert splitter.sizes()[0] < wide


def test_an_input_method_keeps_the_keyboard(window: ChatWindow) -> None:
    """Neither the search nor the palette opens in the middle of a word."""
    QApplication.sendEvent(window.composer.box, QInputMethodEvent("ni", []))
    window.open_search(everywhere=True)
    window.find()
    assert not window.search.isVisible()
    assert not window.switcher.isVisible()


@pytest.mark.parametrize(
    ("action", "wanted"),
    [
        ("next_unread", ("room", "#2")),
        ("previous_unread", ("room", "lobby")),
        ("pin", ("pin", "#1", True)),
        ("mute", ("mute", "#1", True)),
        ("mark_read", ("read", "#1", 0)),
    ],
)
def test_the_menu_has_the_ways_through_the_list(qtbot: QtBot, action: str, wanted: tuple) -> None:
    """Each with its keys."""
    rooms = RoomListModel()
    window = ChatWindow(rooms, OnlineListModel())
    qtbot.addWidget(window)
    rooms.set_rooms(
        (
            RoomItem("lobby", "lobby", "lobby", unread=1, last_seq=3),
            RoomItem("#1", "public", "x"),
            RoomItem("#2", "public", "y", unread=1),
        )
    )
    window.rooms.set_current("#1")
    told: list[tuple] = []
    pane = window.rooms
    for name in ("room", "pin", "mute", "read"):
        getattr(pane, f"{name}_wanted").connect(lambda *args, name=name: told.append((name, *args)))
    window.menu.action(action).trigger()
    assert told == [wanted]
    assert window.menu.action(action).shortcuts()


def test_f6_leads_around_the_parts_of_the_window(qtbot: QtBot, window: ChatWindow) -> None:
    """And Shift+F6 back; what is not in sight is left out."""
    around = [window.composer.box, window.online.view, window.rooms.view, window.view]
    qtbot.waitUntil(lambda: window.focusWidget() is around[0], timeout=5000)
    for part in (*around[1:], around[0]):
        window.menu.action("next_part").trigger()
        assert window.focusWidget() is part
    for part in (*reversed(around[1:]), around[0]):
        window.menu.action("previous_part").trigger()
        assert window.focusWidget() is part
    window.open_search(everywhere=True)
    assert window.search.where.currentData()
    assert window.focusWidget() is window.search.field
    window.menu.action("next_part").trigger()
    assert window.focusWidget() is window.rooms.view


def test_numbers_lead_to_rooms(qtbot: QtBot) -> None:
    """In the order of the list."""
    rooms = RoomListModel()
    window = ChatWindow(rooms, OnlineListModel())
    qtbot.addWidget(window)
    rooms.set_rooms(tuple(RoomItem(f"#{n}", "public", "x") for n in range(1, 12)))
    shortcuts = {found.key().toString(): found for found in window.findChildren(QShortcut)}
    for number in (1, 9):
        with qtbot.waitSignal(window.rooms.room_wanted) as wanted:
            shortcuts[f"Alt+{number}"].activated.emit()
        assert wanted.args == [f"#{number}"]
