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
from PyQt5.QtGui import QContextMenuEvent, QInputMethodEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QMenu, QMessageBox, QWidget

import client_gui.__main__ as program
from client_gui.app import Client
from client_gui.models.message_list import ENTRY_ROLE
from client_gui.models.online_list import USERNAME_ROLE
from client_gui.models.room_list import ROOM_ROLE
from client_gui.models.search_results import HIT_ROLE
from client_gui.widgets.bubble import footer
from client_gui.widgets.reaction_palette import ReactionPalette

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

    def find_room(self, name: str) -> None:
        """Type *name* where one looks for a room, and press Enter."""
        chat = self._client.chat_window
        chat.find()
        chat.switcher.line.setText(name)
        QTest.keyClick(chat.switcher.line, Qt.Key_Return)
        self._answer(None)

    def create_room(self, name: str, kind: str) -> None:
        """Fill in what **New** asks for, and press Enter."""
        QTest.mouseClick(self._client.chat_window.rooms.new_button, Qt.LeftButton)
        dialog = self._client.dialogs.dialog
        dialog.name.setText(name)
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
        QTest.keyClick(dialog.name, Qt.Key_Return)
        self._answer(None)

    def join_room(self, name: str) -> None:
        """Type *name* where **Join** asks for it, and press Enter."""
        QTest.mouseClick(self._client.chat_window.rooms.join_button, Qt.LeftButton)
        dialog = self._client.dialogs.dialog
        dialog.name.setText(name)
        QTest.keyClick(dialog.name, Qt.Key_Return)
        self._answer(None)

    def open_members(self) -> None:
        """Click on the number of members."""
        header = self._client.chat_window.conversation.header
        QTest.mouseClick(header.members_button, Qt.LeftButton)
        self._answer(None)

    def invite(self, username: str) -> None:
        """Type *username* among the members, and press Enter."""
        dialog = self._client.dialogs.dialog
        dialog.name.setText(username)
        QTest.keyClick(dialog.name, Qt.Key_Return)
        self._answer(None)

    def close_dialog(self) -> None:
        """Press Escape in the dialog about a room."""
        QTest.keyClick(self._client.dialogs.dialog, Qt.Key_Escape)
        self._answer(None)

    def choose(self, text: str, choice: str) -> None:
        """Choose *choice* in the menu of the message *text*, as its key opens it."""
        view = self._client.chat_window.view
        index = next(row for row in _rows(view) if row.data(ENTRY_ROLE).text == text)
        view.setCurrentIndex(index)
        middle = view.visualRect(index).center()
        view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Keyboard, middle))
        menu = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
        actions = {action.text().replace("&", ""): action for action in menu.actions()}
        actions[choice].trigger()
        menu.close()
        self._answer(None)

    def react(self, number: int) -> None:
        """Click on a sign of the palette that is open."""
        palettes = self._client.chat_window.view.findChildren(ReactionPalette)
        palette = next(palette for palette in palettes if palette.isVisible())
        QTest.mouseClick(palette.buttons[number], Qt.LeftButton)
        self._answer(None)

    def edit_last(self, text: str) -> None:
        """Press Up in the empty box, write *text* over what comes, and press Enter."""
        box = self._client.chat_window.composer.box
        QTest.keyClick(box, Qt.Key_Up)
        box.selectAll()
        box.insertPlainText(text)
        QTest.keyClick(box, Qt.Key_Return)
        self._answer(None)

    def message(self, username: str) -> None:
        """Press Enter on *username* among those online."""
        view = self._client.chat_window.online.view
        index = next(row for row in _rows(view) if row.data(USERNAME_ROLE) == username)
        view.setCurrentIndex(index)
        QTest.keyClick(view, Qt.Key_Return)
        self._answer(None)

    def search(self, words: str) -> None:
        """Look for *words* everywhere."""
        chat = self._client.chat_window
        chat.open_search()
        chat.search.where.setCurrentIndex(1)
        chat.search.field.setText(words)
        QTest.keyClick(chat.search.field, Qt.Key_Return)
        self._answer(None)

    def choose_hit(self) -> None:
        """Press Enter on the first hit, and close the search."""
        chat = self._client.chat_window
        chat.search.view.setCurrentIndex(chat.search.results.index(0))
        QTest.keyClick(chat.search.view, Qt.Key_Return)
        chat.close_search()
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
        self._client.chat_window.menu.action("quit").trigger()

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
            "room": _shown(chat.conversation.header.name).strip("\u2068\u2069"),
            "rooms": [_room(index) for index in _rows(chat.rooms.view)],
            "members": self._members(),
            "search": _shown(chat.search.note),
            "found": [hit.data(HIT_ROLE).text for hit in _rows(chat.search.view)],
            "messages": [self._message(index) for index in _rows(chat.view)],
        }

    def _members(self) -> list[str]:
        dialog = self._client.dialogs.dialog
        rows = _rows(dialog.view) if dialog is not None else []
        return [row.data().strip("\u2068\u2069") for row in rows]

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
            "shown": index.data(),
            "answers": entry.reply.text if entry.reply else "",
            "reactions": [[sign.sign, sign.count, sign.mine] for sign in entry.reactions],
        }


def _shown(widget: QWidget) -> str:
    return widget.text() if widget.isVisible() else ""


def _room(index: Any) -> list:
    item = index.data(ROOM_ROLE)
    return [index.data().strip("\u2068\u2069"), item.unread, item.mentions]


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
