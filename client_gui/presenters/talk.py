"""The room in sight: shows it, and passes on what is done with its messages."""

from functools import partial

from PyQt5.QtCore import QCoreApplication, QObject, pyqtSignal, pyqtSlot

from client_gui.items import Entry, RoomItem
from client_gui.models.conversations import Conversations
from client_gui.models.message_list import MessageListModel
from client_gui.models.room_list import RoomListModel
from client_gui.presenters.reading import Reading
from client_gui.presenters.writing import Writing
from client_gui.rights import LOBBY, rights
from client_gui.session import Session
from client_gui.widgets.chat_window import ChatWindow
from client_gui.widgets.confirmation import confirm
from client_gui.widgets.readers_dialog import ReadersDialog
from client_gui.words import closed_words

_LOBBY = RoomItem(LOBBY, LOBBY, LOBBY)

translate = QCoreApplication.translate


class Talk(QObject):
    """Between the session and the conversation in the *window*.

    Signals:
        room_shown(): another room is in sight.
    """

    room_shown = pyqtSignal()

    def __init__(
        self,
        session: Session,
        window: ChatWindow,
        writing: Writing,
        reading: Reading,
        conversations: Conversations,
        rooms: RoomListModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.room = ""
        self._session, self._window = session, window
        self._writing, self._reading = writing, reading
        self._pages, self._composer = window.conversation.pages, window.composer
        self._conversations, self._rooms = conversations, rooms
        self._typing: dict[str, tuple[str, ...]] = {}
        self._connect_session()
        self._connect_messages()
        writing.saying.connect(lambda: self._pages.view.jump_to_bottom())

    @property
    def messages(self) -> MessageListModel:
        """Those of the room in sight."""
        return self._conversations.of(self.room)

    def begin(self, same_person: bool) -> None:
        """Somebody has logged in; another one than before begins in the lobby, with nothing."""
        if not same_person:
            self._writing.begin_anew()
            self._typing.clear()
            self.room = ""
            self._pages.forget_all()
        self._reading.begin()
        self.show(self.room or LOBBY)

    @pyqtSlot(str)
    def show(self, room: str) -> None:
        """Bring *room* into sight, as it was left."""
        if room != self.room:
            self.room = room
            self._reading.enter(room)
            self._writing.show(room)
            self.room_shown.emit()
        self._session.open_room(room)
        self._window.rooms.set_current(room)
        self._show_item()
        self._show_typing()
        self._window.uncover()
        self._reading.mark_read()

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

    def _connect_messages(self) -> None:
        session, pages = self._session, self._pages
        pages.retry_wanted.connect(session.retry)
        pages.discard_wanted.connect(session.discard)
        pages.top_reached.connect(session.read_older)
        pages.reply_wanted.connect(self._composer.reply_to)
        pages.edit_wanted.connect(self._composer.edit)
        pages.delete_wanted.connect(self._on_delete_wanted)
        pages.react_wanted.connect(self._on_react_wanted)
        pages.readers_wanted.connect(lambda entry: session.ask_readers(self.room, entry.seq))
        pages.quote_wanted.connect(lambda entry: self.find(self.room, entry.reply.seq))

    # --- showing ---------------------------------------------------------------------------------

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
        self._reading.rooms_changed()
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
        self._writing.forget(room)
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
