"""How far the rooms have been read: the line above what is unread, what counts as read, and links.

1. A room that is entered with something unread has a line above the first of it, which stays there
   while it is read. It is gone when the room is entered again with nothing unread, or dismissed.
2. A room that was left at its newest message opens at that line; one that was left further up, as
   it was left.
3. While nobody looks at the window, what is said in the room in sight comes under such a line too;
   and so does what was missed, when we are back.
"""

from collections.abc import Callable
from functools import partial

from PyQt5.QtCore import QObject, QTimer, QUrl, pyqtSlot
from PyQt5.QtGui import QDesktopServices

from client_gui.desktop.preferences import Preferences
from client_gui.link_words import open_question
from client_gui.links import Link
from client_gui.models.conversations import Conversations
from client_gui.models.message_list import MessageListModel
from client_gui.models.room_list import RoomListModel
from client_gui.session import Session
from client_gui.widgets.chat_window import ChatWindow
from client_gui.widgets.confirmation import confirm

SETTLED_MS = 10_000
"""Milliseconds after a login in which what comes was missed, and not just said: what a slow server
needs to bring it."""


class Reading(QObject):
    """Between the session and the messages in the *window*. *open_address* opens a link."""

    def __init__(
        self,
        session: Session,
        window: ChatWindow,
        conversations: Conversations,
        rooms: RoomListModel,
        preferences: Preferences,
        parent: QObject | None = None,
        open_address: Callable[[QUrl], object] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self.room = ""
        self._session, self._window, self._pages = session, window, window.conversation.pages
        self._conversations, self._rooms = conversations, rooms
        self._preferences, self._open_address = preferences, open_address
        self._opening = False
        """The room was entered, and what is unread there has not come yet."""
        self._told = 0
        """Up to where we have read here since the login, or entering the room."""
        self._looked_at = True
        self._arriving = QTimer(
            self, singleShot=True, interval=SETTLED_MS, timeout=self._forget_empty_line
        )
        self._pages.bottom_seen.connect(self._on_bottom_seen)
        self._pages.dismissed.connect(self.dismiss)
        self._pages.link_wanted.connect(self.open_link)
        window.composer.dismissed.connect(self.dismiss)
        window.looked_at.connect(self._on_looked_at)
        window.menu.action("first_unread").triggered.connect(lambda: self._pages.view.show_unread())
        window.menu.action("newest").triggered.connect(lambda: self._pages.view.jump_to_bottom())
        preferences.changed.connect(self._on_preference_changed)
        self._pages.set_layout(preferences.layout)

    @property
    def messages(self) -> MessageListModel:
        """Those of the room in sight."""
        return self._conversations.of(self.room)

    def begin(self) -> None:
        """Somebody has logged in: what was missed will come."""
        self._pages.set_me(self._rooms.me)
        self._arriving.start()
        self._told = 0
        self.rooms_changed()

    def enter(self, room: str) -> None:
        """Bring the page of *room* into sight; at what is unread, if it was left at its end."""
        self.room, self._told = room, 0
        item = self._rooms.item(room)
        expects = item is not None and (item.unread or self._arriving.isActive())
        # Where nothing was ever read, everything is unread, and a line says nothing.
        self.messages.mark_unread_after(item.read_seq or None if expects else None)
        self._pages.show_room(self.messages)
        self._opening = self._pages.view.at_bottom
        self._open_at_unread()

    def rooms_changed(self) -> None:
        """If we are just back, the server may have said up to where this room was read."""
        item = self._rooms.item(self.room)
        arriving = self._arriving.isActive() and self.messages.unread_row is None
        if item is not None and arriving and item.read_seq > self._told:
            self.messages.mark_unread_after(item.read_seq)
            self._opening = self._pages.view.at_bottom
            self._open_at_unread()

    @pyqtSlot()
    def _forget_empty_line(self) -> None:
        """Nothing was missed here: what is said from now on is seen as it is said."""
        if self.room and self.messages.unread_row is None:
            self.messages.mark_unread_after(None)

    def _open_at_unread(self) -> None:
        if self._opening and self.messages.unread_row is not None:
            self._opening = False
            self._pages.view.open_at_unread()

    @pyqtSlot()
    def mark_read(self) -> None:
        """The newest message has been read, if somebody can have seen it."""
        view = self._pages.view
        seen = self._window.isActiveWindow() and view.isVisible() and view.at_bottom
        if seen and (seq := self.messages.last_seq()):
            self._told = seq
            self._session.mark_read(self.room, seq)

    @pyqtSlot()
    def dismiss(self) -> None:
        """Enough read: no line any more, and on with the newest message."""
        self._opening = False
        self.messages.mark_unread_after(None)
        self._pages.view.jump_to_bottom()
        self.mark_read()

    @pyqtSlot(object)
    def open_link(self, link: Link) -> None:
        """Open *link*, after a question if it may lead elsewhere than it seems to."""
        go = partial(self._open_address, QUrl(link.target))
        if link.deceives:
            confirm(self._window, open_question(link), go)
        else:
            go()

    # --- what happens ----------------------------------------------------------------------------

    @pyqtSlot()
    def _on_bottom_seen(self) -> None:
        self._open_at_unread()
        self.mark_read()

    @pyqtSlot()
    def _on_looked_at(self) -> None:
        before, self._looked_at = self._looked_at, self._window.isActiveWindow()
        self.mark_read()
        if not self.room or before == self._looked_at:
            return
        if self._looked_at:
            self._forget_empty_line()
        elif self._pages.view.at_bottom:
            # Everything is read: what comes from now on is not.
            self.messages.mark_unread_after(self.messages.last_seq())

    @pyqtSlot(str)
    def _on_preference_changed(self, name: str) -> None:
        if name == "layout":
            self._pages.set_layout(self._preferences.layout)
