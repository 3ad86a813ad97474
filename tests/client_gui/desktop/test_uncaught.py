"""An exception that nobody caught."""

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PyQt5.QtCore import Qt, QTimer
from PyQt5.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from client_gui.desktop import uncaught
from client_gui.desktop.uncaught import UncaughtExceptions

pytestmark = pytest.mark.qt_no_exception_capture


@pytest.fixture
def hook(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[UncaughtExceptions]:
    """Installed, and taken back afterwards."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    hook = UncaughtExceptions()
    hook.install()
    yield hook
    for box in _boxes():
        box.close()
        box.deleteLater()


def _boxes() -> list[QMessageBox]:
    """Those of the hook: a box that another test has just closed has a window above it."""
    boxes = (w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox))
    return [box for box in boxes if box.isVisible() and box.parent() is None]


def _raise(text: str) -> None:
    raise RuntimeError(text)


def test_a_mistake_in_a_slot_is_logged_and_shown_once(
    qtbot: QtBot, hook: UncaughtExceptions, caplog: pytest.LogCaptureFixture
) -> None:
    """And the program goes on; the next one is shown when the box is closed."""
    with caplog.at_level(logging.CRITICAL):
        for text in ("<b>first</b>", "second"):
            QTimer.singleShot(0, lambda text=text: _raise(text))
        qtbot.waitUntil(lambda: len(caplog.records) == 2 and len(_boxes()) == 1, timeout=5000)
    (box,) = _boxes()
    assert "<b>first</b>" in box.detailedText()
    assert box.textFormat() == Qt.PlainText
    box.close()
    QTimer.singleShot(0, lambda: _raise("third"))
    qtbot.waitUntil(
        lambda: len(_boxes()) == 1 and "third" in _boxes()[0].detailedText(), timeout=5000
    )


def test_a_mistake_in_another_thread_is_shown_by_this_one(
    qtbot: QtBot, hook: UncaughtExceptions
) -> None:
    """A window cannot be made there."""
    thread = threading.Thread(target=lambda: _raise("elsewhere"))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(_boxes()) == 1, timeout=5000)


def test_ctrl_c_is_no_mistake(
    qtbot: QtBot, hook: UncaughtExceptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends the program."""
    ended = []
    monkeypatch.setattr(uncaught.QCoreApplication, "quit", lambda: ended.append(True))
    error = KeyboardInterrupt()
    sys.excepthook(KeyboardInterrupt, error, None)
    assert ended == [True]
    assert _boxes() == []
