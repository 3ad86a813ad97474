"""Who is in a room, and what can be done about it."""

from collections.abc import Callable, Iterator

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client_gui.items import MemberItem, RoomItem
from client_gui.widgets.members_dialog import MembersDialog

MEMBERS = (
    MemberItem("user1", "Ann", "owner", True),
    MemberItem("user2", "Grace", "moderator", True),
    MemberItem("user3", "小明", "member", False),
)
Open = Callable[..., MembersDialog]


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Open]:
    """Open it as somebody of some role."""
    parent, dialogs = QWidget(), []
    qtbot.addWidget(parent)

    def make(role: str, me: str = "user1", kind: str = "private") -> MembersDialog:
        dialog = MembersDialog(RoomItem("#2", kind, "Chess", role=role), me, parent)
        dialog.open()
        dialog.show_members(MEMBERS, False)
        dialogs.append(dialog)
        return dialog

    yield make
    for dialog in dialogs:
        dialog.reject()


def _choose(dialog: MembersDialog, row: int) -> None:
    dialog.view.setCurrentIndex(dialog.view.model().index(row, 0))


def _offered(dialog: MembersDialog) -> list[str]:
    buttons = (dialog.message, dialog.moderator, dialog.owner, dialog.remove)
    shown = [button for button in buttons if button.isVisible() and button.isEnabled()]
    return [button.text().replace("&", "") for button in shown]


@pytest.mark.parametrize(
    ("role", "me", "row", "offered"),
    [
        ("owner", "user1", 0, ["Message"]),
        ("owner", "user1", 1, ["Message", "Make member", "Make owner", "Remove"]),
        ("owner", "user1", 2, ["Message", "Make moderator", "Make owner", "Remove"]),
        ("moderator", "user2", 0, ["Message"]),
        ("moderator", "user2", 2, ["Message", "Remove"]),
        ("member", "user3", 1, ["Message"]),
    ],
)
def test_our_role_and_theirs_decide(
    opened: Open, role: str, me: str, row: int, offered: list[str]
) -> None:
    """Nobody does anything to oneself."""
    dialog = opened(role, me)
    assert _offered(dialog) == []
    _choose(dialog, row)
    assert _offered(dialog) == offered


def test_what_is_chosen_is_wanted_of_that_one(qtbot: QtBot, opened: Open) -> None:
    """And the dialog stays, but for a message."""
    dialog = opened("owner")
    _choose(dialog, 2)
    for button, signal, wanted in (
        (dialog.moderator, dialog.role_wanted, ["user3", "moderator"]),
        (dialog.owner, dialog.role_wanted, ["user3", "owner"]),
        (dialog.remove, dialog.remove_wanted, ["user3"]),
        (dialog.message, dialog.message_wanted, ["user3"]),
    ):
        assert dialog.isVisible()
        with qtbot.waitSignal(signal) as told:
            qtbot.mouseClick(button, Qt.LeftButton)
        assert told.args == wanted
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("kind", "role", "invites"),
    [("private", "member", False), ("private", "moderator", True), ("public", "member", True)],
)
def test_those_who_may_invite(
    qtbot: QtBot, opened: Open, kind: str, role: str, invites: bool
) -> None:
    """By user name."""
    dialog = opened(role, kind=kind)
    assert dialog.name.isVisible() is invites
    if invites:
        with qtbot.assertNotEmitted(dialog.invite_wanted):
            qtbot.keyClick(dialog.name, Qt.Key_Return)
        dialog.name.setText(" user9 ")
        with qtbot.waitSignal(dialog.invite_wanted) as wanted:
            qtbot.keyClick(dialog.name, Qt.Key_Return)
        assert wanted.args == ["user9"]


def test_a_change_keeps_who_is_chosen(opened: Open) -> None:
    """And takes the words of an earlier refusal away."""
    dialog = opened("owner")
    _choose(dialog, 2)
    dialog.show_error("No.")
    assert dialog.error.isVisible()
    dialog.show_members((MEMBERS[0], MEMBERS[2]), True)
    assert not dialog.error.isVisible()
    assert dialog.view.currentIndex().row() == 1
    assert dialog.note.isVisible()
    dialog.show_members(MEMBERS[:1], False)
    assert _offered(dialog) == []
