"""What a search has found, as rows for a view."""

from collections.abc import Callable

from PyQt5.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from client_gui.display import isolated, safe_name
from client_gui.excerpt import excerpt
from client_gui.items import SearchHit
from client_gui.models.message_list import moment

HIT_ROLE = Qt.UserRole
"""The row's ``SearchHit``."""

EXCERPT_ROLE = Qt.UserRole + 1
"""The line to show of it, and the places of the words in it."""

HEADING_ROLE = Qt.UserRole + 2
"""The room, who said it, and when."""

MAX_HITS = 2_000
"""Rows at the most: ten full pages; whoever is still looking needs another word."""


class SearchResultsModel(QAbstractListModel):
    """The hits of one search, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[SearchHit] = []
        self._words = ""
        self._title: Callable[[str], str] = str

    def begin(self, words: str, title: Callable[[str], str]) -> None:
        """A new search for *words*; *title* gives the name of a room for its reference."""
        self._words, self._title = words, title
        self.beginResetModel()
        self._hits = []
        self.endResetModel()

    def add(self, hits: tuple[SearchHit, ...]) -> None:
        """More has been found."""
        hits = hits[: MAX_HITS - len(self._hits)]
        if hits:
            first = len(self._hits)
            self.beginInsertRows(QModelIndex(), first, first + len(hits) - 1)
            self._hits += hits
            self.endInsertRows()

    @property
    def is_full(self) -> bool:
        """Whether no more is shown, whatever is found."""
        return len(self._hits) >= MAX_HITS

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Rows at the top; there are no others."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        """The hit, its heading, its excerpt, or what a screen reader says."""
        if not index.isValid() or index.row() >= len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == HIT_ROLE:
            return hit
        if role == HEADING_ROLE:
            return self._heading(hit)
        if role == EXCERPT_ROLE:
            return excerpt(hit.text, self._words)
        if role in (Qt.DisplayRole, Qt.AccessibleTextRole):
            return f"{', '.join(self._heading(hit))}: {isolated(excerpt(hit.text, self._words)[0])}"
        return None

    def _heading(self, hit: SearchHit) -> tuple[str, str, str]:
        who = safe_name(hit.nickname, safe_name(hit.username))
        return isolated(who), isolated(self._title(hit.room)), moment(hit.time)
