"""Plain values that travel between what the client knows and its store on disk."""

from dataclasses import dataclass, field
from typing import NamedTuple

from client_gui.items import RoomItem
from client_gui.log.rows import Row
from wire.messages import Change as RoomChange
from wire.messages import Chat, Delete, Edit, React, RenameRoom, SetTopic

Request = Chat | Edit | Delete | React | SetTopic | RenameRoom
"""What has a ``cid``: it is sent until it is answered."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something of ours that the server has not taken."""

    request: Request
    written: int
    """Milliseconds since 1970 UTC."""
    sent: bool = False
    """It may be stored: so it cannot be altered, nor taken away before it is answered."""
    reason: str = ""
    """The reason word of its refusal; empty if it waits."""
    detail: str = ""

    @property
    def cid(self) -> str:
        """Our id for it."""
        return self.request.cid

    @property
    def room(self) -> str:
        """Where it belongs."""
        return self.request.room


class Log(NamedTuple):
    """Which part of a room's log is on disk: every row from *floor* to *mark*."""

    room: str
    floor: int
    mark: int
    mark_time: int
    """When the entry *mark* was taken, as the server said."""


@dataclass(slots=True)
class LogChanges:
    """What is new in one room's log since the last time it was written."""

    room: str
    log: Log | None
    """None: its last page has not come yet, so nothing is known of it."""
    forget: bool = False
    """First of all, what is on disk of this room goes."""
    rows: list[Row] = field(default_factory=list)
    later: list[RoomChange] = field(default_factory=list)
    """Changes about rows that are not in memory, to be made when they are."""
    made: list[int] = field(default_factory=list)
    """The numbers of those that have been made, or dropped."""


@dataclass(slots=True)
class Batch:
    """What is written at once, in one transaction."""

    logs: list[LogChanges] = field(default_factory=list)
    rooms: list[RoomItem] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    """Rooms of which nothing is kept any more."""
    drafts: dict[str, str] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    """The ids of what the outbox has no longer."""
    facts: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(
            (
                self.logs,
                self.rooms,
                self.gone,
                self.drafts,
                self.items,
                self.answered,
                self.facts,
            )
        )
