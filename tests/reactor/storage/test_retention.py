"""Retention takes the beginning of a room's log, and no more than it says."""

import pytest

from reactor.records import Direct, Kind, NewMessage, Prunable, Stored
from reactor.storage import Storage
from reactor.storage import retention as retention_module
from tests.helpers.stored import LOBBY, NOW, change, make_room, say, texts


def fill(storage: Storage, room_id: int = LOBBY, count: int = 10) -> None:
    """Messages 1 to *count*, said at NOW + 1, NOW + 2 ..."""
    numbers = range(1, count + 1)
    storage.messages.append(
        [NewMessage(room_id, 1, f"{room_id}-{n}", f"t{n}", NOW + n) for n in numbers]
    )


def test_with_neither_age_nor_number_nothing_goes(people: Storage) -> None:
    """It is off by default."""
    fill(people)
    assert people.retention.prune(None, None, None) == []
    assert len(texts(people)) == 10


@pytest.mark.parametrize(
    ("older", "keep", "last"),
    [
        (NOW + 4, None, 3),
        (None, 7, 3),
        (NOW + 4, 9, 3),
        (NOW + 2, 7, 3),
        (None, 0, 9),
        (NOW + 99, None, 9),
        (None, 10, 0),
        (None, 99, 0),
        (NOW, None, 0),
    ],
)
def test_the_plan_says_what_goes(
    people: Storage, older: int | None, keep: int | None, last: int
) -> None:
    """And that goes, and nothing else; the last entry always stays."""
    fill(people)
    expected = []
    if last:
        expected = [Prunable(people.rooms.lobby(), 1, last, last, NOW + 1, NOW + last)]
    assert people.retention.plan(None, older, keep) == expected
    assert len(texts(people)) == 10
    assert people.retention.prune("lobby", older, keep) == expected
    assert [seq for seq, _ in texts(people)] == [*range(last + 1, 11)]
    assert people.retention.plan(None, older, keep) == []


def test_a_clock_that_went_back_leaves_no_hole(people: Storage) -> None:
    """What is behind the first young entry stays, however old it says it is."""
    times = (1, 2, NOW, 3, NOW)
    people.messages.append([NewMessage(LOBBY, 1, "", "x", time) for time in times])
    people.retention.prune(None, NOW, None)
    assert [seq for seq, _ in texts(people)] == [3, 4, 5]


def test_the_numbers_go_on_and_what_is_gone_counts_as_there(people: Storage) -> None:
    """A client that has it is not told that the database is another one."""
    fill(people)
    people.retention.prune(None, None, 2)
    assert say(people, LOBBY, 1, "next") == 11
    assert people.history.matches(LOBBY, 3, 12345)
    assert people.history.matches(LOBBY, 9, NOW + 9)
    assert not people.history.matches(LOBBY, 9, NOW)
    assert people.history.missing(LOBBY, 5) == 6


def test_reactions_and_mentions_go_with_it(people: Storage) -> None:
    """And those of what stays, stay."""
    for _ in range(2):
        say(people, LOBBY, 1, "@user2", mentions=("user2",))
    for seq in (1, 2):
        change(people, Kind.REACTED, 3, seq, "👍")
    people.retention.prune(None, None, 3)
    rows = people._database.execute_sql("SELECT target FROM reaction").fetchall()
    assert [target for (target,) in rows] == [2]
    (lobby,) = people.rooms.entries_of(2, 0, 1)
    assert lobby.mentions == 1
    assert change(people, Kind.DELETED, 1, 1) == "no-such-message"
    assert change(people, Kind.UNREACTED, 3, 2, "👍") == 5


def test_a_change_may_stay_without_its_message(people: Storage) -> None:
    """Its text went with that."""
    say(people, LOBBY, 1, "a")
    change(people, Kind.EDITED, 1, 1, "b")
    people.retention.prune(None, None, 1)
    assert texts(people) == [(2, "")]


def test_only_the_rooms_that_are_named(people: Storage) -> None:
    """By name; direct ones only together with all others."""
    cellar = make_room(people, 1, "Cellar")
    direct = people.rooms.open_direct(1, "user2", NOW)
    assert isinstance(direct, Direct)
    for room_id in (LOBBY, cellar, direct.room.room_id):
        fill(people, room_id)
    pruned = people.retention.prune("ＣELLAR", None, 4)
    assert [(each.room.name, each.last) for each in pruned] == [("Cellar", 6)]
    assert len(texts(people)) == 10
    rooms = [each.room.room_id for each in people.retention.prune(None, None, 4)]
    assert rooms == [LOBBY, direct.room.room_id]
    with pytest.raises(KeyError, match="nowhere"):
        people.retention.plan("nowhere", None, 4)


def test_it_goes_in_bounded_steps(people: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that fails leaves whole what it has not reached, and the next run goes on."""
    fill(people)
    monkeypatch.setattr(retention_module, "STEP", 4)
    transact = people.retention._transact
    steps = []

    def fails_at_the_second(work: object) -> object:
        steps.append(work)
        if len(steps) == 2:
            raise KeyboardInterrupt
        return transact(work)  # type: ignore[arg-type]

    monkeypatch.setattr(people.retention, "_transact", fails_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        people.retention.prune(None, None, 1)
    assert [seq for seq, _ in texts(people)] == [*range(5, 11)]
    people.retention.prune(None, None, 1)
    assert len(steps) == 2 + 2
    assert texts(people) == [(10, "t10")]


def test_the_index_forgets_what_is_gone(people: Storage) -> None:
    """Also when the highest ids are given out again: what is said then is found."""
    cellar = make_room(people, 1, "cellar")
    say(people, LOBBY, 1, "kept text")
    fill(people, cellar)
    while people.search.index_some(100):
        pass
    people._database.execute_sql(f"DELETE FROM message WHERE room_id = {cellar} AND seq > 9")
    people.retention.prune("cellar", None, 0)
    say(people, cellar, 1, "new text")
    for _ in range(2):
        hits = people.search.search(1, None, "text", 0, 10).hits
        assert [hit.text for hit in hits] == ["new text", "kept text"]
        assert people.search.search(1, None, "t10", 0, 10).hits == []
        people.search.index_some(100)


def test_a_cid_that_is_gone_is_forgotten(people: Storage) -> None:
    """What comes with it is a new message."""
    fill(people)
    people.retention.prune(None, None, 1)
    (answer,) = people.messages.append([NewMessage(LOBBY, 1, "1-1", "t1", NOW)])
    assert answer == Stored(LOBBY, 11, NOW, True)
