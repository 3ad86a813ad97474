"""What the tests of the presenters about the room in sight share: a window, and a session that only
remembers what it was asked for.
"""

from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from client_gui.changes import Inserted
from client_gui.desktop.preferences import Preferences
from client_gui.items import Entry, RoomItem
from client_gui.models.conversations import Conversations
from client_gui.models.online_list import OnlineListModel
from client_gui.models.room_list import RoomListModel
from client_gui.presenters.reading import Reading
from client_gui.presenters.talk import Talk
from client_gui.presenters.writing import Writing
from client_gui.widgets.chat_window import ChatWindow
from tests.client_gui.fake_session import FakeSession

ROOMS = (
    RoomItem("lobby", "lobby", "lobby", role="member"),
    RoomItem("#1", "direct", "user2", "Grace", role="member", members=2),
    RoomItem("#2", "announcement", "Notices", "What is on", role="member", members=30),
)


class Rig:
    """A window with three rooms, the lobby in sight."""

    def __init__(self, qtbot: QtBot, preferences: Preferences) -> None:
        self.qtbot = qtbot
        self.preferences = preferences
        self.active = True
        self.session = FakeSession()
        self.rooms = RoomListModel()
        self.window = ChatWindow(self.rooms, OnlineListModel())
        self.conversations = Conversations(self.window)
        qtbot.addWidget(self.window)
        # Whatever they wait for ends with the window.
        self.writing = Writing(
            self.session, self.window.composer, self.conversations, preferences, self.window
        )
        self.opened: list[str] = []
        self.reading = Reading(
            self.session,
            self.window,
            self.conversations,
            self.rooms,
            preferences,
            self.window,
            lambda url: self.opened.append(url.toString()),
        )
        self.talk = Talk(
            self.session,
            self.window,
            self.writing,
            self.reading,
            self.conversations,
            self.rooms,
        )
        self.session.timeline_changed.connect(self.conversations.apply)
        self.box = self.window.composer.box
        self.window.resize(900, 500)
        with qtbot.waitExposed(self.window):
            self.window.open_for("Ann")
        self.session.rooms_changed.emit(ROOMS)
        self.talk.begin(same_person=False)
        self.session.asked.clear()

    def bring(self, room: str, *entries: Entry) -> None:
        first = self.conversations.of(room).rowCount()
        self.session.timeline_changed.emit([Inserted(room, first, entries)])

    def press_enter(self) -> None:
        self.qtbot.keyClick(self.box, Qt.Key_Return)
