"""What the client knows: every event, every wish, and the one guarantee that matters most."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_gui.changes import (
    Inserted,
    Lost,
    OnlineStale,
    Phase,
    PutOff,
    Removed,
    RoomClosed,
    Send,
    SignedIn,
    SignInFailed,
    StartedOffline,
    TokenRefused,
    Updated,
)
from client_gui.events import Closed, Failure, Opened
from client_gui.items import Delivery
from client_gui.log.records import Batch
from client_gui.log.store import Store
from client_gui.state.client_state import ClientState
from client_gui.state.outbox import MAX_TRIES, MAX_WAITING
from client_gui.state.rooms import LOBBY, MAX_ROOMS
from tests.client_gui.timeline_mirror import TimelineMirror
from wire.limits import MAX_PAGE, MAX_TEXT
from wire.messages import (
    MESSAGES,
    Chat,
    ChatMessage,
    Goodbye,
    History,
    ListRooms,
    LoginResult,
    OnlineCount,
    OnlineUser,
    Ping,
    Presence,
    ReadUpTo,
    Result,
    RoomGone,
    RoomInfo,
    Who,
)

WELCOME = LoginResult("1", "itcast1", "user1")
NO_ROOMS = Result("0019", "ok")
NOTHING_WAS_SAID = Result("0006", "ok", "", LOBBY)


def _online() -> ClientState:
    state = ClientState()
    state.sign_in("user1")
    state.apply(Opened(), WELCOME)
    state.apply(NOTHING_WAS_SAID, NO_ROOMS)
    return state


def _message(seq: int, username: str = "user2", room: str = LOBBY) -> ChatMessage:
    return ChatMessage("nick", f"m{seq}", username, room, seq, 5)


def _sent(changes: list) -> list:
    return [change.message for change in changes if isinstance(change, Send)]


def _rows(changes: list) -> list:
    """Those that are about rows."""
    return [change for change in changes if isinstance(change, Inserted | Updated | Removed)]


# --- logging in --------------------------------------------------------------------------------


def test_a_login_that_succeeds_asks_who_is_online_and_what_was_said() -> None:
    """And tells the names."""
    state = ClientState()
    state.sign_in("User1")
    changes = state.apply(Opened(), WELCOME)
    assert SignedIn("user1", "itcast1") in changes
    assert _sent(changes) == [Who(), ListRooms("mine"), History(LOBBY, limit=MAX_PAGE)]
    assert state.phase is Phase.ONLINE


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (LoginResult("0", "", "", "wrong-login", "no"), "wrong-login"),
        (LoginResult("0", "", "", "busy", "no"), "busy"),
        (Result("0001", "too-long", "", "no"), "too-long"),
        (Closed(Failure.REFUSED), Failure.REFUSED),
    ],
)
def test_a_first_login_that_fails_says_why(event: object, reason: object) -> None:
    """Whatever it failed of, and once."""
    state = ClientState()
    state.sign_in("user1")
    (failed,) = state.apply(event, Closed(Failure.LOST))
    assert isinstance(failed, SignInFailed)
    assert failed.reason == reason
    assert state.phase is Phase.SIGNED_OUT


def test_a_goodbye_instead_of_an_answer_says_why() -> None:
    """The server's reason is better than ours."""
    state = ClientState()
    state.sign_in("user1")
    assert state.apply(Goodbye("login-timeout", "slow"), Closed(Failure.LOST)) == [
        SignInFailed("login-timeout", "slow")
    ]


def test_a_second_login_answer_is_ignored() -> None:
    """Only the first answers the login."""
    assert _online().apply(LoginResult("0", "", "", "wrong-login")) == []


# --- losing the connection ---------------------------------------------------------------------


def test_a_lost_connection_is_tried_again() -> None:
    """Said once, with the reason."""
    state = _online()
    assert state.apply(Closed(Failure.SILENT), Closed(Failure.SILENT)) == [Lost(Failure.SILENT)]
    assert state.phase is Phase.OFFLINE


def test_a_goodbye_is_the_reason_and_sets_the_wait() -> None:
    """As the server asked."""
    state = _online()
    assert state.apply(Goodbye("stopping", "soon", 7), Closed(Failure.LOST)) == [
        Lost("stopping", 7)
    ]


def test_a_wrong_password_on_the_way_back_ends_the_attempts() -> None:
    """It was changed meanwhile: back to the login window."""
    state = _online()
    state.apply(Closed(Failure.LOST))
    state.return_now()
    assert state.apply(LoginResult("0", "", "", "wrong-login", "")) == [
        SignInFailed("wrong-login", "")
    ]
    assert state.phase is Phase.SIGNED_OUT


def test_a_busy_server_on_the_way_back_is_tried_again() -> None:
    """Once for the refusal, not again for the end of the connection."""
    state = _online()
    state.apply(Closed(Failure.LOST))
    state.return_now()
    events = (LoginResult("0", "", "", "busy", ""), Closed(Failure.LOST))
    assert state.apply(*events) == [Lost("busy")]


# --- messages ----------------------------------------------------------------------------------


def test_messages_that_follow_each_other_come_as_one_change() -> None:
    """A flood costs the window one insertion."""
    state = _online()
    (change,) = _rows(state.apply(*(_message(seq) for seq in range(1, 500))))
    assert isinstance(change, Inserted)
    assert len(change.entries) == 499


def test_what_another_session_of_ours_wrote_is_our_own() -> None:
    """It stands on the right."""
    (change,) = _rows(_online().apply(_message(1, "user1")))
    assert change.entries[0].own


def test_other_rooms_have_numbers_of_their_own_and_are_bounded() -> None:
    """A server that invents rooms fills no memory."""
    state = _online()
    for number in range(2 * MAX_ROOMS):
        state.apply(_message(1, room=f"#{number}"))
    state.apply(Result("0006", "ok", "", "#0"))
    (change,) = _rows(state.apply(_message(2, room="#0")))
    assert change.room == "#0"
    assert state.apply(_message(1, room=f"#{2 * MAX_ROOMS}")) == []


@pytest.mark.parametrize("room", ["", "general", "#", "#1x", "#" + "1" * 19, "@user2", "#٣"])
def test_a_room_without_a_reference_does_not_exist(room: str) -> None:
    """Whatever is said there."""
    assert _online().apply(_message(1, room=room)) == []


def test_saying_shows_at_once_and_sends() -> None:
    """Pending, with our id."""
    state = _online()
    shown, sent = state.say(LOBBY, "hello", "c1", 5)
    assert shown.entries[0].delivery is Delivery.PENDING
    assert sent.message == Chat("user1", "hello", LOBBY, "c1")
    (stored,) = _rows(state.apply(Result("0002", "ok", "c1", LOBBY, 1, 9)))
    assert isinstance(stored, Updated)
    assert (stored.entry.seq, stored.entry.time) == (1, 9)


def test_what_is_said_offline_is_sent_after_the_login() -> None:
    """With the same ids, in order, what was in flight first."""
    state = _online()
    state.say(LOBBY, "one", "c1", 1)
    state.apply(Closed(Failure.LOST))
    assert _sent(state.say(LOBBY, "two", "c2", 2)) == []
    state.return_now()
    sent = _sent(state.apply(WELCOME))
    assert [chat.cid for chat in sent if isinstance(chat, Chat)] == ["c1", "c2"]


def test_a_refused_message_is_sent_again_on_request() -> None:
    """If it may ever be taken; else it can only be taken away."""
    state = _online()
    state.say(LOBBY, "one", "c1", 1)
    state.say(LOBBY, "two", "c2", 1)
    state.apply(Result("0002", "error", "c1", "oh"), Result("0002", "too-long", "c2", "no"))
    assert [chat.cid for chat in _sent(state.retry("c1"))] == ["c1"]
    assert state.retry("c2") == []
    assert state.discard("c1") == []
    assert len(state.discard("c2")) == 1
    assert state.unsettled == 1


@pytest.mark.parametrize("reason", ["busy", "unavailable"])
def test_a_server_that_cannot_take_it_now_is_asked_again(reason: str) -> None:
    """With the same id, some times; then the refusal is shown, and a person decides."""
    state = _online()
    state.say(LOBBY, "one", "c1", 1)
    refusal = Result("0002", reason, "c1", "later")
    for tries in range(1, MAX_TRIES):
        assert state.apply(refusal) == [PutOff(tries)]
        assert [chat.cid for chat in _sent(state.resend())] == ["c1"]
    (updated,) = state.apply(refusal)
    assert updated.entry.delivery is Delivery.REFUSED
    assert [chat.cid for chat in _sent(state.retry("c1"))] == ["c1"]


def test_nothing_is_sent_again_to_a_server_that_is_gone() -> None:
    """The login does that."""
    state = _online()
    state.say(LOBBY, "one", "c1", 1)
    state.apply(Result("0002", "busy", "c1"), Closed(Failure.LOST))
    assert state.resend() == []


def test_a_server_that_is_stopping_gets_it_after_it_is_back() -> None:
    """It is not a refusal."""
    state = _online()
    state.say(LOBBY, "one", "c1", 1)
    assert state.apply(Result("0002", "stopping", "c1")) == []
    assert _sent(state.say(LOBBY, "two", "c2", 1)) == []
    state.apply(Closed(Failure.LOST))
    state.return_now()
    sent = [chat.cid for chat in _sent(state.apply(WELCOME)) if isinstance(chat, Chat)]
    assert sent == ["c1", "c2"]


@pytest.mark.parametrize("text", ["", "x" * (MAX_TEXT + 1)])
def test_what_cannot_be_said_is_refused(text: str) -> None:
    """The box has looked before."""
    with pytest.raises(ValueError, match="cannot be said"):
        _online().say(LOBBY, text, "c1", 1)


def test_no_more_than_so_many_wait() -> None:
    """Then the writer keeps the text."""
    state = _online()
    for number in range(MAX_WAITING):
        assert state.can_say()
        state.say(LOBBY, "x", str(number), 1)
    assert not state.can_say()
    with pytest.raises(ValueError, match="cannot be said"):
        state.say(LOBBY, "x", "more", 1)


def test_half_a_character_can_be_said() -> None:
    """Qt hands over lone surrogates; UTF-8 has none."""
    (_, sent) = _online().say(LOBBY, "a\ud800b", "c1", 1)
    assert sent.message.text == "a\ufffdb"


# --- who is online, and the rest ---------------------------------------------------------------


def test_many_events_of_presence_make_one_change() -> None:
    """However many come at once."""
    changes = _online().apply(*(Presence(f"u{n}", f"U{n}", "1") for n in range(100)))
    assert len(changes) == 1
    assert changes[0].count == 100


def test_a_mere_count_makes_the_list_stale() -> None:
    """And asking is possible only when online."""
    state = _online()
    assert OnlineStale() in state.apply(OnlineCount(500))
    state.apply(OnlineUser("a", "A"), Result("0005", "ok", "", "1"))
    assert _sent(state.ask_who()) == [Who()]
    state.apply(Closed(Failure.LOST))
    assert state.ask_who() == []


def test_signing_out_forgets_everything() -> None:
    """And tells the list so."""
    state = _online()
    mirror = TimelineMirror()
    mirror.follow(state.apply(_message(1), _message(2)))
    mirror.follow(state.sign_out())
    assert mirror.entries == []
    assert state.apply(_message(3), Closed(Failure.LOST)) == []


@pytest.mark.parametrize(
    "message", [Ping(), Who(), Chat("a", "b"), Result("", "x"), Result("0003", "ok")]
)
def test_what_means_nothing_changes_nothing(message: object) -> None:
    """Requests from a server, and answers to nothing."""
    assert _online().apply(message) == []


# --- tokens, databases, and what is on disk ----------------------------------------------------


def test_a_token_that_is_refused_gives_way_to_the_password() -> None:
    """The attempt goes on; at a first login, where there was none, it is a refusal."""
    state = _online()
    state.apply(Closed(Failure.LOST))
    state.return_now()
    refused = LoginResult("0", "", "", "wrong-token", "")
    assert state.apply(refused) == [TokenRefused()]
    assert state.phase is Phase.RETURNING
    state = ClientState()
    state.sign_in("user1")
    assert state.apply(refused) == [SignInFailed("wrong-token", "")]


def test_a_login_brings_a_token() -> None:
    """Which no log shows."""
    state = ClientState()
    state.sign_in("user1")
    signed_in = state.apply(LoginResult("1", "itcast1", "user1", "s3cret"))[0]
    assert signed_in.token == "s3cret"
    assert "s3cret" not in repr(signed_in)


def test_a_device_that_was_revoked_does_not_come_back_by_itself() -> None:
    """Somebody did not want it to."""
    state = _online()
    changes = state.apply(Goodbye("revoked", "from another device"), Closed(Failure.LOST))
    assert changes == [SignInFailed("revoked", "from another device")]


def test_another_database_means_that_nothing_is_known(tmp_path: Path) -> None:
    """But what is ours waits on."""
    state = ClientState(Store(tmp_path / "a.sqlite3"))
    mirror = TimelineMirror()
    state.sign_in("user1")
    mirror.follow(state.apply(replace(WELCOME, epoch="1")))
    mirror.follow(state.apply(_message(7), NOTHING_WAS_SAID, NO_ROOMS))
    state.set_draft(LOBBY, "draft")
    state.apply(Closed(Failure.LOST))
    mirror.follow(state.say(LOBBY, "hello", "c1", 1))
    state.close()
    state = ClientState(Store(tmp_path / "a.sqlite3"))
    state.sign_in("user1")
    changes = state.apply(replace(WELCOME, epoch="2"))
    assert History(LOBBY, limit=MAX_PAGE) in _sent(changes)
    assert [chat.cid for chat in _sent(changes) if isinstance(chat, Chat)] == ["c1"]
    assert state.draft(LOBBY) == "draft"
    state.close()


@pytest.fixture
def used(tmp_path: Path) -> Path:
    """The file of somebody who was online, and whose program was killed."""
    path = tmp_path / "a.sqlite3"
    state = ClientState(Store(path))
    state.sign_in("User1")
    state.apply(WELCOME)
    state.apply(_message(1), NOTHING_WAS_SAID, NO_ROOMS)
    state.apply(Closed(Failure.LOST))
    state.say(LOBBY, "hello", "c1", 1)
    state.close()
    return path


def _start(path: Path, *events: object) -> tuple[ClientState, list]:
    state = ClientState(Store(path))
    state.sign_in("USER1")
    return state, state.apply(*events)


@pytest.mark.parametrize("failure", [Failure.REFUSED, Failure.NO_SUCH_HOST, Failure.TIMED_OUT])
def test_without_a_server_what_is_on_disk_is_shown(used: Path, failure: Failure) -> None:
    """What waits at once; the last page when it is looked at; and it goes on by itself."""
    state, changes = _start(used, Closed(failure))
    assert changes[0] == StartedOffline("user1", "itcast1")
    assert Lost(failure) in changes
    assert [entry.text for change in _rows(changes) for entry in change.entries] == ["hello"]
    (page,) = _rows(state.open_room(LOBBY))
    assert [entry.text for entry in page.entries] == ["m1"]
    state.return_now()
    assert SignedIn("user1", "itcast1") in state.apply(WELCOME)
    state.close()


@pytest.mark.parametrize(
    "events",
    [
        (LoginResult("0", "", "", "wrong-login", ""), Closed(Failure.LOST)),
        (Closed(Failure.NOT_MINICHAT),),
        (Goodbye("busy"), Closed(Failure.LOST)),
    ],
)
def test_with_a_server_that_refuses_nothing_is_shown(used: Path, events: tuple) -> None:
    """Whoever answers has the say."""
    state, changes = _start(used, *events)
    assert [type(change) for change in changes] == [SignInFailed]
    state.close()


def test_behind_a_wrong_login_nothing_is_shown_before_a_right_one(used: Path) -> None:
    """Though the network is gone by then; as behind a sign-out."""
    state, _ = _start(used, LoginResult("0", "", "", "wrong-login", ""))
    state.close()
    state, changes = _start(used, Closed(Failure.REFUSED))
    assert [type(change) for change in changes] == [SignInFailed]
    state.sign_in("user1")
    assert _rows(state.apply(WELCOME))
    state.sign_out()
    state, changes = _start(used, Closed(Failure.REFUSED))
    assert [type(change) for change in changes] == [SignInFailed]
    state.close()


def test_a_room_that_is_gone_is_closed() -> None:
    """Told, or not in the listing any more; the lobby never is."""
    state = _online()
    state.apply(RoomInfo("#1", "public", "one", "member"), _message(1, room="#1"))
    state.apply(Result("0006", "ok", "", "#1"))
    changes = state.apply(RoomGone("#1", "removed"), RoomGone(LOBBY, "removed"))
    assert RoomClosed("#1", "removed") in changes
    assert _rows(changes) == [Removed("#1", 0, 1)]
    state.apply(RoomInfo("#2", "public", "two", "member"), Closed(Failure.LOST))
    state.return_now()
    state.apply(WELCOME)
    assert RoomClosed("#2", "removed") in state.apply(NO_ROOMS)


def test_a_room_that_was_looked_at_from_outside_is_read_when_we_are_let_in() -> None:
    """The refusal was true then; it is not what the room holds."""
    state = _online()
    assert _sent(state.open_room("#1")) == [History("#1", limit=MAX_PAGE)]
    assert _sent(state.apply(Result("0006", "no-such-room", "", "#1"))) == []
    changes = state.apply(RoomInfo("#1", "public", "one", "member"))
    assert _sent(changes) == [History("#1", limit=MAX_PAGE)]


def test_what_another_device_has_read_is_read() -> None:
    """And not told to the server again."""
    state = _online()
    state.apply(*(_message(seq) for seq in range(1, 5)))
    (told,) = state.apply(ReadUpTo(LOBBY, 3))
    assert told.rooms[0].unread == 1
    assert state.tell_read() == []


_TEXTS = st.sampled_from(["", "lobby", "#1", "#2", "user1", "x", "1", "edited", "ok", "busy"])
_NUMBERS = st.sampled_from([0, 1, 2, 3, 50, 2**31, 10**18 - 1])


def _any_message(kind: type) -> st.SearchStrategy:
    values = {field.name: _NUMBERS if field.is_number else _TEXTS for field in kind.layout}
    return st.builds(kind, **values)


_ANYTHING = st.lists(
    st.one_of(
        *(_any_message(kind) for code, kind in MESSAGES.items() if code[0] in "12"),
        st.builds(Result, st.sampled_from([c for c in MESSAGES if c[0] == "0"]), _TEXTS, _TEXTS),
        st.just(Closed(Failure.LOST)),
    ),
    max_size=40,
)


@given(_ANYTHING)
def test_nothing_that_a_server_sends_raises(events: list) -> None:
    """And every number that comes out is one that Qt can carry."""
    state = _online()
    state.say("#1", "hello", "x", 1)
    state.search("x", "")
    state.list_members("#1")
    state.find_message("#1", 2)
    for event in events:
        if state.phase is Phase.OFFLINE:
            state.return_now()
        for change in state.apply(event):
            # What a server asks us to wait is bounded where the wait begins.
            told = () if isinstance(change, Lost) else fields(change)
            numbers = [getattr(change, field.name) for field in told]
            assert all(n < 2**31 for n in numbers if isinstance(n, int))
            for room in getattr(change, "rooms", ()):
                assert max(room.unread, room.last_seq, room.read_seq, room.members) < 2**31


# --- pages that cannot be read -----------------------------------------------------------------


def test_a_page_that_could_not_be_read_is_asked_for_after_a_wait() -> None:
    """A longer one each time; the room may be quiet, so nothing else would ask."""
    state = ClientState()
    state.sign_in("user1")
    state.apply(Opened(), WELCOME)
    refused = Result("0006", "unavailable", "", "later")
    assert state.apply(refused) == [PutOff(1)]
    assert _sent(state.resend()) == [History(LOBBY, limit=MAX_PAGE)]
    assert state.apply(refused) == [PutOff(2)]
    assert _sent(state.resend()) == [History(LOBBY, limit=MAX_PAGE)]
    assert state.apply(NOTHING_WAS_SAID) == []
    assert _sent(state.resend()) == []


# --- what is ours comes back -------------------------------------------------------------------


def _own(seq: int, cid: str, room: str = LOBBY) -> ChatMessage:
    return ChatMessage("itcast1", "hello", "user1", room, seq, 5, cid=cid)


def test_ours_that_comes_back_with_its_id_is_settled() -> None:
    """The answer was lost with the connection: never beside itself, and not sent again."""
    state, mirror = _online(), TimelineMirror()
    mirror.follow(state.say(LOBBY, "hello", "a", 1))
    mirror.follow(state.apply(Closed(Failure.LOST)))
    state.return_now()
    mirror.follow(state.apply(Opened(), WELCOME))
    mirror.follow(state.apply(_own(1, "a")))
    assert [(entry.seq, entry.key) for entry in mirror.entries] == [(1, "a")]
    assert state.unsettled == 0
    assert state.apply(Result("0002", "ok", "a", LOBBY, 1, 5)) == []


def test_one_that_was_refused_and_comes_back_was_stored_all_the_same() -> None:
    """The database did not say that it had kept it."""
    state, mirror = _online(), TimelineMirror()
    mirror.follow(state.say(LOBBY, "hello", "a", 1))
    mirror.follow(state.apply(Result("0002", "error", "a")))
    mirror.follow(state.apply(_own(1, "a")))
    assert [entry.delivery for entry in mirror.entries] == [Delivery.STORED]


@pytest.mark.parametrize(
    "message",
    [
        ChatMessage("nick", "hello", "user2", LOBBY, 1, 5, cid="a"),
        _own(1, "b"),
        _own(1, ""),
        _own(1, "a", "#7"),
    ],
    ids=["another's", "another id", "no id", "another room"],
)
def test_nothing_else_settles_what_waits(message: ChatMessage) -> None:
    """Ids are each sender's own, and a message stays where it was said."""
    state = _online()
    state.say(LOBBY, "hello", "a", 1)
    state.apply(message)
    assert state.unsettled == 1


def test_what_comes_back_leaves_the_outbox_on_disk_as_its_row_comes_there(tmp_path: Path) -> None:
    """In one transaction: no crash finds it in both places, or in none."""
    store = _Recorded(tmp_path / "store.sqlite3")
    state = ClientState(store)
    state.sign_in("user1")
    state.apply(Opened(), WELCOME)
    state.apply(NOTHING_WAS_SAID, NO_ROOMS)
    state.say(LOBBY, "hello", "a", 1)
    store.batches.clear()
    state.apply(_own(1, "a"))
    (batch,) = store.batches
    assert batch.answered == ["a"]
    assert [row.seq for log in batch.logs for row in log.rows] == [1]
    state.close()


class _Recorded(Store):
    """A store that remembers what was written to it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.batches: list[Batch] = []

    def write(self, batch: Batch) -> dict[str, int]:
        self.batches.append(batch)
        return super().write(batch)
