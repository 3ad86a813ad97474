"""The menu of the accounts."""

import pytest
from pytestqt.qtbot import QtBot

from client_gui.accounts import Account
from client_gui.address import Address
from client_gui.widgets.account_menu import AccountMenu

ANN = Account(Address("chat.example.org", 8090), "ann", True)
BOB = Account(Address("chat.example.org", 8090), "b&b")


@pytest.fixture
def menu(qtbot: QtBot) -> AccountMenu:
    """Of two, the second logged in."""
    menu = AccountMenu()
    qtbot.addWidget(menu)
    menu.set_accounts((ANN, BOB), Account(BOB.address, "B&B", True))
    return menu


def test_all_are_there_and_another_one(menu: AccountMenu) -> None:
    """The one who is logged in has the mark; a name has no access key."""
    lines = [(action.text(), action.isChecked()) for action in menu.actions()]
    assert lines == [
        ("ann – chat.example.org:8090", False),
        ("b&&b – chat.example.org:8090", True),
        ("", False),
        ("&Another account…", False),
    ]


def test_each_is_wanted_by_a_click(menu: AccountMenu) -> None:
    """The last is nobody yet."""
    wanted: list[object] = []
    menu.account_wanted.connect(wanted.append)
    first, _, _, last = menu.actions()
    first.trigger()
    last.trigger()
    assert wanted == [ANN, None]


def test_others_take_the_place_of_those_before(menu: AccountMenu) -> None:
    """With nobody known, there is another one all the same."""
    menu.set_accounts((), None)
    assert [action.text() for action in menu.actions()] == ["&Another account…"]
