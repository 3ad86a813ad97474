"""Between the session and what leads from room to room: the list, and the palette."""

from PyQt5.QtCore import QObject, pyqtSlot

from client_gui.items import RoomItem
from client_gui.models.conversations import Conversations
from client_gui.models.online_list import OnlineListModel
from client_gui.models.places import all_places
from client_gui.models.room_list import RoomListModel
from client_gui.session import Session
from client_gui.widgets.chat_window import ChatWindow


class Switching(QObject):
    """Tells the palette what there is, and goes where it leads; keeps the list as one wants it."""

    def __init__(
        self,
        session: Session,
        window: ChatWindow,
        conversations: Conversations,
        rooms: RoomListModel,
        people: OnlineListModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._conversations = session, conversations
        self._switcher = window.switcher
        self._rooms, self._people = rooms, people
        self._public: tuple[RoomItem, ...] = ()
        self._switcher.opened.connect(self._on_opened)
        self._switcher.room_wanted.connect(window.rooms.room_wanted)
        self._switcher.person_wanted.connect(session.open_direct)
        self._switcher.join_wanted.connect(session.join)
        pane = window.rooms
        pane.pin_wanted.connect(session.pin)
        pane.mute_wanted.connect(session.mute)
        pane.read_wanted.connect(session.mark_read)
        session.rooms_listed.connect(self._on_listed)

    @pyqtSlot()
    def _on_opened(self) -> None:
        self._fill()
        self._session.list_public()

    @pyqtSlot(tuple, bool)
    def _on_listed(self, rooms: tuple, _more: bool) -> None:
        self._public = rooms
        if self._switcher.isVisible():
            self._fill()

    def _fill(self) -> None:
        online = dict(self._people.users)
        people = {**self._conversations.speakers(), **online}
        rooms, me = self._rooms.rooms, self._rooms.me
        found = all_places(rooms, people, frozenset(online), self._public, me)
        self._switcher.places.set_places(found)
