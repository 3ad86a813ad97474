"""In how many seconds a message goes out."""

from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from client_gui.widgets.undo_strip import UndoStrip


def test_it_says_how_long_and_leads_back(qtbot: QtBot) -> None:
    """When there is something to lead back from."""
    strip = UndoStrip()
    qtbot.addWidget(strip)
    assert strip.isHidden()
    strip.show_seconds(5)
    assert strip.isVisible()
    assert strip.label.text() == "Sending in 5 s"
    assert "Ctrl+Z" in strip.button.toolTip()
    with qtbot.waitSignal(strip.undo_wanted):
        qtbot.mouseClick(strip.button, Qt.LeftButton)
