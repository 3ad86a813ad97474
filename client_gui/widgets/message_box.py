"""The box to write in: a key sends, another begins a line; input methods are not disturbed."""

import math
from collections.abc import Iterator
from contextlib import contextmanager

from PyQt5.QtCore import QCoreApplication, QEvent, QMimeData, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QFontMetricsF, QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent
from PyQt5.QtWidgets import QApplication, QPlainTextEdit, QSizePolicy, QWidget

from client_gui.widgets.paste_question import is_asked_about
from client_gui.widgets.retranslated import Retranslated, Words, said

MAX_PASTE = 100_000
"""Characters that are taken from the clipboard at once: twenty messages. More stops the window."""

ENTER, CTRL_ENTER = "enter", "ctrl-enter"
"""What sends. With the first, Shift+Enter begins a line; with the second, Enter does."""

_FEWEST_LINES = 2
_MOST_LINES = 8
_SLACK = 2
_ENTERS = (Qt.Key_Return, Qt.Key_Enter)
_KEYS_OF_THE_WINDOW = (Qt.Key_K, Qt.Key_E)
_PAGES = {Qt.Key_PageUp: -1, Qt.Key_PageDown: 1}

translate = QCoreApplication.translate


class MessageBox(Retranslated, QPlainTextEdit):
    """A box for several lines, which grows with them. It never empties itself.

    Signals:
        send_wanted(): the key that sends was pressed, and not for the input method.
        page_wanted(step: int): PageUp (-1) or PageDown (1) was pressed, and not for a long text.
        cancel_wanted(): Escape was pressed, and not for the input method.
        edit_last_wanted(): Up was pressed in the empty box.
        undo_send_wanted(): Undo was pressed where there is nothing to undo in the text.
        typed(text: str): a key has changed the text, or an input method has finished a word.
        long_paste(text: str): the clipboard has so much that one is to be asked; nothing was taken.
        paste_refused(): the clipboard had more than ``MAX_PASTE`` characters.
    """

    send_wanted = pyqtSignal()
    page_wanted = pyqtSignal(int)
    cancel_wanted = pyqtSignal()
    edit_last_wanted = pyqtSignal()
    undo_send_wanted = pyqtSignal()
    typed = pyqtSignal(str)
    long_paste = pyqtSignal(str)
    paste_refused = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preedit = ""
        self.typing = False
        """Whether the text changes at this moment because of a key, or of an input method."""
        self._send_key = ENTER
        self._up_edits = True
        self._why_not: Words = ""
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)
        self.retranslate()
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self._on_size_changed()

    def set_open(self, is_open: bool, why_not: Words = "") -> None:
        """Whether one may write; if not, the empty box says *why_not*."""
        if is_open == self.isReadOnly():
            # Qt would leave the word where nobody can finish it.
            self.finish_word()
            self.setReadOnly(not is_open)
        self._why_not = why_not
        self.retranslate()

    def set_send_key(self, send_key: str) -> None:
        """``ENTER`` or ``CTRL_ENTER`` sends."""
        self._send_key = send_key
        self.retranslate()

    def set_up_edits(self, up_edits: bool) -> None:
        """Whether Up in the empty box is for the last message."""
        self._up_edits = up_edits

    def retranslate(self) -> None:
        """Say what the box is for, and by which keys."""
        self.setAccessibleName(translate("MessageBox", "Message"))
        words = translate("MessageBox", "Write a message")
        self.setPlaceholderText(said(self._why_not) if self.isReadOnly() else words)
        if self._send_key == ENTER:
            keys = translate("MessageBox", "Enter sends, Shift+Enter begins a new line")
        else:
            keys = translate("MessageBox", "Ctrl+Enter sends, Enter begins a new line")
        self.setToolTip(keys)

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return bool(self._preedit)

    def finish_word(self) -> None:
        """Put what an input method has in hand into the text. The input method begins anew."""
        if not self.composing:
            return
        word, method = self._preedit, QApplication.inputMethod()
        if self.hasFocus():
            method.commit()
        if self.composing:
            # It left that to us, and may not bring the same word once more.
            method.reset()
            finished = QInputMethodEvent()
            finished.setCommitString(word)
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
        """Some keys are the window's, though Qt has a use for them in a text."""
        if event.type() == QEvent.ShortcutOverride and self._is_the_windows(event):
            event.ignore()
            return False
        return bool(super().event(event))

    def _is_the_windows(self, event: QKeyEvent) -> bool:
        """Shift+PgUp and Ctrl+End lead through the messages where they find nothing in the text."""
        if event.matches(QKeySequence.SelectPreviousPage):
            return not self._overflows()
        if event.matches(QKeySequence.MoveToEndOfDocument):
            return self.textCursor().atEnd()
        control = event.modifiers() & ~Qt.KeypadModifier == Qt.ControlModifier
        return control and event.key() in _KEYS_OF_THE_WINDOW

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key may send, or be about something else than the text; not while a word is composed:
        then all keys are the input method's, and Enter, which it has let pass, breaks no word.
        """
        if self.composing:
            if event.key() not in _ENTERS:
                super().keyPressEvent(event)
        elif not self._is_ours(event):
            with self._typing(event.text()):
                super().keyPressEvent(event)

    @contextmanager
    def _typing(self, text: str) -> Iterator[None]:
        """Tell of *text*, if it is any, when it is in the box."""
        self.typing = bool(text)
        try:
            yield
        finally:
            self.typing = False
        if text:
            self.typed.emit(text)

    def _is_ours(self, event: QKeyEvent) -> bool:
        """Do what *event* wants, if it is none of the keys of a text."""
        key = event.key()
        if key in _ENTERS and self._sends(event):
            self.send_wanted.emit()
        elif key in _PAGES and not event.modifiers() & Qt.ShiftModifier and not self._overflows():
            self.page_wanted.emit(_PAGES[key])
        elif key == Qt.Key_Escape:
            self.cancel_wanted.emit()
        elif key == Qt.Key_Up and self._edits_last(event):
            self.edit_last_wanted.emit()
        elif event.matches(QKeySequence.Undo) and self._never_written():
            self.undo_send_wanted.emit()
        else:
            return False
        return True

    def _sends(self, event: QKeyEvent) -> bool:
        if self._send_key == ENTER:
            return not event.modifiers() & Qt.ShiftModifier
        return bool(event.modifiers() & Qt.ControlModifier)

    def _never_written(self) -> bool:
        return bool(self.document().isEmpty() and not self.document().isUndoAvailable())

    def _edits_last(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() & ~Qt.KeypadModifier == Qt.NoModifier
        return self._up_edits and plain and self.document().isEmpty()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes on from here, but not in the middle of a word."""
        return self.composing or bool(super().focusNextPrevChild(forward))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note the word that is being composed."""
        self._preedit = event.preeditString()
        with self._typing("" if self.composing else event.commitString()):
            super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take text from the clipboard, unless it is so much that the window would stop, or that
        it may not have been meant.
        """
        text = source.text()
        if len(text) > MAX_PASTE:
            self.paste_refused.emit()
        elif is_asked_about(text):
            self.long_paste.emit(text)
        else:
            super().insertFromMimeData(source)
