"""What the doctor shows."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client_gui.doctor import Check, Examination, Step, Verdict
from client_gui.widgets.colours import READABLE, contrast
from client_gui.widgets.doctor_dialog import DoctorDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> DoctorDialog:
    """At the beginning."""
    dialog = DoctorDialog("<b>chat</b>:8090")
    dialog.setAttribute(Qt.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def test_each_step_has_a_mark_a_title_and_words(dialog: DoctorDialog) -> None:
    """In a colour that can be read; and the mark is not all that says it."""
    examination = Examination()
    examination.end(Step(Check.NAME, Verdict.OK))
    examination.end(Step(Check.PORT, Verdict.WRONG, "refused"))
    dialog.show_steps(examination.steps())
    for check, verdict in ((Check.NAME, "all right"), (Check.PORT, "wrong")):
        mark, title, words = dialog.rows[check]
        assert mark.text() in "✓✗"
        assert words.accessibleName() == f"{title.text()}: {verdict}"
        assert "<b>chat</b>:8090" in words.text()
        assert words.textFormat() == Qt.PlainText
        palette = mark.palette()
        ground, ink = (palette.color(role) for role in (QPalette.Window, QPalette.WindowText))
        assert contrast(ground, ink) >= READABLE
    assert dialog.rows[Check.CLOCK][2].text() == ""


def test_one_can_look_again_when_it_is_over(qtbot: QtBot, dialog: DoctorDialog) -> None:
    """Not while something is being looked at."""
    examination = Examination()
    examination.begin(Check.NAME)
    dialog.show_steps(examination.steps())
    assert not dialog.again_button.isEnabled()
    examination.end(Step(Check.NAME, Verdict.WRONG, "timed-out"))
    dialog.show_steps(examination.steps())
    with qtbot.waitSignal(dialog.again_wanted):
        qtbot.mouseClick(dialog.again_button, Qt.LeftButton)


def test_the_report_is_copied(qtbot: QtBot, dialog: DoctorDialog) -> None:
    """And it is said."""
    with qtbot.waitSignal(dialog.report_wanted):
        qtbot.mouseClick(dialog.copy_button, Qt.LeftButton)
    dialog.copy("a report")
    assert QApplication.clipboard().text() == "a report"
    assert dialog.note.text() == "Copied."
    dialog.forget_copy()
    assert dialog.note.text() == ""


def test_escape_closes_it(qtbot: QtBot, dialog: DoctorDialog) -> None:
    """It blocks nothing meanwhile."""
    assert not dialog.isModal()
    qtbot.keyClick(dialog, Qt.Key_Escape)
    assert not dialog.isVisible()
