"""Take old messages out of the database: those of a certain age, or all but the latest of a room.

Nothing goes by itself, and nothing without a rule: a run without ``--older-than`` and ``--keep`` is
a mistake. ``--dry-run`` says what would go. It may run beside the server: it works in short steps.
"""

import argparse
import io
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import conf
from reactor.records import Prunable, RoomKind
from reactor.storage import DatabaseRefused, Storage, StorageUnavailable

DONE, NO_SUCH_ROOM, WRONG_USAGE, NO_DATABASE = range(4)

HELP_END = f"""\
Without --room, the rule is for all rooms, direct ones among them. With both --older-than and
--keep, what either of them says goes. The last message of a room always stays.

exit status: {DONE} done, or nothing to do; {NO_SUCH_ROOM} there is no room of that name, and
nothing went; {WRONG_USAGE} wrong options or settings; {NO_DATABASE} the database cannot be used
"""

DAY = 24 * 60 * 60 * 1000

# More days than there are in the years that computers count.
MAX_DAYS = 100_000
MAX_KEEP = 10**9


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a name is no reason to stop in the middle.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _options().parse_args(argv)
    if options.older_than is None and options.keep is None:
        return _fail(WRONG_USAGE, "say what is to go: --older-than DAYS, --keep N, or both")
    try:
        storage = Storage(options.database or conf.load(options.config).database_url)
    except (ValueError, conf.SettingsError) as error:
        return _fail(WRONG_USAGE, str(error))
    try:
        for line in storage.open():
            print(line)
        _prune(storage, options)
    except KeyError as error:
        return _fail(NO_SUCH_ROOM, f"there is no room {error.args[0]!r}; nothing went")
    except (StorageUnavailable, DatabaseRefused) as error:
        return _fail(NO_DATABASE, str(error))
    finally:
        storage.close()
    return DONE


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="minichat-prune",
        description="Take old messages out of the database of MiniChat, for good.",
        epilog=HELP_END,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--config", metavar="FILE", type=Path, help="a file of settings")
    parser.add_argument(
        "--database", metavar="URL", help="the database, if not that of the settings"
    )
    parser.add_argument(
        "--room", metavar="NAME", action="append", help="only in this room; may be given often"
    )
    parser.add_argument(
        "--older-than",
        metavar="DAYS",
        type=partial(_number, bound=MAX_DAYS),
        help="what is older than so many",
    )
    parser.add_argument(
        "--keep",
        metavar="N",
        type=partial(_number, bound=MAX_KEEP),
        help="all but the latest N of each room",
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would go")
    return parser


def _number(text: str, bound: int) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= len(str(bound)) and int(text) <= bound:
        return int(text)
    raise argparse.ArgumentTypeError(f"it must be a number from 0 to {bound}")


def _prune(storage: Storage, options: argparse.Namespace) -> None:
    older = None
    if options.older_than is not None:
        older = max(0, time.time_ns() // 1_000_000 - options.older_than * DAY)
    rooms: list[str | None] = options.room or [None]
    # All names are looked up before anything goes.
    planned = [each for room in rooms for each in storage.retention.plan(room, older, options.keep)]
    if not planned:
        print("nothing to do")
    for prunable in planned if options.dry_run else []:
        print(f"would go from {_described(prunable)}")
    for room in rooms if not options.dry_run else []:
        for prunable in storage.retention.prune(room, older, options.keep):
            print(f"went from {_described(prunable)}")


def _described(prunable: Prunable) -> str:
    room = prunable.room
    name = f"direct room #{room.room_id}" if room.kind == RoomKind.DIRECT else room.name
    return (
        f"{name}: {prunable.entries} entries, numbers {prunable.first} to {prunable.last}, "
        f"of {_day(prunable.oldest_at)} to {_day(prunable.latest_at)}"
    )


def _day(milliseconds: int) -> str:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d")
    except (OverflowError, ValueError, OSError):
        return "a day beyond all calendars"


def _fail(status: int, message: str) -> int:
    print(f"minichat-prune: {message}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
