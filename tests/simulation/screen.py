"""What a client shows: the lists of its rooms, as the views would have them."""

from client_gui.changes import Inserted, Removed, Updated
from client_gui.items import Delivery, Entry, RoomItem


class Screen:
    """Follows what the state says.

    Attributes:
        shown: what each room's view shows.
        rooms: the rooms that are listed, by reference.
    """

    def __init__(self) -> None:
        self.shown: dict[str, list[Entry]] = {}
        self.rooms: dict[str, RoomItem] = {}

    def clear(self) -> None:
        """The program is gone."""
        self.shown, self.rooms = {}, {}

    def numbers(self, room: str) -> list[int]:
        """The numbers of what a room's view shows."""
        return [entry.seq for entry in self.shown.get(room, []) if entry.seq]

    def refused(self) -> list[Entry]:
        """What the server would not take."""
        shown = [entry for entries in self.shown.values() for entry in entries]
        return [entry for entry in shown if entry.delivery is Delivery.REFUSED]

    def show(self, change: Inserted | Updated | Removed) -> None:
        """Make *change*."""
        rows = self.shown.setdefault(change.room, [])
        match change:
            case Inserted(_, position, entries):
                rows[position:position] = entries
            case Updated(_, position, entry):
                rows[position] = entry
            case Removed(_, position, count):
                del rows[position : position + count]
