"""Who is online: each change told once, many changes as a number, pages in order."""

from typing import NamedTuple

import pytest

from reactor.coalescing import BURST_MAX, DELAY
from reactor.dialects import FULL
from reactor.loop import Loop
from reactor.presence import OnlineUsers
from reactor.records import Account, RoomKind, RoomRecord
from reactor.rooms import Room
from tests.helpers.clock import FakeClock
from wire.codec import decode
from wire.messages import OnlineCount, Presence


class Watcher:
    """A member of the lobby."""

    dialect = FULL

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.pieces.append(data)


class Online(NamedTuple):
    """Who is online, and one who watches."""

    users: OnlineUsers
    lobby: Room
    watcher: Watcher
    loop: Loop

    def told(self) -> list[object]:
        """What the lobby is told when the next timer is due."""
        self.loop.turn()
        self.lobby.deliver()
        frames = b"".join(self.watcher.pieces).split(b"\n")[:-1]
        self.watcher.pieces.clear()
        return [decode(frame) for frame in frames]


@pytest.fixture
def online(loop: Loop) -> Online:
    lobby = Room(RoomRecord(1, RoomKind.LOBBY, "lobby", ""), "lobby", [].append)
    watcher = Watcher()
    lobby.join(watcher)
    return Online(OnlineUsers(loop, lobby), lobby, watcher, loop)


def user(number: int) -> Account:
    # Numbers of users are in no order with their names.
    return Account(1000 - number, f"user{number:03}", f"nick{number}")


def presence(number: int, state: str) -> Presence:
    return Presence(f"user{number:03}", f"nick{number}", state)


def test_coming_and_going_is_told(online: Online, clock: FakeClock) -> None:
    """After a moment."""
    began = clock.now
    online.users.came(user(1))
    assert online.told() == [presence(1, "1")]
    assert clock.now - began == DELAY
    online.users.went(user(1))
    assert online.told() == [presence(1, "0")]
    assert online.told() == []


def test_the_moment_begins_with_the_first_change(online: Online, clock: FakeClock) -> None:
    """Each change waits for no longer than that, and none for less than all of a new one."""
    online.users.came(user(1))
    clock.advance(DELAY * 0.75)
    online.users.came(user(2))
    assert online.told() == [presence(1, "1"), presence(2, "1")]
    began = clock.now
    online.users.came(user(3))
    assert online.told() == [presence(3, "1")]
    assert clock.now - began == DELAY


def test_who_is_here(online: Online) -> None:
    """By the name as it is written."""
    for number in (3, 1, 5):
        online.users.came(user(number))
    online.users.went(user(3))
    names = ["user001", "user005", "user003", "user004", "USER001", "", "zoe"]
    assert [online.users.is_here(name) for name in names] == [True, True, *[False] * 5]
    assert len(online.users) == 2


def test_coming_and_going_again_is_one_line(online: Online) -> None:
    """With what is true in the end."""
    for _ in range(5):
        online.users.came(user(1))
        online.users.went(user(1))
        online.users.came(user(2))
        online.users.went(user(2))
    online.users.came(user(1))
    assert online.told() == [presence(1, "1"), presence(2, "0")]


@pytest.mark.parametrize("count", [BURST_MAX, BURST_MAX + 1])
def test_a_burst_is_told_as_a_number(online: Online, count: int) -> None:
    """n arrivals never cost n times n lines."""
    for number in range(count):
        online.users.came(user(number))
    told = online.told()
    if count <= BURST_MAX:
        assert told == [presence(number, "1") for number in range(count)]
    else:
        assert told == [OnlineCount(count)]


def test_after_a_burst_it_begins_anew(online: Online) -> None:
    """The next one is told by name."""
    for number in range(BURST_MAX + 1):
        online.users.came(user(number))
    online.told()
    online.users.went(user(3))
    assert online.told() == [presence(3, "0")]


def test_pages(online: Online) -> None:
    """In the order of names, and each user is on one of them."""
    for number in (3, 1, 4, 0, 2):
        online.users.came(user(number))
    assert online.users.page("", 2) == ([user(0), user(1)], True)
    assert online.users.page("user001", 2) == ([user(2), user(3)], True)
    assert online.users.page("user003", 2) == ([user(4)], False)
    assert online.users.page("user004", 2) == ([], False)
    assert online.users.page("", 5) == ([user(n) for n in range(5)], False)


def test_a_page_behind_somebody_who_has_left(online: Online) -> None:
    """Goes on where they would be."""
    for number in range(4):
        online.users.came(user(number))
    online.users.went(user(1))
    assert online.users.page("user001", 10) == ([user(2), user(3)], False)
