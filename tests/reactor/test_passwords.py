"""Hashes are argon2id with OWASP's parameters, and no stored value makes a login raise."""

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from reactor import passwords
from wire.limits import MAX_PASSWORD


def test_a_hash_has_owasps_parameters() -> None:
    """argon2id, 19 MiB, two iterations, one lane."""
    found = extract_parameters(passwords.hash_password("secret"))
    assert (found.type, found.memory_cost, found.time_cost, found.parallelism) == (
        Type.ID,
        19 * 1024,
        2,
        1,
    )


@pytest.mark.parametrize("password", ["111111", "", "密码 😀", " with spaces ", "x" * MAX_PASSWORD])
def test_only_the_password_itself_is_verified(password: str) -> None:
    """Every character counts, also at the ends."""
    password_hash = passwords.hash_password(password)
    assert passwords.verify(password_hash, password)
    assert not passwords.verify(password_hash, password[:-1] + "y")


def test_two_hashes_of_one_password_differ() -> None:
    """Each has its own salt."""
    assert passwords.hash_password("same") != passwords.hash_password("same")


def test_a_password_over_the_limit_is_refused_and_never_right() -> None:
    """The work of hashing stays bounded."""
    with pytest.raises(ValueError, match="128"):
        passwords.hash_password("x" * (MAX_PASSWORD + 1))
    assert not passwords.verify(passwords.DUMMY_HASH, "x" * (MAX_PASSWORD + 1))


def test_text_that_is_not_unicode_is_refused_and_never_right() -> None:
    """Half a surrogate pair has no bytes."""
    with pytest.raises(ValueError, match="surrogates"):
        passwords.hash_password("\ud800")
    assert not passwords.verify(passwords.DUMMY_HASH, "\ud800")


@given(st.text())
def test_what_is_no_hash_belongs_to_no_password(value: str) -> None:
    """Whatever stands in the column, there is no exception."""
    assert not passwords.verify(value, value)
    assert not passwords.is_hash(value)
    assert passwords.needs_rehash(value)


@pytest.mark.parametrize(
    "value",
    [
        "$argon2id$v=19$m=19456,t=2,p=1$$",
        "$argon2id$v=19$m=19456,t=2,p=1$aa$bb",
        "$argon2id$v=19$m=19456,t=2,p=1$é$é",
        "$argon2id$v=19$m=4294967295,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA",
        "$argon2id$v=19$m=8,t=4294967295,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA",
        "$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA",
    ],
)
def test_what_only_looks_like_a_hash_is_none(value: str) -> None:
    """Malformed, of another kind, or so dear that one login would take all memory or all day."""
    assert not passwords.is_hash(value)
    assert not passwords.verify(value, "")


def test_a_hash_is_known_by_argon2_itself() -> None:
    """Also when it is the hash of the empty password, which is what is tried."""
    assert passwords.is_hash(passwords.hash_password("secret"))
    assert passwords.is_hash(passwords.hash_password(""))


def test_a_hash_with_other_parameters_is_right_but_to_be_replaced() -> None:
    """At the next login, when the password is at hand."""
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("secret")
    assert passwords.verify(old, "secret")
    assert passwords.needs_rehash(old)
    assert not passwords.needs_rehash(passwords.hash_password("secret"))


def test_the_dummy_costs_what_a_real_hash_costs_and_matches_nothing() -> None:
    """So that the time of an answer does not tell whether a user exists."""
    assert passwords.is_hash(passwords.DUMMY_HASH)
    assert not passwords.needs_rehash(passwords.DUMMY_HASH)
    assert not passwords.verify(passwords.DUMMY_HASH, "")
