"""Searching."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QInputMethodEvent
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client_gui.items import SearchHit
from client_gui.widgets.search_panel import TYPING_MS, SearchPanel
from tests.client_gui.conftest import NOON

HITS = tuple(SearchHit("#1", n, "user2", "Grace", f"the plan {n}", NOON) for n in range(1, 31))


@pytest.fixture
def panel(qtbot: QtBot) -> SearchPanel:
    """Open."""
    panel = SearchPanel()
    qtbot.addWidget(panel)
    panel.resize(240, 400)
    with qtbot.waitExposed(panel):
        panel.open()
    return panel


def _search(qtbot: QtBot, panel: SearchPanel, words: str) -> list:
    panel.field.setText(words)
    with qtbot.waitSignal(panel.search_wanted) as wanted:
        qtbot.keyClick(panel.field, Qt.Key_Return)
    panel.begin({"#1": "Chess"}.get)
    return wanted.args


def test_one_chinese_character_is_enough(qtbot: QtBot, panel: SearchPanel) -> None:
    """Here, or everywhere; nothing is not searched, nor the same again."""
    assert _search(qtbot, panel, " 项 ") == ["项", False]
    with qtbot.assertNotEmitted(panel.search_wanted):
        qtbot.keyClick(panel.field, Qt.Key_Return)
    with qtbot.waitSignal(panel.search_wanted) as wanted:
        panel.open(everywhere=True)
    assert wanted.args == ["项", True]
    with qtbot.assertNotEmitted(panel.search_wanted):
        panel.field.setText("  ")
        qtbot.keyClick(panel.field, Qt.Key_Return)
    assert not panel.note.isVisible()


def test_typing_is_enough(qtbot: QtBot, panel: SearchPanel) -> None:
    """A moment after the last key."""
    with qtbot.waitSignal(panel.search_wanted) as wanted:
        qtbot.keyClicks(panel.field, "plan")
    assert wanted.args == ["plan", False]


def test_it_says_what_comes_of_it(qtbot: QtBot, panel: SearchPanel) -> None:
    """That it searches, that nothing was found, or why it could not."""
    _search(qtbot, panel, "plan")
    assert panel.note.text() == "Searching…"
    panel.show_hits((), False)
    assert panel.note.text() == "Nothing was found."
    panel.show_hits(HITS, False)
    assert not panel.note.isVisible()
    panel.show_hits(HITS, False, kept=True)
    assert panel.note.text() == "No connection: only what is on this computer is searched."
    assert panel.note.isVisible()
    panel.show_failure("No.")
    assert panel.note.text() == "No."


def test_more_is_asked_for_near_the_end(qtbot: QtBot, panel: SearchPanel) -> None:
    """Once a page; at once, when a page was short and yet not the last."""
    _search(qtbot, panel, "plan")
    with qtbot.waitSignal(panel.more_wanted):
        panel.show_hits((), True)
    panel.show_hits(HITS, True)
    with qtbot.waitSignal(panel.more_wanted):
        panel.view.verticalScrollBar().setValue(panel.view.verticalScrollBar().maximum())
    with qtbot.assertNotEmitted(panel.more_wanted):
        panel.view.verticalScrollBar().setValue(0)
        panel.view.verticalScrollBar().setValue(panel.view.verticalScrollBar().maximum())


def test_a_hit_is_chosen_by_mouse_or_key(qtbot: QtBot, panel: SearchPanel) -> None:
    """Down leads there, Escape out."""
    _search(qtbot, panel, "plan")
    panel.show_hits(HITS, False)
    second = panel.view.visualRect(panel.results.index(1)).center()
    with qtbot.waitSignal(panel.hit_chosen) as chosen:
        qtbot.mouseClick(panel.view.viewport(), Qt.LeftButton, pos=second)
    assert chosen.args == ["#1", 2]
    panel.view.setCurrentIndex(panel.results.index(0))
    with qtbot.waitSignal(panel.hit_chosen) as chosen:
        qtbot.keyClick(panel.view, Qt.Key_Return)
    assert chosen.args == ["#1", 1]
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel.field, Qt.Key_Escape)


def test_enter_and_f3_go_from_hit_to_hit(qtbot: QtBot, panel: SearchPanel) -> None:
    """With Shift backwards, around the ends; the keyboard stays in the field."""
    panel.step(1)
    _search(qtbot, panel, "plan")
    panel.show_hits(HITS[:3], False)
    chosen: list[int] = []
    panel.hit_chosen.connect(lambda room, seq: chosen.append(seq))
    for modifier in (Qt.NoModifier, Qt.NoModifier, Qt.ShiftModifier, Qt.ShiftModifier):
        qtbot.keyClick(panel.field, Qt.Key_Return, modifier)
    for by in (-1, 1, 1):
        panel.step(by)
    assert chosen == [1, 2, 1, 3, 2, 3, 1]
    assert panel.focusWidget() in (None, panel.field)
    assert panel.view.currentIndex().row() == 0


def test_stepping_backwards_begins_at_the_end(qtbot: QtBot, panel: SearchPanel) -> None:
    """Of what is here."""
    _search(qtbot, panel, "plan")
    panel.show_hits(HITS[:3], False)
    with qtbot.waitSignal(panel.hit_chosen) as chosen:
        panel.step(-1)
    assert chosen.args == ["#1", 3]


def test_another_room_is_searched_anew(qtbot: QtBot, panel: SearchPanel) -> None:
    """Unless it is searched everywhere, or nobody looks."""
    _search(qtbot, panel, "plan")
    with qtbot.waitSignal(panel.search_wanted) as wanted:
        panel.search_another_room()
    assert wanted.args == ["plan", False]
    panel.where.setCurrentIndex(1)
    with qtbot.assertNotEmitted(panel.search_wanted):
        panel.search_another_room()
    panel.where.setCurrentIndex(0)
    panel.hide()
    with qtbot.assertNotEmitted(panel.search_wanted):
        panel.search_another_room()


def test_an_input_method_is_not_disturbed(qtbot: QtBot, panel: SearchPanel) -> None:
    """What it composes is not looked for before it is there."""
    QApplication.sendEvent(panel.field, QInputMethodEvent("xiang", []))
    with qtbot.assertNotEmitted(panel.search_wanted, wait=2 * TYPING_MS):
        qtbot.keyClick(panel.field, Qt.Key_Shift)
    done = QInputMethodEvent()
    done.setCommitString("项")
    with qtbot.waitSignal(panel.search_wanted) as wanted:
        QApplication.sendEvent(panel.field, done)
    assert wanted.args == ["项", False]
