"""Who is writing."""

from client_gui.changes import TypingChanged
from client_gui.state.typists import MAX_ROOMS, MAX_SHOWN, SHOWN_SECONDS, Typists


def test_somebody_is_shown_for_some_seconds() -> None:
    """From the last announcement on."""
    typists = Typists()
    assert typists.types("#1", "ann", "Ann") == [TypingChanged("#1", ("Ann",))]
    for _ in range(SHOWN_SECONDS - 1):
        assert typists.second_passed() == []
    assert typists.types("#1", "ann", "Ann") == []
    for _ in range(SHOWN_SECONDS - 1):
        assert typists.second_passed() == []
    assert typists.second_passed() == [TypingChanged("#1", ())]
    assert not typists.anybody


def test_what_was_written_has_come() -> None:
    """The others go on."""
    typists = Typists()
    typists.types("#1", "ann", "Ann")
    typists.types("#1", "bob", "Bob")
    assert typists.stopped("#1", "ann") == [TypingChanged("#1", ("Bob",))]
    assert typists.stopped("#1", "ann") == []
    assert typists.disconnected() == [TypingChanged("#1", ())]
    assert not typists.anybody


def test_typists_are_bounded() -> None:
    """In rooms, and in each room."""
    typists = Typists()
    for n in range(2 * MAX_SHOWN):
        typists.types("#1", f"u{n}", "U")
    assert len(typists.stopped("#1", "u0")[0].nicknames) == MAX_SHOWN - 1
    for n in range(2 * MAX_ROOMS):
        typists.types(f"#{n}", "ann", "Ann")
    assert len(typists.disconnected()) == MAX_ROOMS
