"""Emoji, as cells for a view."""

from PyQt5.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, Qt

from client_gui.emoji_names import Emoji

EMOJI_ROLE = Qt.UserRole
"""The cell's ``Emoji``."""


class EmojiListModel(QAbstractListModel):
    """The emoji in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._emoji: list[Emoji] = []

    def set_emoji(self, emoji: list[Emoji]) -> None:
        """These are all now."""
        self.beginResetModel()
        self._emoji = emoji
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Rows at the top; there are no others."""
        return 0 if parent is not None and parent.isValid() else len(self._emoji)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        """The emoji, how it looks, or what it is called."""
        if not index.isValid() or index.row() >= len(self._emoji):
            return None
        emoji = self._emoji[index.row()]
        if role == EMOJI_ROLE:
            return emoji
        if role == Qt.DisplayRole:
            return emoji.sign
        if role in (Qt.AccessibleTextRole, Qt.ToolTipRole):
            return emoji.name(QLocale().language() == QLocale.Chinese)
        return None
