"""What is newly said, told apart from what was missed.

After each login the server lists our rooms, with the number of the last entry of each; that comes
before what was missed is brought. So from the end of the listing on, whatever is above these
numbers is said now, and only that is :class:`Said`. What was said before, while we were away, is
told once, in numbers (:class:`Missed`); at the first login it is not told at all: it is what one
comes to read. Where the server cannot list our rooms, nothing is new.
"""

from client_gui.changes import Missed, Said
from client_gui.items import MissedItem, News, RoomItem
from client_gui.state.rooms import Rooms
from wire.messages import ChatMessage


class SaidLately:
    """Looks at the *rooms*, which have counted already what it is asked about."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._listed = False
        self._before: dict[str, RoomItem] | None = None
        """The rooms as we left them; None: we have not been away."""
        self._news: list[News] = []
        self._missed: tuple[MissedItem, ...] = ()

    def disconnected(self) -> None:
        """What is said from now on is missed."""
        if self._listed:
            self._listed = False
            self._before = {item.room: item for item in self._items()}

    def begin_again(self) -> None:
        """The numbers are those of another database: what was before cannot be compared."""
        self._before = None

    def listed(self) -> None:
        """The server has listed our rooms: what it says from now on is new."""
        before, self._listed, self._before = self._before, True, None
        if before is not None:
            missed = [_missed(before.get(item.room), item) for item in self._items() if item.unread]
            self._missed = tuple(item for item in missed if item.messages)

    def said(self, message: ChatMessage, names_us: bool) -> None:
        """Somebody else said *message*, which is the last of its room."""
        if self._listed:
            username, nickname = message.username, message.nickname
            self._news.append(
                News(message.room, message.seq, username, nickname, message.text, names_us)
            )

    def changed(self) -> list[Missed | Said]:
        """What is to be told since the last time: a flood as one change."""
        news, self._news = self._news, []
        missed, self._missed = self._missed, ()
        return [*([Missed(missed)] if missed else ()), *([Said(tuple(news))] if news else ())]

    def _items(self) -> list[RoomItem]:
        found = (self._rooms.find(room) for room in self._rooms.latest())
        return [item for item in found if item is not None]


def _missed(before: RoomItem | None, now: RoomItem) -> MissedItem:
    """How much of what is unread *now* has come since."""
    if before is None or now.read_seq >= before.last_seq:
        return MissedItem(now.room, now.unread, now.mentions)
    return MissedItem(
        now.room,
        max(0, now.unread - before.unread),
        max(0, now.mentions - before.mentions),
    )
