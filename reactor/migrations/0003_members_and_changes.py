"""Members, kinds of rooms, changes beside messages, reactions, mentions, devices; and the epoch."""

import secrets
from typing import Any

from peewee import (
    AutoField,
    BigIntegerField,
    CharField,
    CompositeKey,
    Database,
    Field,
    ForeignKeyField,
    Model,
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
        kind = CharField(max_length=16, default="public")

    creator = ForeignKeyField(User, User.user_id, null=True)
    _add_missing(migrator, db, "room", "kind", CharField(max_length=16, default="public"))
    _add_missing(migrator, db, "room", "topic", CharField(max_length=200, default=""))
    _add_missing(migrator, db, "room", "creator_id", creator)
    _add_missing(migrator, db, "room", "first_seq", BigIntegerField(default=1))
    _add_missing(migrator, db, "message", "kind", SmallIntegerField(default=0))
    _add_missing(migrator, db, "message", "target", BigIntegerField(default=0))
    _add_missing(migrator, db, "message", "changed", BigIntegerField(default=0))
    Room.update(kind=LOBBY).where(Room.room_key == LOBBY).execute()
    _make_tables_of_rooms(db, Base, Room, User)
    _make_tables_beside(db, Base, User)


def _make_tables_of_rooms(db: Database, base: Any, room_model: Any, user_model: Any) -> None:
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

    for model in (Member, Reaction, Mention):
        create_missing(db, model)


def _make_tables_beside(db: Database, base: Any, user_model: Any) -> None:
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

    for model in (Device, Fact):
        create_missing(db, model)
    if not Fact.select().where(Fact.name == EPOCH).exists():
        Fact.create(name=EPOCH, value=secrets.token_hex(8))


def _add_missing(
    migrator: SchemaMigrator, db: Database, table: str, column: str, field: Field
) -> None:
    if column not in {each.name for each in db.get_columns(table)}:
        migrator.add_column(table, column, field).run()
