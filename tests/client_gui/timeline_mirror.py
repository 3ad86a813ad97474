"""A list that follows the changes of a timeline, as an item model does, without Qt."""

from collections.abc import Iterable

from client_gui.changes import Change, Inserted, Removed, Updated
from client_gui.items import Entry


class TimelineMirror:
    """What a view would show. Raises where a change does not fit what is there."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def follow(self, changes: Iterable[Change]) -> None:
        """Make *changes*, in order; those that are about something else are none."""
        for change in changes:
            match change:
                case Inserted(_, position, entries):
                    assert position <= len(self.entries)
                    self.entries[position:position] = entries
                case Updated(_, position, entry):
                    self.entries[position] = entry
                case Removed(_, position, count):
                    assert position + count <= len(self.entries)
                    del self.entries[position : position + count]
