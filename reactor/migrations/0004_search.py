"""The index of the search: on SQLite, three letters at a time; elsewhere there is none."""

from peewee import SQL, CharField, Database, Model, OperationalError, SqliteDatabase
from playhouse.migrate import SchemaMigrator

INDEX = "message_search"
INDEXED = "search_indexed"


def up(migrator: SchemaMigrator, db: Database) -> None:
    """Make the index, empty: it is filled while the server has nothing else to do."""
    if not isinstance(db, SqliteDatabase) or INDEX in db.get_tables():
        return

    class Fact(Model):
        name = CharField(max_length=64, primary_key=True)
        value = CharField(max_length=64)

        class Meta:
            database = db
            legacy_table_names = False

    # It keeps no text and no positions, only which messages have which three letters: whether a
    # message is a hit is decided by its text.
    options = "text, tokenize='trigram case_sensitive 1', content='', detail='none', columnsize=0"
    try:
        with db.atomic():
            db.execute(SQL(f"CREATE VIRTUAL TABLE {INDEX} USING fts5({options})"))
    except OperationalError:
        migrator.notes.append(
            "this version of SQLite has no index of three letters (it came with 3.34); "
            "searching will be slower"
        )
        return
    Fact.create(name=INDEXED, value="0")
