"""Widgets whose words follow the language, also while they are in sight."""

from collections.abc import Callable

from PyQt5.QtCore import QEvent

Words = str | Callable[[], str]
"""What a widget is given to say, and goes on showing. A function says it in the language of now;
a string stays as it is."""


def said(words: Words) -> str:
    """What *words* are in the language of now."""
    return words if isinstance(words, str) else words()


class Retranslated:
    """Put this before the Qt class, and say the words in :meth:`retranslate`, nowhere else.

    Qt tells every widget when the language has changed. The constructor calls :meth:`retranslate`
    itself, once its parts are there.
    """

    def retranslate(self) -> None:
        """Say all words, in the language of now."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Another language: say them again."""
        if event.type() == QEvent.LanguageChange:
            self.retranslate()
        super().changeEvent(event)  # type: ignore[misc]
