"""The whole client in this process, its windows and its link, and a talking server beside it."""

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PyQt5.QtCore import QEventLoop, QPoint, QPointF, QSettings, Qt
from PyQt5.QtGui import QWheelEvent
from PyQt5.QtWidgets import QApplication

from bench.client.stalls import MeasuredApplication
from bench.client.talk import ME
from client_gui.address import Address
from client_gui.app import Client
from client_gui.desktop.preferences import Preferences
from client_gui.models.message_list import MessageListModel
from client_gui.widgets.message_view import MessageView

WITHIN = 300.0
"""Seconds after which something that should happen is given up."""

_NOTCH = 120


class TalkerProcess:
    """Orders for :mod:`bench.client.talker`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.client.talker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="ascii",
        )
        self.port = int(self._process.stdout.readline())

    def order(self, order: str, number: int) -> None:
        """Give an order, and go on; :meth:`done` waits."""
        self._process.stdin.write(f"{order} {number}\n")
        self._process.stdin.flush()

    def done(self) -> None:
        """Wait until the oldest order that was given has been obeyed."""
        self._process.stdout.readline()

    def close(self) -> None:
        """End the process."""
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


class WholeClient:
    """A client that logs in at the talker."""

    def __init__(self, application: MeasuredApplication, stores: Path, port: int) -> None:
        self.application = application
        settings = QSettings(str(stores / "preferences.ini"), QSettings.IniFormat)
        self._address = Address("127.0.0.1", port)
        self.client = Client(Preferences(settings), str(self._address), port, ME, stores=stores)
        self.client.start()

    @property
    def view(self) -> MessageView:
        """The messages in sight."""
        return self.client.chat_window.view

    def messages(self, room: str) -> MessageListModel:
        """The messages of *room*."""
        return self.client.conversations.of(room)

    def log_in(self, room: str) -> None:
        """Log in, and wait for *room* to be there."""
        self.client.session.sign_in(self._address, ME, "111111")
        self.until(lambda: self.client.rooms.item(room) is not None)
        self.client.chat_window.resize(1100, 800)
        self.until(self.client.chat_window.isVisible)

    def until(self, condition: Callable[[], object]) -> None:
        """Let the window live until *condition* holds, and what it shows is painted.

        Raises:
            TimeoutError: it never did.
        """
        give_up_at = time.monotonic() + WITHIN
        while not condition():
            self.application.processEvents(QEventLoop.WaitForMoreEvents)
            if time.monotonic() > give_up_at:
                raise TimeoutError
        self.application.processEvents()
        self.view.viewport().repaint()

    def live(self, seconds: float) -> None:
        """Let the window live for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.application.processEvents(QEventLoop.WaitForMoreEvents)

    def turn_wheel(self, notches: int) -> None:
        """Turn the wheel over the messages, and paint what that brings into sight."""
        viewport = self.view.viewport()
        middle = QPointF(viewport.rect().center())
        event = QWheelEvent(
            middle,
            QPointF(viewport.mapToGlobal(middle.toPoint())),
            QPoint(),
            QPoint(0, notches * _NOTCH),
            Qt.NoButton,
            Qt.NoModifier,
            Qt.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)
        self.application.processEvents()
        viewport.repaint()

    def close(self) -> None:
        """End as the program does."""
        self.client.chat_window.leaving.unsettled = 0
        self.client.stop()
        for window in (self.client.chat_window, self.client.login_window):
            window.hide()


@contextlib.contextmanager
def running(application: MeasuredApplication, stores: Path, said: int) -> Iterator[tuple]:
    """A talker whose room has *said* messages, and a client; the client is at its login."""
    with contextlib.ExitStack() as stack:
        talker = TalkerProcess()
        stack.callback(talker.close)
        talker.order("after", said)
        talker.done()
        client = WholeClient(application, stores, talker.port)
        stack.callback(client.close)
        yield client, talker
