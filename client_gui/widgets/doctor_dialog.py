"""What the doctor has found, step by step; and the report of it, to be copied."""

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import (
    QApplication,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from client_gui.doctor import Check, Step, Verdict
from client_gui.doctor_words import check_title, step_words, verdict_words
from client_gui.widgets.colours import readable_hue
from client_gui.widgets.growing import grow
from client_gui.widgets.plain_label import PlainLabel
from client_gui.widgets.retranslated import Retranslated
from client_gui.widgets.title_label import TitleLabel

_MARGIN = 20
_SPACING = 12
_WIDTH = 520
_GREEN, _RED = 1 / 3, 0.0
_MARKS = {
    Verdict.WAITING: "·",
    Verdict.RUNNING: "…",
    Verdict.OK: "✓",
    Verdict.WRONG: "✗",
    Verdict.UNKNOWN: "–",
}

translate = QCoreApplication.translate


class DoctorDialog(Retranslated, QDialog):
    """Blocks nothing: one goes on writing beside it.

    Signals:
        again_wanted(): look at everything once more.
        report_wanted(): the report is to be copied.
    """

    again_wanted = pyqtSignal()
    report_wanted = pyqtSignal()

    def __init__(self, server: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._server = server
        self._steps: tuple[Step, ...] = tuple(map(Step, Check))
        self.heading = PlainLabel()
        self.rows = {check: (TitleLabel(), TitleLabel(), PlainLabel()) for check in Check}
        self.again_button, self.copy_button = QPushButton(), QPushButton()
        self.close_button, self.note = QPushButton(), PlainLabel()
        self._copied = False
        self._build()
        self.again_button.clicked.connect(self.again_wanted)
        self.copy_button.clicked.connect(self.report_wanted)
        self.close_button.clicked.connect(self.close)
        self.setAttribute(Qt.WA_DeleteOnClose)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words, those of the steps included."""
        self.setWindowTitle(translate("DoctorDialog", "MiniChat – The connection"))
        heading = translate("DoctorDialog", "The connection to %1")
        self.heading.setText(heading.replace("%1", self._server))
        self.again_button.setText(translate("DoctorDialog", "Check &again"))
        self.copy_button.setText(translate("DoctorDialog", "Copy &report"))
        self.copy_button.setToolTip(
            translate("DoctorDialog", "For whoever helps you; no password and no message is in it")
        )
        self.close_button.setText(translate("DoctorDialog", "&Close"))
        self.note.setText(translate("DoctorDialog", "Copied.") if self._copied else "")
        self.show_steps(self._steps)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """This is how far it has come."""
        self._steps = steps
        for step in steps:
            mark, title, words = self.rows[step.check]
            mark.setText(_MARKS[step.verdict])
            mark.setAccessibleName(verdict_words(step.verdict))
            mark.setPalette(_palette(step.verdict))
            title.setText(check_title(step.check))
            words.setText(step_words(step, self._server))
            words.setAccessibleName(f"{title.text()}: {verdict_words(step.verdict)}")
        grow(self)
        running = any(step.verdict is Verdict.RUNNING for step in steps)
        self.again_button.setEnabled(not running)

    def copy(self, report: str) -> None:
        """Put *report* where one can paste it from."""
        QApplication.clipboard().setText(report)
        self._copied = True
        self.retranslate()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(_SPACING)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for number, (mark, title, words) in enumerate(self.rows.values()):
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextSelectableByMouse)
            words.setAlignment(Qt.AlignLeft | Qt.AlignTop)
            # Two lines, so that words that come do not move what is below.
            words.setMinimumHeight(2 * words.fontMetrics().lineSpacing() + _SPACING)
            grid.addWidget(mark, 2 * number, 0)
            grid.addWidget(title, 2 * number, 1)
            grid.addWidget(words, 2 * number + 1, 1)
        buttons = QHBoxLayout()
        for button in (self.again_button, self.copy_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addWidget(self.note, 1)
        buttons.addWidget(self.close_button)
        self.close_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_SPACING)
        self.heading.setWordWrap(True)
        column.addWidget(self.heading)
        column.addLayout(grid)
        column.addStretch()
        column.addLayout(buttons)
        self.resize(_WIDTH, self.sizeHint().height())

    @pyqtSlot()
    def forget_copy(self) -> None:
        """What was copied is not what is shown now."""
        self._copied = False
        self.retranslate()


def _palette(verdict: Verdict) -> QPalette:
    palette = QPalette()
    hue = {Verdict.OK: _GREEN, Verdict.WRONG: _RED}.get(verdict)
    if hue is not None:
        colour = readable_hue(hue, palette.color(QPalette.Window))
        palette.setColor(QPalette.WindowText, colour)
    return palette
