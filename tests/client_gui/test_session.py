"""The state run by a link: a recorded one here, so that nothing depends on time or network."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QObject, QTimer, pyqtSignal
from pytestqt.qtbot import QtBot

from client_gui.address import Address
from client_gui.changes import Inserted
from client_gui.events import Closed, Failure, Opened
from client_gui.session import (
    READ_EVERY_MS,
    RESEND_AFTER,
    TYPING_EVERY,
    WHO_EVERY_MS,
    Session,
)
from client_gui.session_signals import SIGNALS
from tests.client_gui.timeline_mirror import TimelineMirror
from tests.helpers.clock import FakeClock
from wire.limits import MAX_PAGE
from wire.messages import (
    Chat,
    ChatMessage,
    Device,
    Devices,
    Goodbye,
    History,
    IsTyping,
    ListRooms,
    LoginResult,
    LogOut,
    MarkRead,
    OnlineCount,
    Result,
    RevokeDevice,
    RoomInfo,
    Typing,
    Who,
)

ADDRESS = Address("chat.example.org", 8090)
WELCOME = LoginResult("1", "itcast1", "user1")


class RecordedLink(QObject):
    """Notes the orders; the test says what arrives."""

    arrived = pyqtSignal(int, list)

    def __init__(self) -> None:
        super().__init__()
        self.attempts: list[int] = []
        self.logins: list[Any] = []
        self.sent: list[Any] = []
        self.closed = 0
        self.unconsumed = 0
        self.full = False
        self.doubts = 0

    def open(self, attempt: int, host: str, port: int, login: Any) -> None:
        self.attempts.append(attempt)
        self.logins.append((host, port, login))

    def send(self, attempt: int, message: Any) -> bool:
        if not self.full:
            self.sent.append(message)
        return not self.full

    def close(self) -> None:
        self.closed += 1

    def doubt(self) -> None:
        self.doubts += 1

    def consumed(self) -> None:
        self.unconsumed -= 1

    def bring(self, *events: Any, attempt: int | None = None) -> None:
        self.unconsumed += 1
        self.arrived.emit(self.attempts[-1] if attempt is None else attempt, list(events))


class Rig:
    """A session on such a link, with a clock that stands still and no jitter."""

    def __init__(self, stores: Path | None = None) -> None:
        self.link = RecordedLink()
        self.clock = FakeClock()
        self.session = Session(self.link, self.clock, jitter=lambda: 1.0, stores=stores)

    def sign_in(self) -> None:
        self.session.sign_in(ADDRESS, "user1", "111111")
        self.link.bring(Opened(), WELCOME)


@pytest.fixture
def rig(qapp: object) -> Rig:
    """Nobody is logged in."""
    return Rig()


def test_a_login_opens_a_connection(qtbot: QtBot, rig: Rig) -> None:
    """With our program's name; its success is told."""
    with qtbot.waitSignal(rig.session.signed_in) as told:
        rig.sign_in()
    ((host, port, login),) = rig.link.logins
    assert (host, port, login.username, login.password) == (
        "chat.example.org",
        8090,
        "user1",
        "111111",
    )
    assert login.client.startswith("minichat-qt/")
    assert told.args == ["user1", "itcast1"]
    assert rig.link.sent == [Who(), ListRooms("mine"), History("lobby", limit=MAX_PAGE)]


def test_half_a_character_in_a_login_is_sent_whole(rig: Rig) -> None:
    """Qt hands over lone surrogates; the link could not encode them."""
    rig.session.sign_in(ADDRESS, "user\ud83d", "\udc00")
    login = rig.link.logins[0][2]
    assert (login.username, login.password) == ("user\ufffd", "\ufffd")


def test_a_failed_login_is_told_and_not_repeated(qtbot: QtBot, rig: Rig) -> None:
    """And the connection is closed."""
    rig.session.sign_in(ADDRESS, "user1", "wrong")
    with qtbot.waitSignal(rig.session.sign_in_failed) as told:
        rig.link.bring(Opened(), LoginResult("0", "", "", "wrong-login", "no"))
    assert told.args == ["wrong-login", "no"]
    assert rig.link.closed == 1
    rig.session.try_now()
    assert len(rig.link.attempts) == 1


def test_a_lost_connection_is_tried_again_by_itself(qtbot: QtBot, rig: Rig) -> None:
    """After the wait that was told."""
    rig.sign_in()
    with qtbot.waitSignals([rig.session.went_offline, rig.session.returning], timeout=10_000):
        rig.link.bring(Closed(Failure.LOST))
    assert len(rig.link.attempts) == 2
    assert rig.link.logins[0] == rig.link.logins[1]


def test_try_now_does_not_wait(qtbot: QtBot, rig: Rig) -> None:
    """As long as the server may have asked for."""
    rig.sign_in()
    with qtbot.waitSignal(rig.session.went_offline) as told:
        rig.link.bring(Goodbye("stopping", "", 200), Closed(Failure.LOST))
    assert told.args == ["stopping", 201.0]
    rig.session.try_now()
    assert len(rig.link.attempts) == 2
    rig.session.try_now()
    assert len(rig.link.attempts) == 2


def test_the_last_words_of_an_old_attempt_are_not_heard(qtbot: QtBot, rig: Rig) -> None:
    """But they are consumed, or the link would stop reading."""
    rig.sign_in()
    rig.link.bring(Closed(Failure.LOST))
    rig.session.try_now()
    with qtbot.assertNotEmitted(rig.session.went_offline):
        rig.link.bring(Closed(Failure.ASKED), attempt=rig.link.attempts[0])
    assert rig.link.unconsumed == 0


def test_what_is_said_is_shown_sent_and_acknowledged(qtbot: QtBot, rig: Rig) -> None:
    """Each with an id of its own."""
    rig.sign_in()
    with qtbot.waitSignal(rig.session.timeline_changed) as told:
        rig.session.say("lobby", "hello")
    assert isinstance(told.args[0][0], Inserted)
    rig.session.say("lobby", "hello")
    first, second = (m for m in rig.link.sent if isinstance(m, Chat))
    assert first.cid != second.cid
    assert len(first.cid) == 32
    assert rig.session.unsettled == 2
    rig.link.bring(Result("0002", "ok", first.cid, "lobby", 1, 9))
    assert rig.session.unsettled == 1


def _said(rig: Rig) -> list[str]:
    return [message.text for message in rig.link.sent if isinstance(message, Chat)]


def test_what_is_held_goes_out_when_the_time_is_over(rig: Rig) -> None:
    """Not before; and it is told how long that is."""
    rig.sign_in()
    told = []
    rig.session.held.connect(lambda key, seconds: told.append((key, seconds)))
    key = rig.session.say_in(2, "lobby", "wait")
    rig.session.say("lobby", "after")
    rig.session.say("#1", "elsewhere")
    rig.session._holds.tick(key)
    assert _said(rig) == ["elsewhere"]
    rig.session._holds.tick(key)
    assert _said(rig) == ["elsewhere", "wait", "after"]
    assert told == [(key, 1), (key, 0)]


def test_what_is_held_goes_out_before_one_leaves(rig: Rig) -> None:
    """In the order in which it was written, and before the last words."""
    for leave in (rig.session.sign_out, rig.session.switch, rig.session.close):
        rig.sign_in()
        rig.link.sent.clear()
        for text in ("one", "two"):
            rig.session.say_in(9, "lobby", text)
        leave()
        assert [m.text for m in rig.link.sent[:2]] == ["one", "two"]


def test_what_is_held_keeps_nobody_from_leaving(rig: Rig) -> None:
    """As long as it can go out."""
    rig.sign_in()
    key = rig.session.say_in(1, "lobby", "wait")
    assert (rig.session.unsettled, rig.session.left_behind) == (1, 0)
    rig.link.bring(Closed(Failure.LOST))
    assert rig.session.left_behind == 1
    rig.session.try_now()
    rig.link.bring(Opened(), WELCOME)
    assert rig.session.left_behind == 0
    rig.session._holds.tick(key)
    assert rig.session.left_behind == 1


def test_what_is_held_when_the_program_dies_goes_at_the_next_start(tmp_path: Path) -> None:
    """It was on disk from the first moment."""
    rig = Rig(tmp_path)
    rig.sign_in()
    rig.session.say_in(9, "lobby", "wait")
    rig.session._state.close()
    again = Rig(tmp_path)
    again.sign_in()
    assert _said(again) == ["wait"]
    again.session.close()


def test_a_refused_message_is_sent_again_or_taken_away(rig: Rig) -> None:
    """As one likes."""
    rig.sign_in()
    rig.session.say("lobby", "hello")
    cid = rig.link.sent[-1].cid
    rig.link.bring(Result("0002", "error", cid))
    rig.session.retry(cid)
    assert rig.link.sent[-1].cid == cid
    rig.link.bring(Result("0002", "error", cid))
    rig.session.discard(cid)
    assert rig.session.unsettled == 0


def test_what_the_server_cannot_take_now_is_sent_again_after_a_wait(rig: Rig) -> None:
    """A growing one, and with the same id; a connection that is lost ends it."""
    rig.sign_in()
    rig.session.say("lobby", "hello")
    cid = rig.link.sent[-1].cid
    for wait in (1, 2, 4):
        rig.link.bring(Result("0002", "busy", cid))
        (timer,) = (t for t in rig.session.findChildren(QTimer) if t.isActive())
        assert timer.interval() == (RESEND_AFTER + wait) * 1000
        rig.link.sent.clear()
        timer.stop()
        timer.timeout.emit()
        assert [chat.cid for chat in rig.link.sent] == [cid]
    rig.link.bring(Result("0002", "busy", cid), Closed(Failure.LOST))
    rig.session.try_now()
    assert not [t for t in rig.session.findChildren(QTimer) if t.isActive()]


def test_a_login_can_be_cancelled(qtbot: QtBot, rig: Rig) -> None:
    """At once, even if it succeeds in the same moment; later, there is nothing to be cancelled."""
    rig.session.sign_in(ADDRESS, "user1", "111111")
    with qtbot.waitSignal(rig.session.sign_in_failed) as told:
        rig.session.cancel()
    assert told.args == [Failure.ASKED, ""]
    assert rig.link.closed
    with qtbot.assertNotEmitted(rig.session.signed_in):
        rig.link.bring(Opened(), WELCOME, attempt=1)
    rig.sign_in()
    with qtbot.assertNotEmitted(rig.session.sign_in_failed):
        rig.session.cancel()


def test_signing_out_says_so_to_the_server(qtbot: QtBot, rig: Rig) -> None:
    """And empties the list; nothing comes back by itself."""
    rig.sign_in()
    rig.session.say("lobby", "hello")
    with qtbot.waitSignals([rig.session.signed_out, rig.session.timeline_changed]):
        rig.session.sign_out()
    assert rig.link.sent[-1] == LogOut()
    assert rig.link.closed == 1
    rig.session.try_now()
    assert len(rig.link.attempts) == 1


def test_another_server_is_another_conversation(qtbot: QtBot, rig: Rig) -> None:
    """Even with the same name."""
    rig.sign_in()
    rig.session.say("lobby", "hello")
    with qtbot.waitSignal(rig.session.timeline_changed):
        rig.session.sign_in(Address("other.example.org", 1), "user1", "x")
    assert rig.session.unsettled == 0


def test_a_mere_count_is_asked_about_at_a_bounded_rate(rig: Rig) -> None:
    """One timer, however many counts come."""
    rig.sign_in()
    rig.link.bring(Result("0005", "ok", "", "1"))
    for online in range(100):
        rig.link.bring(OnlineCount(online))
    timers = [t for t in rig.session.findChildren(QTimer) if t.isActive()]
    assert [timer.interval() for timer in timers] == [WHO_EVERY_MS]
    assert rig.link.sent.count(Who()) == 1
    timers[0].timeout.emit()
    assert rig.link.sent.count(Who()) == 2


def test_a_full_link_loses_nothing(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    """The message goes after the next login."""
    rig.sign_in()
    rig.link.full = True
    rig.session.say("lobby", "hello")
    assert "no more orders" in caplog.text
    rig.link.full = False
    rig.link.bring(Closed(Failure.LOST))
    rig.session.try_now()
    rig.link.bring(Opened(), WELCOME)
    assert [m.text for m in rig.link.sent if isinstance(m, Chat)] == ["hello"]


# --- rooms, disk and tokens --------------------------------------------------------------------


def _timers(rig: Rig) -> list[int]:
    return [timer.interval() for timer in rig.session.findChildren(QTimer) if timer.isActive()]


def test_a_token_spares_the_password(rig: Rig) -> None:
    """On the way back; when it is refused, the password goes at once, in the next attempt."""
    rig.session.sign_in(ADDRESS, "user1", "111111")
    rig.link.bring(Opened(), LoginResult("1", "itcast1", "user1", "s3cret"))
    rig.link.bring(Closed(Failure.LOST))
    rig.session.try_now()
    login = rig.link.logins[-1][2]
    assert (login.password, login.token) == ("", "s3cret")
    rig.link.bring(Opened(), LoginResult("0", "", "", "wrong-token"))
    login = rig.link.logins[-1][2]
    assert (login.password, login.token) == ("111111", "")
    assert len(rig.link.logins) == 3


def test_a_sign_out_forgets_the_token(rig: Rig) -> None:
    """The next login is with a password."""
    rig.session.sign_in(ADDRESS, "user1", "111111")
    rig.link.bring(Opened(), LoginResult("1", "itcast1", "user1", "s3cret"))
    rig.session.sign_out()
    rig.session.sign_in(ADDRESS, "user1", "222222")
    assert (rig.link.logins[-1][2].password, rig.link.logins[-1][2].token) == ("222222", "")


def _signed_in_with_a_token(rig: Rig) -> None:
    rig.session.sign_in(ADDRESS, "user1", "111111")
    rig.link.bring(Opened(), LoginResult("1", "itcast1", "user1", "s3cret"))


def test_a_sign_out_takes_the_token_back(rig: Rig) -> None:
    """The server is asked which device we are, once, and then told to forget it."""
    _signed_in_with_a_token(rig)
    assert rig.link.sent.count(Devices()) == 1
    rig.link.bring(Device(4, "other", 1, 1), Device(7, "minichat-qt/1", 1, 1, "1"))
    rig.link.bring(Closed(Failure.LOST))
    rig.session.try_now()
    rig.link.bring(Opened(), LoginResult("1", "itcast1", "user1"))
    assert rig.link.sent.count(Devices()) == 1
    rig.session.sign_out()
    assert rig.link.sent[-2:] == [RevokeDevice(7), LogOut()]
    assert rig.session.token == ""


def test_a_token_of_before_is_as_good_as_a_password(rig: Rig) -> None:
    """It goes in its place; when the server refuses it later, nothing else is left to try."""
    rig.session.sign_in(ADDRESS, "user1", "", "s3cret")
    assert (rig.link.logins[-1][2].password, rig.link.logins[-1][2].token) == ("", "s3cret")
    rig.link.bring(Opened(), WELCOME, Closed(Failure.LOST))
    rig.session.try_now()
    failures = _failures(rig)
    rig.link.bring(Opened(), LoginResult("0", "", "", "wrong-token"))
    assert failures == ["wrong-token"]
    assert len(rig.link.logins) == 2


def _failures(rig: Rig) -> list[object]:
    found: list[object] = []
    rig.session.sign_in_failed.connect(lambda reason, _: found.append(reason))
    return found


def test_a_token_is_in_no_repr(rig: Rig) -> None:
    """Not even in what a crash would show."""
    _signed_in_with_a_token(rig)
    rig.link.bring(Closed(Failure.LOST))
    rig.session.try_now()
    assert "s3cret" not in repr(vars(rig.session)) + repr(rig.link.logins)


def test_after_a_sleep_one_looks_again(rig: Rig) -> None:
    """The next attempt begins at once, or the server is asked whether it is there."""
    rig.sign_in()
    rig.session.look_again()
    assert rig.link.doubts == 1
    rig.link.bring(Closed(Failure.LOST))
    rig.session.look_again()
    assert len(rig.link.attempts) == 2


def test_switching_leaves_the_token_good(rig: Rig) -> None:
    """Only the connection ends; signing out is something else."""
    _signed_in_with_a_token(rig)
    rig.link.bring(Device(7, "minichat-qt/1", 1, 1, "1"))
    rig.session.switch()
    assert rig.link.sent[-1] == LogOut()
    assert not any(isinstance(message, RevokeDevice) for message in rig.link.sent)
    assert rig.session.token == ""
    assert not rig.session.is_same_person(ADDRESS, "user1")


def test_what_was_read_is_told_once_in_a_while(rig: Rig) -> None:
    """The highest."""
    rig.sign_in()
    rig.link.bring(RoomInfo("#1", "public", "one", "member", last_seq=9))
    for seq in (3, 5, 4):
        rig.session.mark_read("#1", seq)
    assert not [m for m in rig.link.sent if isinstance(m, MarkRead)]
    assert _timers(rig) == [READ_EVERY_MS]
    rig.session._read_timer.timeout.emit()
    assert rig.link.sent[-1] == MarkRead("#1", 5)


def test_writing_is_announced_every_few_seconds(rig: Rig) -> None:
    """In each room for itself."""
    rig.sign_in()
    for _ in range(5):
        rig.session.typing("#1")
    rig.session.typing("#2")
    rig.clock.advance(TYPING_EVERY)
    rig.session.typing("#1")
    assert [m.room for m in rig.link.sent if isinstance(m, Typing)] == ["#1", "#2", "#1"]


def test_others_write_for_a_few_seconds(qtbot: QtBot, rig: Rig) -> None:
    """The clock runs only while somebody does."""
    rig.sign_in()
    rig.link.bring(RoomInfo("#1", "public", "one", "member"))
    with qtbot.waitSignal(rig.session.typing_changed) as told:
        rig.link.bring(IsTyping("#1", "ann", "Ann"))
    assert told.args == ["#1", ("Ann",)]
    assert _timers(rig) == [1_000]
    with qtbot.waitSignal(rig.session.typing_changed) as told:
        for _ in range(6):
            rig.session._typing_timer.timeout.emit()
    assert told.args == ["#1", ()]
    assert _timers(rig) == []


def test_a_history_that_was_put_off_is_asked_for_again(rig: Rig) -> None:
    """After a wait."""
    rig.sign_in()
    rig.link.bring(Result("0019", "ok"), Result("0006", "busy", "", "lobby"))
    (timer,) = (t for t in rig.session.findChildren(QTimer) if t.isActive())
    rig.link.sent.clear()
    timer.stop()
    timer.timeout.emit()
    assert rig.link.sent == [History("lobby", limit=MAX_PAGE)]


def test_changes_become_the_signals_of_their_names(qtbot: QtBot, rig: Rig) -> None:
    """With their fields."""
    rig.sign_in()
    with qtbot.waitSignals([rig.session.rooms_changed, rig.session.room_opened]):
        rig.session.create_room("tea", "public", "")
        rig.link.bring(RoomInfo("#1", "public", "tea", "owner"), Result("0011", "ok", "#1"))
    with qtbot.waitSignal(rig.session.room_refused) as told:
        rig.session.join("nowhere")
        rig.link.bring(Result("0012", "no-such-room", "", "none"))
    assert told.args == ["0012", "no-such-room", "none"]


@pytest.mark.parametrize("change", list(SIGNALS))
def test_every_signal_has_the_fields_of_its_change(rig: Rig, change: type) -> None:
    """As many as there are."""
    signal = getattr(rig.session, SIGNALS[change])
    assert signal.signal.count(",") == len(fields(change)) - 1


@pytest.fixture
def kept(qapp: object, tmp_path: Path) -> Iterator[Callable[[], Rig]]:
    """Start the program with a directory for what is kept; as often as one likes."""
    rigs: list[Rig] = []

    def start() -> Rig:
        for rig in rigs:
            rig.session.close()
        rigs.append(Rig(tmp_path / "stores"))
        return rigs[-1]

    yield start
    for rig in rigs:
        rig.session.close()


def test_what_was_not_sent_survives_the_program(
    qtbot: QtBot, kept: Callable[[], Rig], tmp_path: Path
) -> None:
    """And is shown without a server, then sent when there is one."""
    rig = kept()
    rig.sign_in()
    rig.link.bring(Closed(Failure.LOST))
    rig.session.say("lobby", "hello")
    rig = kept()
    rig.session.sign_in(ADDRESS, "user1", "111111")
    with qtbot.waitSignals([rig.session.started_offline, rig.session.went_offline]):
        rig.link.bring(Closed(Failure.REFUSED))
    assert rig.session.unsettled == 1
    rig.session.try_now()
    rig.link.bring(Opened(), WELCOME)
    assert [m.text for m in rig.link.sent if isinstance(m, Chat)] == ["hello"]
    assert len(list((tmp_path / "stores").glob("*.sqlite3"))) == 1


def test_what_a_listener_causes_is_told_behind_what_it_was_told(
    kept: Callable[[], Rig],
) -> None:
    """A window that opens the room as soon as it hears of it has what is kept in its order: what
    waits is below."""
    rig = kept()
    rig.sign_in()
    page = [ChatMessage("b", f"text {n}", "user2", "lobby", n, n) for n in (1, 2, 3)]
    rig.link.bring(*page, Result("0006", "ok", detail="lobby"))
    rig.link.bring(Closed(Failure.LOST))
    rig.session.say("lobby", "hello")
    rig = kept()
    shown = TimelineMirror()
    rig.session.timeline_changed.connect(shown.follow)
    rig.session.started_offline.connect(lambda *_: rig.session.open_room("lobby"))
    rig.session.sign_in(ADDRESS, "user1", "111111")
    rig.link.bring(Closed(Failure.REFUSED))
    assert [entry.text for entry in shown.entries] == ["text 1", "text 2", "text 3", "hello"]


def test_a_name_that_was_mistyped_leaves_no_file(kept: Callable[[], Rig], tmp_path: Path) -> None:
    """Once another one is tried."""
    rig = kept()
    rig.session.sign_in(ADDRESS, "usre1", "111111")
    rig.link.bring(Opened(), LoginResult("0", "", "", "wrong-login"))
    rig.sign_in()
    assert len(list((tmp_path / "stores").glob("*.sqlite3"))) == 1


def test_a_second_program_works_without_a_store(
    qtbot: QtBot, kept: Callable[[], Rig], tmp_path: Path
) -> None:
    """And says so."""
    rig = kept()
    rig.sign_in()
    second = Rig(tmp_path / "stores")
    with qtbot.waitSignal(second.session.store_trouble) as told:
        second.sign_in()
    assert told.args == ["in-use"]
    second.session.say("lobby", "hello")
    assert [m.text for m in second.link.sent if isinstance(m, Chat)] == ["hello"]


def test_what_is_on_disk_is_not_at_risk(rig: Rig, kept: Callable[[], Rig]) -> None:
    """Without a disk, all that waits is; after a switch, it is shown without a server again."""
    for each, risk in ((rig, 1), (kept(), 0)):
        each.sign_in()
        each.link.bring(Closed(Failure.LOST))
        each.session.say("lobby", "hello")
        assert (each.session.unsettled, each.session.at_risk) == (1, risk)
    each.session.switch()
    each.session.sign_in(ADDRESS, "user1", "", "s3cret")
    each.link.bring(Closed(Failure.REFUSED))
    assert each.session.unsettled == 1


def test_at_the_end_of_the_program_no_timer_is_left(rig: Rig) -> None:
    """Nor started by what a closing window still says: what it would tell is gone by then."""
    rig.sign_in()
    rig.link.bring(
        IsTyping("lobby", "user2", "Grace"), OnlineCount(7), Closed(Failure.LOST), attempt=1
    )
    rig.session.try_now()
    rig.link.bring(Opened(), WELCOME, IsTyping("lobby", "user2", "Grace"), OnlineCount(7))
    rig.session.close()
    rig.session.typing("lobby")
    assert [t for t in rig.session.findChildren(QTimer) if t.isActive()] == []
