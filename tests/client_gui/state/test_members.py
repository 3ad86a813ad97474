"""Who is in a room."""

from client_gui.changes import MembersListed, OnlineStale, RoomRefused, Send
from client_gui.items import MemberItem
from client_gui.state.members import Members
from wire.messages import Member, MemberChanged, MembersChanged, Presence, Result
from wire.messages import Members as MembersRequest

ANN = MemberItem("ann", "Ann", "owner", True)
BOB = MemberItem("bob", "Bob", "member", False)


def _listed() -> Members:
    members = Members()
    assert members.ask("#1") == [Send(MembersRequest("#1"))]
    members.listed(Member("bob", "Bob", "member", "0"))
    members.listed(Member("ann", "Ann", "owner", "1"))
    assert members.page_ended(Result("0020", "ok")) == []
    return members


def test_members_are_listed_by_name() -> None:
    """Once."""
    members = _listed()
    assert members.changed() == [MembersListed("#1", (ANN, BOB), False)]
    assert members.changed() == []


def test_events_change_the_list() -> None:
    """And say how many more there are."""
    members = _listed()
    assert members.came_or_went(MemberChanged("#1", "eve", "Eve", "member")) == 1
    assert members.came_or_went(MemberChanged("#1", "bob", "Bob", "moderator")) == 0
    assert members.came_or_went(MemberChanged("#1", "ann", "Ann")) == -1
    members.online(Presence("bob", "Bob", "1"))
    members.online(Presence("nobody", "N", "1"))
    (listed,) = members.changed()
    assert [(m.username, m.role, m.online) for m in listed.members] == [
        ("bob", "moderator", True),
        ("eve", "member", True),
    ]


def test_events_of_other_rooms_do_not() -> None:
    """They only count."""
    members = _listed()
    members.changed()
    assert members.came_or_went(MemberChanged("#2", "eve", "Eve", "member")) == 1
    assert members.came_or_went(MemberChanged("#2", "eve", "Eve", "moderator")) == 0
    assert members.came_or_went(MemberChanged("#2", "ann", "Ann")) == -1
    assert members.changed() == []
    assert members.many_came_or_went(MembersChanged("#2")) == []


def test_many_changes_make_it_stale() -> None:
    """It is asked for again, once."""
    members = _listed()
    assert members.many_came_or_went(MembersChanged("#1")) == [OnlineStale()]
    assert members.ask_again() == [Send(MembersRequest("#1"))]
    assert members.ask_again() == []


def test_a_refusal_is_told() -> None:
    """As is a connection that was lost."""
    members = Members()
    members.ask("lobby")
    refused = Result("0020", "too-large", "", "everybody")
    assert members.page_ended(refused) == [RoomRefused("0020", "too-large", "everybody")]
    members.ask("#1")
    assert members.disconnected() == [RoomRefused("0020", "offline")]
    assert members.changed() == []
