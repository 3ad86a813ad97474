"""Whatever the fields of a request are: an answer, no fault, and nothing of rooms one is not in.

Everything is real but the sockets, the threads and the hashes: the storage too, of both kinds.
"""

import random
from collections.abc import Iterator

import pytest

from reactor.loop import Loop
from reactor.records import Membership, NewMessage, NewUser
from reactor.storage import Storage
from tests.helpers import chat
from tests.helpers.chat import NOW, Client, Stage, stand_in_passwords
from wire.codec import decode, encode
from wire.limits import MAX_CID, MAX_NAME, MAX_QUERY, MAX_SIGN, MAX_TEXT, MAX_TOPIC
from wire.messages import (
    MESSAGES,
    ChangePassword,
    Chat,
    Edit,
    LogIn,
    LogOut,
    Message,
    React,
    Result,
    RevokeDevice,
    SetTopic,
)

SECRET = "xyzzy"
"""Said, and part of what things are called, where the third user is not."""

REQUESTS = [
    message
    for code, message in MESSAGES.items()
    if code.startswith("0") and message not in (LogIn, LogOut, ChangePassword, RevokeDevice)
]

NUMBERS = (0, 1, 2, 3, 7, 200, 10_000, 2**31, 2**32, 10**18 - 1)

TEXTS = (
    *("", " ", "\0", "\n", "@", "#", "#0", "#01", "#2", "#3", "#4", "#5", "#9", "＃2"),
    *("#99999999999999999999", "#999999999999", "#" + "9" * 18, "lobby", "LOBBY", "ＬＯＢＢＹ"),
    *("open", "Open ", "open\0", "vault", "Vault", f"{SECRET}", "@user1", "@user2", "@user3"),
    *("@USER3", "@nobody", "@user1 ", "@user1\0", "@1:2", "@3:user1", "@@user1", "@" + "x" * 32),
    *("user1", "user2", "user3", "nobody", "user1\0", "user2 ", "owner", "member", "moderator"),
    *("mine", "public", "private", "announcement", "direct", "removed", "1", "0", "01", "-1"),
    *("lobby:0:0", "#2:1:1", f"#2:1:{NOW} #3:0:0", "#4:0:0 #5:0:0 #6:0:0", "lobby:1:0 lobby:1:0"),
    *(
        "👍",
        "👩‍👩‍👧‍👦",
        "%",
        "_",
        "%_%",
        '"',
        "'",
        "\\",
        ";--",
        "AND",
        "NEAR(",
        "*",
        "a\u0300",
        "ß",
        "İ",
        "ﷺ",
    ),
    *("a b", "ab\u1680c", "\u00a8", "\ufdfa" * 32, "\ufdfa" * 33, "\U0010ffff", "\U0001f600" * 32),
    *(
        one * (limit + more)
        for limit in (MAX_SIGN, MAX_NAME, MAX_CID, MAX_QUERY, MAX_TOPIC, MAX_TEXT)
        for one in ("x", "界", "😀")
        for more in (0, 1)
    ),
)


@pytest.fixture
def stage(loop: Loop, storage: Storage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """With a vault that user3 is not in, a room that they were put out of, and an open one."""
    names = ("user1", "user2", "user3")
    storage.accounts.add_users(
        [NewUser(name, f"itcast{name[-1]}", f"hash:{name[-1] * 6}") for name in names]
    )
    for name, kind in (("open", "public"), (SECRET + "2", "private"), (SECRET + "3", "public")):
        made = storage.rooms.create(1, name, kind, name if kind == "private" else "", NOW)
        assert isinstance(made, Membership)
        storage.rooms.invite(1, made.room.room_id, "user2", NOW)
    storage.rooms.invite(1, 4, "user3", NOW)
    storage.rooms.remove(1, 4, "user3")
    storage.rooms.open_direct(1, "user2", NOW)
    for room_id in (3, 4, 5):
        storage.messages.append([NewMessage(room_id, 1, "", f"{SECRET} {room_id}", NOW)] * 3)
    stand_in_passwords(monkeypatch)
    monkeypatch.setattr(chat, "FakeStore", lambda: storage)
    yield Stage(loop)
    storage.close()


def any_request(dice: random.Random) -> Message:
    """A request with any fields; a name that is right more often than by chance."""
    message = dice.choice(REQUESTS)
    values: list[int | str] = []
    for field in message.layout:
        if field.is_number:
            values.append(dice.choice(NUMBERS))
        elif field.name == "room" and dice.random() < 0.6:
            values.append(dice.choice(("", "open", "#2", "#3", "#4", "#5", "@user1", "@user3")))
        elif field.name == "username" and dice.random() < 0.6:
            values.append("user3")
        else:
            values.append(dice.choice(TEXTS))
    return message(*values)


def anything_said(dice: random.Random) -> Message:
    """By user1, in one of the rooms where user3 is not."""
    room = dice.choice(("#3", "#4", "#5"))
    said = (
        Chat("user1", f"{SECRET} @user3", room),
        Edit(room, 1, f"{SECRET} @user3"),
        React(room, 2, SECRET, "1"),
        SetTopic(room, SECRET),
    )
    return dice.choice(said)


@pytest.mark.parametrize("seed", range(2))
def test_any_requests(stage: Stage, seed: int) -> None:
    """Of user3, who hears nothing of what is said where they are not. What they asked
    with themselves may come back to them as a result's reference."""
    dice = random.Random(seed)
    strangers = [stage.full("user3"), stage.basic("user3")]
    insider = stage.full("user1")
    for _ in range(300):
        request = any_request(dice)
        dice.choice(strangers).sends(encode(request))
        stage.settle()
        insider.sends(encode(anything_said(dice)))
        stage.settle()
        for stranger in strangers:
            check(request, stranger)
    assert insider.told_of("1000|0002|ok")


def check(request: Message, stranger: Client) -> None:
    """Look at what came of *request*."""
    told = [decode(line.encode()) for line in stranger.told()]
    results = [message for message in told if isinstance(message, Result)]
    assert not {result.outcome for result in results} & {"error", "unavailable"}, request
    heard = [each.detail if isinstance(each, Result) else str(each) for each in told]
    assert not [each for each in heard if SECRET in each], request
    assert not stranger.connection.closed, request
