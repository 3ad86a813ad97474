"""Who sits before a client: writes, scrolls, tries again, and sometimes sends what is old."""

import itertools
from collections.abc import Callable
from random import Random

from client_gui.rooms import LOBBY
from tests.simulation.client import Client
from tests.simulation.oracle import Oracle
from tests.simulation.plan import Plan

# What has a meaning in a frame, or ends a line elsewhere, or takes several bytes.
ALPHABET = "ab |\\\n\r中文\u2028\x85é😀"
LONG = 1_500
"""Characters that a long text has more than others, at the most."""


# How probable each is, when a person does something; the first two one after the other.
SCROLLS = 0.25
DEALS_WITH_REFUSED = 0.35
RETRIES = 0.7
SAME_TEXT = 0.5
COMMON_TEXT = 0.1


class Person:
    """One person at one client. What is done comes back in words."""

    def __init__(self, client: Client, random: Random, plan: Plan, oracle: Oracle) -> None:
        self._client = client
        self._random = random
        self._plan = plan
        self._oracle = oracle
        self._numbers = itertools.count(1)

    def act(self) -> str:
        """Do something, whatever comes to mind."""
        client = self._client
        if client.state is None:
            return f"nobody is at {client.name}"
        if client.sign_in_due:
            return client.sign_in()
        roll = self._random.random()
        if roll < self._plan.resends:
            return self._send_old()
        if roll < SCROLLS:
            return client.read_older()
        if roll < DEALS_WITH_REFUSED and (refused := client.refused()):
            retries = refused[0].retryable and self._random.random() < RETRIES
            return (client.retry if retries else client.discard)(refused[0].key)
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
            if entry.retryable:
                return lambda: client.retry(entry.key)
        first = client.numbers(LOBBY)[:1]
        return client.read_older if first and first[0] > 1 else None

    def say(self) -> str:
        """Write something new."""
        client = self._client
        if not client.can_say:
            return f"{client.name} may not write"
        cid = f"{client.name}.{next(self._numbers)}"
        text = self._text(cid)
        self._oracle.said(client.user, cid, text)
        client.say(cid, text)
        return f"{client.name} says {cid}"

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
        client.send_again(cid, text)
        return f"{client.name} sends the old {cid} again"

    def _text(self, beginning: str) -> str:
        if self._random.random() < COMMON_TEXT:
            return "ok"  # people say the same thing twice, and that is two messages
        is_long = self._random.random() < self._plan.long_texts
        filler = "长" * self._random.randint(1, LONG) if is_long else ""
        return beginning + "".join(self._random.choices(ALPHABET, k=5)) + filler
