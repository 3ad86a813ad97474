"""When somebody is told that something was said, and how often."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_gui.items import MissedItem, News, RoomItem
from client_gui.noticing import (
    CALM_AFTER,
    LONGEST_SILENCE,
    MAX_A_MINUTE,
    MINUTE,
    ROOM_EVERY,
    SUMMARY,
    Notices,
    Rules,
    Show,
    Told,
    Withdraw,
)

ROOM = RoomItem("#1", "private", "Physics")
DIRECT = RoomItem("#2", "direct", "user2")


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class World:
    """Notices with a clock, and what is on the screen."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.notices = Notices(self.clock)
        self.screen: dict[str, tuple[Told, ...]] = {}
        self.popped: list[float] = []

    def do(self, steps: list) -> None:
        """As the presenter does."""
        for step in steps:
            if isinstance(step, Show):
                self.screen[step.key] = step.rooms
                self.popped.append(self.clock.now)
            else:
                del self.screen[step.key]  # what is not there cannot be withdrawn

    def says(self, room: str = "#1", times: int = 1, names_us: bool = False) -> None:
        self.do(self.notices.said([_news(room, names_us) for _ in range(times)]))

    def passes(self, seconds: float) -> None:
        """So much time, with each tick when it is due."""
        end = self.clock.now + seconds
        while (wait := self.notices.wait()) is not None and self.clock.now + wait <= end:
            self.clock.now += wait
            self.do(self.notices.tick())
        self.clock.now = end

    def counts(self) -> dict[str, list[tuple[str, int]]]:
        """What the notices say, without the texts."""
        return {
            key: [(told.room, told.messages) for told in rooms]
            for key, rooms in self.screen.items()
        }


def _news(room: str = "#1", names_us: bool = False) -> News:
    return News(room, 1, "user2", "Grace", "hello", names_us)


@pytest.fixture
def world() -> World:
    """Nothing was said yet."""
    return World()


# --- what is anything to be told of ------------------------------------------------------------


@pytest.mark.parametrize(
    ("notify", "item", "names_us", "wanted"),
    [
        ("all", ROOM, False, True),
        ("mentions", ROOM, False, False),
        ("mentions", ROOM, True, True),
        ("mentions", DIRECT, False, True),
        ("none", ROOM, True, False),
        ("none", DIRECT, False, False),
    ],
)
def test_what_is_told_is_what_was_chosen(
    notify: str, item: RoomItem, names_us: bool, wanted: bool
) -> None:
    """A direct message is as good as one that names us."""
    assert Rules(notify).wants(item, names_us) is wanted


@pytest.mark.parametrize("item", [ROOM, DIRECT])
def test_a_muted_room_is_silent_whom_ever_it_names(item: RoomItem) -> None:
    """Somebody has said so of just this room."""
    muted = RoomItem(item.room, item.kind, item.name, muted=True)
    assert not Rules("all").wants(muted, names_us=True)


@pytest.mark.parametrize(
    ("begins", "ends", "now", "quiet"),
    [
        (time(22), time(7), time(21, 59), False),
        (time(22), time(7), time(22), True),
        (time(22), time(7), time(0), True),
        (time(22), time(7), time(6, 59), True),
        (time(22), time(7), time(7), False),
        (time(12), time(14), time(13), True),
        (time(12), time(14), time(14), False),
        (time(12), time(14), time(3), False),
        (time(9), time(9), time(8, 59), True),
        (time(9), time(9), time(9), True),
    ],
)
def test_quiet_hours_go_over_midnight(begins: time, ends: time, now: time, quiet: bool) -> None:
    """They begin with their first minute, and do not have their last."""
    assert Rules("all", True, begins, ends).is_quiet(now) is quiet
    assert not Rules("all", False, begins, ends).is_quiet(now)


# --- one room ----------------------------------------------------------------------------------


def test_the_first_message_is_told_at_once(world: World) -> None:
    """With what it says."""
    world.says()
    assert world.screen == {"#1": (Told("#1", 1, 0, _news()),)}
    assert world.notices.wait() is None


def test_what_comes_next_in_a_room_takes_the_place_of_the_first(world: World) -> None:
    """Later, so that somebody who writes five messages interrupts twice."""
    world.says()
    world.says(times=3)
    world.says(names_us=True)
    assert world.counts() == {"#1": [("#1", 1)]}
    world.passes(ROOM_EVERY)
    assert world.screen == {"#1": (Told("#1", 5, 1, _news(names_us=True)),)}
    assert len(world.popped) == 2


def test_what_was_read_is_not_told(world: World) -> None:
    """Its notice goes, what waits is forgotten, and what comes then counts from one."""
    world.says()
    world.says()
    world.do(world.notices.read("#1"))
    assert world.screen == {}
    world.passes(ROOM_EVERY)
    assert world.screen == {}
    world.says()
    assert world.counts() == {"#1": [("#1", 1)]}
    assert world.notices.read("#2") == []


def test_a_notice_that_was_put_away_is_not_withdrawn(world: World) -> None:
    """What comes then is counted anew."""
    world.says()
    world.notices.closed("#1")
    assert world.notices.read("#1") == []
    world.passes(ROOM_EVERY)
    world.says()
    assert world.screen["#1"][0].messages == 1


def test_what_waits_when_it_becomes_quiet_is_not_told(world: World) -> None:
    """It is nothing to be told of in the morning either."""
    world.says(times=2)
    world.says()
    world.notices.hush()
    world.passes(MINUTE)
    assert world.counts() == {"#1": [("#1", 2)]}


# --- several rooms -----------------------------------------------------------------------------


def test_rooms_have_notices_of_their_own(world: World) -> None:
    """As long as they are few."""
    world.says("#1")
    world.says("#2")
    assert set(world.screen) == {"#1", "#2"}


def test_a_flood_is_told_when_it_is_over(world: World) -> None:
    """As one; nothing pops up meanwhile."""
    for number in range(20):
        world.says(f"#{number}", times=2)
        world.passes(1)
    assert len(world.popped) == MAX_A_MINUTE - 1
    world.passes(CALM_AFTER)
    assert len(world.popped) == MAX_A_MINUTE
    assert len(world.screen[SUMMARY]) == 20 - (MAX_A_MINUTE - 1)
    assert sum(told.messages for told in world.screen[SUMMARY]) == 2 * len(world.screen[SUMMARY])


def test_a_flood_that_does_not_end_is_told_of_now_and_then(world: World) -> None:
    """One notice, in its own place, with all that has come: whoever is away an hour finds it."""
    for _ in range(600):
        for number in range(20):
            world.says(f"#{number}")
        world.passes(1)
    assert len(world.popped) == MAX_A_MINUTE - 1 + 600 // LONGEST_SILENCE
    assert list(world.screen) == [SUMMARY]


def test_a_flood_in_one_room_is_told_as_that_room(world: World) -> None:
    """There are no several."""
    for _ in range(50):
        world.says(times=100)
        world.passes(2)
    world.passes(MINUTE)
    assert world.counts() == {"#1": [("#1", 5_000)]}
    assert len(world.popped) <= 2 * MAX_A_MINUTE


def test_after_a_flood_rooms_are_told_one_by_one_again(world: World) -> None:
    """With what the notice of several had of them."""
    for number in range(MAX_A_MINUTE + 1):
        world.says(f"#{number}")
    world.passes(2 * MINUTE)
    assert len(world.screen[SUMMARY]) == MAX_A_MINUTE + 1 - (MAX_A_MINUTE - 1)
    last = f"#{MAX_A_MINUTE}"
    world.says(last)
    assert world.counts()[last] == [(last, 2)]


def test_the_notice_of_several_goes_when_all_of_them_are_read(world: World) -> None:
    """Not before."""
    world.do(world.notices.missed([MissedItem("#1", 3, 0), MissedItem("#2", 9, 1)]))
    assert world.notices.read("#1") == []
    assert world.notices.read("#2") == [Withdraw(SUMMARY)]


def test_what_was_missed_is_told_as_one(world: World) -> None:
    """At once; one room alone by its name."""
    world.do(world.notices.missed([MissedItem("#1", 3, 0), MissedItem("#2", 9, 1)]))
    assert world.screen == {SUMMARY: (Told("#1", 3, 0), Told("#2", 9, 1))}
    world.do(world.notices.missed([MissedItem("#3", 1, 0)]))
    assert set(world.screen) == {SUMMARY}
    assert [told.room for told in world.screen[SUMMARY]] == ["#1", "#2", "#3"]
    other = World()
    other.do(other.notices.missed([MissedItem("#3", 1, 0)]))
    assert other.counts() == {"#3": [("#3", 1)]}
    assert other.notices.missed([]) == []


def test_a_click_leads_to_where_one_was_named(world: World) -> None:
    """Or to the last room; and nowhere when the notice is gone."""
    assert world.notices.room_of(SUMMARY) == ""
    world.do(world.notices.missed([MissedItem("#1", 3, 0), MissedItem("#2", 9, 0)]))
    assert world.notices.room_of(SUMMARY) == "#2"
    world.do(world.notices.missed([MissedItem("#1", 1, 1)]))
    assert world.notices.room_of(SUMMARY) == "#1"
    assert world.notices.rooms() == {"#1", "#2"}
    assert world.notices.room_of("#7") == "#7"


def test_a_connection_that_comes_and_goes_is_no_storm(world: World) -> None:
    """Each return brings something missed."""
    for _ in range(100):
        world.do(world.notices.missed([MissedItem("#1", 1, 0), MissedItem("#2", 1, 0)]))
        world.passes(1)
    assert len(world.popped) <= 2 * MAX_A_MINUTE


def test_whoever_leaves_leaves_no_notice(world: World) -> None:
    """Neither of rooms nor of several."""
    world.says("#9")
    world.do(world.notices.missed([MissedItem("#1", 3, 0), MissedItem("#2", 9, 1)]))
    world.says("#9")
    world.do(world.notices.clear())
    assert world.screen == {}
    assert world.notices.wait() is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["said", "missed", "read", "closed"]),
            st.integers(0, 12),
            st.floats(0, 30),
        ),
        max_size=120,
    )
)
def test_whatever_happens_it_is_no_storm_and_nothing_is_forgotten(
    happening: list[tuple[str, int, float]],
) -> None:
    """Never more than the bound in any minute; and in the end, what is unread has its notice."""
    world = World()
    untold = set()
    for what, number, pause in happening:
        room = f"#{number}"
        match what:
            case "said":
                world.says(room, times=number)
                untold |= {room} if number else set()
            case "missed":
                world.do(world.notices.missed([MissedItem(room, 1, 0), MissedItem("#0", 1, 0)]))
                untold |= {room, "#0"}
            case "read":
                world.do(world.notices.read(room))
                untold.discard(room)
            case "closed" if room in world.screen:
                del world.screen[room]
                world.notices.closed(room)
                untold.discard(room)
        world.passes(pause)
    world.passes(2 * MINUTE)
    assert world.notices.wait() is None
    told = {told.room for rooms in world.screen.values() for told in rooms}
    assert untold <= told
    popped = world.popped
    for first, beyond in zip(popped, popped[MAX_A_MINUTE:], strict=False):
        assert beyond - first >= MINUTE - 1e-6
