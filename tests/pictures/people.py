"""Made-up people and their talk, for pictures: a class in Chinese, an office in English.

All of it is said on one day of the past, so the pictures are the same whenever they are made.
"""

from dataclasses import dataclass

from client_gui.items import Delivery, Entry, Quote, Reaction, RoomItem, SearchHit
from client_gui.state.rooms import LOBBY

_MORNING = 1_741_599_000_000
"""Monday, 10 March 2025, half past nine, UTC; in milliseconds."""

_MINUTE = 60_000


@dataclass(frozen=True)
class Scene:
    """Who is there, and what they say; the first of *people* is at the window."""

    people: tuple[tuple[str, str], ...]
    rooms: tuple[RoomItem, ...]
    said: tuple[Entry, ...]
    typing: tuple[str, ...]
    searched: str

    @property
    def me(self) -> tuple[str, str]:
        """User name and nickname."""
        return self.people[0]

    @property
    def hits(self) -> tuple[SearchHit, ...]:
        """What is found, the latest first."""
        return tuple(
            SearchHit(_ROOM, said.seq, said.username, said.nickname, said.text, said.time)
            for said in reversed(self.said)
            if self.searched in said.text
        )


_ROOM = "#1"


def _talk(people: tuple[tuple[str, str], ...], *lines: tuple) -> tuple[Entry, ...]:
    """Entries of *lines*: who (by position), minutes since the line before, text, and more."""
    names, entries, time = dict(people), [], _MORNING
    for seq, (who, minutes, text, *more) in enumerate(lines, 1):
        time += minutes * _MINUTE
        username = people[who][0]
        entries.append(
            Entry(
                f"{_ROOM}#{seq}",
                username,
                names[username],
                text,
                who == 0,
                time,
                seq,
                **(more[0] if more else {}),
            )
        )
    return tuple(entries)


def _rooms(lobby: str, *rooms: tuple) -> tuple[RoomItem, ...]:
    made = [RoomItem(LOBBY, LOBBY, LOBBY, lobby, "member", unread=2, last_seq=9, read_seq=7)]
    for number, (kind, name, topic, members, unread, mentions) in enumerate(rooms, 1):
        role = "owner" if number == 1 else "member"
        made.append(
            RoomItem(
                f"#{number}", kind, name, topic, role, members, unread, mentions, 99, 99 - unread
            )
        )
    return tuple(made)


_CLASS = (
    *(("linyue", "林悦"), ("chen", "陈老师"), ("wangxm", "王小明"), ("zhaoyt", "赵雨桐")),
    *(("sunhao", "孙浩"), ("lijing", "李静"), ("zhouk", "周凯")),
)
_OFFICE = (
    *(("maya", "Maya Lindqvist"), ("omar", "Omar Haddad"), ("grace", "Grace Wong")),
    *(("tom", "Tom Okafor"), ("ines", "Inês Duarte"), ("jonas", "Jonas Weber")),
)

CLASS = Scene(
    _CLASS,
    _rooms(
        "大家都在这里",
        ("public", "期末项目", "第三组：聊天室，周日晚上交", 7, 0, 0),
        ("announcement", "课程通知", "", 42, 1, 0),
        ("private", "宿舍 402", "", 4, 12, 1),
        ("direct", "chen", "陈老师", 2, 0, 0),
        ("direct", "wangxm", "王小明", 2, 3, 0),
        ("public", "羽毛球", "周四晚上七点，体育馆", 18, 0, 0),
    ),
    _talk(
        _CLASS,
        (1, 0, "同学们早！第三组的进度怎么样了？"),
        (2, 2, "老师早，服务器部分写完了，昨晚跑了一万条消息没有丢。"),
        (2, 0, "测试也都过了 🎉", {"reactions": (Reaction("🎉", 4, True, ("林悦", "赵雨桐")),)}),
        (0, 3, "客户端还差设置窗口，今天下午能做完。"),
        (3, 6, "我在写报告，架构图画好了，大家帮忙看看有没有画错的地方。"),
        (
            *(1, 4, "@linyue 断线重连的时候，没发出去的消息会怎么样？"),
            {"mentions_me": True},
        ),
        (
            *(0, 2, "会留在本地，连上以后自动补发，而且不会重复。"),
            {
                "reply": Quote(6, "陈老师", "@linyue 断线重连的时候，没发出去的消息会怎么样？"),
                "reactions": (Reaction("👍", 3, False, ("陈老师", "王小明", "孙浩")),),
            },
        ),
        (4, 9, "演示安排在周三下午两点，204 教室，投影仪我来借。", {"edited": True}),
        (5, 1, "收到"),
        (0, 1, "好的，周三见 👋", {"delivery": Delivery.STORED}),
    ),
    ("王小明",),
    "周三",
)

OFFICE = Scene(
    _OFFICE,
    _rooms(
        "Everybody is here",
        ("public", "Release 1.4", "Ships Thursday. Blockers first, please.", 6, 0, 0),
        ("announcement", "Company news", "", 58, 1, 0),
        ("private", "Hiring", "", 4, 5, 2),
        ("direct", "grace", "Grace Wong", 2, 0, 0),
        ("direct", "omar", "Omar Haddad", 2, 1, 0),
        ("public", "Lunch", "Noodles on Tuesdays 🍜", 21, 0, 0),
    ),
    _talk(
        _OFFICE,
        (1, 0, "Morning all. Where are we with 1.4?"),
        (2, 2, "The import is done, and the nightly run went through for the first time."),
        (2, 0, "Twelve hours, no retries 🎉", {"reactions": (Reaction("🎉", 4, True, ("Omar",)),)}),
        (0, 3, "Settings dialog is in review. One comment left, about the default font."),
        (3, 6, "I moved the notes to the wiki, so that support can start on the translations."),
        (
            *(1, 4, "@maya what happens to messages that are written offline?"),
            {"mentions_me": True},
        ),
        (
            *(0, 2, "They wait on disk and go out when the connection is back. None goes twice."),
            {
                "reply": Quote(6, "Omar Haddad", "@maya what happens to messages that are…"),
                "reactions": (Reaction("👍", 3, False, ("Omar", "Grace", "Tom")),),
            },
        ),
        (4, 9, "Demo is on Wednesday at two, in the small room. I bring the projector."),
        (5, 1, "Noted"),
        (0, 1, "See you on Wednesday 👋"),
    ),
    ("Grace Wong",),
    "Wednesday",
)
