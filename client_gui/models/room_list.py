"""The rooms that we are in, as rows for a view, or those of them that a filter lets through."""

import html

from PyQt5.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    Qt,
)

from client_gui.display import isolated, safe_name, safe_sentence
from client_gui.items import RoomItem
from client_gui.matching import Name, Typed
from client_gui.rights import ANNOUNCEMENT, DIRECT, LOBBY, PRIVATE
from client_gui.row_words import filled
from wire.limits import MAX_UNREAD

ROOM_ROLE = Qt.UserRole
"""The row's ``RoomItem``."""

ONLINE_ROLE = Qt.UserRole + 1
"""Whether the other one of a direct room is online; ``None`` where that means nothing."""

translate = QCoreApplication.translate


class RoomListModel(QAbstractListModel):
    """The rooms in the order given. :attr:`me` is the user name of the person at this window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rooms: tuple[RoomItem, ...] = ()
        self._shown: list[RoomItem] = []
        self._online: frozenset[str] | None = None
        self._filter = Typed("")
        self._rows: dict[str, int] = {}
        self.me = ""

    def set_rooms(self, rooms: tuple[RoomItem, ...]) -> None:
        """These are all rooms now."""
        self._rooms = rooms
        self._choose()

    def set_filter(self, text: str) -> None:
        """Show only rooms of which one may mean a name by typing *text*, in their order."""
        self._filter = Typed(text)
        self._choose()

    def set_online(self, usernames: frozenset[str] | None) -> None:
        """Who is online, as far as is known; ``None``: nobody knows."""
        if usernames != self._online:
            self._online = usernames
            if self._shown:
                self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    @property
    def rooms(self) -> tuple[RoomItem, ...]:
        """All of them, shown or not."""
        return self._rooms

    def item(self, room: str) -> RoomItem | None:
        """What is known of *room*, shown or not."""
        return next((item for item in self._rooms if item.room == room), None)

    def row_of(self, room: str) -> int | None:
        """The row that *room* is shown in."""
        return self._rows.get(room)

    def title(self, room: str) -> str:
        """The name of *room* for people; empty if we are not in it."""
        item = self.item(room)
        return room_title(item, self.me) if item else ""

    def _choose(self) -> None:
        shown = [item for item in self._rooms if self._lets_through(item)]
        rows = {item.room: row for row, item in enumerate(shown)}
        if rows.keys() == self._rows.keys():
            self._move(shown, rows)
        else:
            self.beginResetModel()
            self._shown, self._rows = shown, rows
            self.endResetModel()

    def _move(self, shown: list[RoomItem], rows: dict[str, int]) -> None:
        """The same rooms, perhaps in another order: a view stays where it has been scrolled to."""
        before, same_order = self._shown, [*rows] == [*self._rows]
        if not same_order:
            self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        moved = [self.index(rows[before[index.row()].room]) for index in held]
        self._shown, self._rows = shown, rows
        self.changePersistentIndexList(held, moved)
        if not same_order:
            self.layoutChanged.emit()
        changed = [row for row, item in enumerate(shown) if same_order and item != before[row]]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def _lets_through(self, item: RoomItem) -> bool:
        if not self._filter.folded:
            return True
        names = (item.name, item.topic) if item.kind == DIRECT else (room_title(item),)
        return any(Name(name).match(self._filter) for name in names)

    # --- Qt's questions --------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Rows at the top; there are no others."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        """The room, its name, or what a screen reader says."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        item = self._shown[index.row()]
        if role == ROOM_ROLE:
            return item
        if role == ONLINE_ROLE:
            return self._is_online(item)
        if role == Qt.DisplayRole:
            return isolated(room_title(item, self.me))
        if role == Qt.AccessibleTextRole:
            return ", ".join([isolated(room_title(item, self.me)), *self._spoken_marks(item)])
        if role == Qt.ToolTipRole:
            # A tooltip that looks like HTML is taken for HTML.
            return html.escape(isolated(tip(item)))
        return None

    def _is_online(self, item: RoomItem) -> bool | None:
        if item.kind != DIRECT or self._online is None:
            return None
        return item.name in self._online

    def _spoken_marks(self, item: RoomItem) -> list[str]:
        marks = []
        if self._is_online(item):
            marks.append(translate("RoomListModel", "online"))
        if item.unread:
            marks.append(filled(translate("RoomListModel", "unread: %1"), counted(item.unread)))
        if item.mentions:
            marks.append(
                filled(translate("RoomListModel", "names you: %1"), counted(item.mentions))
            )
        if item.has_draft:
            marks.append(translate("RoomListModel", "draft"))
        if item.pinned:
            marks.append(translate("RoomListModel", "pinned"))
        if item.muted:
            marks.append(translate("RoomListModel", "muted"))
        return marks


def room_title(item: RoomItem, me: str = "") -> str:
    """The name of a room for people, as one visible line."""
    if item.kind == LOBBY:
        return translate("RoomListModel", "Lobby")
    if item.kind != DIRECT:
        return safe_name(item.name)
    name = safe_name(item.topic, safe_name(item.name))
    if me and item.name == me:
        return filled(translate("RoomListModel", "%1 (you)"), name)
    return name


def kind_words(kind: str) -> str:
    """What sort of room it is."""
    words = {
        LOBBY: translate("RoomListModel", "everybody"),
        PRIVATE: translate("RoomListModel", "private room"),
        ANNOUNCEMENT: translate("RoomListModel", "announcements"),
        DIRECT: translate("RoomListModel", "direct messages"),
    }
    return words.get(kind) or translate("RoomListModel", "public room")


def tip(item: RoomItem) -> str:
    """What is said about a room where there is room for one line."""
    if item.kind == DIRECT:
        return safe_name(item.name)
    return safe_sentence(item.topic) or kind_words(item.kind)


def counted(number: int) -> str:
    """A number of messages: exact, or that it is more than are counted."""
    if number >= MAX_UNREAD:
        return f"{MAX_UNREAD - 1}+"
    return QLocale().toString(number)
