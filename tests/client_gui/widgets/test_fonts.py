"""The fonts of a message."""

from PyQt5.QtGui import QFont

from client_gui.widgets.fonts import Fonts


def test_they_follow_the_view(qapp: object) -> None:
    """Whatever its size is given in."""
    font = QFont()
    font.setPointSizeF(20)
    fonts = Fonts.of(font)
    assert fonts.text == font
    assert fonts.name.bold()
    assert fonts.small.pointSizeF() < 20
    font.setPixelSize(20)
    assert Fonts.of(font).small.pixelSize() == 20


def test_they_outlive_the_font_they_are_made_from(qapp: object) -> None:
    """That of an option is gone when the row is painted."""
    font = QFont()
    fonts = Fonts.of(font)
    font.setPointSize(77)
    assert 77 not in (fonts.text.pointSize(), fonts.name.pointSize(), fonts.small.pointSize())
