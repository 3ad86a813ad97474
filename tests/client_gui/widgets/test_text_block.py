"""A text laid out in lines."""

from PyQt5.QtCore import QPointF
from PyQt5.QtGui import QFont

from client_gui.display import MAX_SHOWN_LINES as MAX_LINES
from client_gui.widgets.text_block import TextBlock


def test_it_takes_what_it_needs(qapp: object) -> None:
    """And never more lines than it may."""
    short = TextBlock("hello", QFont(), 500)
    assert 0 < short.size.width() == short.last_line_width < 500
    assert TextBlock("hello " * 100, QFont(), 200).size.height() > 3 * short.size.height()
    wall = TextBlock("\n" * 10_000, QFont(), 200)
    assert wall.size.height() <= (MAX_LINES + 1) * short.size.height()
    assert TextBlock("a\n" * 9, QFont(), 200, most_lines=2).size.height() < wall.size.height()
    assert TextBlock("", QFont(), 200).last_line_width == 0


def test_positions_are_those_of_python(qapp: object) -> None:
    """Where Qt needs two halves for a character, too."""
    block = TextBlock("a😀b\n你好 word", QFont(), 500)
    line = block.line_height
    found = {block.position_at(QPointF(x, line / 2)) for x in range(200)}
    assert found == {0, 1, 2, 3}
    assert block.position_at(QPointF(0, line * 1.5)) == 4
    assert block.position_at(QPointF(900, line * 1.5)) == len(block.text)
    assert block.position_at(QPointF(900, line * 9)) == len(block.text)
    assert block.position_at(QPointF(50, -5)) == 0
    assert TextBlock("", QFont(), 500).position_at(QPointF(5, 5)) == 0


def test_a_word_is_found_at_each_of_its_characters(qapp: object) -> None:
    """Behind an emoji, and at the end."""
    block = TextBlock("😀 some, word", QFont(), 500)
    for position in range(2, 6):
        begin, end = block.word_at(position)
        assert block.text[begin:end] == "some"
    begin, end = block.word_at(len(block.text) - 1)
    assert block.text[begin:end] == "word"


def test_a_character_is_where_it_is_painted(qapp: object) -> None:
    """Beside the text there is none."""
    block = TextBlock("ab", QFont(), 500)
    found = [block.character_at(QPointF(x, 5)) for x in range(100)]
    assert list(dict.fromkeys(found)) == [0, 1, None]
    assert block.character_at(QPointF(2, 500)) is None


def test_it_says_when_there_is_more(qapp: object) -> None:
    """In a line of its own, unless the room is for so many lines only."""
    assert not TextBlock("x " * 100, QFont(), 100).says_more
    assert TextBlock("x " * 9_000, QFont(), 100).says_more
    narrow = TextBlock("x " * 1_000, QFont(), 20)
    assert narrow.says_more
    assert not TextBlock("x\n" * 9, QFont(), 100, most_lines=2, says_more=False).says_more
