"""What of the messages' text is selected."""

import pytest
from PyQt5.QtCore import QModelIndex

from client_gui.changes import Inserted, Removed, Updated
from client_gui.display import MAX_SHOWN
from client_gui.models.message_list import MessageListModel, clock_time
from client_gui.state.rooms import LOBBY
from client_gui.widgets.text_selection import TextSelection
from tests.client_gui.conftest import NOON, MakeEntry


@pytest.fixture
def selection(messages: MessageListModel, make_entry: MakeEntry) -> TextSelection:
    """Of five messages: from the third character of the second to before the fourth of the last."""
    texts = ["first", "second", "a\r\nb", "fourth", "fifth"]
    entries = tuple(make_entry(n, text) for n, text in enumerate(texts, 1))
    messages.apply([Inserted(LOBBY, 0, entries)])
    selection = TextSelection()
    selection.begin(messages.index(1), 2)
    selection.draw_to(messages.index(4), 3)
    return selection


def _spans(selection: TextSelection, messages: MessageListModel) -> list[tuple[int, int]]:
    return [selection.span(messages.index(row)) for row in range(messages.rowCount())]


def test_ends_are_taken_in_part_and_what_is_between_is_whole(
    selection: TextSelection, messages: MessageListModel
) -> None:
    """Whichever way it was drawn."""
    expected = [(0, 0), (2, 6), (0, 3), (0, 6), (0, 3)]
    assert _spans(selection, messages) == expected
    backwards = TextSelection()
    backwards.begin(messages.index(4), 3)
    backwards.draw_to(messages.index(1), 2)
    assert _spans(backwards, messages) == expected
    assert backwards.text() == selection.text()


def test_several_messages_are_copied_with_who_and_when(selection: TextSelection) -> None:
    """As rows are; one with line ends of its own as it was said."""
    when = clock_time(NOON)
    said = ["cond", "a\r\nb", "fourth", "fif"]
    assert selection.text() == "\n".join(f"[{when}] Grace: {text}" for text in said)


def test_part_of_one_message_is_copied_alone(
    selection: TextSelection, messages: MessageListModel
) -> None:
    """Just the characters; across a line end, too."""
    selection.select(messages.index(0), 1, 4)
    assert selection.text() == "irs"
    selection.select(messages.index(2), 1, 3)
    assert selection.text() == "\nb"


def test_nothing_is_nothing(selection: TextSelection, messages: MessageListModel) -> None:
    """A press alone selects no character."""
    selection.begin(messages.index(1), 2)
    assert not selection
    assert selection.rows() == range(0)
    selection.clear()
    selection.draw_to(messages.index(1), 3)
    assert (bool(selection), selection.text()) == (False, "")
    assert selection.span(QModelIndex()) == (0, 0)


def test_it_moves_with_its_rows(
    selection: TextSelection, messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """When others come and go, or change."""
    before = selection.text()
    messages.apply([Inserted(LOBBY, 0, (make_entry(9), make_entry(8))), Removed(LOBBY, 2, 1)])
    messages.apply([Updated(LOBBY, 0, make_entry(9, "other"))])
    selection.let_go_of_what_changed()
    assert selection.text() == before
    assert selection.rows() == range(2, 6)


@pytest.mark.parametrize("row", [1, 4])
def test_it_goes_with_the_row_that_it_begins_or_ends_in(
    selection: TextSelection, messages: MessageListModel, make_entry: MakeEntry, row: int
) -> None:
    """Or when that says something else; not when it only has another time."""
    entry = messages.entry(row)
    messages.apply([Updated(LOBBY, row, make_entry(row + 1, entry.text, time=NOON + 1))])
    selection.let_go_of_what_changed()
    assert selection
    messages.apply([Updated(LOBBY, row, make_entry(row + 1, "other"))])
    selection.let_go_of_what_changed()
    assert not selection
    selection.begin(messages.index(row), 0)
    selection.draw_to(messages.index(2), 1)
    messages.apply([Removed(LOBBY, row, 1)])
    selection.let_go_of_what_changed()
    assert not selection


def test_a_message_cut_short_is_taken_to_its_real_end(
    messages: MessageListModel, make_entry: MakeEntry
) -> None:
    """As the line below it says."""
    text = "x" * MAX_SHOWN + "end"
    messages.apply([Inserted(LOBBY, 0, (make_entry(1, text),))])
    selection = TextSelection()
    for begin, expected in ((0, text), (10, text[10:])):
        selection.select(messages.index(0), begin, MAX_SHOWN)
        assert selection.text() == expected
    selection.select(messages.index(0), 0, MAX_SHOWN - 1)
    assert len(selection.text()) == MAX_SHOWN - 1
