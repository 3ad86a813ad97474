"""An opened storage of each kind, with five users."""

import pytest

from reactor.storage import Storage
from tests.helpers.stored import add_users


@pytest.fixture
def people(storage: Storage) -> Storage:
    """A storage with user1 ... user5, whose ids are their numbers."""
    add_users(storage)
    return storage
