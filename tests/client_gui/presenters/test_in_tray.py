"""The tray, the title, and windows that hide and come back."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QIcon, QPixmap
from PyQt5.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from client_gui.desktop.preferences import Preferences
from client_gui.desktop.tray import Tray
from client_gui.items import RoomItem
from client_gui.presenters.in_tray import InTray
from client_gui.widgets.tray_menu import TrayMenu
from tests.client_gui.presenters.test_noticing import Rig as NoticingRig


class Rig(NoticingRig):
    """A panel with a tray; the login window is closed, the chat window open."""

    def __init__(self, qtbot: QtBot, preferences: Preferences) -> None:
        super().__init__(qtbot, preferences)
        self.login = QWidget()
        qtbot.addWidget(self.login)
        self.has_tray = True
        self.menu = TrayMenu(self.window)
        picture = QPixmap(16, 16)
        picture.fill(Qt.white)
        self.tray = Tray(QIcon(picture), self.menu, lambda: self.has_tray, self.window)
        self.in_tray = InTray(
            self.login, self.window, self.tray, self.menu, self.noticing, preferences, self.window
        )
        self.tray.start()


@pytest.fixture
def rig(qtbot: QtBot, preferences: Preferences) -> Iterator[Rig]:
    """As above."""
    rig = Rig(qtbot, preferences)
    yield rig
    rig.tray.stop()
    QApplication.setQuitOnLastWindowClosed(True)


def test_the_title_counts_and_never_nothing(rig: Rig) -> None:
    """So does the icon."""
    assert rig.window.windowTitle() == "MiniChat – Ann"
    rig.session.rooms_changed.emit((RoomItem("lobby", "lobby", "lobby", unread=3),))
    assert rig.window.windowTitle() == "(3) MiniChat – Ann"
    assert "3" in rig.tray.icon.toolTip()
    rig.session.rooms_changed.emit((RoomItem("lobby", "lobby", "lobby"),))
    assert rig.window.windowTitle() == "MiniChat – Ann"
    assert rig.tray.icon.toolTip() == "MiniChat"


def test_closing_closes_unless_it_was_chosen_otherwise(rig: Rig) -> None:
    """A program that stays behind unasked is none that people trust."""
    rig.window.close()
    assert not rig.window.isVisible()
    assert not rig.in_tray.hidden
    assert QApplication.quitOnLastWindowClosed()


def test_closing_hides_where_it_was_chosen(rig: Rig) -> None:
    """Until somebody clicks on the icon; unsent messages wait as well there."""
    rig.preferences.close_to_tray = True
    rig.window.leaving.unsettled = 1
    rig.window.close()
    assert rig.in_tray.hidden
    assert not rig.window.isVisible()
    assert not QApplication.quitOnLastWindowClosed()
    rig.tray.clicked.emit()
    assert rig.window.isVisible()
    assert not rig.in_tray.hidden
    assert QApplication.quitOnLastWindowClosed()
    rig.window.leaving.unsettled = 0


def test_without_a_tray_closing_closes(rig: Rig) -> None:
    """Whatever was chosen: nothing would bring the window back."""
    rig.preferences.close_to_tray = True
    rig.has_tray = False
    rig.tray.look()
    rig.in_tray.hide()
    assert rig.window.isVisible()
    rig.window.close()
    assert not rig.in_tray.hidden


def test_a_tray_that_goes_leaves_the_window_behind(rig: Rig) -> None:
    """And one that comes late is made use of."""
    rig.preferences.close_to_tray = True
    rig.window.close()
    rig.has_tray = False
    rig.tray.look()
    assert rig.window.isVisible()
    assert not rig.window.hides
    rig.has_tray = True
    rig.tray.look()
    assert rig.window.hides


def test_a_tray_that_goes_does_not_bring_up_a_window_that_is_there(rig: Rig) -> None:
    """One that was made small stays so."""
    rig.window.showMinimized()
    rig.has_tray = False
    rig.tray.look()
    assert rig.window.isMinimized()


def test_a_window_that_was_made_small_comes_up(rig: Rig) -> None:
    """As large as it was."""
    rig.window.showMinimized()
    rig.in_tray.bring_up()
    assert not rig.window.windowState() & Qt.WindowMinimized


def test_before_a_login_it_is_the_login_window_that_comes_up(rig: Rig) -> None:
    """The other one has nobody to talk to."""
    rig.window.hide()
    rig.login.show()
    rig.in_tray.bring_up()
    assert not rig.window.isVisible()
    rig.menu.aboutToShow.emit()
    assert not rig.menu.sign_out_action.isEnabled()


def test_the_desktop_may_end_while_the_window_hides_on_closing(rig: Rig) -> None:
    """It closes all windows, and does not end if one stays."""
    rig.preferences.close_to_tray = True
    rig.in_tray._on_session_ends(None)
    rig.window.close()
    assert not rig.in_tray.hidden


def test_the_menu_does_what_it_says(qtbot: QtBot, rig: Rig) -> None:
    """Hide, show, log out, quit."""
    rig.menu.hide_action.trigger()
    assert rig.in_tray.hidden
    assert not rig.menu.hide_action.isEnabled()
    rig.menu.show_action.trigger()
    assert rig.window.isVisible()
    assert rig.menu.hide_action.isEnabled()
    with qtbot.waitSignal(rig.window.sign_out_wanted):
        rig.menu.sign_out_action.trigger()
    with qtbot.waitSignal(rig.window.quit_wanted):
        rig.menu.quit_action.trigger()


def test_a_question_before_quitting_is_seen(qtbot: QtBot, rig: Rig) -> None:
    """It stands over the window, so that one comes first."""
    rig.in_tray.hide()
    rig.window.leaving.unsettled = 1
    rig.menu.quit_action.trigger()
    assert rig.window.isVisible()
    with qtbot.waitSignal(rig.window.quit_wanted):
        rig.window.leaving.box.accept()
    qtbot.waitUntil(lambda: rig.window.leaving.box is None, timeout=5000)


def test_silence_is_wished_for_in_the_menu(rig: Rig) -> None:
    """Which says until when, and when it is over."""
    assert "7:00" in rig.menu.quiet_action.text()
    rig.menu.quiet_action.trigger()
    assert rig.noticing.silent
    assert rig.menu.quiet_action.isChecked()
    rig.now = datetime.fromisoformat("2026-03-02T07:00")
    rig.menu.aboutToShow.emit()
    assert not rig.menu.quiet_action.isChecked()
