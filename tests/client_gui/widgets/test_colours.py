"""Colours that follow the palette."""

import pytest
from PyQt5.QtGui import QColor, QPalette

from client_gui.widgets.colours import READABLE, colours, contrast, mixed, name_colour, readable_hue


def _palette(base: str, text: str, highlight: str) -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.Base, QColor(base))
    palette.setColor(QPalette.Text, QColor(text))
    palette.setColor(QPalette.Highlight, QColor(highlight))
    return palette


PALETTES = [
    ("#ffffff", "#000000", "#308cc6"),
    ("#ffffff", "#232629", "#3daee9"),
    ("#1e1e20", "#eeeeee", "#2a82da"),
    ("#000000", "#ffffff", "#ffff00"),
    ("#fdf6e3", "#586e75", "#b58900"),
]


@pytest.mark.parametrize("parts", PALETTES)
def test_everything_is_readable_on_every_palette(parts: tuple[str, str, str]) -> None:
    """Or at least as readable as the palette's own text is there."""
    palette = _palette(*parts)
    shades = colours(palette)
    for bubble in (shades.own_bubble, shades.other_bubble):
        least = min(READABLE, contrast(shades.text, bubble)) - 0.7
        assert contrast(shades.muted, bubble) >= least
    assert contrast(shades.error, shades.own_bubble) >= READABLE
    assert shades.own_bubble != shades.other_bubble


@pytest.mark.parametrize("background", ["#ffffff", "#1e1e20", "#808080", "#3daee9"])
def test_names_have_readable_colours_of_their_own(background: str) -> None:
    """The same person always the same."""
    on = QColor(background)
    shades = {name_colour(f"user{n}", on).name() for n in range(50)}
    assert len(shades) > 10
    assert all(contrast(QColor(shade), on) >= READABLE - 0.1 for shade in shades)
    assert name_colour("user1", on) == name_colour("user1", on)


def test_half_a_character_in_a_name_has_a_colour() -> None:
    """Qt may hand over lone surrogates."""
    assert name_colour("\ud800", QColor("white")).isValid()


def test_black_and_white_are_the_extremes() -> None:
    """Of the contrast, and of a mixture."""
    black, white = QColor("black"), QColor("white")
    assert round(contrast(black, white)) == 21
    assert mixed(black, white, 0.5) == QColor(128, 128, 128)
    assert contrast(readable_hue(0.0, white), white) >= READABLE
