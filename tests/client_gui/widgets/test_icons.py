"""Icons from a font."""

import subprocess
import sys

import pytest
from PyQt5.QtCore import QSize
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QIcon, QPalette
from pytestqt.qtbot import QtBot

from client_gui.widgets.icons import IconButton, icon


def _strongest(picture: QIcon, mode: int = QIcon.Normal) -> QColor:
    image = picture.pixmap(QSize(32, 32), mode).toImage()
    pixels = (image.pixelColor(x, y) for x in range(32) for y in range(32))
    return max(pixels, key=QColor.alpha)


def _palette(words: str, disabled: str) -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.ButtonText, QColor(words))
    palette.setColor(QPalette.Disabled, QPalette.ButtonText, QColor(disabled))
    return palette


def test_an_icon_has_the_colours_of_the_palette(qapp: object) -> None:
    """Also where nothing can be pressed."""
    picture = icon("magnify", _palette("#ff0000", "#0000ff"))
    assert _strongest(picture).name() == "#ff0000"
    assert _strongest(picture, QIcon.Disabled).name() == "#0000ff"


def test_an_icon_that_is_not_there_is_a_mistake(qapp: object) -> None:
    """Said at once."""
    with pytest.raises(Exception, match="no-such-icon"):
        icon("no-such-icon", QPalette())


def test_a_button_follows_the_palette(qtbot: QtBot) -> None:
    """While it is in sight."""
    button = IconButton("close")
    qtbot.addWidget(button)
    button.setPalette(_palette("#00ff00", "#777777"))
    assert _strongest(button.icon()).name() == "#00ff00"


def test_a_button_is_as_large_as_the_words_around_it(qtbot: QtBot) -> None:
    """Whatever their size is."""
    button = IconButton("close")
    qtbot.addWidget(button)
    font = QFont()
    for size in (8, 30):
        font.setPointSize(size)
        button.setFont(font)
        assert button.iconSize().height() == QFontMetrics(font).height()


def test_an_icon_is_crisp_on_a_fine_screen(qapp: object) -> None:
    """It is drawn in the pixels of the screen, not enlarged."""
    sizes = [icon("close", QPalette()).pixmap(size, size).size() for size in (16, 32)]
    assert sizes == [QSize(16, 16), QSize(32, 32)]


def test_nobody_loads_the_font_before_an_icon_is_needed() -> None:
    """A tenth of a second of every start."""
    program = "import client_gui.widgets.icons, sys; sys.exit('qtawesome' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
