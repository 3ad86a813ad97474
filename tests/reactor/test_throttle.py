"""Failed logins: counted by user and address, and by address, for a minute, in bounded memory."""

import pytest

from reactor import throttle
from reactor.throttle import MAX_FOR_ADDRESS, MAX_FOR_USER, WINDOW, FailedLogins
from tests.helpers.clock import FakeClock

HERE = "192.0.2.1"
THERE = "192.0.2.2"


@pytest.fixture
def failures(clock: FakeClock) -> FailedLogins:
    return FailedLogins(clock)


def fail(failures: FailedLogins, times: int, address: str = HERE, user: str = "user1") -> None:
    for _ in range(times):
        failures.failed(address, user)


def test_a_person_who_tries_all_their_passwords(failures: FailedLogins) -> None:
    """May go on until the bound."""
    fail(failures, MAX_FOR_USER - 1)
    assert not failures.too_many(HERE, "user1")
    fail(failures, 1)
    assert failures.too_many(HERE, "user1")


def test_nobody_is_locked_out_from_elsewhere(failures: FailedLogins) -> None:
    """Another address, and other users of the same one, are not meant."""
    fail(failures, MAX_FOR_USER)
    assert not failures.too_many(THERE, "user1")
    assert not failures.too_many(HERE, "user2")


def test_spelling_is_no_way_around(failures: FailedLogins) -> None:
    """Look-alike names are one name."""
    fail(failures, MAX_FOR_USER, user="USER1")
    assert failures.too_many(HERE, "user1")
    assert failures.too_many(HERE, "User1")


def test_one_address_has_a_bound_for_all_users(failures: FailedLogins) -> None:
    """High enough for a class behind one router."""
    for number in range(MAX_FOR_ADDRESS):
        assert not failures.too_many(HERE, "somebody else")
        failures.failed(HERE, f"user{number}")
    assert failures.too_many(HERE, "somebody else")
    assert not failures.too_many(THERE, "somebody else")


def test_a_minute_later_it_begins_anew(failures: FailedLogins, clock: FakeClock) -> None:
    """From the first failure on, so that trying on does not extend it."""
    fail(failures, MAX_FOR_USER - 1)
    clock.advance(WINDOW - 1)
    fail(failures, 1)
    assert failures.too_many(HERE, "user1")
    clock.advance(1)
    assert not failures.too_many(HERE, "user1")
    fail(failures, MAX_FOR_USER - 1)
    assert not failures.too_many(HERE, "user1")
    fail(failures, 1)
    assert failures.too_many(HERE, "user1")


def test_what_is_over_is_forgotten(failures: FailedLogins, clock: FakeClock) -> None:
    """So that where nobody fails nothing has to be looked up."""
    fail(failures, 1)
    clock.advance(WINDOW - 1)
    fail(failures, 1, user="user2")
    clock.advance(1)
    assert not failures.too_many(THERE, "user1")
    assert failures._counts != {}
    clock.advance(WINDOW)
    assert not failures.too_many(THERE, "user1")
    assert failures._counts == {}


def test_success_forgets(failures: FailedLogins) -> None:
    """Only this user's failures: an address does not clear itself with an account of its own."""
    fail(failures, MAX_FOR_USER)
    failures.succeeded(HERE, "user1")
    assert not failures.too_many(HERE, "user1")
    for _ in range(MAX_FOR_ADDRESS - MAX_FOR_USER):
        failures.failed(HERE, "user2")
        failures.succeeded(HERE, "user2")
    assert failures.too_many(HERE, "user3")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("not an address", "not an address", True),
        ("not an address", "another", False),
    ],
)
def test_what_counts_as_one_address(
    failures: FailedLogins, one: str, other: str, same: bool
) -> None:
    """An IPv6 machine has all addresses of its /64; a mapped IPv4 address is one machine."""
    fail(failures, MAX_FOR_USER, address=one)
    assert failures.too_many(other, "user1") == same


def test_memory_is_bounded(failures: FailedLogins, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest counts go; those that are still growing stay."""
    monkeypatch.setattr(throttle, "MAX_COUNTS", 20)
    fail(failures, MAX_FOR_USER)
    for number in range(100):
        failures.failed(f"198.51.100.{number}", "user9")
        failures.failed(HERE, "user1")
    assert len(failures._counts) == 20
    assert failures.too_many(HERE, "user1")


def test_asking_counts_nothing(failures: FailedLogins) -> None:
    """Only failures take memory."""
    for number in range(100):
        failures.too_many(HERE, f"user{number}")
    assert len(failures._counts) == 0
