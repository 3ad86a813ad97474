"""Light and dark."""

import pytest
from PyQt5.QtGui import QColor, QPalette
from PyQt5.QtWidgets import QApplication, QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from client_gui.desktop.theme import apply_theme, palette
from client_gui.widgets.colours import READABLE, colours, contrast, mixed

READABLE_DISABLED = 3.0

_PAIRS = [
    (QPalette.WindowText, QPalette.Window),
    (QPalette.Text, QPalette.Base),
    (QPalette.Text, QPalette.Window),
    (QPalette.Text, QPalette.AlternateBase),
    (QPalette.PlaceholderText, QPalette.Base),
    (QPalette.ButtonText, QPalette.Button),
    (QPalette.ButtonText, QPalette.Window),
    (QPalette.ButtonText, QPalette.Midlight),
    (QPalette.HighlightedText, QPalette.Highlight),
    (QPalette.ToolTipText, QPalette.ToolTipBase),
    (QPalette.Link, QPalette.Base),
    (QPalette.LinkVisited, QPalette.Base),
]
"""Words, and the grounds that they stand on."""


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("words", "ground"), _PAIRS)
@pytest.mark.parametrize("group", [QPalette.Active, QPalette.Inactive])
def test_words_can_be_read(group: int, words: int, ground: int, dark: bool) -> None:
    """In the window in front, and in the others."""
    look = palette(dark)
    assert contrast(look.color(group, words), look.color(group, ground)) >= READABLE


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("words", "ground"),
    [
        (QPalette.WindowText, QPalette.Window),
        (QPalette.Text, QPalette.Base),
        (QPalette.Text, QPalette.Window),
        (QPalette.ButtonText, QPalette.Button),
        (QPalette.ButtonText, QPalette.Window),
        (QPalette.PlaceholderText, QPalette.Base),
    ],
)
def test_disabled_words_can_be_made_out(words: int, ground: int, dark: bool) -> None:
    """And are fainter than the others."""
    look = palette(dark)
    disabled = look.color(QPalette.Disabled, words)
    assert contrast(disabled, look.color(QPalette.Disabled, ground)) >= READABLE_DISABLED
    if words != QPalette.PlaceholderText:
        active = contrast(look.color(words), look.color(ground))
        assert contrast(disabled, look.color(ground)) < active


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_mixed_from_the_palette_can_be_read(dark: bool) -> None:
    """On both bubbles, on the band of what is selected, and on what is tinted."""
    look = palette(dark)
    shades = colours(look)
    for ground in (shades.own_bubble, shades.other_bubble, look.color(QPalette.Window)):
        for words in (shades.text, shades.muted, shades.error):
            assert contrast(words, ground) >= READABLE
    tinted = mixed(look.color(QPalette.Window), look.color(QPalette.Highlight), 0.18)
    assert contrast(look.color(QPalette.WindowText), tinted) >= READABLE


@pytest.mark.parametrize("dark", [False, True])
def test_where_the_keyboard_is_can_be_seen(dark: bool) -> None:
    """The ring has the contrast that WCAG wants of what is no text."""
    look = palette(dark)
    for ground in (QPalette.Window, QPalette.Base):
        assert contrast(look.color(QPalette.Highlight), look.color(ground)) >= 3


def test_every_colour_is_said_in_both_themes() -> None:
    """None is left to Qt's own light grey."""
    light, dark = palette(False), palette(True)
    for role in range(QPalette.NColorRoles):
        if role != QPalette.NoRole:
            assert light.resolve() & (1 << role)
    assert light.resolve() == dark.resolve()


def test_the_theme_changes_while_a_window_is_open(qtbot: QtBot, application: QApplication) -> None:
    """From light to dark and back."""
    line = QLineEdit()
    qtbot.addWidget(line)
    for dark in (False, True, False):
        apply_theme(application, dark)
        line.ensurePolished()
        assert line.palette().color(QPalette.Base) == palette(dark).color(QPalette.Base)
        assert _middle(line) == palette(dark).color(QPalette.Base)


def _middle(line: QLineEdit) -> QColor:
    picture = line.grab().toImage()
    return picture.pixelColor(picture.width() // 2, picture.height() // 2)


@pytest.mark.parametrize("dark", [False, True])
def test_whether_a_box_is_ticked_can_be_seen(
    qtbot: QtBot, application: QApplication, dark: bool
) -> None:
    """Its edge stands out from the window, its tick from its ground; and the two states differ."""
    apply_theme(application, dark)
    look, box = palette(dark), QCheckBox()
    qtbot.addWidget(box)
    seen = []
    for ticked in (False, True):
        box.setChecked(ticked)
        picture = box.grab().toImage()
        pixels = (picture.pixelColor(x, y) for x in range(18) for y in range(picture.height()))
        seen.append({colour.name() for colour in pixels})
        edge = QPalette.Highlight if ticked else QPalette.PlaceholderText
        assert look.color(edge).name() in seen[-1]
        assert contrast(look.color(edge), look.color(QPalette.Window)) >= READABLE_DISABLED
    assert look.color(QPalette.HighlightedText).name() in seen[1]
    assert seen[0] != seen[1]
