"""Shows who has read a message."""

from PyQt5.QtCore import QCoreApplication, Qt
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from client_gui.display import isolated, safe_name
from client_gui.widgets.plain_label import PlainLabel

translate = QCoreApplication.translate


class ReadersDialog(QDialog):
    """The *names*, once."""

    def __init__(self, names: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModal)
        self.setWindowTitle(translate("ReadersDialog", "Who has read it"))
        self.list = QListWidget()
        self.list.addItems([isolated(safe_name(name)) for name in names])
        self.list.setAccessibleName(self.windowTitle())
        nobody = PlainLabel(translate("ReadersDialog", "Nobody has read it yet."))
        nobody.setVisible(not names)
        self.list.setVisible(bool(names))
        buttons = QDialogButtonBox(QDialogButtonBox.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(nobody)
        column.addWidget(self.list)
        column.addWidget(buttons)
