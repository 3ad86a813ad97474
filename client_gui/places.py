"""Where one may go, and which of these places somebody means who types part of a name. No Qt.

A hunt goes through all places in slices of :data:`SLICE`, so that a window can paint in between,
and ends with :data:`MAX_FOUND` at the most: the best first, and else in the order given.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from client_gui.items import RoomItem
from client_gui.matching import Match, Name, Rank, Typed, load_readings

MAX_FOUND = 50
"""Places that are shown at once: whoever does not see theirs types one letter more."""

SLICE = 200
"""Places in one slice: some 20 ms when their names are looked at for the first time."""


class Sort(Enum):
    """What is to be done to get to a place."""

    OURS = 0
    """A room that we are in: show it."""
    PERSON = 1
    """Somebody with whom there is no room yet: open one."""
    PUBLIC = 2
    """A room that we are not in: join it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A room or a person."""

    sort: Sort
    address: str
    """The reference of a room, or a user name."""
    title: str
    detail: str
    """What stands below the title: of a person the user name, of a room what it is for."""
    item: RoomItem
    """What is shown of it; of a person, what the room with them would be."""
    online: bool = False
    alias: str = ""
    """Another name that it is found by."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place, and the characters of its title and its detail that were typed."""

    place: Place
    in_title: tuple[int, ...] = ()
    in_detail: tuple[int, ...] = ()


class Places:
    """All places, in the order in which they are shown to somebody who has typed nothing."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._names: dict[str, Name] = {}
        self._loaded = False
        """Whether loading the readings has had a slice of its own."""
        self._narrowed = ("", self._places)
        """What was hunted for last, and all places that were found."""

    def set_all(self, places: Iterable[Place]) -> None:
        """These are all places now."""
        self._places = list(places)
        kept = {place.title for place in self._places} | {place.alias for place in self._places}
        self._names = {text: name for text, name in self._names.items() if text in kept}
        self._narrowed = ("", self._places)

    def hunt(self, text: str) -> Iterator[list[Found] | None]:
        """Yield None after each slice, and at last what was found."""
        typed = Typed(text)
        if not typed.folded:
            self._narrowed = ("", self._places)
            yield [Found(place) for place in self._places[:MAX_FOUND]]
            return
        before, candidates = self._narrowed
        if not typed.folded.startswith(before):
            candidates = self._places
        fitting: list[tuple[Rank, int, Place]] = []
        for number, place in enumerate(candidates):
            if number % SLICE == SLICE - 1:
                yield None
            if not self._loaded and self._named(place.title).sounds_needed(typed):
                load_readings()
                self._loaded = True
                yield None
            rank = self._rank(place, typed)
            if rank is not None:
                fitting.append((rank, number, place))
        self._narrowed = typed.folded, [place for _, _, place in fitting]
        best = sorted(fitting, key=lambda fit: fit[:2])[:MAX_FOUND]
        yield [self._found(place, typed) for _, _, place in best]

    def _rank(self, place: Place, typed: Typed) -> Rank | None:
        found = [self._named(text).match(typed) for text in (place.title, place.alias) if text]
        return min((match.rank for match in found if match), default=None)

    def _found(self, place: Place, typed: Typed) -> Found:
        title = self._named(place.title).match(typed)
        if title or place.alias != place.detail:
            return Found(place, _positions(title))
        return Found(place, (), _positions(self._named(place.alias).match(typed)))

    def _named(self, text: str) -> Name:
        return self._names.get(text) or self._names.setdefault(text, Name(text))


def _positions(match: Match | None) -> tuple[int, ...]:
    return match.positions if match else ()
