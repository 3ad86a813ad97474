"""Asks for one line: a topic, a new name."""

from collections.abc import Callable

from PyQt5.QtCore import QCoreApplication, pyqtSlot
from PyQt5.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from client_gui.widgets.asking_dialog import AskingDialog
from client_gui.widgets.plain_label import PlainLabel

translate = QCoreApplication.translate


class LineDialog(AskingDialog):
    """With what is there now, to be changed. The new line, if it is one, goes to *use*."""

    def __init__(
        self,
        title: str,
        words: str,
        text: str,
        longest: int,
        use: Callable[[str], object],
        parent: QWidget,
        may_be_empty: bool = False,
    ) -> None:
        super().__init__(title, (), parent)
        self._old, self._use, self._may_be_empty = text, use, may_be_empty
        self.line = QLineEdit(text)
        # A label that leads somewhere takes & for the mark of an access key: a name may have one.
        label = PlainLabel(words.replace("&", "&&"))
        label.setBuddy(self.line)
        self.line.setMaxLength(longest)
        self.line.selectAll()
        self.line.setAccessibleName(words)
        self.line.textChanged.connect(self._on_typed)
        self.go = self._add_go(translate("LineDialog", "&OK"))
        column = QVBoxLayout()
        column.addWidget(label)
        column.addWidget(self.line)
        self._build(column)
        self._on_typed(text)

    @pyqtSlot(str)
    def _on_typed(self, text: str) -> None:
        self.go.setEnabled(self._may_be_empty or bool(text.strip()))

    @pyqtSlot()
    def _go(self) -> None:
        line = self.line.text().strip()
        if line != self._old:
            self._use(line)
        self.accept()
