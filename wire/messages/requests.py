"""From client to server: codes ``0nnn``. The docstring says what answers a request."""

from dataclasses import field
from typing import Annotated

from wire.messages.registry import Message, register


@register("0001")
class LogIn(Message):
    """Log this connection in. Answered by a login result."""

    username: Annotated[str, "who you are"]
    password: Annotated[str, "your password; empty with a token"] = field(repr=False)
    client: Annotated[
        str, "name and version of your program; naming it makes you a *full* client"
    ] = ""
    token: Annotated[str, "this device's token from an earlier login, in place of the password"] = (
        field(default="", repr=False)
    )


@register("0002")
class Chat(Message):
    """Say something. Answered by a result whose reference is the `cid`, once it is stored."""

    username: Annotated[str, "your own user name, as it was logged in"]
    text: Annotated[str, "what you say; not empty"]
    room: Annotated[str, "where; empty is the lobby"] = ""
    cid: Annotated[str, "your own id for this message: the same one again is the same message"] = ""
    reply_to: Annotated[int, "the number, in this room, of the message that this one answers"] = 0


@register("0003")
class Ping(Message):
    """Show that you are there, and see that the server is. Answered by a result."""

    token: Annotated[str, "comes back as the reference"] = ""


@register("0004")
class LogOut(Message):
    """Leave. Answered by a result; then the connection is closed."""


@register("0005")
class Who(Message):
    """Ask who is online. Answered by one `1005` for each user, by name, and a result."""

    after: Annotated[str, "continue behind this user name; empty begins at the beginning"] = ""
    limit: Annotated[int, "how many at the most; empty or 0 is a full page"] = 0


@register("0006")
class History(Message):
    """Ask for what was said in a room. Answered by a page of `1002` and `1003`, by number, and a
    result."""

    room: Annotated[str, "where; empty is the lobby"] = ""
    since: Annotated[int, "the first messages from this number on"] = 0
    before: Annotated[
        int, "without `since`: the last ones before this number; 0: the last of all"
    ] = 0
    limit: Annotated[int, "how many at the most; empty or 0 is a full page"] = 0


@register("0007")
class Resume(Message):
    """Say what you have, and be told what came after, then what is said from then on. Answered, for
    each room, by what you miss and a result whose reference is the room."""

    marks: Annotated[
        str,
        "`room:seq:time` of the last message that you have of each room, separated by spaces; "
        "`MAX_RESUMED` rooms at the most",
    ]
    limit: Annotated[int, "give a room up that lacks more than so many; empty or 0 is never"] = 0


@register("0008")
class Edit(Message):
    """Put another text in place of that of your own message. Answered like a chat."""

    room: Annotated[str, "where; empty is the lobby"]
    target: Annotated[int, "the number of the message"]
    text: Annotated[str, "the new text; not empty"]
    cid: Annotated[str, "your own id for this change"] = ""


@register("0009")
class Delete(Message):
    """Take your own message back, or as a moderator anyone's. Answered like a chat."""

    room: Annotated[str, "where; empty is the lobby"]
    target: Annotated[int, "the number of the message"]
    cid: Annotated[str, "your own id for this change"] = ""


@register("0010")
class React(Message):
    """Put a sign of yours to a message, or take it away again. Answered like a chat."""

    room: Annotated[str, "where; empty is the lobby"]
    target: Annotated[int, "the number of the message"]
    sign: Annotated[str, "an emoji, or a short word"]
    on: Annotated[str, "`1` put, `0` take away"]
    cid: Annotated[str, "your own id for this change"] = ""


@register("0011")
class CreateRoom(Message):
    """Make a room, which you own. Answered by its `1011` and a result with its reference."""

    name: Annotated[str, "its name"]
    kind: Annotated[str, "`public`, `private` or `announcement`; empty is public"] = ""
    topic: Annotated[str, "one line on what it is for"] = ""


@register("0012")
class JoinRoom(Message):
    """Become a member of a public or announcement room. Answered by its `1011` and a result."""

    room: Annotated[str, "its name or reference"]


@register("0013")
class LeaveRoom(Message):
    """Be a member no longer. Answered by a `2008` and a result. An owner who leaves is followed by
    the longest-standing moderator, or else member."""

    room: Annotated[str, "its name or reference"]


@register("0014")
class Invite(Message):
    """Make another user a member; in a private room, only its owner and moderators may. Answered by
    a result."""

    room: Annotated[str, "its name or reference"]
    username: Annotated[str, "whom"]


@register("0015")
class RemoveMember(Message):
    """As owner or moderator, put a member out, who is told nothing more of the room and cannot join
    again uninvited. Answered by a result."""

    room: Annotated[str, "its name or reference"]
    username: Annotated[str, "whom"]


@register("0016")
class SetRole(Message):
    """As owner, say what a member is. To make another one the owner makes you a moderator. Answered
    by a result."""

    room: Annotated[str, "its name or reference"]
    username: Annotated[str, "whose"]
    role: Annotated[str, "`owner`, `moderator` or `member`"]


@register("0017")
class SetTopic(Message):
    """As owner or moderator, say what a room is for. Answered like a chat."""

    room: Annotated[str, "its name or reference"]
    topic: Annotated[str, "one line; empty is none"]
    cid: Annotated[str, "your own id for this change"] = ""


@register("0018")
class RenameRoom(Message):
    """As owner or moderator, give a room another name; its reference stays. Answered like a
    chat."""

    room: Annotated[str, "its name or reference"]
    name: Annotated[str, "the new name"]
    cid: Annotated[str, "your own id for this change"] = ""


@register("0019")
class ListRooms(Message):
    """Ask which rooms there are. Answered by a page of `1011` and a result."""

    scope: Annotated[
        str, "`mine`: those you are in; `public`: those that anybody may join, by name"
    ]
    after: Annotated[str, "continue behind this, as the last result's reference said"] = ""
    limit: Annotated[int, "how many at the most; empty or 0 is a full page"] = 0


@register("0020")
class Members(Message):
    """Ask who is in a room. Answered by a page of `1012`, by name, and a result. In the lobby is
    everybody; `0005` tells who is online."""

    room: Annotated[str, "its name or reference"]
    after: Annotated[str, "continue behind this user name"] = ""
    limit: Annotated[int, "how many at the most; empty or 0 is a full page"] = 0


@register("0021")
class MarkRead(Message):
    """Everything up to a number has been read. Not answered unless refused; your other sessions are
    told by a `2007`. A lower number than before changes nothing."""

    room: Annotated[str, "its name or reference"]
    seq: Annotated[int, "the number of the last message that was read"]


@register("0022")
class Readers(Message):
    """Ask who has read a message, in a room of `MAX_READERS` members at the most. Answered by one
    `1013` for each, and a result."""

    room: Annotated[str, "its name or reference"]
    target: Annotated[int, "the number of the message"]


@register("0023")
class Typing(Message):
    """You are writing something. Not answered unless refused; the others are told by a `2006`. Send
    it again every few seconds while it lasts."""

    room: Annotated[str, "its name or reference"]


@register("0024")
class Search(Message):
    """Look for words, or parts of words, in what you may read. Answered by a page of `1014`, the
    latest first, and a result."""

    words: Annotated[str, "what each hit has in it, in any order; `%` and `_` are letters"]
    room: Annotated[str, "only there; empty is everywhere"] = ""
    before: Annotated[str, "continue there, as the last result's reference said"] = ""
    limit: Annotated[int, "how many at the most; empty or 0 is a full page"] = 0


@register("0025")
class Devices(Message):
    """Ask which devices may log in as you with a token. Answered by one `1015` for each, and a
    result."""


@register("0026")
class RevokeDevice(Message):
    """Take a device's token from it, and end its sessions. Answered by a result."""

    device: Annotated[int, "its number, from `1015`"]


@register("0027")
class ChangePassword(Message):
    """Put another password in place of yours. All tokens are revoked, and your other sessions
    ended. Answered by a result whose detail is this device's new token."""

    old: Annotated[str, "the password until now"] = field(repr=False)
    new: Annotated[str, "the password from now on"] = field(repr=False)
