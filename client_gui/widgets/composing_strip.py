"""The strip above the box that says what is answered or edited, with a button to leave that."""

from functools import partial

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSignal
from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from client_gui.display import isolated, safe_sentence
from client_gui.items import Entry
from client_gui.row_words import filled, speaker
from client_gui.widgets.colours import mixed
from client_gui.widgets.elided_label import ElidedLabel
from client_gui.widgets.retranslated import Retranslated, Words, said

_TINT = 0.18

translate = QCoreApplication.translate


class ComposingStrip(Retranslated, QFrame):
    """Hidden as long as a new message is written.

    Signals:
        cancel_wanted(): neither answer nor edit.
    """

    cancel_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Words = ""
        self.label = ElidedLabel()
        self.button = QToolButton()
        self.button.setText("✕")
        self.button.setAutoRaise(True)
        self.button.clicked.connect(self.cancel_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 2, 2)
        row.addWidget(self.label, 1)
        row.addWidget(self.button, 0, Qt.AlignTop)
        self.setAutoFillBackground(True)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say the words."""
        words = translate("ComposingStrip", "Cancel (Escape)")
        self.button.setToolTip(words)
        self.button.setAccessibleName(words)
        self.label.setText(said(self._words))
        self.label.setAccessibleName(said(self._words))

    def show_reply(self, entry: Entry) -> None:
        """*entry* is answered."""
        self._say(partial(_reply_words, entry))

    def show_edit(self, entry: Entry) -> None:
        """*entry* is edited."""
        self._say(partial(_edit_words, entry))

    def _say(self, words: Words) -> None:
        self._words = words
        self.retranslate()
        palette = QPalette(self.window().palette())
        window, highlight = palette.color(QPalette.Window), palette.color(QPalette.Highlight)
        palette.setColor(QPalette.Window, mixed(window, highlight, _TINT))
        self.setPalette(palette)
        self.show()


def _reply_words(entry: Entry) -> str:
    words = translate("ComposingStrip", "Replying to %1: %2")
    return filled(words, speaker(entry), safe_sentence(entry.text))


def _edit_words(entry: Entry) -> str:
    text = isolated(safe_sentence(entry.text))
    return translate("ComposingStrip", "Editing: %1").replace("%1", text)
