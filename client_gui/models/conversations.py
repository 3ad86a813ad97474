"""A list of messages for each room that something is known of."""

from collections.abc import Iterable

from PyQt5.QtCore import QObject

from client_gui.changes import TimelineChange
from client_gui.models.message_list import MessageListModel

LATELY = 200
"""Messages of a room in which it is looked who speaks there: a page."""


class Conversations(QObject):
    """The models by room. A model is made when it is first asked for, or something comes for it,
    and stays: the state says what is in it, and bounds that. *parent* is what has the views of
    them, which may not outlive them.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models: dict[str, MessageListModel] = {}

    def of(self, room: str) -> MessageListModel:
        """The messages of *room*, always the same model."""
        if room not in self._models:
            self._models[room] = MessageListModel(room, self)
        return self._models[room]

    def speakers(self) -> dict[str, str]:
        """Return who has said something lately, nicknames by user names."""
        found: dict[str, str] = {}
        for model in self._models.values():
            rows = model.rowCount()
            for row in range(max(0, rows - LATELY), rows):
                found[model.entry(row).username] = model.entry(row).nickname
        return found

    def apply(self, changes: Iterable[TimelineChange]) -> None:
        """Make *changes*, each in its room, in order."""
        for change in changes:
            self.of(change.room).apply((change,))
