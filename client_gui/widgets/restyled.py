"""Widgets with a colour or a font of their own, made from those of the program, live."""

from PyQt5.QtGui import QGuiApplication


class Restyled:
    """Put this before the Qt class, and set palettes and fonts in :meth:`restyle`, nowhere else.

    Begin there with a new ``QPalette()`` or ``QFont()``, which are those of the program, and change
    what is to be different: the rest goes on following. The constructor calls :meth:`restyle`
    itself, once its parts are there.
    """

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        # Qt tells a widget only of what it takes over, not of what its own was made from.
        application = QGuiApplication.instance()
        application.fontChanged.connect(self._on_changed)
        application.paletteChanged.connect(self._on_changed)

    def restyle(self) -> None:
        """Set what is different here, in the look of now."""
        raise NotImplementedError

    def _on_changed(self, _look: object) -> None:
        self.restyle()
