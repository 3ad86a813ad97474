"""What a person wants of rooms, members and searches, online and off."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from client_gui.changes import (
    JumpTo,
    RoomOpened,
    RoomRefused,
    SearchFailed,
    Send,
    TypingChanged,
)
from client_gui.events import Closed, Failure, Opened
from client_gui.log.store import Store
from client_gui.state.client_state import ClientState
from client_gui.state.kept_search import SLICE
from wire.limits import MAX_PAGE
from wire.messages import (
    ChatMessage,
    CreateRoom,
    Invite,
    IsTyping,
    JoinRoom,
    LeaveRoom,
    ListRooms,
    LoginResult,
    MarkRead,
    Members,
    Message,
    Readers,
    RemoveMember,
    RenameRoom,
    Result,
    RoomInfo,
    Search,
    SetRole,
    SetTopic,
    Typing,
    Who,
)

WISHES: list[tuple[Callable[[ClientState], list], Message]] = [
    (
        lambda state: state.create_room("tea", "private", "for two"),
        CreateRoom("tea", "private", "for two"),
    ),
    (lambda state: state.join("tea"), JoinRoom("tea")),
    (lambda state: state.open_direct("ann"), JoinRoom("@ann")),
    (lambda state: state.leave("#1"), LeaveRoom("#1")),
    (lambda state: state.invite("#1", "ann"), Invite("#1", "ann")),
    (lambda state: state.remove("#1", "ann"), RemoveMember("#1", "ann")),
    (lambda state: state.set_role("#1", "ann", "owner"), SetRole("#1", "ann", "owner")),
    (lambda state: state.set_topic("#1", "tea", "c"), SetTopic("#1", "tea", "c")),
    (lambda state: state.rename("#1", "tea", "c"), RenameRoom("#1", "tea", "c")),
    (lambda state: state.list_public(), ListRooms("public")),
    (lambda state: state.list_members("#1"), Members("#1")),
    (lambda state: state.ask_readers("#1", 5), Readers("#1", 5)),
]


@pytest.fixture
def state() -> ClientState:
    """Online, in a room and a direct one."""
    state = ClientState()
    state.sign_in("user1")
    state.apply(Opened(), LoginResult("1", "me", "user1"))
    state.apply(Result("0006", "ok", "", "lobby"))
    state.apply(RoomInfo("#1", "public", "one", "owner", last_seq=9))
    state.apply(RoomInfo("#2", "direct", "bob", "member", "Bob"))
    state.apply(RoomInfo("lobby", "lobby", "lobby"), Result("0019", "ok"))
    return state


def _sent(changes: list) -> list[Message]:
    return [change.message for change in changes if isinstance(change, Send)]


@pytest.mark.parametrize(("wish", "request_"), WISHES, ids=lambda it: type(it).__name__)
def test_a_wish_is_sent(state: ClientState, wish: Callable, request_: Message) -> None:
    """As one request; without a connection it is refused at once."""
    assert request_ in _sent(wish(state))
    state.apply(Closed(Failure.LOST))
    assert wish(state)[0] == RoomRefused(request_.code, "offline")


def test_a_direct_room_that_is_here_is_opened_at_once(state: ClientState) -> None:
    """Without a connection, too."""
    state.apply(Closed(Failure.LOST))
    assert state.open_direct("Bob") == [RoomOpened("#2")]


def test_a_room_that_was_made_is_opened(state: ClientState) -> None:
    """When the server has answered."""
    state.create_room("tea", "public", "")
    info = RoomInfo("#3", "public", "tea", "owner")
    assert RoomOpened("#3") in state.apply(info, Result("0011", "ok", "", "#3"))


def test_searching_needs_a_connection(state: ClientState) -> None:
    """And ends with it."""
    assert _sent(state.search("tea", "")) == [Search("tea")]
    assert SearchFailed("offline") in state.apply(Closed(Failure.LOST))
    assert state.search("tea", "") == [SearchFailed("offline")]
    assert state.search_more() == []


def test_what_was_read_is_told_when_there_is_somebody(state: ClientState) -> None:
    """Offline, it waits for the next listing."""
    state.mark_read("#1", 5)
    assert _sent(state.tell_read()) == [MarkRead("#1", 5)]
    state.apply(Closed(Failure.LOST))
    state.mark_read("#1", 7)
    assert state.tell_read() == []
    state.return_now()
    state.apply(LoginResult("1", "me", "user1"))
    listed = (
        RoomInfo("#1", "public", "one", "owner", last_seq=9, read_seq=5),
        Result("0019", "ok"),
    )
    assert MarkRead("#1", 7) in _sent(state.apply(*listed))


def test_writing_is_announced_to_those_who_are_there(state: ClientState) -> None:
    """And theirs is shown, for a while."""
    assert _sent(state.typing("#1")) == [Typing("#1")]
    assert state.apply(IsTyping("#1", "ann", "Ann")) == [TypingChanged("#1", ("Ann",))]
    assert state.apply(IsTyping("#1", "user1", "me"), IsTyping("#9", "ann", "Ann")) == []
    assert state.anybody_types
    for _ in range(6):
        changes = state.second_passed()
    assert changes == [TypingChanged("#1", ())]
    state.apply(Closed(Failure.LOST))
    assert state.typing("#1") == []


def test_who_is_online_is_asked_of_somebody(state: ClientState) -> None:
    """Once."""
    state.apply(Result("0005", "ok", "", "1"))
    assert _sent(state.ask_who()) == [Who()]
    state.apply(Closed(Failure.LOST))
    assert state.ask_who() == []


def test_drafts_need_nobody(state: ClientState) -> None:
    """Half characters become whole ones."""
    state.set_draft("#1", "a\ud800")
    assert state.draft("#1") == "a\ufffd"


def test_our_own_list_needs_nobody(state: ClientState) -> None:
    """What is pinned or muted is told at once."""
    state.apply(Closed(Failure.LOST))
    for wish, flags in ((state.pin, (True, False)), (state.mute, (True, True))):
        (told,) = wish("#1", True)
        assert [(item.pinned, item.muted) for item in told.rooms if item.room == "#1"] == [flags]


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[ClientState]:
    """Offline, with a lobby of more than a slice on disk."""
    state = ClientState(Store(tmp_path / "a.sqlite3"))
    state.sign_in("user1")
    state.apply(Opened(), LoginResult("1", "me", "user1"))
    state.apply(Result("0006", "ok", "", "lobby"), Result("0019", "ok"))
    numbers = range(1, SLICE + MAX_PAGE + 1)
    state.apply(*(ChatMessage("Ann", f"m{n}.", "ann", "lobby", n, 5) for n in numbers))
    state.apply(Closed(Failure.LOST))
    yield state
    state.close()


def test_without_a_connection_it_is_searched_on_disk(keeping: ClientState) -> None:
    """Slice by slice; and a hit that is not in sight can be brought, too."""
    changes = keeping.search("M17.", "")
    while changes[-1].more:
        changes += keeping.search_more()
    assert [hit.seq for change in changes for hit in change.hits] == [17]
    assert {change.kept for change in changes} == {True}
    assert keeping.search("m17.", "#7")[0].hits == ()
    assert keeping.search_more() == []
    assert JumpTo("lobby", 17) in keeping.find_message("lobby", 17)
    keeping.sign_out()
    assert keeping.search("m17", "") == [SearchFailed("offline")]


def test_another_search_gives_up_what_is_looked_for_on_disk(keeping: ClientState) -> None:
    """It asks the server, once there is a connection."""
    (found,) = keeping.search("none", "lobby")
    assert found.more
    keeping.return_now()
    keeping.apply(Opened(), LoginResult("1", "me", "user1"))
    assert _sent(keeping.search("m", "lobby")) == [Search("m", "lobby")]
    assert keeping.search_more() == []
