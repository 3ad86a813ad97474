"""Widgets with a look of their own follow that of the program."""

import pytest
from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client_gui.desktop.app_font import apply_font
from client_gui.desktop.theme import apply_theme
from client_gui.widgets.colours import READABLE, contrast
from client_gui.widgets.muted_line import MutedLine
from client_gui.widgets.note_label import NoteLabel
from client_gui.widgets.side_list import SideList
from client_gui.widgets.tinted_frame import TintedFrame
from client_gui.widgets.title_label import TitleLabel


@pytest.mark.parametrize("kind", [MutedLine, NoteLabel, SideList, TintedFrame])
def test_colours_follow(qtbot: QtBot, application: QApplication, kind: type) -> None:
    """Whatever is different about them."""
    apply_theme(application, dark=False)
    widget = kind()
    qtbot.addWidget(widget)
    if kind is NoteLabel:
        widget.set_error(True)
    before = widget.palette()
    apply_theme(application, dark=True)
    after = widget.palette()
    for words in (QPalette.WindowText, QPalette.Text):
        assert after.color(words) != before.color(words)
        for ground in (QPalette.Window, QPalette.Base):
            assert contrast(after.color(words), after.color(ground)) >= READABLE


@pytest.mark.parametrize(("kind", "scale"), [(MutedLine, 0.85), (TitleLabel, 1.5)])
def test_sizes_follow(qtbot: QtBot, application: QApplication, kind: type, scale: float) -> None:
    """In proportion."""
    label = kind("x") if kind is MutedLine else kind("x", scale)
    qtbot.addWidget(label)
    for size in (10, 20, 8):
        apply_font(application, size)
        assert label.font().pointSizeF() == pytest.approx(size * scale, abs=0.1)
