"""The composition root: builds link, session, models and windows, and connects them.

Everything that passes between the parts passes through the connections made here, and in the
presenters. The windows know no session, the session knows no window.
"""

from functools import partial
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSlot
from PyQt5.QtWidgets import QApplication

from client_gui.desktop.keyring_tokens import KeyringTokens
from client_gui.desktop.notifications import Notifications, bus_notifications
from client_gui.desktop.one_program import Identity
from client_gui.desktop.preferences import Preferences
from client_gui.desktop.tray import Tray
from client_gui.desktop.wakefulness import Wakefulness
from client_gui.link.link import Link
from client_gui.models.conversations import Conversations
from client_gui.models.online_list import OnlineListModel
from client_gui.models.room_list import RoomListModel
from client_gui.presenters.completing import Completing
from client_gui.presenters.connection import Connection
from client_gui.presenters.doctor import Doctor
from client_gui.presenters.finding import Finding
from client_gui.presenters.in_tray import InTray
from client_gui.presenters.noticing import Noticing
from client_gui.presenters.placing import Placing
from client_gui.presenters.reading import Reading
from client_gui.presenters.room_dialogs import RoomDialogs
from client_gui.presenters.settings import Settings
from client_gui.presenters.signing_in import SigningIn
from client_gui.presenters.switching import Switching
from client_gui.presenters.talk import Talk
from client_gui.presenters.unsent import Unsent
from client_gui.presenters.writing import Writing
from client_gui.session import Session
from client_gui.widgets.chat_window import ChatWindow
from client_gui.widgets.login_window import LoginWindow
from client_gui.widgets.tray_menu import TrayMenu
from client_gui.words import store_words


class Client(QObject):
    """The whole program, but for the process around it."""

    def __init__(
        self,
        preferences: Preferences,
        server: str,
        default_port: int,
        username: str,
        seat: int = 0,
        stores: Path | None = None,
        tokens: KeyringTokens | None = None,
    ) -> None:
        """*stores* is the directory of what is kept on disk; without one, nothing is kept. *tokens*
        are those of the system's keyring, if no others are given.
        """
        super().__init__()
        self._preferences = preferences
        self._who: object = None
        """Who was here last."""
        self.tokens = tokens or KeyringTokens(parent=self)
        self.link = Link()
        self.session = Session(self.link, parent=self, stores=stores)
        self.rooms = RoomListModel()
        self.people = OnlineListModel()
        self.login_window = LoginWindow(server, default_port, username)
        self.chat_window = ChatWindow(self.rooms, self.people)
        self.conversations = Conversations(self.chat_window)
        self._build_talk()
        self._build_noticing()
        self.settings = Settings(preferences, self.chat_window, self)
        self.placing = Placing(preferences, self.chat_window, self.login_window, seat, self)
        self._connect_session()
        # Behind these connections: the window is opened when its models know whose it is.
        self._build_signing_in()

    def start(self) -> None:
        """Start the link's thread, and show the login."""
        QApplication.instance().aboutToQuit.connect(self.stop)
        self.link.start()
        self.signing_in.begin()
        self.tray.start()

    def identity(self) -> Identity:
        """Whom the window is about, or is going to be."""
        login = self.login_window
        return Identity(str(login.address() or ""), login.username.text())

    @pyqtSlot()
    def stop(self) -> None:
        """Keep what is being written, and where the windows stand; close what is kept on disk; end
        the link's thread, and the connection with it.
        """
        self.writing.keep_draft()
        self.placing.keep()
        self.noticing.clear()
        self.tray.stop()
        self.session.close()
        self.link.stop()
        self.doctor.close()
        self.tokens.close()

    def _build_talk(self) -> None:
        session, chat, preferences = self.session, self.chat_window, self._preferences
        rooms, conversations = self.rooms, self.conversations
        self.writing = Writing(session, chat.composer, conversations, preferences, self)
        self.completing = Completing(session, chat.composer.completer, self.writing, self)
        self.reading = Reading(session, chat, conversations, rooms, preferences, self)
        self.talk = Talk(session, chat, self.writing, self.reading, conversations, rooms, self)
        self.dialogs = RoomDialogs(session, chat, rooms, self)
        self.unsent = Unsent(session, chat, rooms, self.talk, self)
        self.switching = Switching(session, chat, conversations, rooms, self.people, self)
        self.finding = Finding(session, chat, rooms, self.talk, self)

    def _build_noticing(self) -> None:
        chat, preferences, menu = self.chat_window, self._preferences, TrayMenu(self.chat_window)
        self.tray = Tray(QApplication.windowIcon(), menu, parent=self)
        self.notifications = Notifications(chat, self.tray.speak, bus_notifications(), self)
        self.tray.message_clicked.connect(self.notifications.clicked_in_tray)
        self.noticing = Noticing(
            self.session, chat, self.talk, self.rooms, self.notifications, preferences, parent=self
        )
        self.noticing.room_wanted.connect(self._on_room_wanted)
        self.in_tray = InTray(
            self.login_window, chat, self.tray, menu, self.noticing, preferences, self
        )

    def _build_signing_in(self) -> None:
        session, login, chat = self.session, self.login_window, self.chat_window
        self.signing_in = SigningIn(session, login, chat, self._preferences, self.tokens, self)
        self.signing_in.about_to_switch.connect(self.writing.keep_draft)
        self.doctor = Doctor(session, login, self.tokens, self)
        login.doctor_wanted.connect(partial(self.doctor.open, login))
        chat.bar.doctor_wanted.connect(partial(self.doctor.open, chat))
        self.connection = Connection(session, chat.bar, Wakefulness(parent=self), self)

    def _connect_session(self) -> None:
        session, chat = self.session, self.chat_window
        session.signed_in.connect(self._on_signed_in)
        session.timeline_changed.connect(self._on_timeline_changed)
        for changed in (session.held, session.signed_in, session.went_offline):
            changed.connect(self._count_left_behind)
        session.online_changed.connect(self._on_online_changed)
        session.went_offline.connect(self._on_went_offline)
        session.started_offline.connect(self._become)
        session.store_trouble.connect(self._on_store_trouble)
        chat.quit_wanted.connect(QApplication.quit)
        chat.set_columns(self._preferences.columns)
        chat.columns_moved.connect(partial(setattr, self._preferences, "columns"))

    @pyqtSlot(str)
    def _on_room_wanted(self, room: str) -> None:
        self.in_tray.bring_up()
        if self.rooms.item(room) is not None:
            self.talk.show(room)

    # --- what happens ----------------------------------------------------------------------------

    @pyqtSlot(str, str)
    def _on_signed_in(self, username: str, nickname: str) -> None:
        self.chat_window.online.set_known(True)
        self._become(username, nickname)

    @pyqtSlot(str, str)
    def _become(self, username: str, _nickname: str) -> None:
        self.people.set_me(username)
        self.rooms.me = username
        # What another person had begun to write is none of this one's business.
        who = self.signing_in.who()
        self.talk.begin(same_person=who == self._who)
        self._who = who

    @pyqtSlot(list)
    def _on_timeline_changed(self, changes: list) -> None:
        self.conversations.apply(changes)
        self._count_left_behind()

    @pyqtSlot()
    def _count_left_behind(self) -> None:
        self.login_window.leaving.unsettled = self.session.at_risk
        self.chat_window.leaving.unsettled = self.session.left_behind

    @pyqtSlot(tuple, int)
    def _on_online_changed(self, users: tuple, count: int) -> None:
        self.people.set_users(users)
        self.rooms.set_online(frozenset(username for username, _ in users))
        self.chat_window.online.show_count(count)

    @pyqtSlot(str)
    def _on_store_trouble(self, reason: str) -> None:
        self.chat_window.composer.warn(partial(store_words, reason))

    @pyqtSlot()
    def _on_went_offline(self) -> None:
        self.chat_window.online.set_known(False)
        self.rooms.set_online(None)
