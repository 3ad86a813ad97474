"""Whoever types over the messages means the box: letters and Paste go there, and the focus too."""

from PyQt5.QtCore import QEvent, QObject, Qt
from PyQt5.QtGui import QKeyEvent, QKeySequence
from PyQt5.QtWidgets import QApplication, QWidget

from client_gui.widgets.message_box import MessageBox

_SHORTCUTS = Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier


class KeysToBox(QObject):
    """Of the *box*. The keys of a list stay its own: arrows, Enter, space."""

    def __init__(self, box: MessageBox) -> None:
        super().__init__(box)
        self._box = box

    def watch(self, widget: QWidget) -> None:
        """Take letters from *widget*; may be called again."""
        widget.installEventFilter(self)

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:
        """Hand over what is written."""
        if event.type() != QEvent.KeyPress or self._box.isReadOnly() or not _is_written(event):
            return False
        self._box.setFocus()
        QApplication.sendEvent(self._box, event)
        return True


def _is_written(event: QKeyEvent) -> bool:
    if event.matches(QKeySequence.Paste):
        return True
    # AltGr is Control and Alt on Windows; what it writes is written.
    modifiers = event.modifiers()
    is_shortcut = modifiers & _SHORTCUTS and modifiers & _SHORTCUTS != (
        Qt.ControlModifier | Qt.AltModifier
    )
    text = event.text()
    return bool(text.strip() and text.isprintable() and not is_shortcut)
