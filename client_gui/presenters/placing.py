"""Where the windows stand: where the chat window was left, or, for the first time and for a second
program of the same person, where there is room.
"""

from PyQt5.QtCore import QByteArray, QObject
from PyQt5.QtWidgets import QApplication

from client_gui.desktop.placement import centred, place
from client_gui.desktop.preferences import Preferences
from client_gui.widgets.chat_window import ChatWindow
from client_gui.widgets.login_window import LoginWindow


class Placing(QObject):
    """Puts the windows there when it is made; *seat* tells several programs apart."""

    def __init__(
        self,
        preferences: Preferences,
        chat: ChatWindow,
        login: LoginWindow,
        seat: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._chat, self._seat = preferences, chat, seat
        self._put_chat()
        login.adjustSize()
        login.move(centred(login.size(), chat.geometry()))
        # What is never shown has been put nowhere by anybody.
        self._before = bytes(chat.saveGeometry())

    def keep(self) -> None:
        """Remember where the chat window stands; only the first program does."""
        now = bytes(self._chat.saveGeometry())
        if not self._seat and now != self._before:
            self._preferences.window = now

    def _put_chat(self) -> None:
        kept = self._preferences.window
        # Qt sees to it that it is on a screen that is there.
        if not self._seat and kept and self._chat.restoreGeometry(QByteArray(kept)):
            return
        there = place(QApplication.primaryScreen().availableGeometry(), self._seat)
        self._chat.resize(there.size())
        self._chat.move(there.topLeft())
