"""What happens in the measured window, one scene after the other; each leaves figures.

They build on each other: the room is opened, read to its beginning, scrolled through, talked in.
"""

import statistics
import time
from collections.abc import Callable

from bench.client.figures import Figure, Size
from bench.client.memory import memory
from bench.client.talker import A_SECOND, ROOM
from bench.client.whole_client import TalkerProcess, WholeClient
from wire.limits import MAX_PAGE


class Scenes:
    """The scenes of one window. :attr:`figures` grows."""

    def __init__(self, client: WholeClient, talker: TalkerProcess, size: Size) -> None:
        self.figures: list[Figure] = []
        self._client, self._talker, self._size = client, talker, size

    def play(self) -> list[Figure]:
        """All of them."""
        self._memory("memory: logged in, no room open")
        self._open_room()
        self._memory("memory: the room is open")
        self._read_to_the_beginning()
        self._memory("memory: all of the room has been read")
        self._turn_the_wheel()
        self._drag()
        self._singles()
        self._batch()
        self._steady()
        self._missed()
        self._people()
        self._members()
        self._reactions()
        self._rooms()
        self._memory("memory: at the end")
        return self.figures

    # --- reading ---------------------------------------------------------------------------------

    def _open_room(self) -> None:
        def do() -> None:
            self._client.client.talk.show(ROOM)
            self._until_rows(min(MAX_PAGE, self._size.rows))

        self._time("open the room: to its last page in sight", do)

    def _read_to_the_beginning(self) -> None:
        """Scroll to the top, again and again, until there is nothing above."""
        times: list[float] = []
        bar = self._client.view.verticalScrollBar()
        with self._client.application.stalls() as stalls:
            rows = 0
            while rows < (rows := self._rows()) < self._size.rows:
                began = time.perf_counter()
                bar.setValue(bar.minimum())
                self._client.until(lambda: True)
                times.append(time.perf_counter() - began)
        pages = f"older pages: each of {MAX_PAGE}, painted"
        self._add(f"{pages}, median", statistics.median(times) * 1000, "ms", stalls)
        self._add(f"{pages}, worst", max(times) * 1000, "ms")
        self._add("older pages: rows in the list at the end", self._rows(), "rows")

    def _turn_the_wheel(self) -> None:
        """Down from the top, and up from the bottom."""
        half = self._size.frames // 2
        for name, notches in (("down from the top", -1), ("up from the bottom", 1)):
            bar = self._client.view.verticalScrollBar()
            bar.setValue(bar.minimum() if notches < 0 else bar.maximum())
            self._frames(f"wheel: {name}", half, lambda n=notches: self._client.turn_wheel(n))

    def _drag(self) -> None:
        """The scroll bar's handle from top to bottom."""
        bar = self._client.view.verticalScrollBar()
        places = iter(range(self._size.frames))

        def do() -> None:
            bar.setValue(bar.maximum() * next(places) // self._size.frames)
            self._client.until(lambda: True)

        self._frames("drag: through all of it", self._size.frames, do)

    def _frames(self, name: str, count: int, do: Callable[[], None]) -> None:
        with self._client.application.stalls() as stalls:
            times = sorted(_seconds(do) for _ in range(count))
        self._add(f"{name}, frames per second", count / sum(times), "fps", stalls)
        self._add(f"{name}, p99 of a frame", times[int(count * 0.99) - 1] * 1000, "ms")

    # --- talking ---------------------------------------------------------------------------------

    def _singles(self) -> None:
        """Each is sent when the one before it has been painted."""
        self._client.view.jump_to_bottom()
        count = self._size.singles
        with self._client.application.stalls() as stalls:
            took = _seconds(lambda: [self._say(1) for _ in range(count)])
        self._add("one message after the other, each painted", count / took, "a second", stalls)

    def _batch(self) -> None:
        self._rate("messages at once", self._size.batch)

    def _missed(self) -> None:
        self._rate("missed messages", self._size.missed)

    def _rate(self, name: str, count: int) -> None:
        with self._client.application.stalls() as stalls:
            took = _seconds(lambda: self._say(count))
        self._add(f"{count:,} {name}", count / took, "a second", stalls)

    def _say(self, count: int) -> None:
        self._talker.order("say", count)
        last = self._last() + count
        self._client.until(lambda: self._last() >= last)
        self._talker.done()

    def _steady(self) -> None:
        """So many a second as no room of people has."""
        seconds, a_second = self._size.seconds, A_SECOND
        last = self._last() + seconds * a_second
        with self._client.application.stalls() as stalls:
            self._talker.order("keep_saying", seconds)
            took = _seconds(lambda: self._client.until(lambda: self._last() >= last))
            self._talker.done()
        self._add(f"{a_second} a second for {seconds} s", seconds * a_second / took, "/s", stalls)

    def _people(self) -> None:
        def do() -> None:
            self._talker.order("presence", self._size.people)
            self._talker.done()
            self._marker()

        self._time(f"{self._size.people:,} people come and go", do)

    def _reactions(self) -> None:
        def do() -> None:
            self._talker.order("react", self._size.people)
            self._talker.done()
            self._marker()

        self._time(f"{self._size.people:,} reactions to one message", do)

    def _members(self) -> None:
        """The dialog of members is opened, and closed."""
        self._talker.order("members", self._size.people)
        self._talker.done()
        session = self._client.client.session
        listed: list[str] = []
        note = session.members_listed.connect(lambda room, _members, _more: listed.append(room))

        def do() -> None:
            session.list_members(ROOM)
            self._client.until(lambda: listed)

        self._time(f"{self._size.people:,} members listed", do)
        session.members_listed.disconnect(note)

    def _rooms(self) -> None:
        rooms = self._client.client.rooms
        before = rooms.rowCount()

        def do() -> None:
            self._talker.order("rooms", self._size.rooms)
            self._talker.done()
            self._marker()

        self._time(f"{self._size.rooms:,} rooms, a message in each", do)
        self._add("the rooms that are listed then", rooms.rowCount() - before, "rooms")

    def _marker(self) -> None:
        """What was sent before this message has been dealt with when it is shown."""
        self._say(1)

    # --- inside ----------------------------------------------------------------------------------

    def _rows(self) -> int:
        return self._client.messages(ROOM).rowCount()

    def _last(self) -> int:
        return self._client.messages(ROOM).last_seq()

    def _until_rows(self, count: int) -> None:
        self._client.until(lambda: self._rows() >= count)

    def _time(self, name: str, do: Callable[[], None]) -> None:
        with self._client.application.stalls() as stalls:
            took = _seconds(do)
        self._add(name, took * 1000, "ms", stalls)

    def _memory(self, name: str) -> None:
        now = memory()
        self._add(name, now.rss, "MiB RSS")
        if now.pss:
            self._add(f"{name}, its share", now.pss, "MiB PSS")

    def _add(self, name: str, value: float, unit: str, stalls: object = None) -> None:
        self.figures.append(Figure(name, value, unit, stalls))


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began
