"""Messages are numbered without holes, in order, once each, however they come."""

import itertools
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peewee import QueryEvent

from reactor.records import Kind, NewMessage, NewUser, Refused, Stored
from reactor.storage import Storage
from tests.helpers.stored import LOBBY, NOW, make_room, refusal
from wire.limits import MAX_CID, MAX_TEXT


@pytest.fixture
def lobby(storage: Storage) -> int:
    """The lobby of a storage with users 1, 2 and 3."""
    storage.accounts.add_users([NewUser(f"user{i}", f"nick{i}", "hash") for i in (1, 2, 3)])
    return storage.rooms.lobby().room_id


@pytest.fixture
def cellar(storage: Storage, lobby: int) -> int:
    """A second room."""
    with storage._database.connection_context():
        storage._database.execute_sql(
            "INSERT INTO room (room_id, room_name, room_key, last_seq, created_at) "
            "VALUES (8, 'cellar', 'cellar', 0, 0)"
        )
    return 8


def texts(storage: Storage, room: int) -> list[tuple[int, str]]:
    """Number and text of every message of *room*."""
    return [(each.seq, each.text) for each in everything(storage, room)]


def everything(storage: Storage, room: int) -> Iterator[Any]:
    """Every message of *room*, page by page."""
    seq = 0
    while page := storage.history.after(room, seq, 200):
        yield from page
        seq = page[-1].seq


def test_a_batch_is_numbered_in_its_order(storage: Storage, lobby: int, cellar: int) -> None:
    """Each room by itself."""
    batch = [
        NewMessage(lobby, 1, "", "a", 10),
        NewMessage(cellar, 1, "", "b", 11),
        NewMessage(lobby, 2, "", "c", 9),
    ]
    assert storage.messages.append(batch) == [
        Stored(lobby, 1, 10, True),
        Stored(cellar, 1, 11, True),
        Stored(lobby, 2, 9, True),
    ]
    assert storage.messages.append(batch[:1]) == [Stored(lobby, 3, 10, True)]
    assert texts(storage, lobby) == [(1, "a"), (2, "c"), (3, "a")]
    assert texts(storage, cellar) == [(1, "b")]
    assert storage.messages.append([]) == []


def test_the_same_cid_again_has_the_first_answer(storage: Storage, lobby: int, cellar: int) -> None:
    """With whatever text, room and time it comes; in a batch with others, and within one."""
    first = NewMessage(lobby, 1, "cid", "first", 10)
    again = NewMessage(cellar, 1, "cid", "again", 20)
    assert storage.messages.append([first, again]) == [
        Stored(lobby, 1, 10, True),
        Stored(lobby, 1, 10, False),
    ]
    other = NewMessage(lobby, 2, "cid", "of another sender", 30)
    new = NewMessage(lobby, 1, "new", "new", 40)
    assert storage.messages.append([again, other, new, new, first]) == [
        Stored(lobby, 1, 10, False),
        Stored(lobby, 2, 30, True),
        Stored(lobby, 3, 40, True),
        Stored(lobby, 3, 40, False),
        Stored(lobby, 1, 10, False),
    ]
    assert texts(storage, lobby) == [(1, "first"), (2, "of another sender"), (3, "new")]
    assert texts(storage, cellar) == []


def test_cids_are_compared_exactly(storage: Storage, lobby: int) -> None:
    """Case, accents and leading spaces make another one; nothing is normalised."""
    cids = ["a", "A", "á", "a\u0301", " a", "a\0", "ａ", "%", "_", "'", "\\"]
    answers = storage.messages.append([NewMessage(lobby, 1, cid, cid, 0) for cid in cids])
    assert answers == [Stored(lobby, seq, 0, True) for seq in range(1, len(cids) + 1)]
    assert [each.cid for each in everything(storage, lobby)] == cids


def test_without_a_cid_equal_messages_are_different_ones(storage: Storage, lobby: int) -> None:
    """Whoever says "yes" twice has said it twice."""
    message = NewMessage(lobby, 1, "", "yes", 10)
    assert storage.messages.append([message, message]) == [
        Stored(lobby, i, 10, True) for i in (1, 2)
    ]


ODD_TEXTS = [
    "",
    "😀👨‍👩‍👧‍👦 你好 e\u0301 \u202e\u2028\u0085",
    "100% _ 'quoted' \"quoted\" `quoted` \\ \\' -- ; DROP TABLE message; /* %s %(a)s ? :a */",
    "nul \0 in the middle",
    "line\nfeed\r\ttab \x1a\x08",
    " spaces at the ends ",
    "好" * MAX_TEXT,
    "😀" * MAX_TEXT,
]


def test_any_text_comes_back_as_it_was(storage: Storage, lobby: int) -> None:
    """Together and one by one."""
    storage.messages.append([NewMessage(lobby, 1, "", text, 0) for text in ODD_TEXTS])
    assert [each.text for each in everything(storage, lobby)] == ODD_TEXTS
    storage.messages.append([NewMessage(lobby, 1, "known", "x", 0)])
    storage.messages.append(
        [NewMessage(lobby, 1, "known", "x", 0)]
        + [NewMessage(lobby, 1, "", text, 0) for text in ODD_TEXTS]
    )
    assert [each.text for each in everything(storage, lobby)] == [*ODD_TEXTS, "x", *ODD_TEXTS]


BAD = [
    (NewMessage(1, 1, "", "x" * (MAX_TEXT + 1), 0), "characters"),
    (NewMessage(1, 1, "c" * (MAX_CID + 1), "x", 0), "cid"),
    (NewMessage(1, 1, "cid ", "x", 0), "cid"),
    (NewMessage(1, 1, "", "half a \ud83d pair", 0), "Unicode"),
    (NewMessage(1, 1, "\udc80", "x", 0), "Unicode"),
    (NewMessage(2**63, 1, "", "x", 0), "range"),
    (NewMessage(1, -1, "", "x", 0), "range"),
    (NewMessage(1, 1, "", "x", 2**63), "range"),
    (NewMessage(99, 1, "", "x", 0), "no room with the number 99"),
    (NewMessage(99, 1, "cid", "x", 0), "no room with the number 99"),
    (NewMessage(1, 99, "", "x", 0), "sender"),
    (NewMessage(1, 99, "cid", "x", 0), "sender"),
    (NewMessage(1, 2**40, "", "x", 0), "sender"),
]


@pytest.mark.parametrize(("bad", "said"), BAD)
def test_a_bad_message_fails_alone(
    storage: Storage, lobby: int, bad: NewMessage, said: str
) -> None:
    """Its neighbours are stored, without a hole in the numbers."""
    good = [NewMessage(lobby, 1, cid, "good", 0) for cid in ("", "a", "")]
    answers = storage.messages.append([good[0], bad, good[1], bad, good[2]])
    refused = answers[1]
    assert isinstance(refused, Refused)
    assert refused.reason == "invalid"
    assert said in refused.detail
    assert answers[3] == refused
    assert [answers[i] for i in (0, 2, 4)] == [Stored(lobby, i, 0, True) for i in (1, 2, 3)]
    assert storage.messages.append([good[0]]) == [Stored(lobby, 4, 0, True)]
    assert texts(storage, lobby) == [(i, "good") for i in range(1, 5)]


def test_a_whole_batch_of_bad_messages_takes_no_number(storage: Storage, lobby: int) -> None:
    """And the next good one has the first."""
    answers = storage.messages.append([bad for bad, _ in BAD])
    assert all(isinstance(answer, Refused) for answer in answers)
    assert storage.messages.append([NewMessage(lobby, 1, "", "x", 0)]) == [
        Stored(lobby, 1, 0, True)
    ]


def test_ten_thousand_messages_in_batches(storage: Storage, lobby: int) -> None:
    """Numbered 1 to 10,000."""
    numbers = itertools.count(1)
    for _ in range(20):
        batch = [NewMessage(lobby, 1, f"c{n}", f"t{n}", n) for n in itertools.islice(numbers, 500)]
        storage.messages.append(batch)
    found = [(each.seq, each.text, each.sent_at) for each in everything(storage, lobby)]
    assert found == [(n, f"t{n}", n) for n in range(1, 10_001)]


def test_rooms_are_locked_in_the_order_of_their_ids(
    storage: Storage, lobby: int, cellar: int
) -> None:
    """So that two transactions never wait for each other."""
    locked = []

    def watch(event: QueryEvent) -> None:
        if "SELECT" in event.sql and "last_seq" in event.sql:
            locked.extend(event.params)

    storage._database.query_hooks.append(watch)
    storage.messages.append([NewMessage(room, 1, "", "x", 0) for room in (cellar, lobby, cellar)])
    assert locked == [lobby, cellar]


def test_threads_share_the_numbers(storage: Storage, lobby: int, cellar: int) -> None:
    """Two rooms, in both orders: no number twice, no hole, and nobody waits for ever."""
    answers: list[Stored | Refused] = []

    def work(sender: int) -> None:
        rooms = [lobby, cellar] if sender % 2 else [cellar, lobby]
        for i in range(20):
            answers.extend(
                storage.messages.append(
                    [NewMessage(room, sender, f"{i}-{room}", "x", 0) for room in rooms]
                )
            )
        storage.close()

    threads = [threading.Thread(target=work, args=(sender,)) for sender in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for room in (lobby, cellar):
        seqs = sorted(a.seq for a in answers if isinstance(a, Stored) and a.room_id == room)
        assert seqs == [*range(1, 61)]


@pytest.mark.parametrize("kind", [Kind.SAID, Kind.REACTED])
def test_who_was_put_out_says_nothing_more(people: Storage, kind: Kind) -> None:
    """Though it was on its way before; all others, and answers to what is stored, are as ever."""
    room_id = make_room(people, 1, "cellar")
    for user in ("user2", "user3"):
        people.rooms.invite(1, room_id, user, NOW)
    first = NewMessage(room_id, 2, "c1", "first", NOW)
    stored = people.messages.append([first])[0]
    people.rooms.remove(1, room_id, "user2")
    late = NewMessage(room_id, 2, "c2", "late", NOW, kind, 1 if kind is Kind.REACTED else 0)
    others = [NewMessage(room_id, 3, "", "still", NOW), NewMessage(LOBBY, 2, "", "here", NOW)]
    refused, *rest, again = people.messages.append([late, *others, first])
    assert refusal(refused) == "no-such-room"
    assert [(answer.room_id, answer.seq) for answer in rest] == [(room_id, 2), (LOBBY, 1)]
    assert again == stored._replace(fresh=False)
    assert texts(people, room_id) == [(1, "first"), (2, "still")]


def test_one_put_out_among_many_is_found(people: Storage) -> None:
    """Whichever room and sender of the batch it is, with nothing else in it that is in doubt."""
    rooms = [make_room(people, 1, f"room {n}") for n in range(5)]
    for room_id in rooms:
        for user in ("user2", "user3"):
            people.rooms.invite(1, room_id, user, NOW)
    people.rooms.remove(1, rooms[3], "user3")
    batch = [NewMessage(room, user, "", "x", NOW) for room in (*rooms, LOBBY) for user in (1, 2, 3)]
    answers = people.messages.append(batch)
    refused = [index for index, answer in enumerate(answers) if isinstance(answer, Refused)]
    assert refused == [batch.index(NewMessage(rooms[3], 3, "", "x", NOW))]
    assert refusal(answers[refused[0]]) == "no-such-room"
    assert [len(texts(people, room)) for room in rooms] == [3, 3, 3, 2, 3]
    (alone,) = people.messages.append([batch[refused[0]]])
    assert refusal(alone) == "no-such-room"


def test_rooms_grow_by_what_each_of_them_got(people: Storage) -> None:
    """Some by equally many, some not: the next batch goes on behind."""
    rooms = [make_room(people, 1, f"room {n}") for n in range(6)]
    counts = [1, 2, 1, 3, 2, 1]
    said = [room for room, n in zip(rooms, counts, strict=True) for _ in range(n)]
    people.messages.append([NewMessage(room, 1, "", "x", 0) for room in reversed(said)])
    one_more = people.messages.append([NewMessage(room, 1, "", "x", 0) for room in rooms])
    assert one_more == [
        Stored(room, n + 1, 0, fresh=True) for room, n in zip(rooms, counts, strict=True)
    ]


def test_what_may_not_be_said_is_looked_up(storage: Storage, lobby: int) -> None:
    """By its cid, in the same batch too: what is stored is answered, the rest is not stored."""
    why = Refused("no-such-room", "for you")
    old, new = (NewMessage(lobby, 1, cid, "x", 5) for cid in ("old", "new"))
    (first,) = storage.messages.append([old])
    again = [NewMessage(0, 1, cid, "", 9, barred=why) for cid in ("old", "new", "none", "")]
    answers = storage.messages.append([new, *again])
    assert answers == [
        Stored(lobby, 2, 5, fresh=True),
        first._replace(fresh=False),
        Stored(lobby, 2, 5, fresh=False),
        why,
        why,
    ]
    assert texts(storage, lobby) == [(1, "x"), (2, "x")]


messages = st.builds(
    NewMessage,
    room_id=st.sampled_from([1, 99]),
    sender_id=st.sampled_from([1, 2, 99]),
    cid=st.sampled_from(["", "", "a", "b", "c"]),
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    sent_at=st.integers(0, 5),
    kind=st.just(Kind.SAID),
    target=st.integers(0, 3),
    mentions=st.sampled_from([(), (), ("user1", "nobody")]),
    barred=st.sampled_from([None, None, Refused("no-such-room", "for you")]),
)


class Expected:
    """What append promises, in the plainest words: a dictionary and a list."""

    def __init__(self) -> None:
        self.room: list[NewMessage] = []
        self.by_cid: dict[tuple[int, str], Stored] = {}

    def answer(self, message: NewMessage) -> Stored | str:
        """The answer to *message*, or the reason of its refusal."""
        known = self.by_cid.get((message.sender_id, message.cid))
        if known:
            return known._replace(fresh=False)
        if message.barred:
            return message.barred.reason
        if message.room_id == 99:
            return "invalid"
        if message.target > len(self.room):
            return "no-such-message"
        if message.sender_id == 99:
            return "invalid"
        self.room.append(message)
        stored = Stored(message.room_id, len(self.room), message.sent_at, fresh=True)
        if message.cid:
            self.by_cid[message.sender_id, message.cid] = stored
        return stored


@given(batches=st.lists(st.lists(messages, max_size=6), max_size=5))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_batches_are_answered_as_a_dictionary_would(
    storage: Storage, batches: list[list[NewMessage]]
) -> None:
    """Good and bad, known and new, in any mixture."""
    _start_afresh(storage)
    expected = Expected()
    for batch in batches:
        wanted = [expected.answer(message) for message in batch]
        found = [a.reason if isinstance(a, Refused) else a for a in storage.messages.append(batch)]
        assert found == wanted
    wanted_texts = [(seq, each.text) for seq, each in enumerate(expected.room, 1)]
    assert texts(storage, 1) == wanted_texts


def _start_afresh(storage: Storage) -> None:
    storage.accounts.add_users([NewUser(f"user{i}", f"nick{i}", "hash") for i in (1, 2)])
    assert storage.rooms.lobby().room_id == 1
    storage._database.execute_sql("DELETE FROM mention")
    storage._database.execute_sql("DELETE FROM message")
    storage._database.execute_sql("UPDATE room SET last_seq = 0")
