"""What is kept of what a server says is bounded, whatever it says: every list, table and set of it.

A million of everything would take long; so the bounds are made small, and what is said is more.
"""

import gc
from collections import deque
from collections.abc import Iterable, Iterator

import pytest

from client_gui.log import later_changes, rows, timeline
from client_gui.state import members, rooms, roster, timelines, typists
from client_gui.state.client_state import ClientState
from wire.messages import (
    Change,
    ChatMessage,
    Found,
    IsTyping,
    LoginResult,
    Member,
    MemberChanged,
    OnlineUser,
    Presence,
    Reader,
    ReadUpTo,
    Result,
    RoomGone,
    RoomInfo,
)

_BOUND = 30
_MANY = 1_500
_MOST = 400
"""What nothing may reach: above each bound, and what may be twice a page of the protocol."""

_BOUNDS = [
    (timeline, "MAX_KEPT"),
    (timeline, "TRIM"),
    (timeline, "MAX_AHEAD"),
    (later_changes, "MAX_LATER"),
    (rows, "MAX_REACTORS"),
    (roster, "MAX_SHOWN"),
    (members, "MAX_LISTED"),
    (typists, "MAX_SHOWN"),
    (typists, "MAX_ROOMS"),
    (rooms, "MAX_ROOMS"),
    (timelines, "MAX_ROOMS"),
]


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> ClientState:
    """Logged in, with small bounds, and in a room whose last page has come."""
    for module, name in _BOUNDS:
        monkeypatch.setattr(module, name, _BOUND)
    state = ClientState()
    state.sign_in("user1")
    state.apply(LoginResult("1", "me", "user1"), Result("0006", "ok", "", "lobby"))
    return state


def _messages(n: int) -> ChatMessage:
    return ChatMessage(f"n{n}", f"m{n}", f"u{n}", "lobby", n, 5)


KINDS = {
    "messages": lambda n: _messages(n),
    "messages of many rooms": lambda n: ChatMessage("n", "m", "u", f"#{n}", 1, 5),
    "messages behind a gap": lambda n: ChatMessage("n", "m", "u", "lobby", n + 9, 5),
    "messages behind gaps everywhere": lambda n: ChatMessage("n", "m", "u", f"#{n % 40}", n + 9, 5),
    "old messages": lambda n: ChatMessage("n", "m", "u", "lobby", _MANY - n, 5),
    "reactions": lambda n: Change("n", "👍", f"u{n}", "lobby", n, 5, "reacted", 1),
    "signs": lambda n: Change("n", f"s{n}", "u", "lobby", n, 5, "reacted", 1),
    "edits of what is not here": lambda n: Change("n", "t", "u", "#1", n, 5, "edited", n + 99),
    "rooms": lambda n: RoomInfo(f"#{n}", "public", f"r{n}", "member"),
    "public rooms": lambda n: RoomInfo(f"#{n}", "public", f"r{n}"),
    "rooms that go": lambda n: (
        RoomInfo(f"#{n}", "public", f"r{n}", "member")
        if n % 3 == 0
        else ChatMessage("n", "m", "u", f"#{n - 1}", 1, 5)
        if n % 3 == 1
        else RoomGone(f"#{n - 2}", "removed")
    ),
    "people online": lambda n: Presence(f"u{n}", "n", "1"),
    "people listed": lambda n: OnlineUser(f"u{n}", "n"),
    "members listed": lambda n: Member(f"u{n}", "n", "member", "1"),
    "members": lambda n: MemberChanged("#1", f"u{n}", "n", "member"),
    "typists": lambda n: IsTyping("lobby", f"u{n}", "n"),
    "readers": lambda n: Reader(f"u{n}", "n", 1),
    "hits": lambda n: Found("n", "t", "u", "lobby", n, 5),
    "marks": lambda n: ReadUpTo(f"#{n}", n),
}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_grows_for_ever(state: ClientState, kind: str) -> None:
    """A great many of one kind, after everything that can be asked for has been asked for."""
    state.apply(RoomInfo("#1", "public", "one", "member"))
    for asked in (
        state.list_members("#1"),
        state.ask_readers("lobby", 1),
        state.list_public(),
        state.search("words", ""),
        state.open_room("#1"),
    ):
        assert asked is not None
    for first in range(1, _MANY, 50):
        state.apply(*map(KINDS[kind], range(first, first + 50)))
    assert longest(state) < _MOST


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_before_the_login_is_not_kept(kind: str) -> None:
    """Nobody has a right to say anything yet."""
    state = ClientState()
    state.sign_in("user1")
    before = size(state)
    state.apply(*map(KINDS[kind], range(1, 100)))
    assert size(state) == before


def test_what_grows_is_noticed() -> None:
    """In whatever it is, and however deep."""

    class Deep:
        def __init__(self) -> None:
            self.inside = [{"a": (set(range(9)), deque(range(7)))}]

    assert longest(Deep()) == 9


def longest(thing: object) -> int:
    """The length of the longest list, table or set that *thing* is made of."""
    return max(map(len, _containers(thing)))


def size(thing: object) -> int:
    """How much is in all of them."""
    return sum(map(len, _containers(thing)))


def _containers(thing: object) -> Iterator[Iterable]:
    """Everything in *thing* that has a length; of the program itself, nothing."""
    seen = {id(thing)}
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list | dict | set | deque | tuple):
            yield one
        for inside in gc.get_referents(one):
            if id(inside) not in seen and not _is_program(inside):
                seen.add(id(inside))
                waiting.append(inside)


def _is_program(thing: object) -> bool:
    """Whether *thing* is a class, a function or a module's names, and no value of the state."""
    if isinstance(thing, dict):
        return "__builtins__" in thing
    if isinstance(thing, list | set | deque | tuple | str | int | float):
        return False
    return isinstance(thing, type) or (callable(thing) and not hasattr(thing, "__self__"))
