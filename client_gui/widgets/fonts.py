"""The fonts of a message, all made from the view's own."""

from dataclasses import dataclass

from PyQt5.QtGui import QFont

_SMALL = 0.85


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of a message."""

    text: QFont
    name: QFont
    small: QFont

    @classmethod
    def of(cls, font: QFont) -> "Fonts":
        """Derive them from the view's *font*."""
        name, small = QFont(font), QFont(font)
        name.setBold(True)
        if font.pointSizeF() > 0:
            name.setPointSizeF(font.pointSizeF() * _SMALL)
            small.setPointSizeF(font.pointSizeF() * _SMALL)
        # A copy: the font of a style option that Qt made is gone when the delegate returns.
        return cls(QFont(font), name, small)
