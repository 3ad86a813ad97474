"""Widgets whose fixed words follow the language, also while they are in sight."""

from PyQt5.QtCore import QEvent


class Retranslated:
    """Put this before the Qt class, and say the words in :meth:`retranslate`, nowhere else.

    Qt tells every widget when the language has changed. The constructor calls :meth:`retranslate`
    itself, once its parts are there.
    """

    def retranslate(self) -> None:
        """Say all fixed words, in the language of now."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Another language: say them again."""
        if event.type() == QEvent.LanguageChange:
            self.retranslate()
        super().changeEvent(event)  # type: ignore[misc]
