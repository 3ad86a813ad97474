"""A statement about many values does the same as one for each, however many they are."""

import pytest
from peewee import QueryEvent

from models import Room, User
from reactor.storage import Storage
from reactor.storage.statements import MAX_LENGTH, ListStatement, RowStatement

COUNTS = [0, 1, 2, 3, 5, 16, 17, 64, 85, MAX_LENGTH, MAX_LENGTH + 1, 2 * MAX_LENGTH + 3]

# All columns but the number, which the database gives.
USER = (User.user_name, User.user_password, User.user_nickname, User.user_key, User.created_at)


def rows_of_users(count: int) -> list[tuple[object, ...]]:
    """Users 1, 2, 3 ... of an empty database."""
    return [(f"user{n}", "hash", "nick", f"user{n}", n) for n in range(1, count + 1)]


@pytest.mark.parametrize("count", COUNTS)
def test_every_row_is_inserted_once(storage: Storage, count: int) -> None:
    """In their order, whatever pieces they come in."""
    with storage._database.connection_context():
        add = RowStatement(
            storage._database, lambda n: User.insert_many([[0] * len(USER)] * n, USER)
        )
        add.run(rows_of_users(count))
        query = User.select(*USER).order_by(User.user_id)
        added = list(query.tuples().execute(storage._database))
    assert added == rows_of_users(count)


@pytest.mark.parametrize("count", COUNTS)
def test_every_value_of_a_list_counts(storage: Storage, count: int) -> None:
    """The first and the last too, and what the list is filled up with changes nothing."""
    ids = [*range(2, count + 2)]
    with storage._database.connection_context():
        User.insert_many(rows_of_users(count + 2), USER).execute(storage._database)
        rename = ListStatement(
            storage._database,
            lambda n: User.update({User.user_nickname: ""}).where(User.user_id.in_([0] * n)),
        )
        rename.run(ids, before=("renamed",))
        find = ListStatement(
            storage._database,
            lambda n: (
                User.select(User.user_id)
                .where(User.user_id.in_([0] * n) & (User.user_nickname == ""))
                .order_by(User.user_id)
            ),
        )
        assert find.run([1, *ids, count + 2], after=("renamed",)) == [(n,) for n in ids]
        assert find.run(ids, after=("nick",)) == []


def test_a_long_list_takes_few_statements(storage: Storage) -> None:
    """That is what it is for."""
    with storage._database.connection_context():
        find = ListStatement(
            storage._database, lambda n: Room.select(Room.room_id).where(Room.room_id.in_([0] * n))
        )
        seen: list[QueryEvent] = []
        storage._database.query_hooks.append(seen.append)
        find.run([*range(MAX_LENGTH)])
    assert len(seen) == 1
