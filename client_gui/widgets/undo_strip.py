"""The strip above the box that says in how many seconds a message goes out, with a way back."""

from PyQt5.QtCore import QCoreApplication, QLocale, Qt, pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QPushButton, QWidget

from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.retranslated import Retranslated
from client_gui.widgets.tinted_frame import TintedFrame

translate = QCoreApplication.translate


class UndoStrip(Retranslated, TintedFrame):
    """Hidden as long as nothing is held.

    Signals:
        undo_wanted(): the message is not to go out.
    """

    undo_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seconds = 0
        self.label = PlainLabel()
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.undo_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 2, 2)
        row.addWidget(self.label, 1)
        row.addWidget(self.button, 0, Qt.AlignVCenter)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say how long, and by which key."""
        words = translate("UndoStrip", "Sending in %1 s")
        self.label.setText(words.replace("%1", QLocale().toString(self._seconds)))
        self.button.setText(translate("UndoStrip", "&Undo"))
        self.button.setToolTip(translate("UndoStrip", "Do not send it (Ctrl+Z in the empty box)"))

    def show_seconds(self, seconds: int) -> None:
        """So many are left."""
        self._seconds = seconds
        self.retranslate()
        self.show()
