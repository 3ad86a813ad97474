"""What can be done with a room."""

import pytest
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client_gui.items import RoomItem
from client_gui.widgets.room_menu import RoomMenu


@pytest.mark.parametrize(
    ("kind", "role", "choices"),
    [
        ("lobby", "member", []),
        ("direct", "member", []),
        ("private", "member", ["Members…", "Leave"]),
        ("public", "owner", ["Members, invite…", "Topic…", "Rename…", "Leave"]),
    ],
)
def test_it_offers_what_our_role_allows(
    qtbot: QtBot, kind: str, role: str, choices: list[str]
) -> None:
    """And each choice is wanted for this room."""
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = RoomMenu(RoomItem("#7", kind, "x", role=role), parent)
    wanted: list[str] = []
    for name in ("members", "topic", "rename", "leave"):
        getattr(menu, f"{name}_wanted").connect(lambda room: wanted.append(room))
    actions = [action for action in menu.actions() if not action.isSeparator()]
    assert [action.text().replace("&", "") for action in actions] == ["Pin", "Mute", *choices]
    for action in actions:
        action.trigger()
    assert wanted == ["#7"] * len(choices)


@pytest.mark.parametrize("flags", [{}, {"pinned": True, "muted": True, "unread": 2, "last_seq": 9}])
def test_our_own_list_is_ours(qtbot: QtBot, flags: dict) -> None:
    """What is so can be undone; only what is unread can be read."""
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = RoomMenu(RoomItem("#7", "lobby", "x", **flags), parent)
    wanted: list[tuple] = []
    for name in ("read", "pin", "mute"):
        getattr(menu, f"{name}_wanted").connect(lambda *args: wanted.append(args))
    for action in menu.actions():
        action.trigger()
    on = not flags
    assert wanted == [*([] if on else [("#7", 9)]), ("#7", on), ("#7", on)]
    words = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert words == (["Pin", "Mute"] if on else ["Mark as read", "Unpin", "Unmute"])
