"""Insertions that continue each other, joined into one: a flood costs the window one change."""

from collections.abc import Iterable

from client_gui.changes import Change, Inserted


def joined(changes: Iterable[Change]) -> list[Change]:
    """Return the same *changes*, with insertions that continue each other joined into one."""
    result: list[Change] = []
    run: list[Inserted] = []
    for change in changes:
        if run and not _continues(run, change):
            result.append(_one(run))
            run = []
        if isinstance(change, Inserted):
            run.append(change)
        else:
            result.append(change)
    return [*result, _one(run)] if run else result


def _continues(run: list[Inserted], change: Change) -> bool:
    last = run[-1]
    return (
        isinstance(change, Inserted)
        and change.room == last.room
        and change.position == last.position + len(last.entries)
    )


def _one(run: list[Inserted]) -> Inserted:
    entries = tuple(entry for inserted in run for entry in inserted.entries)
    return Inserted(run[0].room, run[0].position, entries)
