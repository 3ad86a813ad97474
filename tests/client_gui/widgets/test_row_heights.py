"""Where rows begin, measured or not."""

from hypothesis import given
from hypothesis import strategies as st

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
    """Whatever was changed in between, and whenever somebody asked."""
    heights = RowHeights()
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
    tops = [heights.top(row) for row in range(len(heights) + 1)]
    expected = [sum(heights.height(r) for r in range(row)) for row in range(len(heights) + 1)]
    assert tops == expected
    assert heights.total == expected[-1]
