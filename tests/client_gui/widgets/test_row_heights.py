"""Where rows begin, measured or not."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from client_gui.widgets import row_heights
from client_gui.widgets.row_heights import FIRST_ESTIMATE, RowHeights


def _with_rows(count: int) -> RowHeights:
    heights = RowHeights()
    heights.insert(0, count)
    return heights


def test_unmeasured_rows_count_with_an_estimate() -> None:
    """Which is the mean of those measured."""
    heights = _with_rows(10)
    assert heights.total == 10 * FIRST_ESTIMATE
    heights.measure(0, 100)
    heights.measure(1, 50)
    heights.insert(10, 1)
    assert heights.height(10) == 75
    assert heights.top(2) == 150


def test_a_row_is_found_by_its_position() -> None:
    """Before the first and behind the last, those."""
    heights = _with_rows(3)
    for row, height in enumerate((10, 20, 30)):
        heights.measure(row, height)
    found = [heights.row_at(y) for y in (-5, 0, 9, 10, 29, 30, 59, 60, 999)]
    assert found == [0, 0, 0, 1, 1, 2, 2, 2, 2]


def test_a_forgotten_row_keeps_its_height_as_an_estimate() -> None:
    """Until it is measured again."""
    heights = _with_rows(2)
    heights.measure(0, 10)
    heights.forget(0, 0)
    assert not heights.is_measured(0)
    assert heights.height(0) == 10


_OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "remove", "measure", "ask"]),
        st.integers(0, 30),
        st.integers(1, 9),
    )
)


@given(_OPERATIONS)
def test_positions_are_the_sums_of_the_heights(operations: list[tuple[str, int, int]]) -> None:
    """Whatever was changed in between, and whenever somebody asked; in chunks of three."""
    heights = RowHeights()
    with patch.object(row_heights, "_CHUNK", 3):
        _carry_out(heights, operations)
    rows = [heights.height(row) for row in range(len(heights))]
    tops = [heights.top(row) for row in range(len(heights) + 1)]
    assert tops == [sum(rows[:row]) for row in range(len(heights) + 1)]
    assert heights.total == tops[-1]
    for row, top in enumerate(tops[:-1]):
        assert heights.row_at(top) == heights.row_at(tops[row + 1] - 1) == row


def _carry_out(heights: RowHeights, operations: list[tuple[str, int, int]]) -> None:
    for operation, place, number in operations:
        row = min(place, len(heights))
        if operation == "insert":
            heights.insert(row, number)
        elif operation == "remove":
            heights.remove(row, min(number, len(heights) - row))
        elif operation == "measure" and row < len(heights):
            heights.measure(row, 10 * number)
        else:
            heights.top(row)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=20))
def test_what_was_measured_stays_so(pieces: list[tuple[int, int]]) -> None:
    """Wherever rows are put in, and until it is forgotten."""
    heights, expected = RowHeights(), []
    with patch.object(row_heights, "_CHUNK", 3):
        for place, number in pieces:
            row = min(place, len(expected))
            heights.insert(row, number)
            expected[row:row] = [False] * number
            heights.measure(row, 7)
            expected[row] = True
            if place % 3 == 0:
                heights.forget(row // 2, row)
                expected[row // 2 : row + 1] = [False] * (row + 1 - row // 2)
    assert [heights.is_measured(row) for row in range(len(heights))] == expected


def test_a_row_among_a_hundred_thousand_costs_little() -> None:
    """No sum over all of them, wherever it is."""
    heights = _with_rows(100_000)
    heights.insert(50_000, 200)
    heights.measure(3, 90)
    assert heights.row_at(heights.top(99_000)) == 99_000
    assert max(len(chunk.heights) for chunk in heights._chunks) <= 2 * row_heights._CHUNK
    assert len(heights._chunks) < 300
