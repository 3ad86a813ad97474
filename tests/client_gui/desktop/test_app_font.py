"""The font of the program."""

import pytest
from PyQt5.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from client_gui.desktop.app_font import apply_font, system_size


@pytest.mark.parametrize("size", [8, 32])
def test_every_widget_has_the_size_one_likes(
    qtbot: QtBot, application: QApplication, size: int
) -> None:
    """Also one that is there already; 0 leads back to the desktop's."""
    label = QLabel("x")
    qtbot.addWidget(label)
    apply_font(application, size)
    assert label.font().pointSize() == QLabel("y").font().pointSize() == size
    apply_font(application, 0)
    assert label.font().pointSize() == system_size()


def test_chinese_comes_from_a_chinese_font(application: QApplication) -> None:
    """Behind the desktop's own."""
    apply_font(application, 0)
    families = application.font().families()
    assert len(families) > 1
    assert "Noto Sans CJK SC" in families[1:]
