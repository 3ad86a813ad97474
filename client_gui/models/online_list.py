"""Who is online, as rows for a view."""

import html

from PyQt5.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt

from client_gui.display import isolated, safe_name

USERNAME_ROLE = Qt.UserRole
"""The row's user name."""

translate = QCoreApplication.translate


class OnlineListModel(QAbstractListModel):
    """People by nickname; the person at this window is marked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._users: tuple[tuple[str, str], ...] = ()
        self._me = ""

    def set_me(self, username: str) -> None:
        """*username* is the person at this window."""
        self.beginResetModel()
        self._me = username
        self.endResetModel()

    def set_users(self, users: tuple[tuple[str, str], ...]) -> None:
        """Show *users*, pairs of user name and nickname, in their order."""
        if users != self._users:
            self.beginResetModel()
            self._users = users
            self.endResetModel()

    @property
    def users(self) -> tuple[tuple[str, str], ...]:
        """Those that are shown: pairs of user name and nickname."""
        return self._users

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Rows at the top; there are no others."""
        return 0 if parent is not None and parent.isValid() else len(self._users)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        """The nickname, and the user name as a tooltip."""
        if not index.isValid() or index.row() >= len(self._users):
            return None
        username, nickname = self._users[index.row()]
        if role == USERNAME_ROLE:
            return username
        name = safe_name(nickname, safe_name(username))
        if role in (Qt.DisplayRole, Qt.AccessibleTextRole):
            if username == self._me:
                return translate("OnlineListModel", "%1 (you)").replace("%1", isolated(name))
            return isolated(name)
        if role == Qt.ToolTipRole:
            # A tooltip that looks like HTML is taken for HTML.
            return html.escape(isolated(safe_name(username)))
        return None
