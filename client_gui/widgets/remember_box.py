"""The box that one ticks to be remembered; and why one cannot, where one cannot."""

from PyQt5.QtCore import QCoreApplication
from PyQt5.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.retranslated import Retranslated, Words, said

_SPACING = 5

translate = QCoreApplication.translate


class RememberBox(Retranslated, QWidget):
    """Where it cannot be, it is not ticked."""

    def __init__(self) -> None:
        super().__init__()
        self._trouble: Words = ""
        self.box, self.note = QCheckBox(), PlainLabel()
        self.note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addWidget(self.box)
        column.addWidget(self.note)
        self.setFocusProxy(self.box)
        self.set_trouble("")
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words."""
        self.box.setText(translate("RememberBox", "Re&member me on this computer"))
        self.box.setToolTip(
            translate("RememberBox", "The password itself is never kept, only a key for this login")
        )
        self.note.setText(said(self._trouble))

    def set_trouble(self, trouble: Words) -> None:
        """Nobody can be remembered because of *trouble*; empty: one can."""
        self._trouble = trouble
        self.box.setEnabled(not trouble)
        self.set_wanted(self.box.isChecked())
        self.note.setVisible(bool(trouble))
        self.retranslate()

    def set_wanted(self, wanted: bool) -> None:
        """Tick the box, if it can be ticked."""
        self.box.setChecked(wanted and not self._trouble)
