"""Changes of lists that one change can stand for, joined: a flood costs the window one change.

1. Insertions that continue each other are one.
2. Of updates of the same entry with nothing but updates between them, the last one counts.
"""

from collections.abc import Callable, Iterable

from client_gui.changes import Change, Inserted, Updated


def joined(changes: Iterable[Change]) -> list[Change]:
    """Return the same *changes*, with those that one can stand for joined into it."""
    result: list[Change] = []
    run: list[Change] = []
    for change in changes:
        if run and not _goes_on(run[-1], change):
            result += _joined_run(run)
            run = []
        run.append(change)
    return [*result, *_joined_run(run)] if run else result


def _goes_on(last: Change, change: Change) -> bool:
    """Whether *change* may be joined with those of a run that ends with *last*."""
    match last, change:
        case Inserted(), Inserted():
            return change.room == last.room and change.position == last.position + len(last.entries)
        case Updated(), Updated():
            return change.room == last.room
    return False


def _joined_run(run: list[Change]) -> list[Change]:
    if len(run) == 1:
        return run
    return _JOINED[type(run[0])](run)


def _one_insertion(run: list[Inserted]) -> list[Change]:
    entries = tuple(entry for inserted in run for entry in inserted.entries)
    return [Inserted(run[0].room, run[0].position, entries)]


def _last_updates(run: list[Updated]) -> list[Change]:
    return [*{updated.position: updated for updated in run}.values()]


_JOINED: dict[type, Callable] = {Inserted: _one_insertion, Updated: _last_updates}
"""What a run of one kind comes to."""
