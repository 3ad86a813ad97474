"""What the window wants, as slots."""

import inspect

import pytest
from PyQt5.QtCore import QObject, pyqtSignal

from client_gui import wish_slots
from client_gui.changes import Send
from client_gui.holds import Holds
from client_gui.wish_slots import WishSlots


class Recorded:
    """A state that notes what is wanted of it."""

    unsettled = 3
    left_behind = 2

    def __init__(self) -> None:
        self.wanted: list[tuple] = []

    def __getattr__(self, name: str) -> object:
        def want(*arguments: object, **named: object) -> list[str]:
            self.wanted.append((name, *arguments, *named.values()))
            return [name]

        return want


class Slots(WishSlots):
    """The slots, and what was to be obeyed."""

    def __init__(self) -> None:
        super().__init__()
        self._state = Recorded()
        self._holds = Holds(self)
        self.obeyed: list[str] = []

    def _obey(self, changes: list) -> None:
        self.obeyed += changes


WISHES = [
    ("edit", ("#1", 5, "text")),
    ("delete", ("#1", 5)),
    ("react", ("#1", 5, "👍", True)),
    ("set_aside", ("key",)),
    ("retry", ("key",)),
    ("discard", ("key",)),
    ("edit_unsent", ("key", "text")),
    ("open_room", ("#1",)),
    ("open_direct", ("ann",)),
    ("create_room", ("tea", "public", "topic")),
    ("join", ("tea",)),
    ("leave", ("#1",)),
    ("invite", ("#1", "ann")),
    ("remove", ("#1", "ann")),
    ("set_role", ("#1", "ann", "owner")),
    ("set_topic", ("#1", "topic")),
    ("rename", ("#1", "tea")),
    ("list_public", ()),
    ("list_members", ("#1",)),
    ("read_older", ("#1",)),
    ("set_draft", ("#1", "text")),
    ("search", ("words", "#1")),
    ("search_more", ()),
    ("find_message", ("#1", 5)),
    ("ask_readers", ("#1", 5)),
    ("pin", ("#1", True)),
    ("mute", ("#1", False)),
]


@pytest.mark.parametrize(("name", "arguments"), WISHES)
def test_each_slot_asks_the_state_and_obeys(qapp: object, name: str, arguments: tuple) -> None:
    """With what it was given, and a new id where one is needed."""
    slots = Slots()
    getattr(slots, name)(*arguments)
    ((asked, *given),) = slots._state.wanted
    assert (asked, tuple(given[: len(arguments)])) == (name, arguments)
    assert [len(cid) for cid in given[len(arguments) :]] in ([], [32])
    assert slots.obeyed == [name]


def test_saying_has_an_id_and_a_time(qapp: object) -> None:
    """And perhaps an answer."""
    slots = Slots()
    slots.say("#1", "hello", 7)
    ((_, room, text, cid, now, reply_to),) = slots._state.wanted
    assert (room, text, len(cid), reply_to) == ("#1", "hello", 32, 7)
    assert now > 1_700_000_000_000


def test_what_is_held_can_be_taken_back(qapp: object) -> None:
    """It is told each second that it is."""
    slots = Slots()
    ticks = []
    slots._holds.ticked.connect(lambda key, seconds: ticks.append(seconds))
    key = slots.say_in(2, "#1", "hello", 7)
    ((_, room, text, cid, _, reply_to, held),) = slots._state.wanted
    assert (room, text, cid, reply_to, held) == ("#1", "hello", key, 7, True)
    slots._holds.tick(key)
    slots.take_back(key)
    slots._holds.tick(key)
    assert ticks == [1]
    assert slots.obeyed == ["say", "discard"]


def test_what_is_only_asked_is_answered(qapp: object) -> None:
    """Without obeying anything."""
    slots = Slots()
    assert slots.unsettled == 3
    assert slots.left_behind == 2
    assert slots.draft("#1") == ["draft"]
    assert slots.can_say() == ["can_say"]
    assert slots.obeyed == []


def test_every_slot_is_tested() -> None:
    """A new one, too."""
    slots = {name for name, it in vars(WishSlots).items() if inspect.isfunction(it)}
    asked = {"say", "say_in", "take_back", "can_say", "draft", "unsent", "_obey"}
    assert slots - asked == {name for name, _ in WISHES}


def test_a_signal_reaches_a_slot(qapp: object) -> None:
    """With the arguments that the window has."""

    class Window(QObject):
        wanted = pyqtSignal(str, int, str, bool)

    window, slots = Window(), Slots()
    window.wanted.connect(slots.react)
    window.wanted.emit("#1", 5, "👍", True)
    assert slots.obeyed == ["react"]
    assert Send not in slots.obeyed


def test_ids_begin_with_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """So they stand in the order in which they were made, and those of one moment still differ."""
    ids = []
    for now in (1_000, 1_000, 255_000_000, 1_700_000_000_000, 2**47):
        monkeypatch.setattr(wish_slots, "now_ms", lambda now=now: now)
        ids.append(wish_slots._new_cid())
    assert len(set(ids)) == len(ids)
    assert sorted(ids[1:]) == ids[1:]
    assert [each[:12] for each in ids[:2]] == ["0000000003e8"] * 2
    assert {len(each) for each in ids} == {32}
