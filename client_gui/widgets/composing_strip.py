"""The strip above the box that says what is answered or edited, with a button to leave that."""

from collections.abc import Callable

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QWidget

from client_gui.display import isolated, safe_sentence
from client_gui.items import Entry
from client_gui.row_words import filled, speaker
from client_gui.widgets.elided_label import ElidedLabel
from client_gui.widgets.icons import IconButton
from client_gui.widgets.retranslated import Retranslated
from client_gui.widgets.tinted_frame import TintedFrame

translate = QCoreApplication.translate


class ComposingStrip(Retranslated, TintedFrame):
    """Hidden as long as a new message is written.

    Signals:
        cancel_wanted(): neither answer nor edit.
    """

    cancel_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = ElidedLabel()
        self.button = IconButton("close")
        self.button.clicked.connect(self.cancel_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 2, 2)
        row.addWidget(self.label, 1)
        row.addWidget(self.button, 0, Qt.AlignTop)
        self._say_again: Callable[[], None] = lambda: None
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say the words of the button, and what is shown."""
        words = translate("ComposingStrip", "Cancel (Escape)")
        self.button.setToolTip(words)
        self.button.setAccessibleName(words)
        self._say_again()

    def show_reply(self, entry: Entry) -> None:
        """*entry* is answered."""
        self._say_again = lambda: self._say_reply(entry)
        self._say_again()
        self.show()

    def show_edit(self, entry: Entry) -> None:
        """*entry* is edited."""
        self._say_again = lambda: self._say_edit(entry)
        self._say_again()
        self.show()

    def _say_reply(self, entry: Entry) -> None:
        words = translate("ComposingStrip", "Replying to %1: %2")
        self._say(filled(words, speaker(entry), safe_sentence(entry.text)))

    def _say_edit(self, entry: Entry) -> None:
        text = isolated(safe_sentence(entry.text))
        self._say(translate("ComposingStrip", "Editing: %1").replace("%1", text))

    def _say(self, words: str) -> None:
        self.label.setText(words)
        self.label.setAccessibleName(words)
