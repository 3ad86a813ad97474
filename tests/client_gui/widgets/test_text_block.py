"""A text laid out in lines."""

from PyQt5.QtGui import QFont

from client_gui.widgets.text_block import MAX_LINES, TextBlock


def test_it_takes_what_it_needs(qapp: object) -> None:
    """And never more lines than it may."""
    short = TextBlock("hello", QFont(), 500)
    assert 0 < short.size.width() == short.last_line_width < 500
    assert TextBlock("hello " * 100, QFont(), 200).size.height() > 3 * short.size.height()
    wall = TextBlock("\n" * 10_000, QFont(), 200)
    assert wall.size.height() <= (MAX_LINES + 1) * short.size.height()
    assert TextBlock("a\n" * 9, QFont(), 200, most_lines=2).size.height() < wall.size.height()
    assert TextBlock("", QFont(), 200).last_line_width == 0
