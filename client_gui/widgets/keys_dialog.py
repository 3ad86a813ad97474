"""All keys, and what they do; those with some word in them, if one types it."""

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSlot
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from client_gui.widgets.retranslated import Retranslated

_SIZE = (560, 560)

translate = QCoreApplication.translate

Keys = Sequence[tuple[str, str]]
"""What a key does, and its name."""


class KeysDialog(Retranslated, QDialog):
    """*keys* gives what there is, in the language of now."""

    def __init__(self, keys: Callable[[], Keys], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._choose)
        self.table = QTableWidget(0, 2)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.Stretch)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeToContents)
        self.table.setEditTriggers(QAbstractItemView.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.Close)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for part in (self.filter, self.table, self.buttons):
            column.addWidget(part)
        self.resize(*_SIZE)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words, those of the keys included."""
        self.setWindowTitle(translate("KeysDialog", "MiniChat – Keys"))
        self.filter.setPlaceholderText(translate("KeysDialog", "Find a key"))
        self.filter.setAccessibleName(translate("KeysDialog", "Find a key"))
        self.table.setAccessibleName(translate("KeysDialog", "Keys"))
        self.table.setHorizontalHeaderLabels(
            [translate("KeysDialog", "What it does"), translate("KeysDialog", "Key")]
        )
        self.buttons.button(QDialogButtonBox.Close).setText(translate("KeysDialog", "&Close"))
        keys = self._keys()
        self.table.setRowCount(len(keys))
        for row, cells in enumerate(keys):
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setFlags(Qt.ItemIsEnabled | Qt.ItemIsSelectable)
                self.table.setItem(row, column, item)
        self._choose()

    @pyqtSlot()
    def _choose(self) -> None:
        wanted = self.filter.text().casefold().split()
        for row in range(self.table.rowCount()):
            words = " ".join(self.table.item(row, column).text() for column in (0, 1)).casefold()
            self.table.setRowHidden(row, not all(word in words for word in wanted))
