"""The box to write in: Enter sends, Shift+Enter begins a line; input methods are not disturbed."""

import math

from PyQt5.QtCore import QCoreApplication, QEvent, QMimeData, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QFontMetricsF, QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent
from PyQt5.QtWidgets import QApplication, QPlainTextEdit, QSizePolicy, QWidget

MAX_PASTE = 100_000
"""Characters that are taken from the clipboard at once: twenty messages. More stops the window."""

_FEWEST_LINES = 2
_MOST_LINES = 8
_SLACK = 2
_PAGES = {Qt.Key_PageUp: -1, Qt.Key_PageDown: 1}

translate = QCoreApplication.translate


class MessageBox(QPlainTextEdit):
    """A box for several lines, which grows with them. It never empties itself.

    Signals:
        send_wanted(): Enter was pressed, and not for the input method.
        page_wanted(step: int): PageUp (-1) or PageDown (1) was pressed, and not for a long text.
        cancel_wanted(): Escape was pressed, and not for the input method.
        edit_last_wanted(): Up was pressed in the empty box.
        paste_refused(): the clipboard had more than ``MAX_PASTE`` characters.
    """

    send_wanted = pyqtSignal()
    page_wanted = pyqtSignal(int)
    cancel_wanted = pyqtSignal()
    edit_last_wanted = pyqtSignal()
    paste_refused = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preedit = ""
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self.set_open(True)
        self.setAccessibleName(translate("MessageBox", "Message"))
        self.setToolTip(translate("MessageBox", "Enter sends, Shift+Enter begins a new line"))
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self._on_size_changed()

    def set_open(self, is_open: bool, why_not: str = "") -> None:
        """Whether one may write; if not, the empty box says *why_not*."""
        if is_open == self.isReadOnly():
            # Qt would leave the word where nobody can finish it.
            self.finish_word()
            self.setReadOnly(not is_open)
        words = translate("MessageBox", "Write a message")
        self.setPlaceholderText(words if is_open else why_not)

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return bool(self._preedit)

    def finish_word(self) -> None:
        """Put what an input method has in hand into the text. The input method begins anew."""
        if not self.composing:
            return
        method = QApplication.inputMethod()
        method.commit()
        if self.composing:
            # It left that to us. It may not bring the same word once more.
            method.reset()
            finished = QInputMethodEvent()
            finished.setCommitString(self._preedit)
            QApplication.sendEvent(self, finished)

    def sizeHint(self) -> QSize:
        """As high as the lines that are in it, within bounds."""
        lines = max(_FEWEST_LINES, min(_MOST_LINES, self._lines()))
        margins = 2 * (self.document().documentMargin() + self.frameWidth()) + _SLACK
        text = lines * QFontMetricsF(self.font()).lineSpacing()
        return QSize(super().sizeHint().width(), math.ceil(text + margins))

    def _lines(self) -> int:
        """Lines in the box, wrapped ones included: of such a document, the height is in lines."""
        return round(self.document().size().height())

    def _overflows(self) -> bool:
        return self._lines() > _MOST_LINES

    def _on_size_changed(self) -> None:
        policy = Qt.ScrollBarAsNeeded if self._overflows() else Qt.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """The same: the messages above give way, not the box."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fits is shown from its beginning: Qt scrolled to the end when it did not yet."""
        super().resizeEvent(event)
        if not self._overflows():
            self.verticalScrollBar().setValue(0)

    def event(self, event: QEvent) -> bool:
        """Ctrl+K leads to the rooms: Qt would cut the line off."""
        if event.type() == QEvent.ShortcutOverride and event.matches(QKeySequence.DeleteEndOfLine):
            event.ignore()
            return False
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends, unless it chooses a word; with Shift it begins a line."""
        shifted = self.composing or event.modifiers() & Qt.ShiftModifier
        if event.key() in (Qt.Key_Return, Qt.Key_Enter) and not shifted:
            self.send_wanted.emit()
        elif event.key() in _PAGES and not shifted and not self._overflows():
            self.page_wanted.emit(_PAGES[event.key()])
        elif event.key() == Qt.Key_Escape and not self.composing:
            self.cancel_wanted.emit()
        elif event.key() == Qt.Key_Up and self._edits_last(event):
            self.edit_last_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _edits_last(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() & ~Qt.KeypadModifier == Qt.NoModifier
        return plain and not self.composing and self.document().isEmpty()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note the word that is being composed."""
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take text from the clipboard, unless it is so much that the window would stop."""
        if len(source.text()) > MAX_PASTE:
            self.paste_refused.emit()
        else:
            super().insertFromMimeData(source)
