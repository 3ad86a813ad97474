"""The accounts to choose from."""

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from client_gui.accounts import Account
from client_gui.address import Address
from client_gui.widgets.account_box import AccountBox

ANN = Account(Address("chat.example.org", 8090), "ann", True)
BOB = Account(Address("::1", 8091), "\u202ebob")


@pytest.fixture
def accounts(qtbot: QtBot) -> AccountBox:
    """Of two."""
    accounts = AccountBox()
    qtbot.addWidget(accounts)
    accounts.set_accounts((ANN, BOB))
    return accounts


def test_all_are_there_and_another_one(accounts: AccountBox) -> None:
    """Each with its server, in visible characters."""
    assert [accounts.box.itemText(n) for n in range(accounts.box.count())] == [
        "ann – chat.example.org:8090",
        "bob – [::1]:8091",
        "Another account…",
    ]


def test_what_is_chosen_is_told(qtbot: QtBot, accounts: AccountBox) -> None:
    """By the keyboard, too; only what a person does."""
    told: list[object] = []
    accounts.chosen.connect(told.append)
    accounts.show_account(ANN)
    assert told == []
    qtbot.keyClick(accounts.box, Qt.Key_Down)
    qtbot.keyClick(accounts.box, Qt.Key_Down)
    assert told == [BOB, None]


def test_one_can_be_removed(qtbot: QtBot, accounts: AccountBox) -> None:
    """But not the one that is yet to be typed."""
    accounts.show_account(accounts._accounts[1])
    with qtbot.waitSignal(accounts.removed) as removed:
        qtbot.mouseClick(accounts.remove_button, Qt.LeftButton)
    assert removed.args == [BOB]
    accounts.show_account(None)
    assert not accounts.remove_button.isEnabled()


def test_both_have_names(accounts: AccountBox) -> None:
    """For a screen reader; the button says what it costs."""
    assert accounts.box.accessibleName()
    assert accounts.remove_button.accessibleName()
    assert accounts.remove_button.toolTip()
