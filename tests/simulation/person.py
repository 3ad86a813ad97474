"""Who sits before a client: writes, changes, scrolls, goes from room to room, sends what is old."""

import itertools
from collections.abc import Callable
from random import Random

from client_gui.items import Entry
from client_gui.state.client_state import ClientState
from client_gui.state.rooms import LOBBY
from tests.simulation.client import Client
from tests.simulation.oracle import Oracle
from tests.simulation.plan import Plan

# What has a meaning in a frame, or ends a line elsewhere, or takes several bytes.
ALPHABET = "ab |\\\n\r中文\u2028\x85é😀"
LONG = 1_500
"""Characters that a long text has more than others, at the most."""

NAMES = ("red", "green", "blue")
"""What rooms are called: so few that some are taken."""

SIGNS = ("👍", "no")

# How probable each is, when a person does something; one after the other.
SCROLLS = 0.2
DEALS_WITH_REFUSED = 0.3
READS = 0.35
RETRIES = 0.7
SAME_TEXT = 0.5
COMMON_TEXT = 0.1
ANSWERS = 0.2
OTHERS_MESSAGE = 0.1
"""How probable it is that somebody takes back what is not theirs."""


class Person:
    """One person at one client. What is done comes back in words."""

    def __init__(
        self, client: Client, random: Random, plan: Plan, oracle: Oracle, users: tuple[str, ...]
    ) -> None:
        self._client = client
        self._random = random
        self._plan = plan
        self._oracle = oracle
        self._users = users
        self._numbers = itertools.count(1)
        self._looked_at: set[tuple[int, str]] = set()

    def act(self) -> str:
        """Do something, whatever comes to mind."""
        client, roll = self._client, self._random.random()
        if client.state is None:
            return f"nobody is at {client.name}"
        if client.sign_in_due:
            return client.sign_in()
        if self._random.random() < self._plan.rooms:
            return self._move()
        if self._random.random() < self._plan.changes:
            return self._change()
        room = self._some_room()
        if roll < self._plan.resends:
            return self._send_old()
        if roll < SCROLLS:
            return self._scroll(room)
        if roll < DEALS_WITH_REFUSED and (refused := client.refused()):
            return self._deal_with(refused[0], self._random.random() < RETRIES)
        if roll < READS and (numbers := client.numbers(room)):
            return client.mark_read(room, self._random.choice(numbers))
        return ", ".join([self.say() for _ in range(self._random.choice((1, 1, 2, 6)))])

    def wants(self) -> Callable[[], str] | None:
        """What somebody who wants to see everything settled would do now; None for waiting."""
        client = self._client
        if client.state is None:
            return None
        if client.sign_in_due:
            return client.sign_in
        if not client.online:
            return None
        for entry in client.refused():
            return lambda: self._deal_with(entry, True)
        for room in client.rooms:
            if self._oracle.lacks_older(client, room):
                return lambda: self._scroll(room)
        return None

    def say(self) -> str:
        """Write something new."""
        client = self._client
        if client.state is None or not client.can_say:
            return f"{client.name} may not write"
        room, cid = self._some_room(), self._next_cid()
        text = self._text(cid)
        self._oracle.said(client.user, cid, text)
        numbers = client.numbers(room)
        answers = numbers and self._random.random() < ANSWERS
        client.say(room, cid, text, self._random.choice(numbers) if answers else 0)
        return f"{client.name} says {cid} in {room}"

    # --- what a person may do --------------------------------------------------------------------

    def _deal_with(self, entry: Entry, retries: bool) -> str:
        if retries and entry.retryable:
            return self._client.wish(lambda state: state.retry(entry.key), f"retries {entry.key}")
        return self._client.discard(entry.key)

    def _scroll(self, room: str) -> str:
        client = self._client
        looked_at = (id(client.state), room)
        if looked_at not in self._looked_at or not client.numbers(room):
            self._looked_at.add(looked_at)
            return client.wish(lambda state: state.open_room(room), f"looks at {room}")
        return client.wish(lambda state: state.read_older(room), f"scrolls up in {room}")

    def _change(self) -> str:
        """Change something that was said, or what a room is called."""
        client, random, cid = self._client, self._random, self._next_cid()
        room = self._some_room()
        if not client.can_say:
            return f"{client.name} may not change anything"
        if random.random() < 0.1:
            name = random.choice(NAMES)
            self._oracle.wished(client.user, cid, name)
            if random.random() < 0.5:
                return client.wish(lambda s: s.set_topic(room, name, cid), f"sets {room}'s topic")
            return client.wish(lambda s: s.rename(room, name, cid), f"renames {room} to {name}")
        entries = [e for e in client.shown.get(room, []) if e.seq and not e.notice]
        if random.random() >= OTHERS_MESSAGE:
            entries = [e for e in entries if e.own] or entries
        if not entries:
            return f"{client.name} has nothing to change"
        return self._change_one(room, random.choice(entries), cid)

    def _change_one(self, room: str, entry: Entry, cid: str) -> str:
        client, seq, text = self._client, entry.seq, self._text(cid)
        sign, on = self._random.choice(SIGNS), self._random.random() < 0.7
        wishes: list[tuple[str, str, Callable[[ClientState], list]]] = [
            ("reacts to", sign, lambda state: state.react(room, seq, sign, on, cid)),
            ("edits", text, lambda state: state.edit(room, seq, text, cid)),
            ("takes back", "", lambda state: state.delete(room, seq, cid)),
        ]
        what, wished, wish = self._random.choices(wishes, (2, 2, 1))[0]
        self._oracle.wished(client.user, cid, wished, (room, seq))
        return client.wish(wish, f"{what} {room} #{seq} as {cid}")

    def _move(self) -> str:
        """Make a room, come, go, let in, put out."""
        client, random = self._client, self._random
        room, user, name = self._some_room(), random.choice(self._users), random.choice(NAMES)
        kind = random.choice(("public", "private", "announcement"))
        wishes: list[tuple[str, Callable[[ClientState], list]]] = [
            (f"makes {name}, {kind}", lambda state: state.create_room(name, kind, "")),
            (f"joins {name}", lambda state: state.join(name)),
            (f"writes to {user}", lambda state: state.open_direct(user)),
            (f"invites {user} to {room}", lambda state: state.invite(room, user)),
            (f"makes {user} a moderator", lambda state: state.set_role(room, user, "moderator")),
            (f"leaves {room}", lambda state: state.leave(room)),
            (f"puts {user} out of {room}", lambda state: state.remove(room, user)),
        ]
        chosen = random.choice((0, 0, 1, 1, 1, 2, 3, 3, 3, 4, 5, 6, 6))
        if chosen >= 5:
            self._oracle.may_go(client.user if chosen == 5 else user, room)
        what, wish = wishes[chosen]
        self._oracle.counts["moved between rooms"] += 1
        return client.wish(wish, what)

    def _send_old(self) -> str:
        """Send what is acknowledged already once more, perhaps with another text."""
        client = self._client
        known = self._oracle.acknowledged_of(client.user)
        if not known or not client.logged_in:
            return f"{client.name} has nothing old to send"
        cid = self._random.choice(known)
        same = self._random.random() < SAME_TEXT
        self._oracle.counts["old cid, same text" if same else "old cid, other text"] += 1
        text = self._oracle.text_of(client.user, cid) if same else self._text("other")
        client.send_again(self._oracle.room_of(client.user, cid), cid, text or "nothing")
        return f"{client.name} sends the old {cid} again"

    # --- drawing ---------------------------------------------------------------------------------

    def _some_room(self) -> str:
        return self._random.choice(sorted(self._client.rooms) or [LOBBY])

    def _next_cid(self) -> str:
        return f"{self._client.name}.{next(self._numbers)}"

    def _text(self, beginning: str) -> str:
        if self._random.random() < COMMON_TEXT:
            return "ok"  # people say the same thing twice, and that is two messages
        is_long = self._random.random() < self._plan.long_texts
        filler = "长" * self._random.randint(1, LONG) if is_long else ""
        return beginning + "".join(self._random.choices(ALPHABET, k=5)) + filler
