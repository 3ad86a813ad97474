"""The real client, which says when its windows are in sight: ``python -m bench.client.started``.

Arguments: the directory of what it keeps, and a port at which nobody listens. So it shows its
login, is told to log in, finds no server, and shows what it kept. Prints one line of JSON, then
ends: seconds since 1970 at which the login was first painted, and at which the messages were.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QEvent, QObject, QSettings, QTimer
from PyQt5.QtWidgets import QWidget

import client_gui.__main__ as program
from bench.client.memory import memory
from bench.client.talk import ME
from bench.client.talker import ROOM
from client_gui.address import Address
from client_gui.app import Client
from client_gui.desktop.preferences import Preferences


class FirstPaint(QObject):
    """Calls *then* when *widget* has been painted once."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._then = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the one event."""
        if event.type() == QEvent.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)  # behind what is being painted now
        return False


class Started:
    """Goes through the start, and notes the times."""

    def __init__(self, directory: Path, port: int) -> None:
        self._port = port
        self.seen: dict[str, float] = {}
        settings = QSettings(str(directory / "preferences.ini"), QSettings.IniFormat)
        self.client = Client(Preferences(settings), f"127.0.0.1:{port}", port, ME, stores=directory)
        FirstPaint(self.client.login_window, self._login_in_sight)
        self.client.session.started_offline.connect(self._show_room)
        self.client.start()

    def _login_in_sight(self) -> None:
        self.seen["login"] = time.time()
        self.seen["login_rss_mib"] = memory().rss
        self.client.session.sign_in(Address("127.0.0.1", self._port), ME, "111111")

    def _show_room(self) -> None:
        self.client.talk.show(ROOM)
        FirstPaint(self.client.chat_window.view.viewport(), self._messages_in_sight)

    def _messages_in_sight(self) -> None:
        self.seen["messages"] = time.time()
        self.client.chat_window.leaving.unsettled = 0
        program.QApplication.quit()


def main() -> int:
    """Start, and print what was noted."""
    application = program._application()
    started = Started(Path(sys.argv[1]), int(sys.argv[2]))
    application.exec()
    print(json.dumps(started.seen))
    return 0


if __name__ == "__main__":
    sys.exit(main())
