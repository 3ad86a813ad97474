"""The room in sight: shows it, and passes on what is done there. Each room keeps what was being
written in it, so that nothing is ever sent, or left as a draft, in another.
"""

from functools import partial

from PyQt5.QtCore import QCoreApplication, QObject, QTimer, pyqtSlot

from client_gui.composition import Composition
from client_gui.items import Delivery, Entry, RoomItem
from client_gui.models.conversations import Conversations
from client_gui.models.message_list import MessageListModel
from client_gui.models.room_list import RoomListModel
from client_gui.rights import LOBBY, rights
from client_gui.session import Session
from client_gui.widgets.chat_window import ChatWindow
from client_gui.widgets.confirmation import confirm
from client_gui.widgets.message_menu import can_be_edited
from client_gui.widgets.readers_dialog import ReadersDialog
from client_gui.words import closed_words, too_many_waiting_words

DRAFT_MS = 1_000
"""Milliseconds after the last key before a draft is kept: what a crash may cost."""

_LOBBY = RoomItem(LOBBY, LOBBY, LOBBY)

translate = QCoreApplication.translate


class Talk(QObject):
    """Between the session and the conversation in the *window*."""

    def __init__(
        self,
        session: Session,
        window: ChatWindow,
        conversations: Conversations,
        rooms: RoomListModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.room = ""
        self._session, self._window = session, window
        self._pages, self._composer = window.conversation.pages, window.composer
        self._conversations, self._rooms = conversations, rooms
        self._writings: dict[str, Composition] = {}
        self._typing: dict[str, tuple[str, ...]] = {}
        self._draft_timer = QTimer(
            self, singleShot=True, interval=DRAFT_MS, timeout=self.keep_draft
        )
        self._connect_session()
        self._connect_messages()
        self._connect_composer()

    @property
    def messages(self) -> MessageListModel:
        """Those of the room in sight."""
        return self._conversations.of(self.room)

    def begin(self, same_person: bool) -> None:
        """Somebody has logged in; another one than before begins in the lobby, with nothing."""
        if not same_person:
            self._composer.set_writing(Composition())
            self._writings.clear()
            self._typing.clear()
            self.room = ""
            self._pages.forget_all()
        self.show(self.room or LOBBY)

    @pyqtSlot(str)
    def show(self, room: str) -> None:
        """Bring *room* into sight, as it was left."""
        if room != self.room:
            self._keep_writing()
            self.room = room
            self._pages.show_room(self.messages)
            writing = self._writings.pop(room, None) or Composition(self._session.draft(room))
            self._composer.set_writing(writing)
            self._draft_timer.stop()
        self._session.open_room(room)
        self._window.rooms.set_current(room)
        self._show_item()
        self._show_typing()
        self._window.uncover()
        self.mark_read()

    @pyqtSlot()
    def keep_draft(self) -> None:
        """Give what is written and not sent to the session, which keeps it."""
        self._draft_timer.stop()
        if self.room:
            self._session.set_draft(self.room, self._composer.writing.unsent)

    @pyqtSlot()
    def mark_read(self) -> None:
        """The newest message has been read, if somebody can have seen it."""
        seen = self._window.isActiveWindow() and self._pages.view.isVisible()
        if seen and self._pages.view.at_bottom and (seq := self.messages.last_seq()):
            self._session.mark_read(self.room, seq)

    # --- building --------------------------------------------------------------------------------

    def _connect_session(self) -> None:
        session = self._session
        session.rooms_changed.connect(self._on_rooms_changed)
        session.room_opened.connect(self._on_room_opened)
        session.room_closed.connect(self._on_room_closed)
        session.typing_changed.connect(self._on_typing_changed)
        session.jump_to.connect(self._on_jump_to)
        session.readers_listed.connect(self._on_readers_listed)
        self._window.rooms.room_wanted.connect(self._on_room_wanted)
        self._window.looked_at.connect(self.mark_read)

    def _connect_messages(self) -> None:
        session, pages = self._session, self._pages
        pages.retry_wanted.connect(session.retry)
        pages.discard_wanted.connect(session.discard)
        pages.top_reached.connect(session.read_older)
        pages.bottom_seen.connect(self.mark_read)
        pages.reply_wanted.connect(self._composer.reply_to)
        pages.edit_wanted.connect(self._composer.edit)
        pages.delete_wanted.connect(self._on_delete_wanted)
        pages.react_wanted.connect(self._on_react_wanted)
        pages.readers_wanted.connect(lambda entry: session.ask_readers(self.room, entry.seq))
        pages.quote_wanted.connect(lambda entry: self.find(self.room, entry.reply.seq))

    def _connect_composer(self) -> None:
        self._composer.say_wanted.connect(self._on_say_wanted)
        self._composer.edit_wanted.connect(self._on_edit_wanted)
        self._composer.edit_last_wanted.connect(self._on_edit_last_wanted)
        self._composer.written.connect(self._on_written)

    # --- showing ---------------------------------------------------------------------------------

    def _keep_writing(self) -> None:
        if self.room:
            self.keep_draft()
            self._writings[self.room] = self._composer.writing

    def _show_item(self) -> None:
        item = self._rooms.item(self.room) or (_LOBBY if self.room == LOBBY else None)
        if item is None:
            return
        may = rights(item)
        self._pages.view.may = may
        self._window.conversation.header.show_room(item, self._rooms.me)
        self._composer.set_open(may.says, _closed_words)

    def _show_typing(self) -> None:
        self._window.conversation.typing.show_names(self._typing.get(self.room, ()))

    def find(self, room: str, seq: int) -> None:
        """Show message *seq* of *room*, wherever it is."""
        if room == self.room and (row := self.messages.row_of(seq)) is not None:
            self._window.uncover()
            self._pages.view.show_row(row)
        else:
            self._session.find_message(room, seq)

    # --- what happens ----------------------------------------------------------------------------

    @pyqtSlot(tuple)
    def _on_rooms_changed(self, rooms: tuple) -> None:
        self._rooms.set_rooms(rooms)
        self._window.rooms.set_current(self.room)
        if self.room and rooms and self._rooms.item(self.room) is None:
            self.show(LOBBY)
        self._show_item()

    @pyqtSlot(str)
    def _on_room_opened(self, room: str) -> None:
        self.show(room)
        self._composer.setFocus()

    @pyqtSlot(str, str)
    def _on_room_closed(self, room: str, reason: str) -> None:
        name = self._rooms.title(room)
        if room == self.room:
            self.show(LOBBY)
        self._writings.pop(room, None)
        self._typing.pop(room, None)
        self._pages.forget(room)
        if closed_words(reason, name):
            self._composer.warn(partial(closed_words, reason, name))

    @pyqtSlot(str, tuple)
    def _on_typing_changed(self, room: str, nicknames: tuple) -> None:
        self._typing[room] = nicknames
        if not nicknames:
            del self._typing[room]
        self._show_typing()

    @pyqtSlot(str, int)
    def _on_jump_to(self, room: str, seq: int) -> None:
        self.show(room)
        row = self.messages.row_of(seq)
        if row is not None:
            self._pages.view.show_row(row)

    @pyqtSlot(str, int, tuple)
    def _on_readers_listed(self, room: str, _seq: int, names: tuple) -> None:
        if room == self.room:
            ReadersDialog(names, self._window).open()

    # --- what a person does ----------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_room_wanted(self, room: str) -> None:
        self.show(room)
        self._composer.setFocus()

    @pyqtSlot(str, int)
    def _on_say_wanted(self, text: str, reply_to: int) -> None:
        if not self._session.can_say():
            self._composer.warn(too_many_waiting_words)
            return
        self._pages.view.jump_to_bottom()
        self._session.say(self.room, text, reply_to)
        self._composer.clear()
        self.keep_draft()

    @pyqtSlot(object, str)
    def _on_edit_wanted(self, entry: Entry, text: str) -> None:
        # It may have been stored since the editing began.
        now = self.messages.find(entry.key) or entry
        if now.delivery is not Delivery.STORED:
            self._session.edit_unsent(now.key, text)
        elif text != now.text:
            self._session.edit(self.room, now.seq, text)
        self._composer.clear()

    @pyqtSlot()
    def _on_edit_last_wanted(self) -> None:
        entry = self.messages.last_own()
        if entry is not None and can_be_edited(entry):
            self._composer.edit(entry)

    @pyqtSlot()
    def _on_written(self) -> None:
        self._draft_timer.start()
        writing = self._composer.writing
        if writing.text and not writing.editing and self._composer.box.hasFocus():
            self._session.typing(self.room)

    @pyqtSlot(object)
    def _on_delete_wanted(self, entry: Entry) -> None:
        words = translate("Talk", "Delete this message for everybody?")
        room = self.room
        confirm(self._window, words, lambda: self._session.delete(room, entry.seq))

    @pyqtSlot(object, str, bool)
    def _on_react_wanted(self, entry: Entry, sign: str, on: bool) -> None:
        self._session.react(self.room, entry.seq, sign, on)


def _closed_words() -> str:
    return translate("Talk", "Only moderators write here.")
