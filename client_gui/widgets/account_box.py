"""The accounts that have logged in on this computer, to choose one of, or to be forgotten."""

from PyQt5.QtCore import QCoreApplication, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from client_gui.accounts import Account, Accounts
from client_gui.display import safe_name
from client_gui.widgets.retranslated import Retranslated

_SPACING = 6

translate = QCoreApplication.translate


class AccountBox(Retranslated, QWidget):
    """One line; its last choice is another account, which is yet to be typed.

    Signals:
        chosen(account: Account | None): None is another one.
        removed(account: Account): it is not to be offered any more.
    """

    chosen = pyqtSignal(object)
    removed = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
        self.remove_button = QToolButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING)
        row.addWidget(self.box, 1)
        row.addWidget(self.remove_button)
        self.setFocusProxy(self.box)
        self.box.activated.connect(self._on_activated)
        self.remove_button.clicked.connect(self._on_remove_clicked)
        self._accounts: Accounts = ()
        self.set_accounts(())
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words."""
        self.box.setAccessibleName(translate("AccountBox", "Account"))
        self.box.setItemText(self.box.count() - 1, _another())
        self.remove_button.setText(translate("AccountBox", "Remove"))
        self.remove_button.setAccessibleName(translate("AccountBox", "Remove this account"))
        self.remove_button.setToolTip(
            translate("AccountBox", "Do not offer this account any more, and forget its login")
        )

    def set_accounts(self, accounts: Accounts) -> None:
        """Offer *accounts*, and another one."""
        self._accounts = accounts
        self.box.clear()
        for account in accounts:
            self.box.addItem(f"{safe_name(account.username)} – {account.address}")
        self.box.addItem(_another())
        self._on_chosen()

    def show_account(self, account: Account | None) -> None:
        """*account* is what stands in the lines below."""
        places = [number for number, one in enumerate(self._accounts) if one is account]
        self.box.setCurrentIndex(places[0] if places else len(self._accounts))
        self._on_chosen()

    def account(self) -> Account | None:
        """The one that is chosen; None is another one."""
        number = self.box.currentIndex()
        return self._accounts[number] if number < len(self._accounts) else None

    def _on_chosen(self) -> None:
        self.remove_button.setEnabled(self.account() is not None)

    @pyqtSlot()
    def _on_activated(self) -> None:
        self._on_chosen()
        self.chosen.emit(self.account())

    @pyqtSlot()
    def _on_remove_clicked(self) -> None:
        account = self.account()
        if account is not None:
            self.removed.emit(account)


def _another() -> str:
    return translate("AccountBox", "Another account…")
