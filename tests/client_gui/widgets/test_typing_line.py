"""Who is writing something."""

import pytest
from pytestqt.qtbot import QtBot

from client_gui.widgets.typing_line import TypingLine, typing_words


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((), ""),
        (("Grace",), "Grace is writing…"),
        (("%2", "小明"), "%2 and 小明 are writing…"),
        (("a", "b", "c"), "3 people are writing…"),
    ],
)
def test_few_are_named(names: tuple[str, ...], words: str) -> None:
    """Many are counted."""
    assert typing_words(names).replace("\u2068", "").replace("\u2069", "") == words


def test_it_takes_its_room_always(qtbot: QtBot) -> None:
    """So that nothing moves when somebody begins."""
    line = TypingLine()
    qtbot.addWidget(line)
    before = line.sizeHint().height()
    line.show_names(("Grace",))
    assert line.sizeHint().height() == before > 0
