"""Who is in a room, as rows."""

from PyQt5.QtCore import Qt
from pytestqt.modeltest import ModelTester

from client_gui.items import MemberItem
from client_gui.models.member_list import MEMBER_ROLE, MemberListModel

ANN = MemberItem("user1", "Ann", "owner", True)
BOB = MemberItem("user2", "<b>Bob</b>", "moderator", False)
EVE = MemberItem("user3", "\u202e", "member", False)


def test_members_say_what_they_are(qapp: object, qtmodeltester: ModelTester) -> None:
    """In their order, on one visible line each."""
    members = MemberListModel()
    members.set_members((ANN, BOB, EVE))
    qtmodeltester.check(members)
    rows = [members.index(row) for row in range(members.rowCount())]
    plain = [row.data().replace("\u2068", "").replace("\u2069", "") for row in rows]
    assert plain == ["Ann (owner, online)", "<b>Bob</b> (moderator)", "user3"]
    assert rows[1].data(MEMBER_ROLE) == BOB
    assert "user2" in rows[1].data(Qt.ToolTipRole)
    assert members.row_of("user3") == 2
    assert members.row_of("nobody") is None
