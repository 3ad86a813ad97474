"""The line that says what happened: errors in their colour, and all of it to be copied."""

from PyQt5.QtCore import Qt

from client_gui.widgets.note_label import NoteLabel
from client_gui.widgets.retranslated import Retranslated, Words, said


class StatusLine(Retranslated, NoteLabel):
    """Room for two lines at the least, so that words that come do not move what is below."""

    def __init__(self) -> None:
        super().__init__()
        self._words: Words = ""
        self.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.setAlignment(Qt.AlignLeft | Qt.AlignTop)

    def say(self, words: Words, is_error: bool = False) -> None:
        """Show *words* until there are others."""
        self._words = words
        self.set_error(is_error)
        self.retranslate()
        # A line that says nothing is no place to stop at with Tab.
        selectable = Qt.TextSelectableByMouse | Qt.TextSelectableByKeyboard
        self.setTextInteractionFlags(selectable if self.text() else Qt.NoTextInteraction)

    def retranslate(self) -> None:
        """Say it in the language of now."""
        self.setText(said(self._words))
