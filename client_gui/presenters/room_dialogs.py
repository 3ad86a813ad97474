"""The dialogs about rooms: opens them, passes on what they want, and shows what came of it."""

from functools import partial

from PyQt5.QtCore import QCoreApplication, QObject, pyqtSlot
from PyQt5.QtWidgets import QDialog

from client_gui.display import isolated
from client_gui.items import RoomItem
from client_gui.models.room_list import RoomListModel, room_title
from client_gui.session import Session
from client_gui.widgets.asking_dialog import AskingDialog
from client_gui.widgets.chat_window import ChatWindow
from client_gui.widgets.confirmation import confirm
from client_gui.widgets.join_dialog import JoinDialog
from client_gui.widgets.line_dialog import LineDialog
from client_gui.widgets.members_dialog import MembersDialog
from client_gui.widgets.new_room_dialog import NewRoomDialog
from client_gui.words import room_words
from wire.limits import MAX_NAME, MAX_TOPIC
from wire.messages import ListRooms

translate = QCoreApplication.translate


class RoomDialogs(QObject):
    """Between the session and the dialogs over the *window*. One is open at a time."""

    def __init__(
        self,
        session: Session,
        window: ChatWindow,
        rooms: RoomListModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._window, self._rooms = session, window, rooms
        self.dialog: AskingDialog | None = None
        session.room_refused.connect(self._on_refused)
        session.room_opened.connect(self._on_opened)
        session.rooms_listed.connect(self._on_rooms_listed)
        session.members_listed.connect(self._on_members_listed)
        pane = window.rooms
        pane.new_room_wanted.connect(self.ask_new_room)
        pane.join_wanted.connect(self.ask_join)
        pane.topic_wanted.connect(self.ask_topic)
        pane.rename_wanted.connect(self.ask_name)
        pane.leave_wanted.connect(self.ask_leave)
        for part in (pane, window.conversation.header):
            part.members_wanted.connect(self.show_members)
        window.online.message_wanted.connect(session.open_direct)

    # --- what a person wants ---------------------------------------------------------------------

    @pyqtSlot()
    def ask_new_room(self) -> None:
        """Ask what a new room is to be."""
        dialog = NewRoomDialog(self._window)
        dialog.create_wanted.connect(self._session.create_room)
        self._open(dialog)

    @pyqtSlot()
    def ask_join(self) -> None:
        """Ask which room to join."""
        dialog = JoinDialog(self._window)
        dialog.join_wanted.connect(self._session.join)
        self._open(dialog)
        self._session.list_public()

    @pyqtSlot(str)
    def show_members(self, room: str) -> None:
        """Show who is in *room*."""
        item = self._rooms.item(room)
        if item is None:
            return
        dialog = MembersDialog(item, self._rooms.me, self._window)
        session = self._session
        dialog.message_wanted.connect(session.open_direct)
        dialog.invite_wanted.connect(lambda username: session.invite(room, username))
        dialog.remove_wanted.connect(lambda username: session.remove(room, username))
        dialog.role_wanted.connect(lambda name, role: session.set_role(room, name, role))
        self._open(dialog)
        session.list_members(room)

    @pyqtSlot(str)
    def ask_topic(self, room: str) -> None:
        """Ask what *room* is for."""
        if item := self._rooms.item(room):
            title = translate("RoomDialogs", "Topic")
            words = self._about(translate("RoomDialogs", "What is %1 for?"), item)
            use = lambda topic: self._session.set_topic(room, topic)  # noqa: E731
            window = self._window
            self._open(LineDialog(title, words, item.topic, MAX_TOPIC, use, window, True))

    @pyqtSlot(str)
    def ask_name(self, room: str) -> None:
        """Ask for another name for *room*."""
        if item := self._rooms.item(room):
            title = translate("RoomDialogs", "Rename")
            words = self._about(translate("RoomDialogs", "Another name for %1:"), item)
            use = lambda name: self._session.rename(room, name)  # noqa: E731
            self._open(LineDialog(title, words, item.name, MAX_NAME, use, self._window))

    @pyqtSlot(str)
    def ask_leave(self, room: str) -> None:
        """Ask whether one really wants to leave *room*."""
        if item := self._rooms.item(room):
            words = self._about(translate("RoomDialogs", "Leave %1?"), item)
            confirm(self._window, words, lambda: self._session.leave(room))

    def _about(self, words: str, item: RoomItem) -> str:
        return words.replace("%1", isolated(room_title(item)))

    def _open(self, dialog: AskingDialog) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self.dialog = dialog
        dialog.finished.connect(lambda: self._on_closed(dialog))
        dialog.open()

    def _on_closed(self, dialog: QDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    # --- what came of it -------------------------------------------------------------------------

    @pyqtSlot(str, str, str)
    def _on_refused(self, request: str, outcome: str, detail: str) -> None:
        words = partial(room_words, outcome, detail)
        if self.dialog is not None and request in self.dialog.requests:
            self.dialog.show_error(words())
        elif request != ListRooms.code:  # asked by the way, too, when somebody looks for a room
            self._window.composer.warn(words)

    @pyqtSlot(str)
    def _on_opened(self, _room: str) -> None:
        if self.dialog is not None:
            self.dialog.accept()

    @pyqtSlot(tuple, bool)
    def _on_rooms_listed(self, rooms: tuple, more: bool) -> None:
        if isinstance(self.dialog, JoinDialog):
            self.dialog.show_rooms(rooms, more)

    @pyqtSlot(str, tuple, bool)
    def _on_members_listed(self, room: str, members: tuple, more: bool) -> None:
        if isinstance(self.dialog, MembersDialog) and self.dialog.room == room:
            self.dialog.show_members(members, more)
