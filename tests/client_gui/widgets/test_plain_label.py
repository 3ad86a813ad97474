"""The label that obeys nobody."""

from pytestqt.qtbot import QtBot

from client_gui.widgets.plain_label import PlainLabel


def test_html_is_shown_as_it_was_typed(qtbot: QtBot) -> None:
    """It needs the room of all its characters, which the obeyed one would not."""
    label = PlainLabel()
    qtbot.addWidget(label)
    label.setText("<b>x</b>")
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance("<b>x</b>")
