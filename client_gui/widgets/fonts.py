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
        """Derive them from the view's *font*, which need not outlive this."""
        # What PyQt gives as the font of an option is a view into the option, which soon is gone.
        text, name, small = QFont(font), QFont(font), QFont(font)
        name.setBold(True)
        if font.pointSizeF() > 0:
            name.setPointSizeF(font.pointSizeF() * _SMALL)
            small.setPointSizeF(font.pointSizeF() * _SMALL)
        return cls(text, name, small)
