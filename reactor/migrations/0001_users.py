"""Users: take over the table of the seed, where there is one, or begin an empty one.

The new table is filled beside the old one and then takes its name in one step, so that being killed
leaves either the old table or the new one, whole. On the way every plain-text password becomes an
argon2id hash, and every name becomes one that may exist: the first to have a name keeps it.
"""

import time
from collections.abc import Iterator

from peewee import (
    SQL,
    AutoField,
    BigIntegerField,
    CharField,
    CommaNodeList,
    Database,
    Entity,
    Model,
    MySQLDatabase,
    NodeList,
    Table,
    chunked,
)
from playhouse.migrate import SchemaMigrator
from playhouse.migrations import MigrationError

from reactor import passwords
from reactor.migrations import create_missing, table_options
from wire import names
from wire.limits import MAX_NAME, MAX_PASSWORD

NEW = "minichat_user_new"
OLD = "minichat_user_old"

SEED_COLUMNS = {"user_id", "user_name", "user_password", "user_nickname"}

# Rows read and written at a time: their passwords take some seconds to hash.
ROWS = 100


def up(migrator: SchemaMigrator, db: Database) -> None:
    """Bring the table ``user`` to this version, from wherever the last run was killed."""
    if not _is_done(db):
        db.execute(_drop(NEW))
        new = _new_model(db)
        create_missing(db, new)
        if "user" in db.get_tables():
            migrator.notes += _copy(db, new)
        _swap(migrator, db)
    # The old table is full of plain-text passwords.
    db.execute(_drop(OLD))


def _is_done(db: Database) -> bool:
    """Whether the new table has its name already. Raises MigrationError for a stranger's table."""
    if "user" not in db.get_tables():
        return False
    columns = {column.name for column in db.get_columns("user")}
    if "user_key" in columns:
        return True
    if columns != SEED_COLUMNS:
        raise MigrationError(
            "the database has a table user that MiniChat does not know (its columns are "
            f"{', '.join(sorted(columns))}); nothing was changed; use another database, or "
            f"bring the table to the columns {', '.join(sorted(SEED_COLUMNS))}"
        )
    return False


def _new_model(db: Database) -> type[Model]:
    class User(Model):
        user_id = AutoField()
        user_name = CharField(max_length=64)
        user_password = CharField(max_length=255)
        user_nickname = CharField(max_length=64)
        user_key = CharField(max_length=64)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = NEW
            legacy_table_names = False
            table_settings = table_options(db)

    # Under the name that it will have when the table has its own.
    User.add_index(User.index(User.user_key, unique=True, name="user_user_key"))
    return User


def _copy(db: Database, new: type[Model]) -> list[str]:
    """Copy every row into the new table; return what people should know."""
    old = Table("user")
    by_id = old.select(old.c.user_id, old.c.user_name).order_by(old.c.user_id).tuples()
    new_names, notes = _distinct_names([(row[0], row[1] or "") for row in by_id.execute(db)])
    columns = [field.name for field in new._meta.sorted_fields]
    now = time.time_ns() // 1_000_000
    replaced = 0
    for chunk in chunked(_rows(db, old), ROWS):
        rows = []
        for user_id, password, nickname in chunk:
            name = new_names[user_id]
            nickname, password_hash, remarks = _checked(name, nickname or "", password or "")
            notes += remarks
            replaced += password_hash != password
            rows.append((user_id, name, password_hash, nickname, names.key(name), now))
        new.insert_many(rows, columns).execute()
    notes.append(f"replaced {replaced} plain-text passwords by argon2id hashes")
    return notes


def _rows(db: Database, old: Table) -> Iterator[tuple[int, str | None, str | None]]:
    """Every row's id, password and nickname, in the order of the ids, a few at a time."""
    wanted = old.select(old.c.user_id, old.c.user_password, old.c.user_nickname)
    ordered = wanted.order_by(old.c.user_id).limit(ROWS).tuples()
    rows = list(ordered.execute(db))
    while rows:
        yield from rows
        rows = list(ordered.where(old.c.user_id > rows[-1][0]).execute(db))


def _distinct_names(rows: list[tuple[int, str]]) -> tuple[dict[int, str], list[str]]:
    """A name for every id, no two alike; and a sentence for each that had to change."""
    kept: dict[int, str] = {}
    taken: set[str] = set()
    reasons: dict[int, str] = {}
    for user_id, name in rows:
        try:
            names.check_line(name, "a user name")
        except ValueError as error:
            reasons[user_id] = f"user name {name!r} is not allowed ({error})"
            continue
        if names.key(name) in taken:
            reasons[user_id] = f"user name {name!r} existed twice"
            continue
        kept[user_id] = name
        taken.add(names.key(name))
    notes = []
    for user_id, name in rows:
        if user_id in reasons:
            kept[user_id] = _free_name(name, user_id, taken)
            taken.add(names.key(kept[user_id]))
            notes.append(f"{reasons[user_id]}; row {user_id} is now called {kept[user_id]}")
    return kept, notes


def _free_name(name: str, user_id: int, taken: set[str]) -> str:
    """*name* with the first free number, or one made of the row's id where that is not allowed."""
    for number in range(2, len(taken) + 3):
        suffix = f"~{number}"
        candidate = name[: MAX_NAME - len(suffix)] + suffix
        if _is_free(candidate, taken) and name:
            return candidate
    candidate = f"user~{user_id}"
    while not _is_free(candidate, taken):
        candidate += "~"
    return candidate


def _is_free(name: str, taken: set[str]) -> bool:
    try:
        names.check_line(name, "a user name")
    except ValueError:
        return False
    return names.key(name) not in taken


def _checked(name: str, nickname: str, password: str) -> tuple[str, str, list[str]]:
    """An allowed nickname and the hash of the password, with what people should know of them."""
    notes = []
    try:
        names.check_nickname(nickname)
    except ValueError as error:
        notes.append(f"nickname {nickname!r} of {name} is not allowed ({error}); it is now {name}")
        nickname = name
    if passwords.is_hash(password):
        return nickname, password, notes
    if not password:
        notes.append(f"warning: user {name} has an empty password")
    if len(password) > MAX_PASSWORD:
        notes.append(f"warning: the password of {name} is too long; nobody can log in with it")
        return nickname, passwords.DUMMY_HASH, notes
    return nickname, passwords.hash_password(password), notes


def _swap(migrator: SchemaMigrator, db: Database) -> None:
    """Give the new table the name of the old one: one statement, or one transaction."""
    renames = [(NEW, "user")]
    if "user" in db.get_tables():
        renames.insert(0, ("user", OLD))
    if isinstance(db, MySQLDatabase):
        steps = [NodeList((Entity(old), SQL("TO"), Entity(new))) for old, new in renames]
        db.execute(NodeList((SQL("RENAME TABLE"), CommaNodeList(steps))))
    else:
        migrator.migrate(*(migrator.rename_table(old, new) for old, new in renames))


def _drop(table: str) -> NodeList:
    return NodeList((SQL("DROP TABLE IF EXISTS"), Entity(table)))
