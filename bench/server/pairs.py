"""People in pairs: one of each talks, the other listens. The load of the scene of messages."""

from collections.abc import Iterator

from bench.server.crowd import Crowd
from bench.server.languages import MARK, partner
from bench.server.talking import Observer, Sender, Talking

OBSERVED = 20
"""Pairs whose messages' times are taken."""


class Listener:
    """Who hears *speaker*: how many messages, and their numbers where these are read."""

    __slots__ = ("marks", "observer", "speaker")

    def __init__(self, speaker: Sender, observer: Observer | None) -> None:
        self.speaker = speaker
        self.observer = observer
        self.marks = 0


class Pairs(Talking):
    """Users 0 and 1, 2 and 3 …; the even ones talk."""

    def __init__(self, crowd: Crowd) -> None:
        super().__init__(crowd, None)
        self._listeners: dict[int, Listener] = {}

    def _take_places(self, senders: int) -> None:
        users, sockets = self._crowd.users, self._crowd.sockets
        places = {user: descriptor for descriptor, user in users.items()}
        talking = [places[2 * pair] for pair in range(senders)]
        every = max(1, senders // OBSERVED)
        self._senders = {each: Sender(sockets[each], users[each]) for each in talking}
        self._listeners = {
            places[partner(sender.user)]: Listener(sender, None if pair % every else Observer())
            for pair, sender in enumerate(self._senders.values())
        }
        self._hearing = dict.fromkeys(self._senders, self._hear_as_sender)
        self._hearing |= dict.fromkeys(self._listeners, self._hear_as_listener)

    def _told_of_each(self) -> int:
        return 1

    def _hear_as_listener(self, descriptor: int, length: int) -> None:
        listener = self._listeners[descriptor]
        marks = self._crowd.buffer.count(MARK, 0, length)
        listener.marks += marks
        if listener.observer is not None:
            self._observed(listener.observer, length)
        if not self._language.answer:
            self._answered(listener.speaker, marks)

    def _missing(self) -> Iterator[str]:
        for listener in self._listeners.values():
            speaker, observer = listener.speaker, listener.observer
            heard = listener.marks if observer is None else observer.count
            if heard != speaker.said:
                yield f"user {speaker.user} was heard {heard} times and spoke {speaker.said} times"
        for each, sender in self._senders.items():
            own = sender.said if self._language.partner_echoes else 0
            if wrong := self._wrong_sender(each, own):
                yield wrong
