"""A server that wants to break the client: the real one, link and windows, from its first byte on.

It must not raise, which fails every test here by itself; it must go on; and it shows plain text.
Nothing is timed: how much is done in one turn is counted in ``link/test_arrivals.py``.
"""

import html
import random
import threading
from collections.abc import Callable, Iterator

import pytest
from PyQt5.QtCore import QEvent, QPoint, Qt
from PyQt5.QtGui import QHelpEvent, QTextDocument
from PyQt5.QtWidgets import QApplication, QLabel, QMessageBox, QTextEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from client_gui.app import Client
from client_gui.changes import Inserted
from client_gui.desktop.preferences import Preferences
from client_gui.items import Entry, MemberItem, Quote, Reaction, RoomItem, SearchHit
from client_gui.models.room_list import ROOM_ROLE
from client_gui.state.rooms import LOBBY
from tests.client_gui.conftest import NOON
from tests.client_gui.hostile_frames import TEXTS, frame, frames, said_by_servers
from tests.client_gui.whole_client import words
from tests.helpers.chat_server import PASSWORD, ChatServer, Peer
from wire.limits import MAX_LINE
from wire.messages import (
    AreYouThere,
    ChatMessage,
    LogIn,
    Message,
    Ping,
    RoomInfo,
)

_WAIT_MS = 30_000
_FRAMES = 700
_ALIVE = "#777777"

pytestmark = pytest.mark.slow


class Rig:
    """A client and a server with bad intentions."""

    def __init__(self, qtbot: QtBot, server: ChatServer, preferences: Preferences) -> None:
        self.qtbot, self.server = qtbot, server
        self.client = Client(preferences, f"127.0.0.1:{server.port}", 8090, "user1")
        self.login, self.chat = self.client.login_window, self.client.chat_window
        qtbot.addWidget(self.login)
        qtbot.addWidget(self.chat)
        self.client.start()

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=_WAIT_MS)

    def try_to_sign_in(self) -> None:
        self.login.password.setText(PASSWORD)
        self.qtbot.keyClick(self.login.password, Qt.Key_Return)

    def sign_in(self) -> None:
        self.try_to_sign_in()
        self.until(self.chat.isVisible)

    def attack(self, do: Callable[[Peer], None]) -> None:
        """Have the server do that, and be polite from then on. It does so in its own thread, where
        everything is sent that must not come into the middle of it; this one has to read."""

        def once(peer: Peer, message: Message) -> None:
            self.server.script = lambda peer, message: self.server.answer_politely(peer, message)
            do(peer)

        self.server.script = once
        # Where it says much already, this waits until we have read that.
        asking = threading.Thread(target=self.server.peer.send, args=(AreYouThere(),))
        asking.start()
        self.until(lambda: not asking.is_alive())

    def still_lives(self) -> None:
        """Its link answers, its state takes a room in, and its window shows that."""
        peer = self.server.peer
        self.attack(lambda _: peer.send(AreYouThere(), RoomInfo(_ALIVE, "public", "a", "member")))
        self.until(lambda: self.client.rooms.item(_ALIVE) is not None)
        pings = len(peer.of_type(Ping))
        peer.send(AreYouThere())
        self.until(lambda: len(peer.of_type(Ping)) > pings)

    def look_at_everything(self) -> None:
        """Every room is opened, painted, and asked for what a screen reader or a pointer asks."""
        model = self.client.rooms
        rooms = [model.index(row).data(ROOM_ROLE).room for row in range(model.rowCount())]
        for room in rooms:
            self.client.talk.show(room)
            self.chat.grab()
            bar = self.chat.view.verticalScrollBar()
            bar.setValue(bar.minimum())
            self.chat.grab()
        words(self.chat)


@pytest.fixture
def rig(qtbot: QtBot, preferences: Preferences) -> Iterator[Rig]:
    """At the login window."""
    with ChatServer() as server:
        rig = Rig(qtbot, server, preferences)
        yield rig
        rig.chat.leaving.unsettled = rig.login.leaving.unsettled = 0
        rig.client.stop()
        assert rig.client.link.isFinished()


# --- what it says --------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_frames_of_every_kind(rig: Rig, seed: int) -> None:
    """Asked for and not, in any order, with every field as it should not be."""
    chance = random.Random(seed)
    kinds = said_by_servers()

    def answer(peer: Peer, message: Message) -> None:
        if isinstance(message, LogIn | Ping):
            peer.server.answer_politely(peer, message)
        else:
            peer.send_bytes(b"".join(frame(chance, chance.choice(kinds)) for _ in range(3)))

    rig.server.script = answer
    rig.sign_in()
    storm = b"".join(frames(seed, _FRAMES))
    storm_is_over = threading.Event()
    rig.attack(lambda peer: (peer.send_bytes(storm), storm_is_over.set()))
    rig.until(storm_is_over.is_set)
    rig.still_lives()
    rig.look_at_everything()


@pytest.mark.parametrize("seed", range(4, 6))
def test_frames_before_the_login_is_answered(rig: Rig, seed: int) -> None:
    """Nobody has asked for any of them; then the answer counts, if the login has not failed."""

    def answer(peer: Peer, message: Message) -> None:
        if isinstance(message, LogIn):
            readable = [kind for kind in said_by_servers() if kind.code.startswith("2")]
            peer.send_bytes(b"".join(frame(random.Random(seed), k) for k in readable * 30))
        peer.server.answer_politely(peer, message)

    rig.server.script = answer
    rig.sign_in()
    rig.still_lives()


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_can_be_shown(rig: Rig, text: str) -> None:
    """As a message, a name, a topic, a title, a reaction, somebody who writes."""
    rig.sign_in()
    peer = rig.server.peer
    text = text.replace("\\n", "\n")
    peer.send(
        RoomInfo("#1", "public", text[:200], "member", text[:300]),
        RoomInfo("#2", "direct", text[:200], "member", text[:300]),
        ChatMessage(text[:300], text[:5_000] or "x", text[:300] or "u", "lobby", 1, NOON),
        ChatMessage("Grace", "answer", "user2", "lobby", 2, NOON, reply_to=1),
    )
    rig.still_lives()
    rig.look_at_everything()


# --- how it ends ---------------------------------------------------------------------------------


def _end_politely(peer: Peer) -> None:
    peer.close()


def _end_in_a_frame(peer: Peer) -> None:
    peer.send_bytes(b"1002|Grace|half a mess")
    peer.close()


def _end_in_a_character(peer: Peer) -> None:
    peer.send_bytes("1002|Grace|\u4f60".encode()[:-1])
    peer.half_close()


def _never_end_the_line(peer: Peer) -> None:
    peer.send_bytes(b"1002|Grace|" + b"x" * (2 * MAX_LINE))


@pytest.mark.parametrize(
    "end", [_end_politely, _end_in_a_frame, _end_in_a_character, _never_end_the_line]
)
def test_an_end_in_the_middle(rig: Rig, end: Callable[[Peer], None]) -> None:
    """The session says so, and comes back."""
    rig.sign_in()
    session = rig.client.session
    with rig.qtbot.waitSignal(session.went_offline, timeout=_WAIT_MS):
        rig.attack(end)
    with rig.qtbot.waitSignal(session.signed_in, timeout=_WAIT_MS):
        session.try_now()
    rig.still_lives()


_NO_ANSWERS = [
    *(b"", b"1001|1|nick", b"1001|maybe|x|y\n", b"\xff\xfe\n", b"1001\n"),
    b"x" * (2 * MAX_LINE),
]


@pytest.mark.parametrize("answer", _NO_ANSWERS, ids=lambda answer: repr(answer[:9]))
def test_a_login_that_is_answered_with_nonsense(rig: Rig, answer: bytes) -> None:
    """And an end: it fails with words, and can be tried again."""

    def nonsense(peer: Peer, message: Message) -> None:
        peer.send_bytes(answer)
        peer.close()

    rig.server.script = nonsense
    rig.try_to_sign_in()
    rig.until(lambda: rig.login.login_button.isEnabled() and rig.login.status.text())
    rig.server.script = lambda peer, message: peer.server.answer_politely(peer, message)
    rig.sign_in()


# --- plain text ----------------------------------------------------------------------------------

_HTML = "<b>bold</b>"
_ENTRY = Entry(
    *("lobby#1", _HTML, _HTML, _HTML, False, NOON, 1),
    reply=Quote(1, _HTML, _HTML),
    reactions=(Reaction(_HTML, 1, False, (_HTML,)),),
)


def test_nothing_that_is_shown_can_become_rich_text(rig: Rig) -> None:
    """HTML from a server is in every part of every window, and nowhere obeyed."""
    rig.sign_in()
    session, chat = rig.client.session, rig.chat
    room = RoomItem(LOBBY, "public", _HTML, _HTML, "owner", 3)
    session.rooms_changed.emit((room, RoomItem("#2", "direct", _HTML, _HTML)))
    session.online_changed.emit(((_HTML, _HTML),), 1)
    session.timeline_changed.emit([Inserted(LOBBY, 0, (_ENTRY,))])
    session.typing_changed.emit(LOBBY, (_HTML,))
    chat.open_search()
    hit = SearchHit(LOBBY, 1, _HTML, _HTML, _HTML, NOON)
    session.search_found.emit((hit,), False, True, False)
    chat.composer.reply_to(_ENTRY)
    chat.show_name(_HTML)
    session.readers_listed.emit(LOBBY, 1, (_HTML,))
    rig.qtbot.mouseClick(chat.conversation.header.members_button, Qt.LeftButton)
    member = MemberItem(_HTML, _HTML, "member", True)
    session.members_listed.emit(LOBBY, (member,), False)
    session.room_closed.emit("#2", "removed")
    session.sign_in_failed.emit("wrong-login", _HTML)
    shown = [w for top in QApplication.topLevelWidgets() for w in (top, *top.findChildren(QWidget))]
    assert [_name(widget) for widget in shown if _obeys_html(widget)] == []
    tips = {
        text
        for top in QApplication.topLevelWidgets()
        for place, text in words(top)
        if place.endswith(("toolTip", f"role {Qt.ToolTipRole}"))
    }
    assert any("bold" in tip for tip in tips)
    assert [tip for tip in tips if "bold" in tip and _HTML not in _as_tip(tip)] == []


def test_the_tip_of_a_reaction_is_plain(rig: Rig) -> None:
    """It names people, who choose their names."""
    rig.sign_in()
    rig.client.session.timeline_changed.emit([Inserted(LOBBY, 0, (_ENTRY,))])
    view = rig.chat.view
    rect = view.visualRect(view.model().index(view.model().rowCount() - 1, 0))
    for x in range(0, rect.width(), 8):
        at = QPoint(x, rect.bottom() - 8)
        QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.ToolTip, at, at))
        if QToolTip.text():
            break
    assert _HTML in _as_tip(QToolTip.text())
    QToolTip.hideText()


def test_what_obeys_html_is_noticed(qtbot: QtBot) -> None:
    """The walk above would find each kind of it."""
    made = [QLabel(_HTML), QMessageBox(), QTextEdit()]
    made[1].setText(_HTML)
    for widget in made:
        qtbot.addWidget(widget)
    assert all(map(_obeys_html, made))
    made[0].setTextFormat(Qt.PlainText)
    made[1].setTextFormat(Qt.PlainText)
    made[2].setAcceptRichText(False)
    assert not any(map(_obeys_html, made))
    assert _as_tip(_HTML) == "bold"
    assert _as_tip(html.escape(_HTML)) == _HTML


def _obeys_html(widget: QWidget) -> bool:
    """Whether *widget* would show bold text where somebody wrote ``<b>``."""
    if isinstance(widget, QMessageBox):
        return widget.textFormat() != Qt.PlainText
    if isinstance(widget, QLabel):
        # Qt's own labels inside a message box have its format, or its fixed words.
        inside = isinstance(widget.parent(), QMessageBox)
        return not inside and bool(widget.text()) and widget.textFormat() != Qt.PlainText
    return isinstance(widget, QTextEdit) and widget.acceptRichText() and not widget.isReadOnly()


def _as_tip(text: str) -> str:
    """What a person sees of *text* as a tooltip, which is rich text if it looks like that."""
    if not Qt.mightBeRichText(text):
        return text
    shown = QTextDocument()
    shown.setHtml(text)
    return shown.toPlainText()


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} in {type(widget.parent()).__name__}: {widget.objectName()}"
