"""Rooms, with the lobby as the first, and the messages in them."""

import time

from peewee import (
    AutoField,
    BigAutoField,
    BigIntegerField,
    CharField,
    Database,
    ForeignKeyField,
    Model,
    TextField,
)
from playhouse.migrate import SchemaMigrator

from reactor.migrations import create_missing, table_options

LOBBY = "lobby"


def up(_migrator: SchemaMigrator, db: Database) -> None:
    """Make the tables ``room`` and ``message``, and the lobby."""

    class Base(Model):
        class Meta:
            database = db
            legacy_table_names = False
            table_settings = table_options(db)

    class User(Base):
        user_id = AutoField()

    class Room(Base):
        room_id = AutoField()
        room_name = CharField(max_length=64)
        room_key = CharField(max_length=64, unique=True)
        last_seq = BigIntegerField(default=0)
        created_at = BigIntegerField()

    class Message(Base):
        message_id = BigAutoField()
        room = ForeignKeyField(Room, index=False)
        seq = BigIntegerField()
        sender = ForeignKeyField(User, index=False)
        cid = CharField(max_length=64, null=True)
        text = TextField()
        sent_at = BigIntegerField()

        class Meta:
            indexes = ((("room", "seq"), True), (("sender", "cid"), True))

    create_missing(db, Room)
    create_missing(db, Message)
    if not Room.select().where(Room.room_key == LOBBY).exists():
        now = time.time_ns() // 1_000_000
        Room.create(room_name=LOBBY, room_key=LOBBY, created_at=now)
