"""Catching up, interleaved in every way with what is said meanwhile."""

from collections import deque
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reactor import resume, seam
from reactor.dialects import BASIC
from reactor.entries import from_history
from reactor.loop import Loop
from reactor.records import StoredMessage
from reactor.resume import MAX_READING, MAX_SHARING, Mark, parse_marks
from tests.helpers.chat import NOW, Client, Stage, stand_in_passwords
from tests.helpers.clock import FakeClock
from tests.helpers.selector import FakeSelector
from wire.messages import Message

# --- marks


def test_marks() -> None:
    """As many as there are, each with its three parts."""
    assert parse_marks("lobby:0:0 #17:42:1700000000000") == [
        Mark("lobby", 0, 0),
        Mark("#17", 42, 1_700_000_000_000),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "lobby",
        "lobby:1",
        "lobby:1:2:3",
        "lobby:1:2 ",
        "lobby:1:2  #1:1:1",
        "lobby:-1:2",
        "lobby:x:2",
        "lobby:１:2",
        "lobby:1:2\n",
        "name:1:2",
        "@user1:1:2",
        "#:1:2",
        "LOBBY:1:2",
        "lobby:" + "1" * 19 + ":2",
        "lobby:1:2 lobby:3:4",
    ],
)
def test_what_is_no_mark(text: str) -> None:
    """Is refused whole: a client that writes one wrong would miss something."""
    with pytest.raises(ValueError, match="room"):
        parse_marks(text)


# --- whose turn it is


def test_pages_are_read_a_few_at_a_time(stage: Stage) -> None:
    """However many come back at once; and each is served."""
    clients = [stage.full(f"user{n}") for n in (1, 2, 3)]
    for limit, client in enumerate(clients):
        client.told()
        client.says(f"0007|lobby:0:0|{limit}")
    stage.turn(3)
    assert len(stage.reading) == MAX_READING
    stage.settle()
    for client in clients:
        assert client.told_of("1000") == ["1000|0007|ok|lobby"]


@pytest.mark.parametrize(("count", "reads"), [(1, 1), (MAX_SHARING, 1), (MAX_SHARING + 1, 2)])
def test_those_who_want_the_same_page_share_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, count: int, reads: int
) -> None:
    """It is read once for so many, and each entry of it is made into words once."""
    speaker = stage.full("user2")
    for number in range(3):
        speaker.says(f"0002|user2|{number}||c{number}")
        stage.settle()
    clients = [stage.full("user1") for _ in range(count)]
    made: list[int] = []

    def counted(stored: StoredMessage, reference: str) -> Message:
        made.append(stored.seq)
        return from_history(stored, reference)

    monkeypatch.setattr(resume, "from_history", counted)
    stage.reading.called.clear()
    for client in clients:
        client.told()
        client.says(f"0007|lobby:1:{NOW}")
    stage.settle()
    assert stage.reading.called == ["_page"] * reads
    assert made == [2, 3] * reads
    for client in clients:
        told = [line for line in client.told() if line[:4] in ("1002", "1000")]
        assert [line.split("|")[5] for line in told[:-1]] == ["2", "3"]
        assert told[-1].startswith("1000|0007|ok|lobby||3")


def test_a_page_that_many_want_keeps_nobody_waiting(stage: Stage) -> None:
    """Who wants another one is served before the rest of them."""
    many = [stage.full("user1") for _ in range(6 * MAX_SHARING)]
    other = stage.full("user2")
    for client in many:
        client.says("0007|lobby:0:0")
    stage.turn(2)
    other.told()
    other.says("0007|lobby:0:0|9")
    stage.turn(2)
    for _ in range(2):
        stage.reading.run_all()
        stage.turn(2)
    assert other.told_of("1000") == ["1000|0007|ok|lobby"]
    assert sum(bool(client.told_of("1000|0007")) for client in many) < len(many)


def test_what_is_said_while_a_shared_page_is_read(stage: Stage) -> None:
    """It is not in the page, since it was stored later; and yet all who share it are told."""
    speaker, clients = stage.full("user2"), [stage.full("user1") for _ in range(2)]
    for client in clients:
        client.told()
        client.says("0007|lobby:0:0")
    stage.turn(3)
    pages: list[tuple[Callable[..., object], tuple[Any, ...]]] = []
    stage.reading._post = lambda callback, *answer: pages.append((callback, answer))
    stage.reading.run_all()
    speaker.says("0002|user2|hello||c1")
    stage.turn()
    stage.database.run_all()
    stage.turn()
    for callback, answer in pages:
        callback(*answer)
    stage.turn()
    for client in clients:
        codes = [line.split("|")[0] for line in client.told() if line[:4] in ("1002", "1000")]
        assert sorted(codes) == ["1000", "1002"]


def test_who_wants_the_same_page_may_have_gone(stage: Stage) -> None:
    """The others have it; and one whose dialect has other words has those."""
    speaker = stage.full("user2")
    speaker.says("0002|user2|hello||c1")
    stage.settle()
    gone, here, basic = stage.full("user1"), stage.full("user1"), stage.basic("user1")
    for client in (gone, here, basic):
        client.told()
        client.says("0007|lobby:0:0")
    stage.turn(3)
    gone.loses_connection()
    stage.settle()
    assert here.told_of("1002")[0].startswith("1002|itcast2|hello|user2|lobby|1|")
    assert basic.told() == ["1002|itcast2|hello"]


def test_a_full_lane_is_waited_for(stage: Stage) -> None:
    """Nobody is refused: whoever comes back has nothing better to do."""
    client = stage.full()
    stage.reading.capacity = 0
    client.told()
    client.says("0007|lobby:0:0", "0003|t")
    stage.turn(3)
    assert client.told() == []
    stage.reading.capacity = 1
    stage.settle()
    assert client.told() == ["1000|0007|ok|lobby", "1000|0003|ok|t"]


def test_who_has_gone_makes_room(stage: Stage) -> None:
    """A page for nobody ends as any other."""
    for _ in range(MAX_READING + 1):
        client = stage.full()
        client.says("0007|lobby:0:0")
        stage.turn(2)
        client.loses_connection()
    stage.settle()
    client = stage.full()
    client.told()
    client.says("0007|lobby:0:0")
    stage.settle()
    assert client.told_of("1000") == ["1000|0007|ok|lobby"]


# --- the seam


class Play:
    """A lobby where user2 speaks and user1 comes back, moved step by step.

    What the lanes have done is brought back when the play says so, each lane in its own order: so a
    page may overtake the news of a commit, and the news a page.
    """

    def __init__(self, stage: Stage, missed: int) -> None:
        self.stage = stage
        self.news: deque[tuple[Callable[..., object], Any]] = deque()
        self.pages: deque[tuple[Callable[..., object], Any]] = deque()
        self.speaker = stage.full("user2")
        self.said = 0
        for _ in range(missed):
            self.say()
            stage.settle()
        self.client = stage.connect(BASIC)
        self.client.says("0001|user1|111111|test/1")
        stage.settle()
        stage.advance(1)
        self.client.told()
        stage.database._post = lambda done, result: self.news.append((done, result))
        stage.reading._post = lambda done, result: self.pages.append((done, result))

    def say(self) -> None:
        if self.speaker.connection.reading:
            self.said += 1
            self.speaker.says(f"0002|user2|m{self.said}||c{self.said}")

    def commit(self) -> None:
        if self.stage.database:
            self.stage.database.run_one()

    def tell_of_commit(self) -> None:
        if self.news:
            self.stage.loop.call_soon(*self.news.popleft())

    def read(self) -> None:
        if self.stage.reading:
            self.stage.reading.run_one()

    def bring_page(self) -> None:
        if self.pages:
            self.stage.loop.call_soon(*self.pages.popleft())

    def turn(self) -> None:
        self.stage.turn()

    def fall_behind(self) -> None:
        self.client.session.behind(True)

    def drain(self) -> None:
        self.client.session.behind(False)

    def ping(self) -> None:
        """What the client says meanwhile waits."""
        if self.client.connection.reading:
            self.client.says("0003|x")

    def finish(self) -> None:
        """Let everything come to its end, with nothing more said."""
        self.drain()
        idle = 0
        while idle < TURNS_TO_ASK:
            self.turn()
            busy = self.stage.database or self.stage.reading or self.news or self.pages
            idle = 0 if busy else idle + 1
            for step in (self.commit, self.read, self.tell_of_commit, self.bring_page):
                step()


# From what has been told to the next question, there are some turns with nothing under way.
TURNS_TO_ASK = 5

STEPS = ("say", "commit", "tell_of_commit", "read", "bring_page", "turn", "fall_behind", "drain")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    missed=st.integers(0, 7),
    has=st.integers(0, 7),
    before=st.lists(st.sampled_from(STEPS[:-2]), max_size=15),
    steps=st.lists(st.sampled_from((*STEPS, *STEPS[:6], "turn")), min_size=40, max_size=80),
    kept_bytes=st.sampled_from([0, 60, 150, 10_000]),
)
def test_nothing_is_missed_and_nothing_told_twice(
    missed: int, has: int, before: list[str], steps: list[str], kept_bytes: int
) -> None:
    """Whatever is said, stored, read and told of in whatever order; with pages of two messages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resume, "MAX_PAGE", 2)
        patch.setattr(seam, "KEPT_BYTES", kept_bytes)
        stand_in_passwords(patch)
        clock = FakeClock()
        loop = Loop(FakeSelector(clock), clock)
        try:
            play = Play(Stage(loop), missed)
            has = min(has, missed)
            for step in before:
                getattr(play, step)()
            play.client.told()
            play.client.says(f"0007|lobby:{has}:{NOW if has else 0}")
            for step in steps:
                getattr(play, step)()
            play.finish()
            play.say()
            play.finish()
            _check(play, has)
        finally:
            loop.close()


def _check(play: Play, has: int) -> None:
    frames = [frame.split("|") for frame in play.client.told()]
    numbers = [int(frame[5]) for frame in frames if frame[0] == "1002"]
    assert numbers == list(range(has + 1, play.said + 1))
    (result,) = (at for at, frame in enumerate(frames) if frame[:2] == ["1000", "0007"])
    told_before = [int(frame[5]) for frame in frames[:result] if frame[0] == "1002"]
    assert frames[result][2:4] == ["ok", "lobby"]
    assert int((frames[result] + ["", ""])[5] or 0) == (told_before[-1] if told_before else has)
    acknowledged = [frame.split("|")[5] for frame in play.speaker.told_of("1000|0002|ok")]
    assert acknowledged == [str(number) for number in range(1, play.said + 1)]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    own=st.integers(0, 4),
    steps=st.lists(st.sampled_from((*STEPS[:6], "turn", "ping")), min_size=20, max_size=50),
)
def test_own_acknowledgements_stay_in_place(own: int, steps: list[str]) -> None:
    """Before what is told behind them; each once, and never the message itself twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resume, "MAX_PAGE", 2)
        stand_in_passwords(patch)
        clock = FakeClock()
        loop = Loop(FakeSelector(clock), clock)
        try:
            play = Play(Stage(loop), 3)
            lines = [f"0002|user1|own{n}||o{n}" for n in range(own)]
            play.client.says(*lines, f"0007|lobby:3:{NOW}", "0002|user1|behind||behind")
            for step in steps:
                getattr(play, step)()
            play.finish()
            _check_own(play.client, own)
        finally:
            loop.close()


def _check_own(client: Client, own: int) -> None:
    frames = [frame.split("|") for frame in client.told()]
    acknowledged = [frame[3] for frame in frames if frame[:3] == ["1000", "0002", "ok"]]
    assert acknowledged == [*(f"o{n}" for n in range(own)), "behind"]
    result = next(at for at, frame in enumerate(frames) if frame[:2] == ["1000", "0007"])
    behind = next(at for at, frame in enumerate(frames) if frame[3] == "behind")
    assert result < behind
    # What the request asks for comes behind its acknowledgements, whole and in order.
    page = [int(frame[5]) for frame in frames[:result] if frame[0] == "1002"]
    told = [
        int(frame[5])
        for frame in frames[result:]
        if frame[0] == "1002" or frame[:3] == ["1000", "0002", "ok"]
    ]
    assert told == sorted(set(told))
    assert not page or not told or told[0] > page[-1]
