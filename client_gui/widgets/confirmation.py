"""A question before something that cannot be undone. It waits for nobody."""

from collections.abc import Callable

from PyQt5.QtCore import QCoreApplication, Qt
from PyQt5.QtWidgets import QMessageBox, QWidget

translate = QCoreApplication.translate


def confirm(window: QWidget, words: str, go: Callable[[], object]) -> QMessageBox:
    """Ask *words* over *window*; on yes, call *go*."""
    box = QMessageBox(
        QMessageBox.Question,
        translate("confirmation", "MiniChat"),
        words,
        QMessageBox.Yes | QMessageBox.No,
        window,
    )
    box.setTextFormat(Qt.PlainText)
    box.setDefaultButton(QMessageBox.No)
    box.setAttribute(Qt.WA_DeleteOnClose)
    box.accepted.connect(go)
    box.open()
    return box
