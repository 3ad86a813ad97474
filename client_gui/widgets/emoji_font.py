"""The font for emoji: those in colour first, where another font may have them in black."""

from PyQt5.QtGui import QFont

_FAMILIES = ("Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji")


def emoji_font(font: QFont, larger: float = 1.0) -> QFont:
    """Return *font* for emoji, so many times as large. Only where they stand alone: it has figures
    of its own."""
    of_emoji = QFont(font)
    of_emoji.setFamilies([*_FAMILIES, font.family()])
    of_emoji.setPointSizeF(font.pointSizeF() * larger)
    return of_emoji
