"""Who is in a room, as rows for a view."""

import html

from PyQt5.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt

from client_gui.display import isolated, safe_name
from client_gui.items import MemberItem
from client_gui.rights import MODERATOR, OWNER
from client_gui.row_words import filled

MEMBER_ROLE = Qt.UserRole
"""The row's ``MemberItem``."""

translate = QCoreApplication.translate


class MemberListModel(QAbstractListModel):
    """The members in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._members: tuple[MemberItem, ...] = ()

    def set_members(self, members: tuple[MemberItem, ...]) -> None:
        """These are all now."""
        self.beginResetModel()
        self._members = members
        self.endResetModel()

    def row_of(self, username: str) -> int | None:
        """The row of *username*."""
        return next((n for n, m in enumerate(self._members) if m.username == username), None)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Rows at the top; there are no others."""
        return 0 if parent is not None and parent.isValid() else len(self._members)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        """The member, or the name with what they are, and the user name as a tooltip."""
        if not index.isValid() or index.row() >= len(self._members):
            return None
        member = self._members[index.row()]
        if role == MEMBER_ROLE:
            return member
        if role in (Qt.DisplayRole, Qt.AccessibleTextRole):
            return member_words(member)
        if role == Qt.ToolTipRole:
            # A tooltip that looks like HTML is taken for HTML.
            return html.escape(isolated(safe_name(member.username)))
        return None


def member_words(member: MemberItem) -> str:
    """One line about *member*."""
    name = safe_name(member.nickname, safe_name(member.username))
    marks = {
        OWNER: translate("MemberListModel", "owner"),
        MODERATOR: translate("MemberListModel", "moderator"),
    }
    words = [marks[member.role]] if member.role in marks else []
    if member.online:
        words.append(translate("MemberListModel", "online"))
    if not words:
        return isolated(name)
    return filled(translate("MemberListModel", "%1 (%2)"), name, ", ".join(words))
