"""The same rows in four kinds of list, each in a process: ``python -m bench.client.views KIND``.

ours            the list of the chat window
listview        Qt's list view, with our model and our delegate
listwidget      Qt's list widget, with plain text: neither bubbles nor quotes nor reactions
browser         one text document, as the clients for IRC have it: the same plain text

What is measured: all rows until the last is painted, single messages at the bottom, each painted,
and scrolling up in steps of the wheel. Prints one line of JSON.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable

from PyQt5.QtCore import QModelIndex, QSize
from PyQt5.QtGui import QTextCursor
from PyQt5.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QListView,
    QListWidget,
    QStyleOptionViewItem,
    QTextBrowser,
)

from bench.client.memory import memory
from bench.client.talk import ME, rows
from client_gui.changes import Inserted
from client_gui.items import Entry
from client_gui.log.conversation import Conversation, Me
from client_gui.models.message_list import MessageListModel
from client_gui.widgets.message_delegate import MessageDelegate
from client_gui.widgets.message_view import MessageView
from client_gui.widgets.text_selection import TextSelection

_ROOM = "#1"
_SIZE = (800, 700)
_STEP = 180
"""Pixels of one notch of the wheel."""


class _Ours:
    """What takes entries, and shows them in *view*."""

    def __init__(self) -> None:
        self.view: QAbstractScrollArea = MessageView()
        self._model = MessageListModel(_ROOM, self.view)
        self.view.setModel(self._model)

    def add(self, entries: tuple[Entry, ...]) -> None:
        self._model.apply([Inserted(_ROOM, self._model.rowCount(), entries)])


class _AsWideAsTheView(MessageDelegate):
    """A list view asks for sizes without saying in which width."""

    def __init__(self, view: QListView) -> None:
        super().__init__(TextSelection())
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """The height in the width that there is."""
        option.rect.setWidth(self._view.viewport().width())
        return super().sizeHint(option, index)


class _ListView(_Ours):
    def __init__(self) -> None:
        view = QListView()
        view.setVerticalScrollMode(QListView.ScrollPerPixel)
        view.setResizeMode(QListView.Adjust)
        self._delegate = _AsWideAsTheView(view)
        view.setItemDelegate(self._delegate)
        self.view = view
        self._model = MessageListModel(_ROOM, view)
        view.setModel(self._model)

    def add(self, entries: tuple[Entry, ...]) -> None:
        super().add(entries)
        self.view.scrollToBottom()


class _ListWidget(_Ours):
    def __init__(self) -> None:
        self.view = QListWidget()
        self.view.setVerticalScrollMode(QListView.ScrollPerPixel)
        self.view.setWordWrap(True)

    def add(self, entries: tuple[Entry, ...]) -> None:
        self.view.addItems([_plain(entry) for entry in entries])
        self.view.scrollToBottom()


class _Browser(_Ours):
    def __init__(self) -> None:
        self.view = QTextBrowser()
        self.view.setUndoRedoEnabled(False)

    def add(self, entries: tuple[Entry, ...]) -> None:
        cursor = self.view.textCursor()
        cursor.movePosition(QTextCursor.End)
        cursor.insertText("".join(f"{_plain(entry)}\n" for entry in entries))
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.maximum())


KINDS: dict[str, Callable[[], _Ours]] = {
    "ours": _Ours,
    "listview": _ListView,
    "listwidget": _ListWidget,
    "browser": _Browser,
}


def _plain(entry: Entry) -> str:
    return f"{entry.nickname}: {entry.text}"


def measure(kind: str, count: int, singles: int, steps: int) -> dict[str, float]:
    """Return the figures of one kind: milliseconds and MiB."""
    entries = _entries(count + singles)
    before = memory().rss
    shown = KINDS[kind]()
    shown.view.resize(*_SIZE)
    shown.view.show()
    QApplication.processEvents()
    all_rows = _milliseconds(lambda: _painted(shown, entries[:count]))
    inserted = [
        _milliseconds(lambda entry=entry: _painted(shown, (entry,))) for entry in entries[count:]
    ]
    scrolled = [_milliseconds(lambda: _scroll(shown.view)) for _ in range(steps)]
    return {
        "all_rows_ms": all_rows,
        "memory_mib": memory().rss - before,
        "insert_ms": statistics.median(inserted),
        "insert_worst_ms": max(inserted),
        "frame_ms": statistics.median(scrolled),
        "frame_worst_ms": max(scrolled),
    }


def _entries(count: int) -> tuple[Entry, ...]:
    conversation = Conversation(_ROOM, Me(ME))
    for row in rows(count):
        conversation.place(row)
    return conversation.entries


def _painted(shown: _Ours, entries: tuple[Entry, ...]) -> None:
    shown.add(entries)
    QApplication.processEvents()
    shown.view.viewport().repaint()


def _scroll(view: QAbstractScrollArea) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() - _STEP)
    view.viewport().repaint()


def _milliseconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.client.views", description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--singles", type=int, default=50)
    parser.add_argument("--steps", type=int, default=300)
    options = parser.parse_args()
    application = QApplication(["bench"])  # noqa: F841 - it lives as long as it is named
    print(json.dumps(measure(options.kind, options.rows, options.singles, options.steps)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
