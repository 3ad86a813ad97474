"""Where one may go, as rows for a view: what fits to that which is typed."""

from collections.abc import Iterable, Iterator, Mapping

from PyQt5.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    pyqtSignal,
    pyqtSlot,
)

from client_gui.display import isolated, safe_name
from client_gui.items import RoomItem
from client_gui.models.room_list import counted, room_title, tip
from client_gui.places import Found, Place, Places, Sort
from client_gui.rights import DIRECT
from client_gui.row_words import filled

FOUND_ROLE = Qt.UserRole
"""The row's ``Found``."""

translate = QCoreApplication.translate


class PlacesModel(QAbstractListModel):
    """What was found last. A hunt that takes longer than a slice goes on by itself.

    Signals:
        hunted(): what is shown is what fits now.
    """

    hunted = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places = Places()
        self._typed = ""
        self._found: list[Found] = []
        self._hunt: Iterator[list[Found] | None] = iter(())
        self._timer = QTimer(self, interval=0, timeout=self._go_on)

    def set_places(self, places: Iterable[Place]) -> None:
        """These are all places now."""
        self._places.set_all(places)
        self.set_typed(self._typed)

    def set_typed(self, text: str) -> None:
        """Show what fits *text*, as soon as that is known."""
        self._typed = text
        self._hunt = self._places.hunt(text)
        self._timer.start()
        self._go_on()

    def finish(self) -> None:
        """Show it now: somebody has pressed Enter."""
        while self._timer.isActive():
            self._go_on()

    @pyqtSlot()
    def _go_on(self) -> None:
        found = next(self._hunt)
        if found is None:
            return
        self._timer.stop()
        self.beginResetModel()
        self._found = found
        self.endResetModel()
        self.hunted.emit()

    def row_of(self, place: Place | None) -> int:
        """The row of *place*, whatever has become of it; else the first one, which fits best."""
        wanted = place and (place.sort, place.address)
        rows = ((found.place.sort, found.place.address) for found in self._found)
        return next((row for row, this in enumerate(rows) if this == wanted), 0)

    # --- Qt's questions --------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Rows at the top; there are no others."""
        return 0 if parent is not None and parent.isValid() else len(self._found)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        """What was found, its name, or what a screen reader says."""
        if not index.isValid() or index.row() >= len(self._found):
            return None
        found = self._found[index.row()]
        if role == FOUND_ROLE:
            return found
        if role == Qt.DisplayRole:
            return isolated(found.place.title)
        if role == Qt.AccessibleTextRole:
            return ", ".join(_spoken(found.place))
        return None


def _spoken(place: Place) -> list[str]:
    words = [isolated(place.title), isolated(place.detail)]
    if place.sort is Sort.PUBLIC:
        words.append(translate("PlacesModel", "not joined"))
    if place.online:
        words.append(translate("PlacesModel", "online"))
    if place.item.unread:
        unread = translate("PlacesModel", "unread: %1")
        words.append(filled(unread, counted(place.item.unread)))
    if place.item.mentions:
        mentions = translate("PlacesModel", "names you: %1")
        words.append(filled(mentions, counted(place.item.mentions)))
    return words


# --- all places --------------------------------------------------------------------------------


def all_places(
    rooms: Iterable[RoomItem],
    people: Mapping[str, str],
    online: frozenset[str],
    public: Iterable[RoomItem],
    me: str,
) -> list[Place]:
    """Return the places in order: *rooms* with what names us, those with what is unread, the
    latest; then *people*, nicknames by user names, who is online first; then the *public* rooms.
    """
    ours = {item.room: item for item in rooms}
    met = {item.name for item in ours.values() if item.kind == DIRECT} | {me}
    strangers = [name for name in people if name not in met]
    strangers.sort(key=lambda name: name not in online)
    others = [item for item in public if item.room not in ours]
    return [
        *(_of_room(item, online, me) for item in sorted(ours.values(), key=_urgency)),
        *(_of_person(name, people[name], name in online) for name in strangers),
        *(_of_public(item) for item in others),
    ]


def _urgency(item: RoomItem) -> tuple:
    return (not item.mentions, not item.unread or item.muted, -item.last_time)


def _of_room(item: RoomItem, online: frozenset[str], me: str) -> Place:
    direct = item.kind == DIRECT
    is_online = direct and item.name in online
    title, alias = room_title(item, me), safe_name(item.name)
    return Place(Sort.OURS, item.room, title, tip(item), item, is_online, alias)


def _of_person(username: str, nickname: str, online: bool) -> Place:
    item = RoomItem("", DIRECT, username, nickname)
    name = safe_name(username)
    return Place(Sort.PERSON, username, room_title(item), name, item, online, name)


def _of_public(item: RoomItem) -> Place:
    return Place(Sort.PUBLIC, item.room, room_title(item), tip(item), item)
