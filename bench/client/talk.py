"""Made-up talk for measuring: the same every time, and mixed like that of students or colleagues.

Short and long, Chinese, English and emoji; some answer others, some have reactions. No Qt.
"""

import random
from collections.abc import Iterator

from client_gui.items import RoomItem
from client_gui.log.records import Batch, Log, LogChanges
from client_gui.log.rows import Row
from client_gui.log.store import Store

ME = "user1"
NICKNAME = "Lin Yue"
SINCE = 1_700_000_000_000
"""When the first of it was said: November 2023, in milliseconds."""

_PEOPLE = [
    *((ME, NICKNAME), ("user2", "Grace Wong"), ("user3", "王小明"), ("user4", "Ben")),
    *((f"user{number}", f"同学{number}") for number in range(5, 31)),
]
_SHORT = [
    *("ok", "好的", "收到", "thanks!", "哈哈哈哈", "👍", "在吗？", "yes", "明天见", "lol 😂", "+1"),
    *("马上到", "where?", "可以", "不客气", "Good morning ☀️", "😂😂😂", "lgtm", "谢谢老师", "？"),
]
_SENTENCES = [
    "Could you have a look at the second slide before the meeting?",
    "今天下午三点在二号楼 204 开会，别忘了带电脑。",
    "The build is green again, I have put the fix on the branch.",
    "作业截止到周日晚上十二点，请大家抓紧时间提交。",
    "@user1 你昨天说的那个问题我查到原因了，是编码不对。",
    "I will be ten minutes late, please start without me 🙏",
    "这个接口返回的时间是毫秒，不是秒，文档里写错了。",
    "See https://example.org/notes/2024/week-12?page=3 for the whole list.",
    "食堂二楼新开的面馆味道不错，中午一起去吧 🍜",
    "Who has the key to the lab? The door is locked 🔒",
]
_SIGNS = ["👍", "❤️", "😂", "🎉", "👀", "✅"]
_WRITTEN_AT_ONCE = 5_000

_ANSWERS = 0.10
_REACTIONS = 0.08
_SHORT_ONES = 0.45
_LONG_ONES = 0.06


def rows(count: int, first: int = 1, seed: int = 7) -> Iterator[Row]:
    """Yield *count* messages, numbered from *first* on."""
    chance = random.Random(seed)
    time = SINCE + first * 60_000
    for seq in range(first, first + count):
        time += chance.choice((2_000, 9_000, 40_000, 600_000))
        username, nickname = chance.choice(_PEOPLE)
        answers = seq > 50 and chance.random() < _ANSWERS
        reply_to = seq - chance.randint(1, 40) if answers else 0
        yield Row(seq, username, nickname, _text(chance), time, reply_to, signs=_reactions(chance))


def _text(chance: random.Random) -> str:
    kind = chance.random()
    if kind < _SHORT_ONES:
        return chance.choice(_SHORT)
    if kind < 1 - _LONG_ONES:
        return " ".join(chance.choices(_SENTENCES, k=chance.randint(1, 2)))
    return "\n".join(chance.choices(_SENTENCES, k=chance.randint(4, 12)))


def _reactions(chance: random.Random) -> dict[str, dict[str, str]]:
    if chance.random() >= _REACTIONS:
        return {}
    signs = chance.sample(_SIGNS, chance.randint(1, 3))
    return {sign: dict(chance.sample(_PEOPLE, chance.randint(1, 5))) for sign in signs}


def fill(store: Store, room: str, name: str, count: int) -> None:
    """Put a room of *count* messages into *store*, as if all of them had been read here."""
    last = SINCE
    log = Log(room, 1, 0, 0)
    written: list[Row] = []
    for row in rows(count):
        written.append(row)
        last = row.time
        if len(written) == _WRITTEN_AT_ONCE or row.seq == count:
            log = Log(room, 1, row.seq, row.time)
            store.write(Batch([LogChanges(room, log, rows=written)]))
            written = []
    item = RoomItem(
        room, "public", name, "", "member", 30, 0, 0, log.mark, log.mark, last_time=last
    )
    facts = {"username": ME, "nickname": NICKNAME, "epoch": "bench"}
    store.write(Batch(rooms=[item], facts=facts))
