"""Devices log in with tokens until these are taken from them."""

import pytest

from reactor.records import DeviceEntry
from reactor.storage import Storage, StorageUnavailable
from reactor.storage.devices import MAX_DEVICES, USED_FOR, Devices
from tests.helpers.stored import NOW


def test_a_device_is_found_by_its_token(people: Storage) -> None:
    """With its user; another token is nobody's."""
    device = people.devices.add(2, "digest", "minichat/1", NOW)
    found = people.accounts.find_account("user2")
    assert found is not None
    assert people.devices.find(["digest"], NOW) == {"digest": (found.account, device)}
    assert people.devices.find(["Digest"], NOW) == {}
    assert people.devices.of_user(2) == [DeviceEntry(device, "minichat/1", NOW, NOW)]
    assert people.devices.of_user(1) == []


def test_many_tokens_at_once(people: Storage) -> None:
    """Each is found, and their use is noted together."""
    tokens = [f"d{number}" for number in range(3 * MAX_DEVICES)]
    numbers = [people.devices.add(1 + n % 5, token, "c", NOW) for n, token in enumerate(tokens)]
    found = people.devices.find([*tokens, "nobody's"], NOW + USED_FOR)
    assert [found[token][1] for token in tokens] == numbers
    assert [found[token][0].name for token in tokens[:5]] == [f"user{n}" for n in range(1, 6)]
    assert len(found) == len(tokens)
    assert {entry.used_at for entry in people.devices.of_user(1)} == {NOW + USED_FOR}
    assert people.devices.find([], NOW) == {}


def test_use_is_noted_to_the_day(people: Storage) -> None:
    """A login by token costs no write but the first of a day."""
    people.devices.add(1, "digest", "c", NOW)
    for later, noted in ((USED_FOR - 1, NOW), (USED_FOR, NOW + USED_FOR)):
        assert people.devices.find(["digest"], NOW + later) != {}
        assert people.devices.of_user(1)[0].used_at == noted


def test_what_cannot_be_noted_keeps_nobody_out(
    people: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk one can still log in."""
    people.devices.add(1, "digest", "c", NOW)

    def full(_self: Devices, _query: object) -> int:
        raise StorageUnavailable("full")

    monkeypatch.setattr(Devices, "_do", full)
    assert people.devices.find(["digest"], NOW + USED_FOR) != {}


def test_of_too_many_devices_the_least_recently_used_goes(people: Storage) -> None:
    """Of the same user."""
    people.devices.add(2, "of another", "c", NOW - 1)
    for number in range(MAX_DEVICES):
        people.devices.add(1, f"d{number}", "c", NOW + number)
    people.devices.find(["d0"], NOW + 2 * USED_FOR)
    people.devices.add(1, "one more", "c", NOW + 3 * USED_FOR)
    assert len(people.devices.of_user(1)) == MAX_DEVICES
    assert sorted(people.devices.find(["d0", "d1", "d2"], NOW)) == ["d0", "d2"]
    assert len(people.devices.of_user(2)) == 1


def test_one_revokes_only_ones_own_device(people: Storage) -> None:
    """And only once."""
    device = people.devices.add(1, "digest", "c", NOW)
    assert not people.devices.revoke(2, device)
    assert people.devices.revoke(1, device)
    assert not people.devices.revoke(1, device)
    assert people.devices.find(["digest"], NOW) == {}


def test_a_new_password_takes_all_tokens(people: Storage) -> None:
    """If the old one was right; and those of that user only."""
    for user_id in (1, 1, 2):
        people.devices.add(user_id, f"d{len(people.devices.of_user(1))}{user_id}", "c", NOW)
    assert not people.devices.change_password(1, "not the hash", "new")
    assert len(people.devices.of_user(1)) == 2
    assert people.devices.change_password(1, "hash", "new")
    assert people.devices.of_user(1) == []
    assert len(people.devices.of_user(2)) == 1
    account = people.accounts.find_account("user1")
    assert account is not None
    assert account.password_hash == "new"
