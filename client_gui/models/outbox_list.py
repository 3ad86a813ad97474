"""What was not sent, as rows for a view: where, what, when, and why not yet."""

from collections.abc import Callable

from PyQt5.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt

from client_gui.display import isolated
from client_gui.excerpt import excerpt
from client_gui.items import Unsent
from client_gui.models.message_list import moment
from client_gui.words import refusal_words

UNSENT_ROLE = Qt.UserRole
"""The row's ``Unsent``."""

ROOM, TEXT, WHEN, WHY = range(4)

translate = QCoreApplication.translate


class OutboxModel(QAbstractTableModel):
    """In the order in which they go."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsent: tuple[Unsent, ...] = ()
        self._title: Callable[[str], str] = str

    def set_unsent(self, unsent: tuple[Unsent, ...], title: Callable[[str], str]) -> None:
        """Show *unsent*; *title* gives the name of a room for its reference."""
        self.beginResetModel()
        self._unsent, self._title = unsent, title
        self.endResetModel()

    def unsent(self) -> tuple[Unsent, ...]:
        """What is shown."""
        return self._unsent

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Rows at the top; there are no others."""
        return 0 if parent is not None and parent.isValid() else len(self._unsent)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        """Room, text, when, why."""
        return 0 if parent is not None and parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.DisplayRole
    ) -> object:
        """What the columns are."""
        if role != Qt.DisplayRole or orientation != Qt.Horizontal:
            return None
        return (
            translate("OutboxModel", "Room"),
            translate("OutboxModel", "Message"),
            translate("OutboxModel", "Written"),
            translate("OutboxModel", "Why it is here"),
        )[section]

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        """The cell, and for a screen reader the whole row in its first one."""
        if not index.isValid() or index.row() >= len(self._unsent):
            return None
        unsent = self._unsent[index.row()]
        if role == UNSENT_ROLE:
            return unsent
        if role == Qt.AccessibleTextRole and index.column() == ROOM:
            return ", ".join(self._cells(unsent))
        return self._cells(unsent)[index.column()] if role == Qt.DisplayRole else None

    def _cells(self, unsent: Unsent) -> tuple[str, str, str, str]:
        return (
            isolated(self._title(unsent.room)),
            isolated(excerpt(unsent.text, "")[0]),
            moment(unsent.written),
            _why(unsent),
        )


def _why(unsent: Unsent) -> str:
    if unsent.refused:
        words = translate("OutboxModel", "not sent: %1")
        return words.replace("%1", refusal_words(unsent.reason, unsent.detail))
    if unsent.on_its_way:
        return translate("OutboxModel", "sent, and not answered yet")
    return translate("OutboxModel", "waits for the connection")
