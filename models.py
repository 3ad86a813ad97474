"""The tables of the database, as peewee models: columns, constraints and indexes, and no logic.

The models belong to no database. :mod:`reactor.storage` names the database with every query, so
several databases can be open in one process. The tables are made by :mod:`reactor.migrations`; a
test compares what the migrations made with what is declared here.

1. A position in a room is ``(room, seq)``, never an AUTO_INCREMENT id: ids have holes.
2. Names are compared by their ``key`` columns, which Python makes; no collation decides anything.
3. Times are whole milliseconds since 1970, UTC.
"""

from peewee import (
    AutoField,
    BigAutoField,
    BigIntegerField,
    CharField,
    ForeignKeyField,
    Model,
    TextField,
)

NAME_LENGTH = 64
"""Characters of a name column and of its key: twice what the wire allows, which bounds the key."""

HASH_LENGTH = 255
"""Characters of a password hash: argon2id with our parameters takes 97, larger ones a few more."""

CID_LENGTH = 64
"""Characters of a sender's own message id, as on the wire."""


class User(Model):
    """Who may log in. The first four columns are the seed's."""

    user_id = AutoField()
    user_name = CharField(max_length=NAME_LENGTH)
    user_password = CharField(max_length=HASH_LENGTH)
    user_nickname = CharField(max_length=NAME_LENGTH)
    user_key = CharField(max_length=NAME_LENGTH, unique=True)
    created_at = BigIntegerField()

    class Meta:
        """Keep the seed's table name."""

        table_name = "user"
        legacy_table_names = False


class Room(Model):
    """A room, and the number of its last message: its row is locked while numbers are taken."""

    room_id = AutoField()
    room_name = CharField(max_length=NAME_LENGTH)
    room_key = CharField(max_length=NAME_LENGTH, unique=True)
    last_seq = BigIntegerField(default=0)
    created_at = BigIntegerField()

    class Meta:
        """Name the table in the singular, like the seed's."""

        table_name = "room"
        legacy_table_names = False


class Message(Model):
    """One message, at its position in its room. A NULL cid repeats freely; any other is unique."""

    message_id = BigAutoField()
    room = ForeignKeyField(Room, index=False, lazy_load=False)
    seq = BigIntegerField()
    sender = ForeignKeyField(User, index=False, lazy_load=False)
    cid = CharField(max_length=CID_LENGTH, null=True)
    text = TextField()
    sent_at = BigIntegerField()

    class Meta:
        """The two unique indexes also serve the two foreign keys."""

        table_name = "message"
        legacy_table_names = False
        indexes = ((("room", "seq"), True), (("sender", "cid"), True))


ALL = (User, Room, Message)
