"""Fixed words follow the language."""

from PyQt5.QtCore import QCoreApplication, QEvent
from PyQt5.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from client_gui.widgets.retranslated import Retranslated


class _Counter(Retranslated, QLabel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.said = 0

    def retranslate(self) -> None:
        self.said += 1


def test_a_part_of_a_window_says_its_words_again(qtbot: QtBot) -> None:
    """Once for each change of language, and for nothing else."""
    window = QWidget()
    qtbot.addWidget(window)
    part = _Counter(window)
    part.setEnabled(False)
    assert part.said == 0
    QCoreApplication.sendEvent(window, QEvent(QEvent.LanguageChange))
    assert part.said == 1
