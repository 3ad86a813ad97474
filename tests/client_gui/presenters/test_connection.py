"""What the bar is told."""

from collections.abc import Iterator

import pytest
from PyQt5.QtCore import QObject, pyqtSignal
from pytestqt.qtbot import QtBot

from client_gui.events import Failure
from client_gui.items import Unsent
from client_gui.presenters.connection import Connection
from client_gui.widgets.connection_bar import ConnectionBar


class _Session(QObject):
    signed_in = pyqtSignal(str, str)
    signed_out = pyqtSignal()
    returning = pyqtSignal()
    went_offline = pyqtSignal(object, float)
    timeline_changed = pyqtSignal(list)

    def __init__(self) -> None:
        super().__init__()
        self.waiting: tuple[Unsent, ...] = ()
        self.asked: list[str] = []

    def unsent(self) -> tuple[Unsent, ...]:
        return self.waiting

    def try_now(self) -> None:
        self.asked.append("try now")

    def look_again(self) -> None:
        self.asked.append("look again")


class _Wakefulness(QObject):
    woke = pyqtSignal()


class Rig:
    """A bar, and who tells it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.session, self.wakefulness, self.bar = _Session(), _Wakefulness(), ConnectionBar()
        self.bar.quiet = 0
        qtbot.addWidget(self.bar)
        self.connection = Connection(self.session, self.bar, self.wakefulness)


@pytest.fixture
def rig(qtbot: QtBot) -> Iterator[Rig]:
    """All is well."""
    return Rig(qtbot)


def test_the_bar_follows_the_session(rig: Rig) -> None:
    """With words for the reason."""
    rig.session.went_offline.emit(Failure.REFUSED, 7.0)
    assert rig.bar.label.text() == "The server is not running. Reconnecting in 7 s."
    rig.session.returning.emit()
    assert rig.bar.label.text() == "Connecting…"
    rig.session.signed_in.emit("user1", "Ann")
    assert rig.bar.isHidden()
    rig.session.went_offline.emit(Failure.REFUSED, 7.0)
    rig.session.signed_out.emit()
    assert rig.bar.isHidden()


def test_the_session_is_told_when_to_try(rig: Rig) -> None:
    """By a person, and by the machine that wakes."""
    rig.bar.try_wanted.emit()
    rig.wakefulness.woke.emit()
    assert rig.session.asked == ["try now", "look again"]


def test_what_waits_is_counted(rig: Rig) -> None:
    """And what was refused."""
    rig.session.went_offline.emit(Failure.REFUSED, 7.0)
    waits = Unsent("a", "lobby", "x", 0, False)
    rig.session.waiting = (waits, waits)
    rig.session.timeline_changed.emit([])
    assert rig.bar.outbox_button.text() == "&Waiting: 2"
    rig.session.waiting = (waits, Unsent("b", "lobby", "y", 0, False, "too-long"))
    rig.session.timeline_changed.emit([])
    assert rig.bar.outbox_button.text() == "&Unsent: 2"
