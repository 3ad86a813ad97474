"""As high as needed."""

from PyQt5.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from client_gui.widgets.growing import grow


def test_a_window_grows_and_never_shrinks(qtbot: QtBot) -> None:
    """For words that need more lines."""
    window, label = QWidget(), QLabel("short")
    label.setWordWrap(True)
    QVBoxLayout(window).addWidget(label)
    qtbot.addWidget(window)
    window.resize(200, 30)
    label.setText("many words " * 50)
    grow(window)
    high = window.height()
    assert high >= label.heightForWidth(label.width()) > 100
    assert window.width() == 200
    label.setText("short")
    grow(window)
    assert window.height() == high
