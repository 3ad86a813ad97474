"""Icons, drawn from a font: crisp at every scale, and in the colours of the palette.

The font is loaded with the first icon, which costs about a tenth of a second; not before.
"""

from PyQt5.QtCore import QEvent, QSize
from PyQt5.QtGui import QIcon, QPalette
from PyQt5.QtWidgets import QToolButton, QWidget

_FAMILY = "mdi6"
"""Material Design Icons: pictogrammers.com/library/mdi has their names."""


def icon(name: str, palette: QPalette) -> QIcon:
    """Return the icon *name* in the colours that *palette* has for words on a button.

    Ask again when the palette changes. Raises an exception where there is no such icon.
    """
    import qtawesome

    return qtawesome.icon(
        f"{_FAMILY}.{name}",
        color=palette.color(QPalette.Active, QPalette.ButtonText),
        color_disabled=palette.color(QPalette.Disabled, QPalette.ButtonText),
    )


class IconButton(QToolButton):
    """A flat button with the icon *name*, in the colours of the palette, and as high as words are.
    It has none itself: give it an accessible name and a tooltip.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAutoRaise(True)
        self._draw()

    def _draw(self) -> None:
        height = self.fontMetrics().height()
        self.setIconSize(QSize(height, height))
        self.setIcon(icon(self._name, self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        """Other colours, or a font of another size: draw it anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.PaletteChange, QEvent.FontChange):
            self._draw()
