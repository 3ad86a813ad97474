"""Which places somebody means."""

from client_gui.items import RoomItem
from client_gui.places import MAX_FOUND, SLICE, Found, Place, Places, Sort


def _place(title: str, detail: str = "", alias: str = "", sort: Sort = Sort.OURS) -> Place:
    return Place(sort, f"#{title}", title, detail, RoomItem("#1", "public", title), alias=alias)


TEA, STEAM, GRACE = _place("Tea"), _place("steam"), _place("陈小明", "grace", "grace", Sort.PERSON)


def _hunt(places: Places, text: str) -> list[Found]:
    *slices, found = places.hunt(text)
    assert set(slices) <= {None}
    return found


def test_the_best_come_first() -> None:
    """Who has typed nothing gets them in order."""
    places = Places()
    places.set_all([STEAM, TEA, GRACE])
    assert [found.place for found in _hunt(places, "")] == [STEAM, TEA, GRACE]
    assert [found.place for found in _hunt(places, "tea")] == [TEA, STEAM]
    assert _hunt(places, "nowhere") == []
    assert [found.place for found in _hunt(places, "")] == [STEAM, TEA, GRACE]


def test_what_was_typed_is_marked_where_it_was_found() -> None:
    """In the title if it is there, else in the line below."""
    places = Places()
    places.set_all([GRACE, _place("Lobby", "everybody", "lobby")])
    assert _hunt(places, "xm") == [Found(GRACE, (1, 2))]
    assert _hunt(places, "gra") == [Found(GRACE, (), (0, 1, 2))]
    assert [found.in_detail for found in _hunt(places, "lob")] == [()]


def test_an_alias_that_is_not_shown_marks_nothing() -> None:
    """It is found all the same."""
    lobby = _place("大厅", "everybody", "lobby")
    places = Places()
    places.set_all([lobby])
    assert _hunt(places, "lob") == [Found(lobby)]


def test_a_hunt_goes_in_slices_and_finds_no_more_than_can_be_shown() -> None:
    """The next key has fewer to go through; a hunt that was given up leaves nothing behind."""
    places = Places()
    places.set_all(_place(f"room {number}") for number in range(3 * SLICE + 1))
    assert sum(step is None for step in places.hunt("r")) == 3
    assert len(_hunt(places, "room 1")) == MAX_FOUND
    assert sum(step is None for step in places.hunt("room 123")) == 0
    hunt = places.hunt("x")
    next(hunt)
    last = f"room {3 * SLICE}"
    assert [found.place.title for found in _hunt(places, last)] == [last]
    assert sum(step is None for step in places.hunt("r")) == 3


def test_the_readings_have_a_slice_of_their_own() -> None:
    """Loading them takes as long as several others; it is done once, and only if it must be."""
    places = Places()
    places.set_all([TEA, GRACE, _place("大厅")])
    assert [*places.hunt("明")][:-1] == []
    assert [*places.hunt("te")][:-1] == [None]
    assert [*places.hunt("xm")][:-1] == []
    places.set_all([TEA])
    assert [*Places().hunt("te")][:-1] == []


def test_other_places_are_hunted_through_anew() -> None:
    """Though the same was typed."""
    places = Places()
    places.set_all([STEAM])
    assert _hunt(places, "te") != []
    places.set_all([TEA])
    assert [found.place for found in _hunt(places, "tea")] == [TEA]
