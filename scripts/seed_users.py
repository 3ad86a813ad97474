"""Put users into the database: the three of the demo, many for a load test, or a class from a list.

All or none: the list is read and checked whole before anything is stored, and it is stored in one
transaction. A user who exists already is left as they are, so every command can be run twice.
"""

import argparse
import contextlib
import csv
import io
import os
import secrets
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from reactor import passwords
from reactor.records import NewUser
from reactor.storage import DatabaseRefused, Storage, StorageUnavailable
from wire import names
from wire.limits import MAX_PASSWORD

DONE, BAD_LIST, WRONG_USAGE, NO_DATABASE = range(4)

HELP_END = f"""\
The list of --csv begins with the line user_name,password,nickname; the columns may stand in any
order, and password and nickname may be missing or left empty. Without a nickname the user name is
shown; without a password one is made up and printed, once. The file may be UTF-8 or, as Excel
writes it in China, GB18030.

exit status: {DONE} done, or nothing to do; {BAD_LIST} the list has mistakes, nothing was stored;
{WRONG_USAGE} wrong options or settings; {NO_DATABASE} the database cannot be used
"""

DEMO_PASSWORD = "111111"  # noqa: S105  The seed's, known to all.

# The digits of the numbers in load00001.
LOAD_DIGITS = 5
MAX_LOAD = 10**LOAD_DIGITS - 1

# A year of a large school; each password takes some 20 milliseconds of a processor to hash.
MAX_LIST = 10_000
MAX_LIST_BYTES = 4 * 1024 * 1024

# Each takes 19 MiB while it hashes.
MAX_HASHING_THREADS = 8

COLUMNS = ("user_name", "password", "nickname")

# No letter that is taken for another one: no i, l, 1, o, 0. Twelve of them are 59 bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 3, 4


class Person(NamedTuple):
    """One who is to become a user; ``made_up`` if nobody knows the password yet."""

    name: str
    nickname: str
    password: str
    made_up: bool = False


class BadListError(Exception):
    """The list cannot be used; the message is one line for each mistake."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a name is no reason to stop in the middle.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _options().parse_args(argv)
    try:
        people = _people(options)
        storage = Storage(options.database or _configured_url())
    except BadListError as error:
        return _fail(BAD_LIST, f"{error}\nnothing was stored")
    except ValueError as error:
        return _fail(WRONG_USAGE, str(error))
    try:
        for line in storage.open():
            print(line)
        _add(storage, people, one_hash=options.count is not None)
    except (StorageUnavailable, DatabaseRefused) as error:
        return _fail(NO_DATABASE, str(error))
    finally:
        storage.close()
    return DONE


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="minichat-seed",
        description="Add users to the database of MiniChat: without --count and --csv the three\n"
        f"of the demo, which are user1, user2 and user3 with the password {DEMO_PASSWORD}.",
        epilog=HELP_END,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--database", metavar="URL", help="the database, if not that of the settings"
    )
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--count",
        metavar="N",
        type=_load_count,
        help=f"add N users for load tests, load{1:0{LOAD_DIGITS}} and on, all with the password "
        f"{DEMO_PASSWORD} and one hash of it, so that it is fast; never on a real server",
    )
    source.add_argument("--csv", metavar="FILE", type=Path, help="add the users of a list")
    return parser


def _load_count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MAX_LOAD):
        raise argparse.ArgumentTypeError(f"it must be a number from 1 to {MAX_LOAD}")
    return int(text)


def _configured_url() -> str:
    """The database of the settings. Raises :class:`ValueError`."""
    import conf

    try:
        return conf.load().database_url
    except conf.SettingsError as error:
        raise ValueError(str(error)) from None


def _people(options: argparse.Namespace) -> list[Person]:
    if options.csv is not None:
        return read_list(options.csv)
    if options.count is not None:
        numbers = [f"{number:0{LOAD_DIGITS}}" for number in range(1, options.count + 1)]
        return [Person(f"load{each}", f"Load {each}", DEMO_PASSWORD) for each in numbers]
    return [Person(f"user{number}", f"itcast{number}", DEMO_PASSWORD) for number in (1, 2, 3)]


def _add(storage: Storage, people: list[Person], *, one_hash: bool) -> None:
    """Add those who are new, and say who is and who is not."""
    if one_hash:
        new = people
        shared = passwords.hash_password(DEMO_PASSWORD)
        users = [NewUser(person.name, person.nickname, shared) for person in new]
    else:
        # Hashing is what takes long: not for those who exist.
        new = [person for person in people if storage.accounts.find_account(person.name) is None]
        users = _hashed(new)
    results = storage.accounts.add_users(users)
    added = [person for person, is_new in zip(new, results, strict=True) if is_new]
    added_names = {person.name for person in added}
    unchanged = [person for person in people if person.name not in added_names]
    if unchanged:
        print(f"left as they are, since they exist: {_listed(unchanged)}")
    if added:
        print(f"added {_listed(added)}")
    else:
        print("nothing to do")
    _print_made_up([person for person in added if person.made_up])


def _hashed(people: list[Person]) -> list[NewUser]:
    threads = min(MAX_HASHING_THREADS, os.cpu_count() or 1)
    with ThreadPoolExecutor(threads) as pool:
        hashes = pool.map(passwords.hash_password, [person.password for person in people])
        return [
            NewUser(person.name, person.nickname, password_hash)
            for person, password_hash in zip(people, hashes, strict=True)
        ]


def _listed(people: list[Person]) -> str:
    """How many, and who: all of a few, the first and the last of many."""
    all_names = [shown(person.name) for person in people]
    if len(all_names) > 10:
        return f"{len(all_names)} users, {all_names[0]} to {all_names[-1]}"
    return ", ".join(all_names)


def _print_made_up(people: list[Person]) -> None:
    """As a list again. The names were checked: there is nothing in them that a terminal obeys."""
    if not people:
        return
    print("These passwords were made up. They are shown now and never again:")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((person.name, person.password, person.nickname) for person in people)


def _fail(status: int, message: str) -> int:
    for line in message.splitlines():
        print(f"minichat-seed: {line}", file=sys.stderr)
    return status


def read_list(path: Path) -> list[Person]:
    """Read a list of users. Raises :class:`BadListError` with every mistake that is in it."""
    rows = _rows(_text(path))
    try:
        _, header = next(rows)
    except StopIteration:
        raise BadListError(f"the list is empty; it begins with {','.join(COLUMNS)}") from None
    columns = [title.strip().casefold() for title in header]
    _check_header(columns)
    people: list[Person] = []
    mistakes: list[str] = []
    lines_by_key: dict[str, int] = {}
    for line, row in rows:
        try:
            people.append(_person(columns, row, line, lines_by_key))
        except ValueError as error:
            mistakes.append(f"line {line}: {error}")
    if len(people) > MAX_LIST:
        mistakes.append(
            f"there are {len(people)} users in the list, and {MAX_LIST} at most at once"
        )
    if mistakes:
        raise BadListError("\n".join(mistakes))
    return people


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_LIST_BYTES + 1)
    except OSError as error:
        raise BadListError(f"{shown(str(path))} cannot be read: {error.strerror}") from error
    if len(content) > MAX_LIST_BYTES:
        raise BadListError(f"the list is larger than {MAX_LIST_BYTES} bytes")
    for encoding in ("utf-8-sig", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise BadListError('the list is neither UTF-8 nor GB18030; save it as "CSV UTF-8"')


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the number of the line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadListError(f"line {begins}: this is no CSV: {error}") from error


def _check_header(columns: list[str]) -> None:
    unknown = [shown(column) for column in columns if column not in COLUMNS]
    if unknown or "user_name" not in columns or len(set(columns)) < len(columns):
        raise BadListError(
            f"line 1: the columns must be {', '.join(COLUMNS)}, each once, separated by commas; "
            f"user_name may not be missing; here they are {', '.join(map(shown, columns))}"
        )


def _person(columns: list[str], row: list[str], line: int, lines_by_key: dict[str, int]) -> Person:
    """The person in a row. Raises :class:`ValueError`, saying what is wrong."""
    if len(row) > len(columns):
        raise ValueError(f"there are {len(row)} fields for {len(columns)} columns")
    cells = dict(zip(columns, row, strict=False))
    name = cells["user_name"].strip()
    nickname = cells.get("nickname", "").strip() or name
    try:
        names.check_name(name)
        names.check_nickname(nickname)
    except ValueError as error:
        raise ValueError(f"{error}: {shown(name)}, {shown(nickname)}") from None
    first = lines_by_key.setdefault(names.key(name), line)
    if first != line:
        raise ValueError(f"the user name {shown(name)} is that of line {first}")
    password = cells.get("password", "")
    if not password.strip():
        return Person(name, nickname, made_up_password(), made_up=True)
    _check_password(password)
    return Person(name, nickname, password)


def _check_password(password: str) -> None:
    if len(password) > MAX_PASSWORD:
        raise ValueError(f"a password may have at most {MAX_PASSWORD} characters")
    if any(unicodedata.category(character) == "Cc" for character in password):
        raise ValueError("a password may have no line break or other control character")


def made_up_password() -> str:
    """A random password that can be read out and typed: three groups of four letters and digits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def shown(text: str) -> str:
    """*text* as it may be printed: what a terminal would obey, or nobody would see, is escaped."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


if __name__ == "__main__":
    sys.exit(main())
