"""What can be done with a message."""

import pytest
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client_gui.changes import Delivery
from client_gui.widgets.message_menu import MessageMenu
from tests.client_gui.conftest import MakeEntry


@pytest.mark.parametrize(
    ("delivery", "reason", "choices"),
    [
        (Delivery.STORED, "", ["Copy"]),
        (Delivery.PENDING, "", ["Copy"]),
        (Delivery.REFUSED, "error", ["Copy", "Try again", "Remove"]),
        (Delivery.REFUSED, "too-long", ["Copy", "Remove"]),
    ],
)
def test_it_offers_what_can_be_done(
    qtbot: QtBot, make_entry: MakeEntry, delivery: Delivery, reason: str, choices: list[str]
) -> None:
    """And no more; each choice is wanted for this message."""
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = MessageMenu(make_entry(7, delivery=delivery, reason=reason), parent)
    wanted: list[str] = []
    menu.copy_wanted.connect(lambda: wanted.append("Copy"))
    menu.retry_wanted.connect(lambda key: wanted.append(f"Try again {key}"))
    menu.discard_wanted.connect(lambda key: wanted.append(f"Remove {key}"))
    for action in menu.actions():
        action.trigger()
    assert [action.text() for action in menu.actions()] == choices
    assert wanted == [choice if choice == "Copy" else f"{choice} lobby#7" for choice in choices]
