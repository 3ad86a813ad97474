"""What may be done in a room."""

import pytest

from client_gui.items import RoomItem
from client_gui.rights import Rights, rights
from wire.limits import MAX_READERS

EVERYBODY = {"says"}
LEADER = {"says", "moderates", "lists_members", "invites", "sets_topic", "renames", "leaves"}


def _offered(kind: str, role: str, members: int = MAX_READERS + 1) -> set[str]:
    may = rights(RoomItem("#1", kind, "x", role=role, members=members))
    return {name for name in Rights.__dataclass_fields__ if getattr(may, name)}


@pytest.mark.parametrize(
    ("kind", "role", "offered"),
    [
        ("lobby", "member", EVERYBODY),
        ("lobby", "moderator", {"says", "moderates", "sets_topic"}),
        ("direct", "member", EVERYBODY),
        ("public", "member", {"says", "lists_members", "invites", "leaves"}),
        ("private", "member", {"says", "lists_members", "leaves"}),
        ("announcement", "member", {"lists_members", "invites", "leaves"}),
        ("announcement", "moderator", LEADER),
        ("private", "moderator", LEADER),
        ("private", "owner", LEADER | {"sets_roles"}),
    ],
)
def test_kind_and_role_decide(kind: str, role: str, offered: set[str]) -> None:
    """In rooms too large to tell who has read what."""
    assert _offered(kind, role) == offered


@pytest.mark.parametrize(
    ("kind", "members", "told"),
    [("public", MAX_READERS, True), ("public", MAX_READERS + 1, False), ("lobby", 0, False)],
)
def test_small_rooms_tell_who_has_read(kind: str, members: int, told: bool) -> None:
    """Of the lobby, nobody knows how many are in it."""
    assert ("tells_readers" in _offered(kind, "member", members)) is told
