"""What is new, and what was missed: through the whole state, as the server tells it."""

from client_gui.changes import Missed, RoomsChanged, Said
from client_gui.events import Closed, Failure, Opened
from client_gui.items import MissedItem, News
from client_gui.state.client_state import ClientState
from client_gui.state.rooms import LOBBY
from wire.messages import ChatMessage, LoginResult, ReadUpTo, Result, RoomInfo

WELCOME = LoginResult("1", "itcast1", "user1", epoch="e1")
LISTED = Result("0019", "ok")
RESUMED = Result("0023", "ok", LOBBY)


def _said(seq: int, text: str = "hello", username: str = "user2", room: str = LOBBY) -> ChatMessage:
    return ChatMessage("Grace", text, username, room, seq, 5)


def _lobby(last_seq: int, unread: int = 0, mentions: int = 0, read_seq: int = 0) -> RoomInfo:
    return RoomInfo(
        LOBBY, "lobby", LOBBY, last_seq=last_seq, read_seq=read_seq, unread=unread,
        mentions=mentions,
    )  # fmt: skip


def _state(*events: object) -> ClientState:
    state = ClientState()
    state.sign_in("user1")
    state.apply(Opened(), WELCOME, *events)
    return state


def _lose_and_return(state: ClientState, welcome: LoginResult = WELCOME) -> None:
    state.apply(Closed(Failure.LOST))
    state.return_now()
    state.apply(Opened(), welcome)


def _news(changes: list) -> list:
    return [change for change in changes if isinstance(change, Said | Missed)]


def test_what_is_said_behind_the_listing_is_new() -> None:
    """With whom it names; our own never is."""
    state = _state(_lobby(3), LISTED)
    news = News(LOBBY, 4, "user2", "Grace", "@user1 look", True)
    assert _news(state.apply(_said(4, "@user1 look"))) == [Said((news,))]
    assert _news(state.apply(_said(5, username="user1"))) == []


def test_a_flood_is_told_as_one_change() -> None:
    """In order, and behind the rooms that it is about."""
    state = _state(_lobby(3), LISTED)
    changes = state.apply(*(_said(seq) for seq in range(4, 100)))
    assert [type(change) for change in changes[-2:]] == [RoomsChanged, Said]
    assert [news.seq for news in changes[-1].news] == list(range(4, 100))
    assert len(_news(changes)) == 1


def test_history_is_not_new() -> None:
    """Whether it comes as a page or is told a second time, or with an older number."""
    state = _state(_lobby(3), LISTED)
    assert _news(state.apply(_said(2), _said(3), Result("0006", "ok", "", LOBBY))) == []
    state.apply(_said(4))
    assert _news(state.apply(_said(4), _said(1))) == []


def test_before_the_listing_nothing_is_new() -> None:
    """It may be history as well; a server that cannot list has nothing new."""
    assert _news(_state().apply(_said(4))) == []
    assert _news(_state(Result("0019", "unknown-code")).apply(_said(4))) == []


def test_what_was_read_elsewhere_is_not_new() -> None:
    """The mark of another device came first."""
    state = _state(_lobby(3), LISTED, _said(4), ReadUpTo(LOBBY, 6))
    assert _news(state.apply(_said(5))) == []


def test_a_message_that_was_taken_back_is_not_new() -> None:
    """There is nothing to be seen of it."""
    assert _news(_state(_lobby(3), LISTED).apply(_said(4, ""))) == []


def test_what_was_missed_is_told_once_in_numbers() -> None:
    """Without what was unread before; what is brought of it then is not new."""
    state = _state(_lobby(3, unread=1), LISTED)
    _lose_and_return(state)
    changes = state.apply(_lobby(6, unread=4, mentions=1), LISTED)
    assert _news(changes) == [Missed((MissedItem(LOBBY, 3, 1),))]
    assert _news(state.apply(_said(4), _said(5), _said(6), RESUMED)) == []
    assert len(_news(state.apply(_said(7)))) == 1


def test_of_what_was_read_elsewhere_meanwhile_only_the_rest_is_missed() -> None:
    """The old unread ones are among those that were read."""
    state = _state(_lobby(3, unread=3), LISTED)
    _lose_and_return(state)
    changes = state.apply(_lobby(6, unread=2, read_seq=4), LISTED)
    assert _news(changes) == [Missed((MissedItem(LOBBY, 2, 0),))]


def test_nothing_missed_is_not_told() -> None:
    """Nor at the first login, however much is unread; nor when another database counts."""
    assert _news(_state().apply(_lobby(6, unread=4), LISTED)) == []
    state = _state(_lobby(3), LISTED)
    _lose_and_return(state)
    assert _news(state.apply(_lobby(3), LISTED)) == []
    _lose_and_return(state, LoginResult("1", "itcast1", "user1", epoch="e2"))
    assert _news(state.apply(_lobby(9, unread=9), LISTED)) == []


def test_a_connection_lost_before_the_listing_changes_nothing() -> None:
    """What is missed counts from when we knew last."""
    state = _state(_lobby(3), LISTED)
    _lose_and_return(state)
    _lose_and_return(state)
    assert _news(state.apply(_lobby(4, unread=1), LISTED)) == [Missed((MissedItem(LOBBY, 1, 0),))]
