"""Passwords and their hashes: argon2id, and nothing else in the project knows how.

Every function here is slow on purpose (some 20 milliseconds, 19 MiB) and thread safe: it runs on a
hashing lane, never on the loop. A hash carries its own parameters, so old hashes stay valid when
the parameters below change, and :func:`needs_rehash` finds them at the next login.
"""

import base64
import secrets

from argon2 import PasswordHasher, Type, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from wire.limits import MAX_PASSWORD

# OWASP Password Storage Cheat Sheet: argon2id with 19 MiB of memory, two iterations, one lane.
MEMORY_KIB = 19 * 1024
ITERATIONS = 2
LANES = 1

HASH_BYTES = 32
SALT_BYTES = 16

# The dearest hash that is believed to be one. Whoever can write into the database could otherwise
# make one login take all memory. 32 times our own memory is far beyond any recommendation.
MAX_MEMORY_KIB = 32 * MEMORY_KIB
MAX_ITERATIONS = 32

_hasher = PasswordHasher(
    time_cost=ITERATIONS,
    memory_cost=MEMORY_KIB,
    parallelism=LANES,
    hash_len=HASH_BYTES,
    salt_len=SALT_BYTES,
    type=Type.ID,
)


def hash_password(password: str) -> str:
    """Return a fresh argon2id hash of *password*, with a random salt.

    Raises :class:`ValueError` when it is longer than MAX_PASSWORD or is not encodable as UTF-8.
    """
    if len(password) > MAX_PASSWORD:
        raise ValueError(f"a password may have at most {MAX_PASSWORD} characters")
    return _hasher.hash(password)


def verify(password_hash: str, password: str) -> bool:
    """Tell whether *password* is the one that was hashed; a malformed hash belongs to none."""
    if len(password) > MAX_PASSWORD or not _is_affordable(password_hash):
        return False
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def needs_rehash(password_hash: str) -> bool:
    """Tell whether *password_hash* was made with other parameters than today's."""
    try:
        return _hasher.check_needs_rehash(password_hash)
    except InvalidHashError:
        return True


def is_hash(value: str) -> bool:
    """Tell whether argon2 accepts *value* as an argon2id hash; looking like one is no proof."""
    if not _is_affordable(value):
        return False
    try:
        _hasher.verify(value, "")
    except VerifyMismatchError:
        return True
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
    return True


def _is_affordable(password_hash: str) -> bool:
    try:
        parameters = extract_parameters(password_hash)
    except InvalidHashError:
        return False
    return (
        parameters.type is Type.ID
        and parameters.memory_cost <= MAX_MEMORY_KIB
        and parameters.time_cost <= MAX_ITERATIONS
    )


def _unmatchable_hash() -> str:
    """A well-formed hash with a random digest: no password is known to have it, to us neither."""
    salt, digest = (
        base64.b64encode(secrets.token_bytes(size)).decode("ascii").rstrip("=")
        for size in (SALT_BYTES, HASH_BYTES)
    )
    return f"$argon2id$v=19$m={MEMORY_KIB},t={ITERATIONS},p={LANES}${salt}${digest}"


DUMMY_HASH = _unmatchable_hash()
"""What an unknown user's password is checked against, so that it costs as much as a known one's."""
