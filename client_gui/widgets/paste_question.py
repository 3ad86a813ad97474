"""Asks before much text is put into the box: how much it is, and how it begins."""

import re

from PyQt5.QtCore import QCoreApplication, QLocale, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from client_gui.display import isolated, safe_sentence
from client_gui.widgets.elided_label import ElidedLabel
from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.retranslated import Retranslated
from client_gui.widgets.tinted_frame import TintedFrame
from wire.limits import MAX_TEXT

ASKED_LINES = 10
"""Lines from which on one is asked: more than anybody expects of a clipboard by mistake."""

ASKED_CHARACTERS = 2_000
"""Characters beyond which one is asked: a screenful."""

_PREVIEW_LINES = 3
_LINE_END = re.compile("\r\n|[\r\n\u2028\u2029]")

translate = QCoreApplication.translate


def is_asked_about(text: str) -> bool:
    """Whether *text* is so much that one may not have meant to paste it."""
    return len(text) > ASKED_CHARACTERS or lines_in(text) >= ASKED_LINES


def lines_in(text: str) -> int:
    """Return how many lines *text* has; the end of the last one begins no further one."""
    return len(_LINE_END.findall(_LINE_END.sub("\n", text).rstrip("\n"))) + 1


class PasteQuestion(Retranslated, TintedFrame):
    """Hidden as long as nothing is asked; about one text at a time.

    Signals:
        paste_wanted(text: str): yes.
        answered(): by its buttons or Escape, one way or the other.
    """

    paste_wanted = pyqtSignal(str)
    answered = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.label = PlainLabel()
        self.label.setWordWrap(True)
        self.preview = [ElidedLabel() for _ in range(_PREVIEW_LINES)]
        self.paste_button, self.cancel_button = QPushButton(), QPushButton()
        for button, answer in (
            (self.paste_button, self._paste),
            (self.cancel_button, self._refuse),
        ):
            # Enter presses the one that has the focus.
            button.setAutoDefault(True)
            button.clicked.connect(answer)
        self._build()
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say how much it is."""
        locale = QLocale()
        words = translate("PasteQuestion", "Paste %1 lines, %2 characters?")
        words = words.replace("%1", locale.toString(lines_in(self._text)))
        words = words.replace("%2", locale.toString(len(self._text)))
        if len(self._text) > MAX_TEXT:
            most = translate("PasteQuestion", "One message can have %1.")
            words += " " + most.replace("%1", locale.toString(MAX_TEXT))
        self.label.setText(words)
        self.setAccessibleName(words)
        self.paste_button.setText(translate("PasteQuestion", "&Paste"))
        self.cancel_button.setText(translate("PasteQuestion", "Do &not paste"))
        self.cancel_button.setToolTip(translate("PasteQuestion", "Escape"))

    def ask(self, text: str) -> None:
        """Ask about *text*; what was asked about before is not wanted any more."""
        self._text = text
        self.retranslate()
        lines = _LINE_END.split(text, _PREVIEW_LINES)
        for label, line in zip(self.preview, lines, strict=False):
            label.setText(isolated(safe_sentence(line)))
        for place, label in enumerate(self.preview):
            label.setVisible(place < len(lines))
        self.show()

    @pyqtSlot()
    def cancel(self) -> None:
        """Ask no more: the answer is no."""
        self._text = ""
        self.hide()

    @pyqtSlot()
    def _paste(self) -> None:
        text = self._text
        self._refuse()
        self.paste_wanted.emit(text)

    @pyqtSlot()
    def _refuse(self) -> None:
        self.answered.emit()
        self.cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is no."""
        if event.key() == Qt.Key_Escape:
            self._refuse()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.paste_button)
        buttons.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.label)
        for label in self.preview:
            column.addWidget(label)
        column.addLayout(buttons)
