"""Accounts: found by look-alikes, added all or none, hashes replaced only if they are the same."""

import pytest

from reactor import passwords
from reactor.records import Credentials, NewUser
from reactor.storage import Storage, StorageUnavailable
from reactor.storage.accounts import Accounts

ANNA = NewUser("Anna", "Anna 😀", "hash of anna")
XIAOMING = NewUser("小明", "小明同学", "hash of xiaoming")


def test_an_account_is_found_by_its_name_and_its_look_alikes(storage: Storage) -> None:
    """Case and width of letters make no other person."""
    assert storage.accounts.add_users([ANNA, XIAOMING]) == [True, True]
    anna = storage.accounts.find_account("Anna")
    assert anna == Credentials(1, *ANNA)
    assert storage.accounts.find_account("ＡＮＮＡ") == anna
    assert storage.accounts.find_account("小明") == Credentials(2, *XIAOMING)


@pytest.mark.parametrize("name", ["Ann", "Anna ", " Anna", "", "An%", "Ann_", "Änna", "a'--", "\0"])
def test_nobody_else_is_found(storage: Storage, name: str) -> None:
    """No space, wildcard or accent is overlooked."""
    storage.accounts.add_users([ANNA])
    assert storage.accounts.find_account(name) is None


def test_composed_and_decomposed_letters_are_one_name(storage: Storage) -> None:
    """é is é, however it is typed."""
    storage.accounts.add_users([NewUser("Ren\u00e9", "René", "hash")])
    assert storage.accounts.find_account("Rene\u0301") is not None
    assert storage.accounts.find_account("Rene") is None


def test_an_existing_user_is_left_unchanged(storage: Storage) -> None:
    """Also when the same name comes twice in one call."""
    assert storage.accounts.add_users([ANNA]) == [True]
    again = [NewUser("anna", "Impostor", "x"), XIAOMING, NewUser("小明", "Impostor", "x")]
    assert storage.accounts.add_users(again) == [False, True, False]
    assert storage.accounts.find_account("anna") == Credentials(1, *ANNA)
    assert storage.accounts.add_users([]) == []


@pytest.mark.parametrize("bad", [("", "n"), ("a b", "n"), ("a|b", "n"), ("x" * 33, "n"), ("a", "")])
def test_with_a_name_that_is_not_allowed_nobody_is_added(
    storage: Storage, bad: tuple[str, str]
) -> None:
    """One transaction, or none."""
    with pytest.raises(ValueError, match="name"):
        storage.accounts.add_users([ANNA, NewUser(*bad, "hash")])
    assert storage.accounts.find_account("Anna") is None


def test_many_users_are_added_at_once(storage: Storage) -> None:
    """More than fit into one statement."""
    users = [NewUser(f"load{i:05}", f"Load {i}", "hash") for i in range(1_050)]
    assert storage.accounts.add_users(users) == [True] * 1_050
    assert storage.accounts.add_users(users) == [False] * 1_050


def test_a_name_taken_by_another_program_meanwhile_is_found_taken(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the insertion; the second look sees it."""
    look = Accounts._taken
    looks = []

    def look_too_early(self: Accounts, keys: list[str]) -> set[str]:
        looks.append(keys)
        return set() if len(looks) == 1 else look(self, keys)

    storage.accounts.add_users([ANNA])
    monkeypatch.setattr(Accounts, "_taken", look_too_early)
    assert storage.accounts.add_users([ANNA, XIAOMING]) == [False, True]
    assert len(looks) == 2


def test_adding_users_is_not_tried_for_ever(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then nobody was added, and the connection is good."""
    storage.accounts.add_users([ANNA])
    monkeypatch.setattr(Accounts, "_taken", lambda self, keys: set())
    with pytest.raises(StorageUnavailable, match="try again"):
        storage.accounts.add_users([XIAOMING, ANNA])
    assert storage.accounts.find_account("小明") is None


def test_a_hash_is_replaced_only_if_it_is_still_the_same(storage: Storage) -> None:
    """Compare and set: of two logins at once, one replaces it."""
    storage.accounts.add_users([ANNA, XIAOMING])
    assert storage.accounts.replace_password_hash(1, ANNA.password_hash, "new")
    assert not storage.accounts.replace_password_hash(1, ANNA.password_hash, "newer")
    assert not storage.accounts.replace_password_hash(9, "new", "newer")
    assert storage.accounts.find_account("Anna") == Credentials(1, "Anna", "Anna 😀", "new")
    assert storage.accounts.find_account("小明") == Credentials(2, *XIAOMING)


def test_a_real_hash_fits(storage: Storage) -> None:
    """Whole, and unchanged."""
    password_hash = passwords.hash_password("密码")
    storage.accounts.add_users([ANNA._replace(password_hash=password_hash)])
    anna = storage.accounts.find_account("Anna")
    assert anna is not None
    assert passwords.verify(anna.password_hash, "密码")
