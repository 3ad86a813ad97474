"""The accounts that are known here."""

import pytest

from client_gui.accounts import (
    MAX_ACCOUNTS,
    Account,
    Accounts,
    find,
    read,
    with_first,
    without,
    written,
)
from client_gui.address import Address
from wire.limits import MAX_NAME

HOME = Address("chat.example.org", 8090)
ANN, BOB = Account(HOME, "ann", True), Account(Address("::1", 8091), "bob")


def test_the_latest_is_the_first_and_only_once() -> None:
    """However the name is written; another server is another account."""
    again = Account(HOME, "ANN")
    assert with_first((BOB, ANN), again) == (again, BOB)
    elsewhere = Account(BOB.address, "ann")
    assert with_first((BOB, ANN), elsewhere) == (elsewhere, BOB, ANN)


def test_there_are_not_too_many() -> None:
    """The oldest goes."""
    accounts: Accounts = ()
    for number in range(MAX_ACCOUNTS + 2):
        accounts = with_first(accounts, Account(HOME, f"user{number}"))
    assert len(accounts) == MAX_ACCOUNTS
    assert accounts[-1].username == "user2"


def test_one_is_found_and_taken_out() -> None:
    """By server and name."""
    assert find((BOB, ANN), HOME, "Ann") == ANN
    assert find((BOB, ANN), HOME, "bob") is None
    assert without((BOB, ANN), Account(HOME, "Ann")) == (BOB,)


def test_what_is_written_is_read() -> None:
    """In the same order; one can read it."""
    assert read(written((BOB, ANN))) == (BOB, ANN)
    assert str(BOB) == "bob@[::1]:8091"


@pytest.mark.parametrize(
    "entry",
    [
        '["chat.example.org:8090", "", true]',
        f'["chat.example.org:8090", "{"x" * (MAX_NAME + 1)}", true]',
        '["http://example.org/", "ann", true]',
        '["chat.example.org", "ann", true]',
        '["chat.example.org:8090", "ann", "yes"]',
        '["chat.example.org:8090", "ann"]',
        "7",
    ],
)
def test_what_may_not_be_is_left_out(entry: str) -> None:
    """And the others are there."""
    good = '["[::1]:8091", "bob", false]'
    assert read(f"[{entry}, {good}]") == (BOB,)


@pytest.mark.parametrize("text", ["", "{", '{"a": 1}', "null", "[" * 100_000])
def test_nonsense_is_no_account(text: str) -> None:
    """A person may have edited the file."""
    assert read(text) == ()


def test_a_file_of_many_is_cut() -> None:
    """The latest are kept."""
    many = [Account(HOME, f"user{number}") for number in range(MAX_ACCOUNTS + 5)]
    assert read(written(many)) == tuple(many[:MAX_ACCOUNTS])
