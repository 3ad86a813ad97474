"""From server to client, events: codes ``2nnn``."""

from typing import Annotated

from wire.messages.registry import Message, register


@register("2000")
class Goodbye(Message):
    """The server is about to close this connection."""

    reason: Annotated[str, "a reason word"]
    detail: Annotated[str, "a sentence for people"] = ""
    retry_after: Annotated[int, "seconds to wait before connecting again"] = 0


@register("2001")
class AreYouThere(Message):
    """Nothing has come from you for a while. Send anything (a ping is made for it)."""


@register("2002")
class Presence(Message):
    """A user came online, or the last of their sessions ended."""

    username: Annotated[str, "who"]
    nickname: Annotated[str, "who, for people"]
    state: Annotated[str, "`1` online, `0` offline"]


@register("2003")
class OnlineCount(Message):
    """So many came and went at once that only the number is told; `0005` tells who is there."""

    online: Annotated[int, "users online now"]


@register("2004")
class MemberChanged(Message):
    """Somebody became a member of a room, is one no longer, or is another one than before."""

    room: Annotated[str, "which: its reference"]
    username: Annotated[str, "who"]
    nickname: Annotated[str, "who, for people"]
    role: Annotated[str, "`owner`, `moderator` or `member`; empty if no longer in it"] = ""


@register("2005")
class MembersChanged(Message):
    """So many members came and went at once that they are not told; `0020` tells who is there."""

    room: Annotated[str, "which: its reference"]


@register("2006")
class IsTyping(Message):
    """Somebody is writing something; say so for a few seconds, or until it comes."""

    room: Annotated[str, "where: the room's reference"]
    username: Annotated[str, "who"]
    nickname: Annotated[str, "who, for people"]


@register("2007")
class ReadUpTo(Message):
    """Another session of yours has read up to a number."""

    room: Annotated[str, "where: the room's reference"]
    seq: Annotated[int, "the number of the last message that was read"]


@register("2008")
class RoomGone(Message):
    """You are not in a room any more, and are told nothing more of it."""

    room: Annotated[str, "which: its reference"]
    reason: Annotated[str, "`left` or `removed`"]
