"""Where a message is written and sent from: the box, the button, and what is wrong, if anything."""

from PyQt5.QtCore import QCoreApplication, QLocale, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from client_gui.widgets.colours import readable_hue
from client_gui.widgets.message_box import MessageBox
from client_gui.widgets.plain_label import PlainLabel
from wire.limits import MAX_TEXT

COUNTED_FROM = MAX_TEXT * 8 // 10
"""Characters from which on the count is shown."""

_SPACING = 8

translate = QCoreApplication.translate


class Composer(QWidget):
    """The lower part of the chat window. What is written stays until :meth:`clear`.

    Signals:
        say_wanted(text: str): a text that is neither empty nor too long.
    """

    say_wanted = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = MessageBox()
        self.button = QPushButton(translate("Composer", "&Send"))
        self.button.setAutoDefault(False)
        self.note = PlainLabel()
        self.note.setAccessibleName(translate("Composer", "About the message"))
        self.note.hide()
        self._build()
        self.box.textChanged.connect(self._on_text_changed)
        self.box.send_wanted.connect(self._send)
        self.box.paste_refused.connect(self._on_paste_refused)
        self.button.clicked.connect(self._send)
        self._on_text_changed()
        self.setFocusProxy(self.box)

    def clear(self) -> None:
        """The text was taken. Only what an input method composes meanwhile stays."""
        self.box.clear()

    def warn(self, words: str) -> None:
        """Say why the text was not taken."""
        self._note(words, True)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(_SPACING)
        row.addWidget(self.box, 1)
        row.addWidget(self.button, 0, Qt.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING // 2)
        column.addWidget(self.note)
        column.addLayout(row)

    @pyqtSlot()
    def _on_text_changed(self) -> None:
        length = len(_said(self.box.toPlainText()))
        self.button.setEnabled(0 < length <= MAX_TEXT)
        if length >= COUNTED_FROM:
            self._note(_count_words(length), length > MAX_TEXT)
        else:
            self.note.hide()

    @pyqtSlot()
    def _send(self) -> None:
        text = _said(self.box.toPlainText())
        if 0 < len(text) <= MAX_TEXT and not self.box.composing:
            self.say_wanted.emit(text)

    @pyqtSlot()
    def _on_paste_refused(self) -> None:
        self.warn(translate("Composer", "The clipboard holds more than a message can."))

    def _note(self, words: str, is_error: bool) -> None:
        palette = self.palette()
        if is_error:
            colour = readable_hue(0.0, palette.color(self.backgroundRole()))
            palette.setColor(self.note.foregroundRole(), colour)
        self.note.setPalette(palette)
        self.note.setText(words)
        self.note.show()


def _said(text: str) -> str:
    """What of *text* is sent: not the empty lines around it, but its indentation."""
    lines = text.rstrip().split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(lines)


def _count_words(length: int) -> str:
    locale = QLocale()
    if length > MAX_TEXT:
        words = translate("Composer", "%1 of %2 characters: too long to be sent")
    else:
        words = translate("Composer", "%1 of %2 characters")
    return words.replace("%1", locale.toString(length)).replace("%2", locale.toString(MAX_TEXT))
