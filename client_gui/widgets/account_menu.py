"""The menu of the accounts that one can turn to."""

from PyQt5.QtCore import QCoreApplication, pyqtSignal
from PyQt5.QtWidgets import QAction, QActionGroup, QMenu, QWidget

from client_gui.accounts import Account, Accounts
from client_gui.display import safe_name
from client_gui.widgets.retranslated import Retranslated

translate = QCoreApplication.translate


class AccountMenu(Retranslated, QMenu):
    """The one who is logged in has a mark; the last line is another account, yet to be typed.

    Signals:
        account_wanted(account: Account | None): None is another one.
    """

    account_wanted = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._another = QAction(self)
        self._another.triggered.connect(lambda: self.account_wanted.emit(None))
        self.set_accounts((), None)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words."""
        self.setTitle(translate("AccountMenu", "S&witch account"))
        self._another.setText(translate("AccountMenu", "&Another account…"))

    def set_accounts(self, accounts: Accounts, current: Account | None) -> None:
        """Offer *accounts*; *current* is logged in."""
        self.removeAction(self._another)
        self.clear()
        group = QActionGroup(self)
        for account in accounts:
            # An ampersand in a name is no access key.
            name = f"{safe_name(account.username)} – {account.address}".replace("&", "&&")
            action = QAction(name, self)
            action.setCheckable(True)
            action.setChecked(current is not None and account.is_same(current))
            action.triggered.connect(lambda _, account=account: self.account_wanted.emit(account))
            group.addAction(action)
            self.addAction(action)
        if accounts:
            self.addSeparator()
        self.addAction(self._another)
