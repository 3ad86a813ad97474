"""A line to find something by, which also hears what an input method has not finished."""

from PyQt5.QtCore import QEvent, Qt, pyqtSignal
from PyQt5.QtGui import QFocusEvent, QInputMethodEvent, QKeySequence
from PyQt5.QtWidgets import QLineEdit, QWidget


class FindingLine(QLineEdit):
    """Whoever types pinyin into an input method is found something while still composing.

    Signals:
        typed(text: str): this stands in the line now, with what is being composed.
        pressed(event: QKeyEvent): a key, which is not the input method's; whoever accepts it has
            used it.
        left(): the keyboard has gone elsewhere in the window.
    """

    typed = pyqtSignal(str)
    pressed = pyqtSignal(object)
    left = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preedit = ""
        self._told = ""
        self.textChanged.connect(self._tell)

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return bool(self._preedit)

    @property
    def shown(self) -> str:
        """What stands in the line, with what is being composed."""
        text, at = self.text(), self.cursorPosition()
        # An input method puts marks between the syllables.
        composed = self._preedit.replace("'", "").replace(" ", "")
        return text[:at] + composed + text[at:]

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Tell what is being composed, too."""
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    def event(self, event: QEvent) -> bool:
        """Tab is a key like the others; and Ctrl+K is the window's, Qt would cut the line off."""
        if event.type() == QEvent.ShortcutOverride and event.matches(QKeySequence.DeleteEndOfLine):
            event.ignore()
            return False
        if event.type() == QEvent.KeyPress and not self.composing:
            event.ignore()
            self.pressed.emit(event)
            if event.isAccepted():
                return True
        return bool(super().event(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Another window, or the line's own menu, is not elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.ActiveWindowFocusReason, Qt.PopupFocusReason):
            self.left.emit()

    def _tell(self) -> None:
        if self.shown != self._told:
            self._told = self.shown
            self.typed.emit(self._told)
