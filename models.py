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
    CompositeKey,
    ForeignKeyField,
    Model,
    SmallIntegerField,
    TextField,
)

NAME_LENGTH = 64
"""Characters of a name column and of its key: twice what the wire allows, which bounds the key."""

HASH_LENGTH = 255
"""Characters of a password hash: argon2id with our parameters takes 97, larger ones a few more."""

CID_LENGTH = 64
"""Characters of a sender's own message id, as on the wire."""

TOPIC_LENGTH = 200
"""Characters of a topic, as on the wire."""

WORD_LENGTH = 16
"""Characters of a role or of a kind of room."""

SIGN_LENGTH = 16
"""Characters of a reaction, as on the wire."""

CLIENT_LENGTH = 64
"""Characters of the name of a client program, as on the wire."""

DIGEST_LENGTH = 64
"""Characters of a SHA-256 in hexadecimal."""

FACT_LENGTH = 64
"""Characters of the name and of the value of a fact."""


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
    """A room, and the number of its last message: its row is locked while numbers are taken.

    A direct room has a name and key of the form ``@1:2``, the ids of its two users, the lesser
    first, which no other room can have. ``first_seq`` is the lowest number that is still kept.
    """

    room_id = AutoField()
    room_name = CharField(max_length=NAME_LENGTH)
    room_key = CharField(max_length=NAME_LENGTH, unique=True)
    last_seq = BigIntegerField(default=0)
    created_at = BigIntegerField()
    kind = CharField(max_length=WORD_LENGTH, default="public")
    topic = CharField(max_length=TOPIC_LENGTH, default="")
    creator = ForeignKeyField(User, null=True, lazy_load=False)
    first_seq = BigIntegerField(default=1)

    class Meta:
        """Name the table in the singular, like the seed's."""

        table_name = "room"
        legacy_table_names = False


class Message(Model):
    """What happened in a room, at its position: a message, or a change (see ``records.Kind``).

    A NULL cid repeats freely; any other is unique. Of a message, ``target`` is the number of the
    one that it answers, ``changed`` the number of the change that gave it its text, and the text is
    the latest; one that was taken back has none. Of a change, ``target`` is the message that it is
    about, and the text is kept there.
    """

    message_id = BigAutoField()
    room = ForeignKeyField(Room, index=False, lazy_load=False)
    seq = BigIntegerField()
    sender = ForeignKeyField(User, index=False, lazy_load=False)
    cid = CharField(max_length=CID_LENGTH, null=True)
    text = TextField()
    sent_at = BigIntegerField()
    kind = SmallIntegerField(default=0)
    target = BigIntegerField(default=0)
    changed = BigIntegerField(default=0)

    class Meta:
        """The two unique indexes also serve the two foreign keys."""

        table_name = "message"
        legacy_table_names = False
        indexes = ((("room", "seq"), True), (("sender", "cid"), True))


class Member(Model):
    """A user in a room: as what, since when, and up to where they have read.

    Everybody is in the lobby, with a row here or without one. One who was put out keeps the row,
    with the role ``removed``.
    """

    room = ForeignKeyField(Room, index=False, lazy_load=False)
    user = ForeignKeyField(User, lazy_load=False)
    role = CharField(max_length=WORD_LENGTH)
    joined_at = BigIntegerField()
    read_seq = BigIntegerField(default=0)

    class Meta:
        """A user is in a room once."""

        table_name = "member"
        legacy_table_names = False
        primary_key = CompositeKey("room", "user")


class Reaction(Model):
    """A sign that a user has put to a message, for as long as it is there."""

    room = ForeignKeyField(Room, index=False, lazy_load=False)
    target = BigIntegerField()
    user = ForeignKeyField(User, lazy_load=False)
    sign = CharField(max_length=SIGN_LENGTH)

    class Meta:
        """The same sign of the same user is there once."""

        table_name = "reaction"
        legacy_table_names = False
        primary_key = CompositeKey("room", "target", "user", "sign")


class Mention(Model):
    """A message that names a user."""

    user = ForeignKeyField(User, index=False, lazy_load=False)
    room = ForeignKeyField(Room, lazy_load=False)
    seq = BigIntegerField()

    class Meta:
        """A message names a user once, however often."""

        table_name = "mention"
        legacy_table_names = False
        primary_key = CompositeKey("user", "room", "seq")


class Device(Model):
    """Something that may log in as a user with a token, of which only the SHA-256 is kept."""

    device_id = AutoField()
    user = ForeignKeyField(User, lazy_load=False)
    token_hash = CharField(max_length=DIGEST_LENGTH, unique=True)
    client = CharField(max_length=CLIENT_LENGTH)
    created_at = BigIntegerField()
    used_at = BigIntegerField()

    class Meta:
        """Name the table in the singular, like the seed's."""

        table_name = "device"
        legacy_table_names = False


class Fact(Model):
    """What the database knows of itself, such as its epoch."""

    name = CharField(max_length=FACT_LENGTH, primary_key=True)
    value = CharField(max_length=FACT_LENGTH)

    class Meta:
        """Name the table in the singular, like the seed's."""

        table_name = "fact"
        legacy_table_names = False


ALL = (User, Room, Message, Member, Reaction, Mention, Device, Fact)
