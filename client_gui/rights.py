"""What may be done in a room, by its kind and our role; the server decides in the end. No Qt."""

from dataclasses import dataclass

from client_gui.items import RoomItem
from wire.limits import MAX_READERS

LOBBY, PRIVATE, ANNOUNCEMENT, DIRECT = "lobby", "private", "announcement", "direct"
OWNER, MODERATOR, MEMBER = "owner", "moderator", "member"


@dataclass(frozen=True, slots=True)
class Rights:
    """Which choices are offered."""

    says: bool = False
    moderates: bool = False
    """Takes others' messages back, and puts members out."""
    tells_readers: bool = False
    lists_members: bool = False
    invites: bool = False
    sets_topic: bool = False
    renames: bool = False
    sets_roles: bool = False
    leaves: bool = False


def rights(room: RoomItem) -> Rights:
    """Return what is ours to do in *room*."""
    leads = room.role in (OWNER, MODERATOR)
    founded = room.kind not in (LOBBY, DIRECT)
    return Rights(
        says=room.kind != ANNOUNCEMENT or leads,
        moderates=leads,
        tells_readers=room.kind != LOBBY and room.members <= MAX_READERS,
        lists_members=founded,
        invites=founded and (leads or room.kind != PRIVATE),
        sets_topic=leads and room.kind != DIRECT,
        renames=leads and founded,
        sets_roles=room.role == OWNER and founded,
        leaves=founded,
    )
