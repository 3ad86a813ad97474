"""Rooms: encoded once, told in order, to those who are members at that moment."""

from collections import Counter
from collections.abc import Callable

import pytest

from reactor.dialects import BASIC, FULL, LINELESS, Dialect
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

    def __init__(self, dialect: Dialect = FULL) -> None:
        self.dialect = dialect
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


@pytest.fixture
def room() -> Room:
    return Room(1, "lobby")


@pytest.fixture
def join(room: Room) -> Callable[..., Member]:
    """A new member of the room."""

    def join(dialect: Dialect = FULL) -> Member:
        member = Member(dialect)
        room.join(member)
        return member

    return join


def publish(room: Room, sender: Member, text: str, seq: int = 0) -> None:
    room.publish(ChatMessage("n", text, "u", room.name, seq), sender, Result("0002", "ok", seq=seq))


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
        messages.append(ChatMessage("n", f"text {number}", "u", room.name, 0))
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


def test_finding_rooms() -> None:
    """By name, whatever its spelling; without a name it is the lobby."""
    rooms = Rooms(5)
    assert rooms.find("") is rooms.lobby
    assert rooms.find(LOBBY) is rooms.lobby
    assert rooms.find(LOBBY.upper()) is rooms.lobby
    assert rooms.find("cellar") is None
    member = Member(FULL)
    assert rooms.joined(LOBBY, member) is None
    rooms.lobby.join(member)
    assert rooms.joined("", member) is rooms.lobby
    assert rooms.joined("cellar", member) is None
    assert rooms.by_id(5) is rooms.lobby
    assert list(rooms) == [rooms.lobby]
    assert rooms.lobby.room_id == 5


def test_the_end_of_a_turn_delivers_everywhere() -> None:
    """All rooms."""
    rooms = Rooms(5)
    sender, other = Member(), Member()
    rooms.lobby.join(sender)
    rooms.lobby.join(other)
    publish(rooms.lobby, sender, "hello")
    rooms.end_turn()
    assert other.told() == ["hello"]
