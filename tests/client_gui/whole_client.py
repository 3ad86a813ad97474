"""A client with something in every part of its windows, and no server: for tests that walk over it.

Whoever adds a part that can be empty furnishes it here, and all walking tests see it.
"""

from collections.abc import Iterator
from functools import partial

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from client_gui.accounts import Account
from client_gui.address import Address
from client_gui.app import Client
from client_gui.changes import Inserted
from client_gui.events import Failure
from client_gui.items import (
    Delivery,
    Entry,
    MemberItem,
    Quote,
    Reaction,
    RoomItem,
    SearchHit,
    Unsent,
)
from client_gui.state.rooms import LOBBY
from client_gui.widgets.join_dialog import JoinDialog
from client_gui.widgets.line_dialog import LineDialog
from client_gui.widgets.members_dialog import MembersDialog
from client_gui.widgets.new_room_dialog import NewRoomDialog
from client_gui.widgets.reaction_palette import ReactionPalette
from client_gui.widgets.readers_dialog import ReadersDialog
from client_gui.words import keyring_words

_NOON = 1_700_000_000_000
_ME, _OTHER = "user1", "user2"
_NAMES = {_ME: "小明", _OTHER: "陈老师"}
_DAY = 24 * 60 * 60 * 1000


def _entry(seq: int, text: str = "你好", username: str = _OTHER, **different: object) -> Entry:
    usual = {"own": username == _ME, "time": _NOON + seq * _DAY, "nickname": _NAMES[username]}
    return Entry(f"lobby#{seq}", username, text=text, seq=seq, **(usual | different))


ENTRIES = (
    _entry(1),
    _entry(2, "", deleted=True),
    _entry(3, edited=True, reactions=(Reaction("👍", 2, True, ("小明", "陈老师")),)),
    _entry(4, "数学", notice="topic"),
    _entry(5, reply=Quote(1, "陈老师", "你好"), mentions_me=True),
    _entry(6, username=_ME),
    _entry(0, username=_ME, delivery=Delivery.PENDING),
    _entry(0, username=_ME, delivery=Delivery.REFUSED, reason="busy"),
)
"""One of each kind."""

ROOMS = (
    RoomItem(LOBBY, LOBBY, LOBBY, unread=3),
    RoomItem("#1", "public", "期末项目", role="owner", members=12, mentions=1, unread=1),
    RoomItem("#2", "direct", _ME, "小明"),
    RoomItem("#3", "direct", _OTHER, "陈老师", has_draft=True),
    RoomItem("#4", "private", "三班", role="member", members=3),
)


def furnish_client(client: Client) -> None:
    """Its person has logged in, it has gone offline, and could not log in again: every line that
    says something says something.
    """
    chat, session = client.chat_window, client.session
    session.signed_in.emit(_ME, _NAMES[_ME])
    session.rooms_changed.emit(ROOMS)
    session.online_changed.emit(((_ME, "小明"), (_OTHER, "陈老师")), 2)
    session.timeline_changed.emit([Inserted(LOBBY, 0, ENTRIES)])
    session.typing_changed.emit(LOBBY, ("陈老师", "小明"))
    session.went_offline.emit(Failure.REFUSED, 3600.0)
    chat.open_search()
    session.search_found.emit(
        (SearchHit(LOBBY, 1, _OTHER, "陈老师", "你好", _NOON),), False, True, False
    )
    session.search_failed.emit("busy")
    chat.composer.reply_to(ENTRIES[0])
    session.store_trouble.emit("in-use")
    chat.composer.paste_question.ask("行\n" * 12)
    chat.composer.pick_emoji()
    chat.composer.picker.close_up()
    session.sign_in_failed.emit(Failure.REFUSED, "")
    _furnish_login(client)


def _furnish_login(client: Client) -> None:
    account = Account(Address("127.0.0.1", 8090), _ME, remembered=True)
    client.login_window.set_accounts((account,))
    client.login_window.set_keyring(partial(keyring_words, "none"))
    client.login_window.password_line.caps_lock.show()
    client.chat_window.accounts.set_accounts((account,), account)
    unsent = (
        Unsent("a", LOBBY, "你好", _NOON, False),
        Unsent("b", LOBBY, "你好", _NOON, True),
        Unsent("c", "#1", "你好", _NOON, False, "too-long"),
    )
    client.chat_window.outbox.open()
    client.chat_window.outbox.show_unsent(unsent, client.rooms.title)
    client.chat_window.bar.quiet = 0
    client.chat_window.bar.show_unsent(2, 1)


def windows(client: Client) -> tuple[QWidget, ...]:
    """All that live as long as the program."""
    return client.login_window, client.chat_window


def widgets(window: QWidget) -> list[QWidget]:
    """*window* and everything in it."""
    return [window, *window.findChildren(QWidget)]


def words(window: QWidget) -> list[tuple[str, str]]:
    """Everything that *window* says, to the eye or to a screen reader, each with where it stands;
    what people have written in boxes is not among it.
    """
    return [
        (f"{type(widget).__name__}.{place}", text)
        for widget in widgets(window)
        # Those with which it scrolls are Qt's own, and Qt does not name them anew.
        if not isinstance(widget.parent(), QTabBar)
        for place, text in _words_of(widget)
        if text
    ]


def _words_of(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "windowTitle", widget.windowTitle()
    yield "toolTip", widget.toolTip()
    yield "accessibleName", widget.accessibleName()
    yield "accessibleDescription", widget.accessibleDescription()
    yield "whatsThis", widget.whatsThis()
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        yield "placeholder", widget.placeholderText()
    elif isinstance(widget, QLabel) or hasattr(widget, "setShortcut"):
        yield "text", widget.text()
    elif isinstance(widget, QComboBox):
        for number in range(widget.count()):
            yield f"item {number}", widget.itemText(number)
    if isinstance(widget, QMenu):
        yield "title", widget.title()
    for number, action in enumerate(widget.actions()):
        yield f"action {number}", action.text()
        yield f"action {number} tip", action.toolTip()
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _words_of_rows(widget)


def _words_of_rows(view: QAbstractItemView) -> Iterator[tuple[str, str]]:
    for row in range(view.model().rowCount()):
        index = view.model().index(row, 0)
        for role in (Qt.DisplayRole, Qt.AccessibleTextRole, Qt.ToolTipRole):
            yield f"row {row} role {role}", str(index.data(role) or "")


def dialogs(client: Client) -> list[QWidget]:
    """One of each sort, open or not, over the chat window."""
    chat, room = client.chat_window, ROOMS[1]
    client.settings.open()
    client.settings.open_keys()
    members = MembersDialog(room, _ME, chat)
    members.show_members((MemberItem(_OTHER, "陈老师", "moderator", True),), False)
    return [
        client.settings.dialog,
        client.settings.keys,
        members,
        NewRoomDialog(chat),
        JoinDialog(chat),
        LineDialog("标题", "名称：", "", 10, print, chat),
        ReadersDialog(("陈老师",), chat),
        ReactionPalette(ENTRIES[0], chat),
    ]
