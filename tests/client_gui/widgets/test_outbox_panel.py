"""The panel of what was not sent."""

import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from client_gui.items import Unsent
from client_gui.widgets.outbox_panel import OutboxPanel

WAITS = Unsent("a", "lobby", "waits", 0, False)
SENT = Unsent("b", "lobby", "sent", 0, True)
BUSY = Unsent("c", "lobby", "busy", 0, True, "busy")
LONG = Unsent("d", "lobby", "long", 0, False, "too-long")
ALL = (WAITS, SENT, BUSY, LONG)


@pytest.fixture
def panel(qtbot: QtBot) -> OutboxPanel:
    """Of one of each kind."""
    panel = OutboxPanel()
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.open()
    panel.show_unsent(ALL, str)
    return panel


def _stand_on(panel: OutboxPanel, unsent: Unsent) -> None:
    row = panel.unsent.unsent().index(unsent)
    panel.view.setCurrentIndex(panel.unsent.index(row, 0))


@pytest.mark.parametrize(
    ("unsent", "edit", "retry", "cancel"),
    [
        (WAITS, True, False, True),
        (SENT, False, False, False),
        (BUSY, False, True, True),
        (LONG, True, False, True),
    ],
)
def test_only_what_can_be_done_is_offered(
    panel: OutboxPanel, unsent: Unsent, edit: bool, retry: bool, cancel: bool
) -> None:
    """What may be stored already is neither altered nor taken away."""
    _stand_on(panel, unsent)
    enabled = [b.isEnabled() for b in (panel.edit_button, panel.retry_button, panel.cancel_button)]
    assert enabled == [edit, retry, cancel]
    assert panel.go_button.isEnabled()


def test_each_verb_has_a_button_and_a_key(qtbot: QtBot, panel: OutboxPanel) -> None:
    """Which mean the row that one stands on."""
    for unsent, wanted, button, key, modifier in (
        (LONG, panel.edit_wanted, panel.edit_button, Qt.Key_F2, Qt.NoModifier),
        (LONG, panel.cancel_wanted, panel.cancel_button, Qt.Key_Delete, Qt.NoModifier),
        (BUSY, panel.retry_wanted, panel.retry_button, Qt.Key_R, Qt.ControlModifier),
        (SENT, panel.go_wanted, panel.go_button, Qt.Key_Return, Qt.NoModifier),
    ):
        _stand_on(panel, unsent)
        told: list[object] = []
        wanted.connect(told.append)
        qtbot.mouseClick(button, Qt.LeftButton)
        qtbot.keyClick(panel.view, key, modifier)
        assert (
            told == [unsent if wanted in (panel.edit_wanted, panel.go_wanted) else unsent.key] * 2
        )
        wanted.disconnect(told.append)


def test_a_key_does_no_more_than_a_button(qtbot: QtBot, panel: OutboxPanel) -> None:
    """What is greyed out is not done."""
    _stand_on(panel, SENT)
    with qtbot.assertNotEmitted(panel.cancel_wanted), qtbot.assertNotEmitted(panel.edit_wanted):
        qtbot.keyClick(panel.view, Qt.Key_Delete)
        qtbot.keyClick(panel.view, Qt.Key_F2)


def test_one_stays_where_one_is_as_things_go_out(panel: OutboxPanel) -> None:
    """Or comes to what took its place."""
    _stand_on(panel, LONG)
    panel.show_unsent(ALL[1:], str)
    assert panel._current() == LONG
    panel.show_unsent(ALL[1:3], str)
    assert panel._current() == BUSY
    panel.show_unsent((), str)
    assert panel._current() is None
    assert not panel.go_button.isEnabled()
    assert panel.title.text() == "Everything has been sent."


def test_escape_closes_it(qtbot: QtBot, panel: OutboxPanel) -> None:
    """As its button does."""
    for close in (
        lambda: qtbot.keyClick(panel.view, Qt.Key_Escape),
        lambda: qtbot.mouseClick(panel.close_button, Qt.LeftButton),
    ):
        with qtbot.waitSignal(panel.closed):
            close()


def test_everything_has_a_name(panel: OutboxPanel) -> None:
    """For a screen reader; the buttons tell their keys."""
    assert panel.view.accessibleName()
    assert panel.close_button.accessibleName()
    buttons = (panel.go_button, panel.edit_button, panel.retry_button, panel.cancel_button)
    assert all(button.toolTip().endswith(")") for button in buttons)
