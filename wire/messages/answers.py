"""From server to client, answers and messages: codes ``1nnn``."""

from dataclasses import field
from typing import Annotated

from wire.messages.registry import Message, register


@register("1000")
class Result(Message):
    """The answer to a request that has no richer one; also to a frame that could not be read."""

    request: Annotated[str, "the code of the request; empty where it could not be read"]
    outcome: Annotated[str, "`ok` or a reason word"]
    reference: Annotated[
        str, "the request's own reference (`cid`, `token`); for a listing, where to continue"
    ] = ""
    detail: Annotated[str, "on `ok`, what belongs to the request; else a sentence for people"] = (
        field(default="", repr=False)  # it may be a new token
    )
    seq: Annotated[int, "of a stored message: its number in its room"] = 0
    time: Annotated[int, "of a stored message: when, in milliseconds since 1970 UTC"] = 0


@register("1001")
class LoginResult(Message):
    """The answer to a login."""

    ret: Annotated[str, "`1` success, `0` failure"]
    nickname: Annotated[str, "your nickname; empty on failure"]
    username: Annotated[str, "your user name; empty on failure"]
    note: Annotated[
        str, "on failure, a reason word; on success, a token for this device if it gave a password"
    ] = field(default="", repr=False)
    detail: Annotated[str, "on failure, a sentence for people"] = ""
    epoch: Annotated[
        str, "on success, which database this is: with another one than before, forget everything"
    ] = ""


@register("1002")
class ChatMessage(Message):
    """Somebody said something. Never sent to the session that said it, which has its result."""

    nickname: Annotated[str, "who said it, for people"]
    text: Annotated[str, "what was said; empty if it was taken back"]
    username: Annotated[str, "who said it"] = ""
    room: Annotated[str, "where: the room's reference"] = ""
    seq: Annotated[int, "its number in the room: 1, 2, 3 … without holes"] = 0
    time: Annotated[int, "when it was taken, in milliseconds since 1970 UTC"] = 0
    reply_to: Annotated[int, "the number, in this room, of the message that it answers"] = 0
    changed: Annotated[int, "the number of the change that gave it this text; 0 as it was said"] = 0
    cid: Annotated[str, "its sender's own id, by which the sender's other sessions know it"] = ""


@register("1003")
class Change(Message):
    """Something in a room has changed. Numbered with the room's messages, and like them never sent
    to the session that did it."""

    nickname: Annotated[str, "who did it, for people"]
    text: Annotated[str, "the new text, sign, topic or name; from history, the latest text"]
    username: Annotated[str, "who did it"]
    room: Annotated[str, "where: the room's reference"]
    seq: Annotated[int, "its number in the room"]
    time: Annotated[int, "when, in milliseconds since 1970 UTC"]
    kind: Annotated[
        str,
        "`edited`, `deleted`, `reacted`, `unreacted`, `topic` or `renamed`; ignore others, but not "
        "their number",
    ]
    target: Annotated[int, "the number of the message that it is about, if any"] = 0


@register("1005")
class OnlineUser(Message):
    """One user who is online: an entry of the answer to `0005`."""

    username: Annotated[str, "who"]
    nickname: Annotated[str, "who, for people"]


@register("1011")
class RoomInfo(Message):
    """A room: an entry of the answer to `0019`; or, unasked, one that you are in from now on, or in
    which your role has changed."""

    room: Annotated[str, "its reference, which never changes: `lobby`, or `#` and a number"]
    kind: Annotated[str, "`lobby`, `public`, `private`, `announcement` or `direct`"]
    name: Annotated[str, "its name; of a direct one, the other's user name"]
    role: Annotated[str, "`owner`, `moderator` or `member`; empty if you are not in it"] = ""
    topic: Annotated[str, "what it is for; of a direct one, the other's nickname"] = ""
    members: Annotated[int, "how many are in it; 0 of the lobby"] = 0
    last_seq: Annotated[int, "the number of its last message"] = 0
    read_seq: Annotated[int, "up to where you have read"] = 0
    unread: Annotated[
        int,
        "messages of others behind that, but for those taken back; `MAX_UNREAD` is that or more",
    ] = 0
    mentions: Annotated[int, "those among them that name you as `@user`"] = 0


@register("1012")
class Member(Message):
    """One member of a room: an entry of the answer to `0020`."""

    username: Annotated[str, "who"]
    nickname: Annotated[str, "who, for people"]
    role: Annotated[str, "`owner`, `moderator` or `member`"]
    state: Annotated[str, "`1` online, `0` offline"]


@register("1013")
class Reader(Message):
    """Somebody who has read a message: an entry of the answer to `0022`."""

    username: Annotated[str, "who"]
    nickname: Annotated[str, "who, for people"]
    seq: Annotated[int, "up to where they have read"]


@register("1014")
class Found(Message):
    """A hit: an entry of the answer to `0024`. The fields are those of a `1002`."""

    nickname: Annotated[str, "who said it, for people"]
    text: Annotated[str, "what was said"]
    username: Annotated[str, "who said it"]
    room: Annotated[str, "where: the room's reference"]
    seq: Annotated[int, "its number in the room"]
    time: Annotated[int, "when it was taken, in milliseconds since 1970 UTC"]


@register("1015")
class Device(Message):
    """A device with a token: an entry of the answer to `0025`."""

    device: Annotated[int, "its number"]
    client: Annotated[str, "the program that it named"]
    created: Annotated[int, "when it first logged in, in milliseconds since 1970 UTC"]
    used: Annotated[int, "when it last did"]
    current: Annotated[str, "`1` if it is the one that asks"] = ""
