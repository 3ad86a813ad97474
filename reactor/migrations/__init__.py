"""The versions of the database, as numbered scripts, and the one function that applies them.

Each ``NNNN_name.py`` in this directory defines ``up(migrator, db)`` for peewee's runner, which
keeps a table of those applied. Rules for a script:

1. It may be killed after any statement and is then run again from its beginning: MySQL commits each
   change of a table at once. So it looks what is there before it makes it.
2. It declares the tables it needs itself, as they were then; it never imports :mod:`models`.
3. It says in ``migrator.notes`` what people should know of it, in plain sentences.
4. It never loses a row, and refuses (``MigrationError``) what it does not understand.
"""

from pathlib import Path
from typing import Any

from peewee import Database, Model, MySQLDatabase
from playhouse.migrations import MigrationError, Runner

from reactor.database import MySqlServer, SqliteFile
from reactor.database_failures import DatabaseRefused

DIRECTORY = Path(__file__).parent


def upgrade(database: SqliteFile | MySqlServer) -> list[str]:
    """Bring *database* to this program's version, alone; return what was done, in sentences.

    Raises :class:`DatabaseRefused` when the database is newer than the program, or is not ours.
    """
    runner = Runner(database, str(DIRECTORY))
    if not _pending(runner):
        return []
    runner.migrator.notes = []
    try:
        with database.alone():
            # What is pending is read again by up(): another server may have been faster.
            applied = runner.up()
    except MigrationError as error:
        raise DatabaseRefused(str(error)) from error
    return [*(f"migrated the database: {name}" for name in applied), *runner.migrator.notes]


def _pending(runner: Runner) -> list[str]:
    status = runner.status()
    unknown = [migration.name for migration in status if migration.path is None]
    if unknown:
        raise DatabaseRefused(
            f"this database was written by a newer MiniChat (it has {', '.join(unknown)}, which "
            "this version does not know); nothing was changed; install the newer version"
        )
    return [migration.name for migration in status if not migration.applied]


def create_missing(db: Database, model: type[Model]) -> None:
    """Make the table of *model* and its indexes, as far as they are not there yet.

    Raises ``MigrationError`` when there is a table of this name with other columns.
    """
    meta: Any = model._meta
    if meta.table_name not in db.get_tables():
        model.create_table(safe=False)
        return
    columns = {column.name for column in db.get_columns(meta.table_name)}
    if columns != set(meta.columns):
        raise MigrationError(
            f"the database has a table {meta.table_name} that is not MiniChat's (its columns are "
            f"{', '.join(sorted(columns))}); rename it, or use another database"
        )
    present = {index.name for index in db.get_indexes(meta.table_name)}
    for index in meta.fields_to_index():
        if index._name not in present:
            db.execute(index.safe(False))


def table_options(db: Database) -> list[str]:
    """What stands after the columns of a new table: on MySQL, no default of the server's."""
    if isinstance(db, MySQLDatabase):
        return ["ENGINE=InnoDB", "DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"]
    return []
