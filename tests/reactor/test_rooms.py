"""Rooms: encoded once, told in order, to those who are members at that moment."""

from collections import Counter
from collections.abc import Callable

import pytest

from reactor.dialects import BASIC, FULL, LINELESS, Dialect
from reactor.records import Account, Membership, Role, RoomKind, RoomRecord
from reactor.rooms import LOBBY, Room, Rooms
from wire.codec import decode
from wire.messages import ChatMessage, Message, OnlineCount, Result


class Counted(Dialect):
    """A dialect that counts what is encoded."""

    def __init__(self, dialect: Dialect) -> None:
        self.joins = dialect.joins
        self.encoded = Counter[Message]()
        self._dialect = dialect

    def encode(self, message: Message) -> bytes:
        self.encoded[message] += 1
        return self._dialect.encode(message)


class Member:
    """One who keeps what it is told."""

    def __init__(self, dialect: Dialect = FULL, name: str = "user1", user_id: int = 1) -> None:
        self.dialect = dialect
        self.user = Account(user_id, name, name)
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> None:
        if data:
            self.pieces.append(data)

    def told(self) -> list[str]:
        """The text of each message, or the number of each acknowledgement, since the last call."""
        frames = b"".join(self.pieces).split(b"\n")[:-1]
        self.pieces.clear()
        return [_said(decode(frame)) for frame in frames]


def _said(message: Message) -> str:
    if isinstance(message, ChatMessage):
        return message.text
    return f"ack {message.seq}" if isinstance(message, Result) else type(message).__name__


LOBBY_RECORD = RoomRecord(5, RoomKind.LOBBY, LOBBY, "")


@pytest.fixture
def room() -> Room:
    return Room(LOBBY_RECORD, LOBBY, [].append)


@pytest.fixture
def join(room: Room) -> Callable[..., Member]:
    """A new member of the room."""

    def join(dialect: Dialect = FULL) -> Member:
        member = Member(dialect)
        room.join(member)
        return member

    return join


def publish(room: Room, sender: Member, text: str, seq: int = 0) -> None:
    room.publish(
        ChatMessage("n", text, "u", room.reference, seq), sender, Result("0002", "ok", seq=seq)
    )


def test_the_others_get_the_message_and_the_sender_its_acknowledgement(
    room: Room, join: Callable[..., Member]
) -> None:
    """The sender never gets its own message; another session of the same user does."""
    sender, same_user, other = join(), join(), join()
    publish(room, sender, "hello", 7)
    room.deliver()
    assert sender.told() == ["ack 7"]
    assert same_user.told() == ["hello"]
    assert other.told() == ["hello"]


def test_nothing_is_told_before_the_end_of_the_turn_and_nothing_twice(
    room: Room, join: Callable[..., Member]
) -> None:
    """It is gathered first."""
    sender, other = join(), join()
    publish(room, sender, "hello")
    assert other.told() == []
    room.deliver()
    room.deliver()
    assert other.told() == ["hello"]


def test_a_message_is_encoded_once_for_each_dialect(
    room: Room, join: Callable[..., Member]
) -> None:
    """Whatever the number of members, of messages and of senders among them."""
    full, basic, lineless, unused = (Counted(d) for d in (FULL, BASIC, LINELESS, FULL))
    senders = [join(full), join(basic)]
    for _ in range(50):
        join(full)
        join(basic)
        join(lineless)
    messages = []
    for number in range(10):
        publish(room, senders[number % 2], f"text {number}")
        messages.append(ChatMessage("n", f"text {number}", "u", room.reference, 0))
    room.deliver()
    for dialect in (full, basic, lineless):
        assert [dialect.encoded[message] for message in messages] == [1] * 10
    assert not unused.encoded


def test_all_members_share_one_object(room: Room, join: Callable[..., Member]) -> None:
    """Memory too is paid once, and the turn's lines are one piece."""
    sender = join()
    others = [join() for _ in range(10)]
    publish(room, sender, "one")
    publish(room, sender, "two")
    room.deliver()
    assert all(len(other.pieces) == 1 for other in others)
    assert len({id(other.pieces[0]) for other in others}) == 1


def test_line_less_members_get_each_message_by_itself(
    room: Room, join: Callable[..., Member]
) -> None:
    """Nothing else tells them where one ends; they share its bytes too."""
    sender, first, second = join(), join(LINELESS), join(LINELESS)
    publish(room, sender, "one")
    publish(room, sender, "two")
    room.deliver()
    assert first.pieces == [b"1002|n|one", b"1002|n|two"]
    assert all(a is b for a, b in zip(first.pieces, second.pieces, strict=True))


def test_everybody_sees_one_order(room: Room, join: Callable[..., Member]) -> None:
    """Senders too: their acknowledgements stand where their messages stand."""
    one, two, other = join(), join(), join()
    publish(room, one, "a", 1)
    publish(room, two, "b", 2)
    publish(room, one, "c", 3)
    room.announce(OnlineCount(3))
    publish(room, two, "d", 4)
    room.deliver()
    assert other.told() == ["a", "b", "c", "OnlineCount", "d"]
    assert one.told() == ["ack 1", "b", "ack 3", "OnlineCount", "d"]
    assert two.told() == ["a", "ack 2", "c", "OnlineCount", "ack 4"]


def test_who_joins_is_told_what_comes_from_then_on(room: Room, join: Callable[..., Member]) -> None:
    """Not what was published before it, in this turn."""
    sender, early = join(), join()
    publish(room, sender, "before", 1)
    late = join()
    publish(room, sender, "after", 2)
    room.deliver()
    assert early.told() == ["before", "after"]
    assert late.told() == ["after"]
    assert sender.told() == ["ack 1", "ack 2"]


def test_who_leaves_is_told_what_came_until_then(room: Room, join: Callable[..., Member]) -> None:
    """And nothing after."""
    sender, leaver = join(), join()
    publish(room, sender, "before")
    room.leave(leaver)
    publish(room, sender, "after")
    room.deliver()
    assert leaver.told() == ["before"]
    assert leaver not in room
    assert len(room) == 1


def test_a_sender_that_has_left_gets_its_acknowledgement(
    room: Room, join: Callable[..., Member]
) -> None:
    """And nothing else; the others get its message."""
    sender, other = join(), join()
    room.leave(sender)
    publish(room, sender, "last words", 5)
    publish(room, other, "bye", 6)
    room.deliver()
    assert sender.told() == ["ack 5"]
    assert other.told() == ["last words", "ack 6"]


def test_a_basic_sender_gets_no_acknowledgement(room: Room, join: Callable[..., Member]) -> None:
    """It would not know what it is; the messages of others it gets in order."""
    sender, other = join(BASIC), join()
    publish(room, sender, "mine")
    publish(room, other, "yours")
    room.deliver()
    assert sender.told() == ["yours"]


def test_events_are_for_those_who_have_words_for_them(
    room: Room, join: Callable[..., Member]
) -> None:
    """The others are told nothing at all."""
    full, basic, lineless = join(FULL), join(BASIC), join(LINELESS)
    room.announce(OnlineCount(3))
    room.deliver()
    assert full.told() == ["OnlineCount"]
    assert basic.pieces == lineless.pieces == []


def test_leaving_without_being_there(room: Room) -> None:
    """Does no harm."""
    room.leave(Member())
    assert len(room) == 0


def test_an_empty_room(room: Room) -> None:
    """What is said there is heard by nobody."""
    publish(room, Member(), "echo")
    room.deliver()
    assert len(room) == 0


# --- the rooms of a server


@pytest.fixture
def rooms() -> Rooms:
    return Rooms(LOBBY_RECORD, ["Ann"])


def a_room(room_id: int = 17, name: str = "Cellar", kind: RoomKind = RoomKind.PUBLIC) -> Membership:
    return Membership(RoomRecord(room_id, kind, name, ""), Role.MEMBER)


def test_finding_the_lobby(rooms: Rooms) -> None:
    """By name, whatever its spelling, or without one; for those who are in it."""
    member = Member()
    assert rooms.find("", member) is rooms.find(LOBBY, member) is None
    rooms.enter_lobby(member)
    for text in ("", LOBBY, LOBBY.upper(), "\uff4cobby"):
        assert rooms.find(text, member) is rooms.lobby
    assert rooms.find("#5", member) is None
    assert rooms.lobby.room_id == 5
    assert rooms.reference(5) == LOBBY


def test_finding_a_room(rooms: Rooms) -> None:
    """By its reference, or any look-alike of its name."""
    member = Member()
    room = rooms.enter(member, a_room())
    for text in ("#17", "Cellar", "CELLAR"):
        assert rooms.find(text, member) is room
    for text in ("#017", "#18", "17", "@Cellar", "cellars", "x" * 10_000, "#" + "1" * 10_000):
        assert rooms.find(text, member) is None
    assert rooms.by_id(17) is room
    assert rooms.reference(17) == room.reference == "#17"


def test_a_room_is_not_there_for_others(rooms: Rooms) -> None:
    """Whoever is not in it does not find it."""
    rooms.enter(Member(), a_room())
    for text in ("#17", "Cellar"):
        assert rooms.find(text, Member()) is None


def test_a_room_lasts_as_long_as_somebody_is_in_it(rooms: Rooms) -> None:
    """Then nothing of it is left; the lobby stays."""
    one, two = Member(), Member()
    room = rooms.enter(one, a_room())
    assert rooms.enter(two, a_room()) is room
    rooms.leave(one, room)
    assert rooms.by_id(17) is room
    rooms.enter_lobby(two)
    rooms.leave_all(two)
    assert rooms.by_id(17) is None
    assert list(rooms) == [rooms.lobby]
    assert two not in rooms.lobby
    again = rooms.enter(one, a_room(name="Attic"))
    assert again is not room
    assert rooms.find("Cellar", one) is None


def test_a_direct_room_is_found_by_the_other(rooms: Rooms) -> None:
    """Once it is known who they are; by nobody else, and by no name."""
    one, two, three = (Member(user_id=number, name=f"user{number}") for number in (1, 2, 3))
    for member in (one, two):
        room = rooms.enter(member, a_room(name="", kind=RoomKind.DIRECT))
    assert rooms.find("@user2", one) is None
    for _ in range(2):
        rooms.note_direct(room, 1, "User2")
    assert rooms.find("@USER2", one) is room
    assert rooms.find("@user1", two) is None
    assert rooms.find("@user2", three) is None
    assert room.keys == ["@1:user2"]
    rooms.leave_all(one)
    rooms.leave_all(two)
    assert rooms.find("@user2", one) is None


def test_a_user_is_not_taken_for_the_key_of_a_direct_room(rooms: Rooms) -> None:
    """What is said to ``1:user2`` is not for ``user2``, though keys look like that."""
    ann = Member(user_id=1, name="ann")
    rooms.note_direct(rooms.enter(ann, a_room(name="", kind=RoomKind.DIRECT)), 1, "user2")
    assert rooms.find("@1:user2", ann) is None


def test_another_name(rooms: Rooms) -> None:
    """The old one is free at once; the reference stays."""
    member = Member()
    room = rooms.enter(member, a_room())
    rooms.renamed(room, "Attic")
    assert rooms.find("attic", member) is rooms.find("#17", member) is room
    assert rooms.find("Cellar", member) is None
    other = rooms.enter(member, a_room(18, "Cellar"))
    assert rooms.find("cellar", member) is other
    assert room.record.name == "Attic"


def test_another_topic(rooms: Rooms) -> None:
    room = rooms.enter(Member(), a_room())
    rooms.topic_set(room, "Wine")
    assert room.record.topic == "Wine"


def test_what_a_member_is(rooms: Rooms) -> None:
    """In a room as the storage says, in the lobby as the settings say."""
    ann, bo = Member(name="ANN"), Member(name="bo")
    for member in (ann, bo):
        rooms.enter_lobby(member)
    assert rooms.lobby.membership(ann).role is Role.MODERATOR
    assert rooms.lobby.membership(bo) == Membership(LOBBY_RECORD, Role.MEMBER)
    room = rooms.enter(ann, a_room())
    room.set_role(ann, Role.OWNER)
    assert room.membership(ann).role is Role.OWNER
    with pytest.raises(KeyError):
        room.membership(bo)


def test_the_end_of_a_turn_delivers_everywhere(rooms: Rooms) -> None:
    """Once, in all rooms that have news, in one that has been left by all too."""
    sender, other = Member(), Member()
    room = rooms.enter(sender, a_room())
    for member in (sender, other):
        rooms.enter_lobby(member)
    publish(rooms.lobby, sender, "hello")
    publish(room, sender, "echo", 7)
    room.leave(sender)
    publish(room, sender, "late", 8)
    rooms.end_turn()
    rooms.end_turn()
    assert other.told() == ["hello"]
    assert sorted(sender.told()) == ["ack 0", "ack 7", "ack 8"]


def test_who_is_where(rooms: Rooms) -> None:
    """The rooms of a member; the users of a room, each once."""
    ann, again, bo = Member(), Member(), Member(name="user2", user_id=2)
    for member in (ann, again, bo):
        rooms.enter_lobby(member)
    room = rooms.enter(again, a_room())
    assert (rooms.of(again), rooms.of(Member())) == ((rooms.lobby, room), ())
    assert rooms.lobby.users() == [again.user, bo.user]
    rooms.leave(again, room)
    assert rooms.of(again) == (rooms.lobby,)


def test_who_is_in_the_lobby_alone_costs_no_more(rooms: Rooms) -> None:
    """Nor who was in other rooms and is not any more."""
    member = Member()
    rooms.enter_lobby(member)
    rooms.leave(member, rooms.enter(member, a_room()))
    assert rooms._others_of == {}
    assert rooms.of(member) == (rooms.lobby,)
    rooms.enter(member, a_room())
    rooms.leave_all(member)
    assert rooms._others_of == {}
    assert rooms.of(member) == ()
