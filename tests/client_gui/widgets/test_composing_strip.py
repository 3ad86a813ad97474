"""What is answered or edited."""

from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from client_gui.widgets.composing_strip import ComposingStrip
from tests.client_gui.conftest import MakeEntry


def test_it_says_what_and_can_be_left(qtbot: QtBot, make_entry: MakeEntry) -> None:
    """On one line; a name may look like a place to be filled."""
    strip = ComposingStrip()
    qtbot.addWidget(strip)
    assert strip.isHidden()
    strip.show_reply(make_entry(text="two\nlines", nickname="%2"))
    plain = strip.label.text().replace("\u2068", "").replace("\u2069", "")
    assert plain == "Replying to %2: two lines"
    assert strip.label.accessibleName()
    strip.show_edit(make_entry(text="old"))
    assert "Editing" in strip.label.text()
    with qtbot.waitSignal(strip.cancel_wanted):
        qtbot.mouseClick(strip.button, Qt.LeftButton)
