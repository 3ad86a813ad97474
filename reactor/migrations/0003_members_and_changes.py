"""Members, kinds of rooms, changes beside messages, reactions, mentions, devices; and the epoch."""

import secrets
from typing import Any

from peewee import (
    SQL,
    AutoField,
    BigIntegerField,
    CharField,
    CompositeKey,
    Database,
    Field,
    ForeignKeyField,
    Model,
    Node,
    SmallIntegerField,
)
from playhouse.migrate import SchemaMigrator

from reactor.migrations import create_missing, table_options

LOBBY = "lobby"
EPOCH = "epoch"


def up(migrator: SchemaMigrator, db: Database) -> None:
    """Add columns to ``room`` and ``message``, and make the new tables."""

    class Base(Model):
        class Meta:
            database = db
            legacy_table_names = False
            table_settings = table_options(db)

    class User(Base):
        user_id = AutoField()

    class Room(Base):
        room_id = AutoField()
        room_key = CharField(max_length=64, unique=True)
        kind = CharField(max_length=16)

    _add_columns(migrator, db)
    _add_creator(migrator, db, ForeignKeyField(User, User.user_id, null=True))
    Room.update(kind=LOBBY).where(Room.room_key == LOBBY).execute()
    for model in _of_rooms(Base, User, Room):
        create_missing(db, model)
    device, fact = _of_users(Base, User)
    create_missing(db, device)
    create_missing(db, fact)
    if not fact.select().where(fact.name == EPOCH).exists():
        fact.create(name=EPOCH, value=secrets.token_hex(8))


def _of_rooms(base: Any, user_model: Any, room_model: Any) -> tuple[Any, ...]:
    class Member(base):
        room = ForeignKeyField(room_model, index=False)
        user = ForeignKeyField(user_model)
        role = CharField(max_length=16)
        joined_at = BigIntegerField()
        read_seq = BigIntegerField(default=0)

        class Meta:
            primary_key = CompositeKey("room", "user")

    class Reaction(base):
        room = ForeignKeyField(room_model, index=False)
        target = BigIntegerField()
        user = ForeignKeyField(user_model)
        sign = CharField(max_length=16)

        class Meta:
            primary_key = CompositeKey("room", "target", "user", "sign")

    class Mention(base):
        user = ForeignKeyField(user_model, index=False)
        room = ForeignKeyField(room_model)
        seq = BigIntegerField()

        class Meta:
            primary_key = CompositeKey("user", "room", "seq")

    return Member, Reaction, Mention


def _of_users(base: Any, user_model: Any) -> tuple[Any, Any]:
    class Device(base):
        device_id = AutoField()
        user = ForeignKeyField(user_model)
        token_hash = CharField(max_length=64, unique=True)
        client = CharField(max_length=64)
        created_at = BigIntegerField()
        used_at = BigIntegerField()

    class Fact(base):
        name = CharField(max_length=64, primary_key=True)
        value = CharField(max_length=64)

    return Device, Fact


def _add_columns(migrator: SchemaMigrator, db: Database) -> None:
    kind = CharField(max_length=16, constraints=_always("'public'"))
    topic = CharField(max_length=200, constraints=_always("''"))
    _add_missing(migrator, db, "room", "kind", kind)
    _add_missing(migrator, db, "room", "topic", topic)
    _add_missing(migrator, db, "room", "first_seq", BigIntegerField(constraints=_always("1")))
    _add_missing(migrator, db, "message", "kind", SmallIntegerField(constraints=_always("0")))
    _add_missing(migrator, db, "message", "target", BigIntegerField(constraints=_always("0")))
    _add_missing(migrator, db, "message", "changed", BigIntegerField(constraints=_always("0")))


def _always(value: str) -> list[Node]:
    """What a column has where nothing is said: the old rows have it by the statement that adds the
    column, so there is no state in between."""
    return [SQL(f"DEFAULT {value}")]


def _add_missing(
    migrator: SchemaMigrator, db: Database, table: str, column: str, field: Field
) -> None:
    if column not in {each.name for each in db.get_columns(table)}:
        migrator.alter_add_column(table, column, field, allow_not_null=True).run()


def _add_creator(migrator: SchemaMigrator, db: Database, creator: ForeignKeyField) -> None:
    """The column, its index and its foreign key: three statements, each made if it is missing."""
    _add_missing(migrator, db, "room", "creator_id", creator)
    if ["creator_id"] not in [index.columns for index in db.get_indexes("room")]:
        migrator.add_index("room", ("creator_id",)).run()
    if "creator_id" not in {key.column for key in db.get_foreign_keys("room")}:
        migrator.add_foreign_key_constraint("room", "creator_id", "user", "user_id").run()
