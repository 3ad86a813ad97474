"""Which parts of the window are seen."""

import pytest

from client_gui.widgets.columns import (
    THREE_FROM,
    TWO_FROM,
    Column,
    columns,
    packed,
    unpacked,
    widths,
)

R, C, O, S = Column  # noqa: E741 - in the order of their names


@pytest.mark.parametrize(
    ("width", "searching", "choosing", "shown"),
    [
        (THREE_FROM, False, False, {R, C, O}),
        (THREE_FROM, True, False, {R, C, S}),
        (TWO_FROM, False, False, {R, C}),
        (TWO_FROM, True, False, {C, S}),
        (TWO_FROM, True, True, {R, C}),
        (TWO_FROM - 1, False, False, {C}),
        (TWO_FROM - 1, True, False, {S}),
        (TWO_FROM - 1, True, True, {R}),
    ],
)
def test_what_is_wanted_comes_first(
    width: int, searching: bool, choosing: bool, shown: set[Column]
) -> None:
    """And the messages before all, unless there is room for one thing only."""
    assert columns(width, searching, choosing) == shown


@pytest.mark.parametrize("width", range(TWO_FROM, 3000, 70))
def test_the_messages_have_the_most_room(width: int) -> None:
    """In every window that has columns."""
    given = widths(width, {R, C, O}, {})
    assert given[C] >= given[R]
    assert given[R] + given[C] + given[O] == width


def test_what_somebody_has_chosen_stays_so() -> None:
    """In whatever company; the messages give way."""
    for shown in ({R, C, O}, {R, C, S}, {C, R}):
        given = widths(900, shown, {R: 333})
        assert given[R] == 333
        assert sum(given[column] for column in shown) == 900
    assert widths(200, {R, C, O}, {R: 333})[C] == 0


def test_chosen_widths_are_kept() -> None:
    """And what cannot be one is none."""
    assert unpacked(packed({R: 333, S: 200})) == {R: 333, S: 200}
    assert unpacked(b"") == {}
    assert unpacked(b"\xff ROOMS=99999 NONE=100 SEARCH=-5 ONLINE=120 ROOMS=x") == {O: 120}
