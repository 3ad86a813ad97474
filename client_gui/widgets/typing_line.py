"""The line above the box that says who is writing something. It takes its room always, so that
nothing moves when somebody begins.
"""

from PyQt5.QtCore import QCoreApplication, QLocale
from PyQt5.QtWidgets import QWidget

from client_gui.display import safe_name
from client_gui.row_words import filled
from client_gui.widgets.muted_line import MutedLine
from client_gui.widgets.retranslated import Retranslated

translate = QCoreApplication.translate


class TypingLine(Retranslated, MutedLine):
    """Empty, or a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._nicknames: tuple[str, ...] = ()
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words."""
        self.setAccessibleName(translate("TypingLine", "Who is writing"))
        self.setText(typing_words(self._nicknames))

    def show_names(self, nicknames: tuple[str, ...]) -> None:
        """These are writing something."""
        self._nicknames = nicknames
        self.retranslate()


def typing_words(nicknames: tuple[str, ...]) -> str:
    """Who is writing, by name if they are few."""
    names = [safe_name(name) for name in nicknames]
    if not names:
        return ""
    if len(names) == 1:
        return filled(translate("TypingLine", "%1 is writing…"), *names)
    if len(names) == 2:
        return filled(translate("TypingLine", "%1 and %2 are writing…"), *names)
    count = QLocale().toString(len(names))
    return translate("TypingLine", "%1 people are writing…").replace("%1", count)
