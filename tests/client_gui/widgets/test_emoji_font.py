"""The font for emoji."""

from PyQt5.QtGui import QFont

from client_gui.widgets.emoji_font import emoji_font


def test_colours_come_first_and_the_size_is_kept(qapp: object) -> None:
    """Or what is asked for."""
    plain = QFont("Sans", 10)
    font = emoji_font(plain, 2.0)
    assert "Emoji" in font.families()[0]
    assert font.families()[-1] == plain.family()
    assert font.pointSizeF() == 20
    assert emoji_font(plain).pointSizeF() == 10
