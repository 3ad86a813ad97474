"""Everybody in one room, some of them talking: the load of a cell of the fan-out.

Three observe: they read the numbers of the messages. Everybody else counts bytes, and in the end
must have as many of them as the first observer; those who talk, who are told other bytes, count
messages.
"""

from collections.abc import Iterator

from bench.server.crowd import Crowd
from bench.server.talking import Observer, Sender, Talking


class OneRoom(Talking):
    """The first who came in observes, and one in the middle and the last: some servers serve in
    order. They do not talk, so in a room of 100 no more than 97 do."""

    def __init__(self, crowd: Crowd, room: int) -> None:
        super().__init__(crowd, room)
        places = crowd.descriptors
        self._observing = list(dict.fromkeys((places[0], places[len(places) // 2], places[-1])))
        self._others = [each for each in places if each not in self._observing]

    def _take_places(self, senders: int) -> None:
        step = max(1, len(self._others) // senders)
        talking = self._others[::step][:senders]
        sockets, users = self._crowd.sockets, self._crowd.users
        self._senders = {each: Sender(sockets[each], users[each]) for each in talking}
        self._observers = {each: Observer() for each in self._observing}
        self._plain = [each for each in self._others if each not in self._senders]
        self._hearing = dict.fromkeys(self._senders, self._hear_as_sender)
        self._hearing |= dict.fromkeys(self._observers, self._hear_as_observer)

    def _told_of_each(self) -> int:
        return len(self._crowd.descriptors) - (not self._language.echoes)

    def _hear_as_observer(self, descriptor: int, length: int) -> None:
        numbers = self._observed(self._observers[descriptor], length)
        if not self._language.answer and descriptor == self._observing[0]:
            self._go_on(numbers)

    def _go_on(self, numbers: list[int]) -> None:
        """Those whose messages these are may say as many more."""
        counts: dict[Sender, int] = {}
        for number in numbers:
            owner = self._owners[number - self._base]
            counts[owner] = counts.get(owner, 0) + 1
        for sender, count in counts.items():
            self._answered(sender, count)

    def _missing(self) -> Iterator[str]:
        messages, users = len(self._sent_at), self._crowd.users
        for each, observer in self._observers.items():
            if observer.count != messages:
                yield f"user {users[each]} has {observer.count} messages instead of {messages}"
        for each, sender in self._senders.items():
            own = 0 if self._language.echoes else sender.said
            if wrong := self._wrong_sender(each, messages - own):
                yield wrong
        heard, length = self._crowd.heard, self._observers[self._observing[0]].length
        for each in self._plain:
            if heard[each] != length:
                yield f"user {users[each]} has {heard[each]} bytes instead of {length}"
