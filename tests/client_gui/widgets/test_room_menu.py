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
    assert [action.text().replace("&", "") for action in actions] == choices
    for action in actions:
        action.trigger()
    assert wanted == ["#7"] * len(choices)
