"""What is offered for the words that somebody begins: members, rooms and emoji."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from PyQt5.QtCore import QLocale, QObject, pyqtSlot

from client_gui import emoji_names
from client_gui.completion import EMOJI, MAX_OFFERS, MEMBER, ROOM, Begun, Offer
from client_gui.display import isolated, safe_name
from client_gui.items import MemberItem, RoomItem
from client_gui.matching import Name, Typed, best
from client_gui.models.room_list import room_title
from client_gui.presenters.writing import Writing
from client_gui.rights import DIRECT, LOBBY
from client_gui.session import Session
from client_gui.widgets.completer import Completer
from wire.mentions import mentioned
from wire.names import key


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody who can be named."""

    username: str
    nickname: str
    online: bool
    names: tuple[Name, ...]


class Completing(QObject):
    """Between the session and the *completer*, for the room in which there is *writing*."""

    def __init__(
        self,
        session: Session,
        completer: Completer,
        writing: Writing,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._completer = session, completer
        self._writing = writing
        self._me = ""
        self._connected = False
        self._rooms: dict[str, RoomItem] = {}
        self._online = _Crowd()
        self._listed = ""
        """The room whose members were asked for last."""
        self._members = _Crowd()
        self._word: Begun | None = None
        self._sources: dict[str, Callable[[Begun], list[Offer]]] = {
            MEMBER: self._people,
            ROOM: self._rooms_called,
            EMOJI: _emoji,
        }
        completer.offers_wanted.connect(self._on_offers_wanted)
        completer.emoji_named.connect(self._on_emoji_named)
        session.signed_in.connect(self._on_connected)
        session.went_offline.connect(self._on_disconnected)
        session.rooms_changed.connect(self._on_rooms_changed)
        session.online_changed.connect(self._on_online_changed)
        session.members_listed.connect(self._on_members_listed)

    # --- what is wanted --------------------------------------------------------------------------

    @pyqtSlot(object)
    def _on_offers_wanted(self, word: Begun) -> None:
        self._word = word
        self._completer.offer(word, self._sources[word.mark](word))

    @pyqtSlot(str)
    def _on_emoji_named(self, name: str) -> None:
        if sign := emoji_names.by_name(name):
            self._completer.put_emoji(name, sign)

    def _people(self, word: Begun) -> list[Offer]:
        others = (person for person in self._people_here() if person.username != self._me)
        found = best(Typed(word.letters), others, lambda person: person.names)
        found.sort(key=lambda person: not person.online)
        return [_offer(person) for person in found[:MAX_OFFERS]]

    def _people_here(self) -> tuple[_Person, ...]:
        """Who can be named in the room that is written in, as far as is known now."""
        room = self._writing.room
        item = self._rooms.get(room)
        if item is None or item.kind == LOBBY:
            return self._online.people
        if item.kind == DIRECT:
            return _people([(item.name, item.topic, True)])
        if room != self._listed and self._connected:
            self._listed, self._members = room, _Crowd()
            self._session.list_members(room)
        return self._members.people if room == self._listed else ()

    def _rooms_called(self, word: Begun) -> list[Offer]:
        rooms = [item for item in self._rooms.values() if item.kind != DIRECT]
        found = best(Typed(word.letters), rooms, lambda item: [Name(room_title(item))])
        return [_room_offer(item) for item in found[:MAX_OFFERS]]

    # --- what happens ----------------------------------------------------------------------------

    @pyqtSlot(str, str)
    def _on_connected(self, username: str, _nickname: str) -> None:
        self._me, self._connected, self._listed = username, True, ""

    @pyqtSlot(object, float)
    def _on_disconnected(self, _reason: object, _wait: float) -> None:
        self._connected = False

    @pyqtSlot(tuple)
    def _on_rooms_changed(self, rooms: tuple[RoomItem, ...]) -> None:
        self._rooms = {item.room: item for item in rooms}

    @pyqtSlot(tuple, int)
    def _on_online_changed(self, users: tuple, _count: int) -> None:
        self._online = _Crowd([(username, nickname, True) for username, nickname in users])

    @pyqtSlot(str, tuple, bool)
    def _on_members_listed(self, room: str, members: tuple[MemberItem, ...], _more: bool) -> None:
        self._listed = room
        self._members = _Crowd([(m.username, m.nickname, m.online) for m in members])
        # They were asked for because of this word, perhaps.
        if self._word is not None and self._word.mark == MEMBER and room == self._writing.room:
            self._completer.offer(self._word, self._people(self._word))


class _Crowd:
    """People of whom nobody is looked at before a name is typed: thousands may come and go."""

    def __init__(self, found: Iterable[tuple[str, str, bool]] = ()) -> None:
        self._found = [*found]

    @cached_property
    def people(self) -> tuple[_Person, ...]:
        """All of them, ready to be matched."""
        return _people(self._found)


def _people(found: list[tuple[str, str, bool]]) -> tuple[_Person, ...]:
    return tuple(
        _Person(username, nickname, online, (Name(username), Name(nickname)))
        for username, nickname, online in found
        if mentioned(f"@{username}") == (key(username),)
    )


def _offer(person: _Person) -> Offer:
    name = isolated(safe_name(person.nickname, safe_name(person.username)))
    return Offer(f"@{person.username} ", name, isolated(safe_name(person.username)))


def _room_offer(item: RoomItem) -> Offer:
    title = room_title(item)
    return Offer(f"#{title} ", isolated(title))


def _emoji(word: Begun) -> list[Offer]:
    chinese = QLocale().language() == QLocale.Chinese
    found = emoji_names.find(word.letters, MAX_OFFERS)
    return [Offer(e.sign, e.name(chinese), f":{e.short}:", e.sign) for e in found]
