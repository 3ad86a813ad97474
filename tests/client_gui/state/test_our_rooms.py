"""Which rooms there are."""

from client_gui.changes import PutOff, RoomRefused, RoomsListed, Send
from client_gui.state.our_rooms import OurRooms
from client_gui.state.rooms import LOBBY, Rooms
from wire.messages import ListRooms, MarkRead, Result, RoomInfo

DONE = Result("0019", "ok")


def _info(room: str, kind: str = "public", role: str = "member") -> RoomInfo:
    return RoomInfo(room, kind, f"name of {room}", role, last_seq=9)


def test_what_a_listing_does_not_have_is_ours_no_longer() -> None:
    """But for what has become ours meanwhile, and the lobby."""
    rooms = Rooms()
    ours = OurRooms(rooms)
    ours.told(_info("#1"))
    ours.told(_info("#2"))
    assert ours.ask() == [Send(ListRooms("mine"))]
    ours.told(_info("#2"))
    ours.told(_info("#3"))
    assert ours.page_ended(DONE) == ([], ["#1"])


def test_what_was_read_offline_is_told_behind_the_listing() -> None:
    """The server had it lower."""
    rooms = Rooms()
    ours = OurRooms(rooms)
    ours.told(_info("#1"))
    rooms.read("#1", 5, None, told=False)
    ours.ask()
    ours.told(_info("#1"))
    assert ours.page_ended(DONE) == ([Send(MarkRead("#1", 5))], [])


def test_a_server_that_cannot_say_is_asked_again() -> None:
    """And nothing is gone before it has."""
    ours = OurRooms(Rooms())
    ours.told(_info("#1"))
    ours.ask()
    assert ours.page_ended(Result("0019", "busy")) == ([PutOff(1)], [])
    assert ours.ask_again() == [Send(ListRooms("mine"))]
    assert ours.ask_again() == []
    assert ours.page_ended(Result("0019", "unknown-code")) == ([], [])
    assert ours.ask_again() == []


def test_public_rooms_are_only_shown() -> None:
    """Those that we are in are ours all the same; private ones are none of them."""
    rooms = Rooms()
    ours = OurRooms(rooms)
    assert ours.ask_public() == [Send(ListRooms("public"))]
    ours.told(_info("#1", role=""))
    ours.told(_info("#2"))
    ours.told(_info("#3", kind="private"))
    ((listed,), gone) = ours.page_ended(DONE)
    assert isinstance(listed, RoomsListed)
    assert [item.room for item in listed.rooms] == ["#1", "#2"]
    assert gone == []
    assert [room for room in (LOBBY, "#1", "#2", "#3") if room in rooms] == [LOBBY, "#2", "#3"]


def test_a_refused_listing_of_public_rooms_is_told() -> None:
    """As is a lost connection; our own listing is asked for by the next login."""
    ours = OurRooms(Rooms())
    ours.ask_public()
    refused = RoomRefused("0019", "busy", "later")
    assert ours.page_ended(Result("0019", "busy", "", "later")) == ([refused], [])
    ours.ask()
    ours.ask_public()
    assert ours.disconnected() == [RoomRefused("0019", "offline")]
