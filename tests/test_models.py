"""The models say what the tables are: what the migrations make, and wide enough for the wire."""

import pytest
from peewee import InterfaceError
from playhouse.schema_diff import diff_models

import models
from reactor.database import from_url
from reactor.storage import Storage
from wire import limits


def test_the_migrations_make_what_the_models_declare(storage: Storage, storage_url: str) -> None:
    """Columns and indexes of every table, no more and no fewer."""
    database = from_url(storage_url)
    with database.connection_context():
        assert str(diff_models(database, models.ALL)) == ""
        tables = {model._meta.table_name for model in models.ALL}
        made = {name for name in database.get_tables() if "message_search" not in name}
        assert made == tables | {"schema_migration"}


def test_a_difference_would_be_seen(storage: Storage, storage_url: str) -> None:
    """The comparison above can fail."""
    database = from_url(storage_url)
    with database.connection_context():
        database.execute_sql("DROP TABLE message")
        assert "create table message" in str(diff_models(database, models.ALL))


def test_the_foreign_keys_are_the_databases_own(storage: Storage, storage_url: str) -> None:
    """No message without its room and its sender."""
    database = from_url(storage_url)
    with database.connection_context():
        keys = {(key.column, key.dest_table) for key in database.get_foreign_keys("message")}
    assert keys == {("room_id", "room"), ("sender_id", "user")}


def test_columns_are_wide_enough_for_the_wire() -> None:
    """A name's key is checked to have at most twice the characters of a name."""
    assert models.NAME_LENGTH >= 2 * limits.MAX_NAME
    assert models.CID_LENGTH >= limits.MAX_CID
    # TEXT of MySQL.
    assert 4 * limits.MAX_TEXT < 2**16


def test_tables_compare_text_by_its_code_points(mariadb_url: str) -> None:
    """No collation of the server's decides which names are the same."""
    Storage(mariadb_url).open()
    database = from_url(mariadb_url)
    with database.connection_context():
        rows = database.execute_sql(
            "SELECT table_collation, engine FROM information_schema.tables "
            "WHERE table_schema = DATABASE() AND table_name != 'schema_migration'"
        ).fetchall()
    assert list(rows) == [("utf8mb4_bin", "InnoDB")] * len(models.ALL)


def test_models_belong_to_no_database() -> None:
    """So that several storages can be open at once, none by accident."""
    for model in models.ALL:
        assert model._meta.database is None
    with pytest.raises(InterfaceError, match="bound to a database"):
        models.User.select().execute()
