"""The real client with a driver inside: orders on standard input, what is on its windows on output.

``python -m tests.client_gui.driven_client [the client's own arguments]``. Each line of input is a
JSON list: an order and its arguments. Each is answered with one line of JSON. Keys go to the
widgets as Qt's own events; what is seen is asked of the widgets that are visible, not of the state.
"""

import json
import os
import sys
from typing import Any

from PyQt5.QtCore import QObject, QPointF, QSocketNotifier, Qt, QTimer
from PyQt5.QtGui import QInputMethodEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QMessageBox, QWidget

import client_gui.__main__ as program
from client_gui.app import Client
from client_gui.models.message_list import ENTRY_ROLE
from client_gui.widgets.bubble import footer

_READ_SIZE = 65536
_SEE_AFTER_MS = 20


class Driver(QObject):
    """Obeys the orders."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client
        self._input = b""
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Read, self)
        self._notifier.activated.connect(self._on_input)

    def _on_input(self) -> None:
        data = os.read(sys.stdin.fileno(), _READ_SIZE)
        if not data:
            self._notifier.setEnabled(False)
            QApplication.quit()
            return
        *lines, self._input = (self._input + data).split(b"\n")
        for line in lines:
            order, *arguments = json.loads(line)
            getattr(self, order)(*arguments)

    # --- the orders ------------------------------------------------------------------------------

    def see(self) -> None:
        """Answer what is on the windows, a moment later, so that nobody asks without a pause."""
        QTimer.singleShot(_SEE_AFTER_MS, lambda: self._answer(self._seen()))

    def log_in(self, password: str) -> None:
        """Type the password over whatever is there, and press Enter."""
        line = self._client.login_window.password
        line.selectAll()
        QTest.keyClicks(line, password)
        QTest.keyClick(line, Qt.Key_Return)
        self._answer(None)

    def say(self, text: str) -> None:
        """Write *text* as an input method does, and press Enter."""
        box = self._client.chat_window.composer.box
        composing, done = QInputMethodEvent(text[:1], []), QInputMethodEvent()
        done.setCommitString(text)
        QApplication.sendEvent(box, composing)
        QApplication.sendEvent(box, done)
        QTest.keyClick(box, Qt.Key_Return)
        self._answer(None)

    def close_pop_up(self) -> None:
        """Press Enter in the box that is open."""
        QTest.keyClick(QApplication.activeModalWidget(), Qt.Key_Return)
        self._answer(None)

    def try_now(self) -> None:
        """Click on **Try now**, if it is there to be clicked on."""
        QTest.mouseClick(self._client.chat_window.bar.button, Qt.LeftButton)
        self._answer(None)

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Move and resize the chat window."""
        self._client.chat_window.setGeometry(x, y, width, height)
        self._answer(None)

    def quit(self) -> None:
        """Choose **Quit** in the menu; its key needs the display's focus, which one can have."""
        self._answer(None)
        self._client.chat_window.quit_action.trigger()

    # --- what is seen ----------------------------------------------------------------------------

    def _answer(self, value: object) -> None:
        print(json.dumps(value), flush=True)

    def _seen(self) -> dict[str, Any]:
        login, chat = self._client.login_window, self._client.chat_window
        boxes = [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox)]
        return {
            "titles": [w.windowTitle() for w in (login, chat) if w.isVisible()],
            "place": chat.geometry().getRect(),
            "status": _shown(login.status),
            "pop_ups": [box.text() for box in boxes if box.isVisible()],
            "bar": _shown(chat.bar.label),
            "online": _shown(chat.online.title),
            "names": [index.data() for index in _rows(chat.online.view)],
            "messages": [self._message(index) for index in _rows(chat.view)],
        }

    def _message(self, index: Any) -> dict[str, Any]:
        """One message, and on which side of the window its bubble is painted."""
        view = self._client.chat_window.view
        entry = index.data(ENTRY_ROLE)
        rect = view.visualRect(index)
        bubble = view.itemDelegate().bubble(view.option(index.row()), index)
        middle = bubble.bubble_rect(QPointF(rect.topLeft())).center().x()
        return {
            "text": entry.text,
            "name": entry.nickname,
            "right": middle > rect.width() / 2,
            "footer": footer(entry),
        }


def _shown(widget: QWidget) -> str:
    return widget.text() if widget.isVisible() else ""


def _rows(view: Any) -> list:
    model = view.model()
    return [model.index(row, 0) for row in range(model.rowCount())] if view.isVisible() else []


class DrivenClient(Client):
    """The client, driven from its start."""

    def start(self) -> None:
        """Start, and listen to the orders."""
        super().start()
        self._driver = Driver(self)


if __name__ == "__main__":
    program.Client = DrivenClient
    sys.exit(program.main())
