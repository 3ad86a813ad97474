"""Devices and their tokens; how these log in is tested with the commands."""

import pytest

from reactor import devices
from reactor.devices import Devices, Login, NewDevice, random_token
from reactor.records import Account
from tests.helpers.stores import FakeStore
from tests.helpers.workers import HandLane

ACCOUNT = Account(1, "user1", "itcast1")


@pytest.fixture
def made() -> Devices:
    return Devices(FakeStore().devices, HandLane(), lambda: 0)


def test_tokens_are_long_and_never_the_same() -> None:
    """192 bits each, in characters that need no escaping anywhere."""
    tokens = {random_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {32}
    assert all(token.replace("-", "").replace("_", "").isalnum() for token in tokens)


def test_a_token_is_not_shown() -> None:
    """Whatever prints a device does not print that; nor a login the hash of a password."""
    assert "secret" not in repr(NewDevice(1, "secret"))
    assert "secret" not in repr(Login(ACCOUNT, 1, password_hash="secret"))


def test_what_is_void(made: Devices) -> None:
    """A revoked device, and a password that was right before; nothing else."""
    by_password, by_token = Login(ACCOUNT, 7, password_hash="hash:111111"), Login(ACCOUNT, 8)
    assert not made.is_void(by_password)
    made.revoked(8)
    assert not made.is_void(by_password)
    assert made.is_void(by_token)
    made.password_changed("hash:111111")
    assert made.is_void(by_password)
    assert not made.is_void(Login(ACCOUNT, 9, password_hash="hash:new"))
    assert not made.is_void(Login(ACCOUNT, 9))


def test_what_is_void_is_not_kept_for_ever(made: Devices, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the time that it is forgotten, no login is under way that it concerned."""
    monkeypatch.setattr(devices, "LATELY_MAX", 2)
    for device in (1, 2, 3):
        made.revoked(device)
    assert [made.is_void(Login(ACCOUNT, device)) for device in (1, 2, 3)] == [False, True, True]


def test_no_device_is_never_void(made: Devices) -> None:
    """A basic session has none."""
    made.revoked(1)
    assert not made.is_void(Login(ACCOUNT, 0))
