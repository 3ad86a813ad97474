"""Rooms on a real server, on each database: what everybody in them is told, and nobody else is.

What is not told to somebody is shown by a round trip behind which it would have come.
"""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.e2e.conftest import FULL
from tests.helpers.line_client import LineClient
from tests.helpers.server_process import ServerProcess, add_users, running

# Small enough to be reached in a test.
QUOTAS = {"rooms_per_user": 3, "directs_per_user": 2, "memberships_per_user": 4}

Frames = list[list[str]]


class Talk(NamedTuple):
    """Three users who are logged in, and how another session comes."""

    ann: LineClient
    bo: LineClient
    cy: LineClient
    connect: Callable[[str], LineClient]


@pytest.fixture
def talk(tmp_path: Path, storage_url: str) -> Iterator[Talk]:
    add_users(storage_url)
    with running(tmp_path) as server, contextlib.ExitStack() as stack:
        server.start("--database", storage_url, settings=QUOTAS | {"lobby_moderators": ["USER3"]})

        def connect(user: str) -> LineClient:
            client = stack.enter_context(LineClient(server.address))
            client.log_in(user, FULL)
            return client

        yield Talk(connect("user1"), connect("user2"), connect("user3"), connect)
        _log_is_clean(server)


def _log_is_clean(server: ServerProcess) -> None:
    server.stop()
    assert "Traceback" not in server.log
    assert "ERROR" not in server.log


def ask(client: LineClient, *fields: str) -> Frames:
    """Make a request; return what came up to its result, that included."""
    client.send_line(*fields)
    frames: Frames = []
    while not frames or frames[-1][:2] != ["1000", fields[0]]:
        frames.append(client.receive_frame())
    return frames


def outcome(client: LineClient, *fields: str) -> str:
    return ask(client, *fields)[-1][2]


def test_a_private_room(talk: Talk) -> None:
    """Made, filled by invitation, and left: each step told to those whom it concerns."""
    ann, bo, cy, connect = talk
    info, result = ask(ann, "0011", "小 Cellar", "private", "Wine")
    room = info[1]
    assert info == ["1011", room, "private", "小 Cellar", "owner", "Wine", "1"]
    assert result == ["1000", "0011", "ok", "", room]
    assert outcome(ann, "0002", "user1", "first", room, "c1") == "ok"
    ask(ann, "0014", room, "USER2")
    assert bo.receive_frame()[:5] == ["1011", room, "private", "小 Cellar", "member"]
    ann.send_line("0002", "user1", "hello @user2", "小 cellar", "c2", "1")
    assert ann.expect("1000", "0002", "ok", "c2", room, "2")
    bo.expect("1002", "itcast1", "hello @user2", "user1", room, "2")
    again = connect("user2")
    listed = ask(again, "0019", "mine")
    assert [frame[1] for frame in listed] == ["lobby", room, "0019"]
    assert listed[1][6:] == ["2", "2", "1", "1", "1"]  # of two, one was there before; it names bo
    assert [frame[1:4] for frame in ask(again, "0020", room)[:-1]] == [
        ["user1", "itcast1", "owner"],
        ["user2", "itcast2", "member"],
    ]
    assert ask(ann, "0013", room)[0] == ["2008", room, "left"]
    assert bo.receive_frame()[:5] == ["1011", room, "private", "小 Cellar", "owner"]
    cy.expect_nothing()


def test_somebody_is_put_out(talk: Talk) -> None:
    """Nothing more, live or from history, in any session, now or after the next login."""
    ann, bo, cy, connect = talk
    room = ask(ann, "0011", "Open")[0][1]
    assert outcome(bo, "0012", "OPEN") == "ok"
    assert outcome(cy, "0012", room) == "ok"
    same = connect("user2")
    assert outcome(cy, "0015", room, "user2") == "not-allowed"
    assert outcome(ann, "0015", room, "user2") == "ok"
    for client in (bo, same):
        client.expect("2008", room, "removed")
    for words in ("secret", "more"):
        assert outcome(ann, "0002", "user1", words, room) == "ok"
    assert outcome(ann, "0008", room, "1", "another secret") == "ok"
    for client in (bo, same, connect("user2")):
        client.expect_nothing()
        for request in ("0006", "0020", "0013"):
            assert outcome(client, request, room) == "no-such-room"
        assert outcome(client, "0012", room) == "not-allowed"
    cy.ping()  # behind what cy was told live
    history = [frame[2] for frame in ask(cy, "0006", room)[:-1]]
    assert history == ["another secret", "more", "another secret"]
    assert outcome(cy, "0014", room, "user2") == "not-allowed"
    assert outcome(ann, "0014", room, "user2") == "ok"
    bo.expect("1011", room)
    assert len(ask(bo, "0006", room)) == 4


def test_changes(talk: Talk) -> None:
    """Numbered with the messages, told to the others, and in history."""
    ann, bo, cy, connect = talk
    room = ask(ann, "0011", "Cellar")[0][1]
    for client in (bo, cy):
        assert outcome(client, "0012", room) == "ok"
    said = [("user1", "one"), ("user1", "two")]
    for name, text in said:
        assert outcome(ann, "0002", name, text, room) == "ok"
    for request in (
        ("0008", room, "1", "uno", "c1"),
        ("0009", room, "2", "c2"),
        ("0010", room, "1", "👍", "1", "c3"),
        ("0010", room, "1", "👍", "0", "c4"),
        ("0017", room, "Wine", "c5"),
        ("0018", room, "Attic", "c6"),
    ):
        first = ask(ann, *request)[-1]
        assert first[2:5] == ["ok", request[-1], room]
        assert ask(ann, *request)[-1] == first
    told = [bo.receive_frame() for _ in range(8)]
    assert [frame[5] for frame in told] == list("12345678")
    assert [frame[7] for frame in told[2:]] == [
        "edited",
        "deleted",
        "reacted",
        "unreacted",
        "topic",
        "renamed",
    ]
    bo.expect_nothing()
    late = connect("user3")
    frames = ask(late, "0006", "attic")[:-1]
    assert [frame[2] for frame in frames] == ["uno", "", "uno", "", "👍", "👍", "Wine", "Attic"]
    assert outcome(bo, "0006", "Cellar") == "no-such-room"


# What a member of the room may try, and the word that they get.
HOSTILE = [
    (("0008", "{room}", "1", "mine now"), "not-allowed"),
    (("0009", "{room}", "1"), "not-allowed"),
    (("0010", "{room}", "9", "+", "1"), "no-such-message"),
    (("0010", "{room}", "1", "+", "0"), "invalid"),
    (("0017", "{room}", "mine"), "not-allowed"),
    (("0018", "{room}", "mine"), "not-allowed"),
    (("0016", "{room}", "user1", "member"), "not-allowed"),
    (("0002", "user2", "x", "{room}", "c", "99"), "no-such-message"),
    (("0008", "{room}", "-1", "x"), "bad-number"),
    (("0008", "{room}", "9" * 19, "x"), "bad-number"),
    (("0008", "{room}", "9" * 18, "x"), "no-such-message"),
    (("0006", "{room}", "9" * 18), "ok"),
    (("0020", "{room}", "", "9" * 18), "ok"),
    (("0019", "mine", "#" + "9" * 18, "9" * 18), "ok"),
    (("0019", "public", "\x1b[2J"), "ok"),
    (("0011", "a\x1b[2J"), "bad-field"),
    (("0011", "\u202egnp"), "bad-field"),
    (("0011", "@user1"), "bad-field"),
    (("0011", "＠1：2"), "bad-field"),
    (("0011", "#1"), "bad-field"),
    (("0011", "LOBBY"), "name-taken"),
    (("0011", "ｃellar"), "name-taken"),
    (("0011", "x", "direct"), "bad-field"),
    (("0014", "{room}", "%"), "no-such-user"),
    (("0014", "lobby", "user3"), "not-allowed"),
    (("0015", "lobby", "user1"), "not-allowed"),
    (("0013", "lobby"), "not-allowed"),
    (("0009", "lobby", "1"), "no-such-message"),
]


def test_hostile_fields(talk: Talk) -> None:
    """A member who is up to something gets a word, and nobody else hears anything."""
    ann, bo, _, _ = talk
    room = ask(ann, "0011", "Cellar")[0][1]
    assert outcome(ann, "0002", "user1", "hello", room) == "ok"
    assert outcome(bo, "0012", room) == "ok"
    for fields, reason in HOSTILE:
        given = [field.format(room=room) for field in fields]
        assert (fields, outcome(bo, *given)) == (fields, reason)
    ann.expect_nothing()


def test_rooms_of_others_do_not_exist(talk: Talk) -> None:
    """Private and direct ones are answered like those that were never made."""
    ann, bo, cy, _ = talk
    secret = ask(ann, "0011", "Secret", "private")[0][1]
    ann.send_line("0002", "user1", "psst", "@user2", "c1")
    direct = ann.expect("1011")[1]
    ann.expect("1000", "0002", "ok", "c1", direct, "1")
    for request in (
        ("0002", "user3", "x", "{}", "cid"),
        ("0006", "{}"),
        ("0008", "{}", "1", "x", "cid"),
        ("0009", "{}", "1", "cid"),
        ("0010", "{}", "1", "+", "1", "cid"),
        ("0012", "{}"),
        ("0013", "{}"),
        ("0014", "{}", "user3"),
        ("0015", "{}", "user1"),
        ("0016", "{}", "user3", "owner"),
        ("0017", "{}", "x", "cid"),
        ("0018", "{}", "x", "cid"),
        ("0020", "{}"),
    ):
        answers = [
            ask(cy, *(field.format(room) for field in request))
            for room in (secret, "Secret", direct, "#99999", "Nowhere", "#" + "9" * 18)
        ]
        assert answers[0][-1][2] == "no-such-room"
        assert answers == [answers[0]] * len(answers)
    bo.expect("1011", direct, "direct", "user1")
    bo.expect("1002", "itcast1", "psst", "user1", direct, "1")
    for client in (ann, bo):
        client.expect_nothing()


def test_direct_rooms(talk: Talk) -> None:
    """Each sees the other; the room is the same whoever begins, and after the next login."""
    ann, bo, _, connect = talk
    info, result = ask(ann, "0012", "@USER2")
    room = info[1]
    assert info[2:6] == ["direct", "user2", "member", "itcast2"]
    assert result[4] == room
    assert bo.expect("1011", room, "direct", "user1")[5] == "itcast1"
    assert ask(bo, "0002", "user2", "hey", "@user1")[-1][4] == room
    ann.expect("1002", "itcast2", "hey", "user2", room, "1")
    again = connect("user1")
    assert ask(again, "0006", "@user2")[0][:3] == ["1002", "itcast2", "hey"]
    assert [frame[3] for frame in ask(again, "0019", "mine")[:-1]] == ["lobby", "user2"]
    assert outcome(again, "0014", room, "user3") == "not-allowed"
    assert ask(again, "0002", "user1", "note", "@user1")[0][3] == "user1"
    assert outcome(again, "0002", "user1", "x", "@nobody") == "no-such-user"


def test_an_announcement_room_and_the_lobby(talk: Talk) -> None:
    """The owner and the moderators speak in the one; the settings say who moderates the other."""
    ann, bo, cy, _ = talk
    room = ask(ann, "0011", "News", "announcement")[0][1]
    assert outcome(bo, "0012", room) == "ok"
    assert outcome(bo, "0002", "user2", "x", room) == "not-allowed"
    assert outcome(ann, "0016", room, "user2", "moderator") == "ok"
    bo.expect("1011", room, "announcement", "News", "moderator")
    assert outcome(bo, "0002", "user2", "x", room) == "ok"
    assert outcome(bo, "0002", "user2", "to be taken back") == "ok"
    assert outcome(ann, "0009", "lobby", "1") == "not-allowed"
    assert outcome(cy, "0009", "lobby", "1") == "ok"
    bo.expect("1003", "itcast3", "", "user3", "lobby", "2")


def test_quotas(talk: Talk) -> None:
    """Rooms made, conversations begun, rooms one is in: each has its bound."""
    ann, bo, _, _ = talk
    for number in range(QUOTAS["rooms_per_user"]):
        assert outcome(ann, "0011", f"room {number}") == "ok"
        assert outcome(bo, "0012", f"room {number}") == "ok"
    assert outcome(ann, "0011", "one more") == "too-many"
    assert outcome(bo, "0011", "bo's") == "ok"
    assert outcome(bo, "0011", "bo's other") == "too-many"
    for other in ("user2", "user3"):
        assert outcome(ann, "0012", f"@{other}") == "ok"
    assert outcome(ann, "0012", "@user1") == "too-many"
    assert outcome(ann, "0012", "@user2") == "ok"


def test_who_comes_is_told(talk: Talk) -> None:
    """To the members, after a moment."""
    ann, bo, _, _ = talk
    room = ask(ann, "0011", "Cellar")[0][1]
    assert outcome(bo, "0012", room) == "ok"
    seen = [ann.receive_raw_frame()]
    while seen[-1] != f"2004|{room}|user2|itcast2|member":
        seen.append(ann.receive_raw_frame())
    assert {frame[:4] for frame in seen} <= {"2002", "2004"}
