"""An exception that nobody caught."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt, QThread, QTimer
from PyQt5.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from client_gui.desktop import uncaught
from client_gui.desktop.uncaught import UncaughtExceptions, report

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


def _later(do: Callable[[], object]) -> None:
    QTimer.singleShot(0, do)


def test_a_mistake_in_a_slot_is_logged_and_shown(
    qtbot: QtBot, hook: UncaughtExceptions, caplog: pytest.LogCaptureFixture
) -> None:
    """And the program goes on; another one is shown when the box is closed."""
    with caplog.at_level(logging.CRITICAL):
        _later(lambda: _raise("<b>first</b>"))
        qtbot.waitUntil(lambda: len(_boxes()) == 1, timeout=5000)
    assert "<b>first</b>" in caplog.text
    (box,) = _boxes()
    assert "<b>first</b>" in box.detailedText()
    assert box.textFormat() == Qt.PlainText
    box.close()
    _later(lambda: 1 / 0)
    qtbot.waitUntil(
        lambda: len(_boxes()) == 1 and "ZeroDivision" in _boxes()[0].detailedText(), timeout=5000
    )


def test_the_same_mistake_is_counted_and_not_shown_again(
    qtbot: QtBot, hook: UncaughtExceptions, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in a second box, nor when the first was closed; the log tells less and less."""
    with caplog.at_level(logging.CRITICAL):
        for number in range(100):
            _later(lambda number=number: _raise(f"number {number}"))
        qtbot.waitUntil(
            lambda: bool(_boxes()) and "100" in _boxes()[0].informativeText(), timeout=5000
        )
        assert len(_boxes()) == 1
        assert len(caplog.records) == 7
        _boxes()[0].close()
        for _ in range(28):
            _later(lambda: _raise("more"))
        qtbot.waitUntil(lambda: "128 times" in caplog.text, timeout=5000)
    assert _boxes() == []


def test_places_beyond_the_bound_are_one(
    qtbot: QtBot, hook: UncaughtExceptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake with a new place each time costs no memory."""
    monkeypatch.setattr(uncaught, "MAX_PLACES", 2)
    for number in range(5):
        kind = type(f"Kind{number}", (Exception,), {})
        sys.excepthook(kind, kind(), None)
    assert hook._times == {"Kind0": 1, "Kind1": 1, "": 3}
    qtbot.waitUntil(lambda: len(_boxes()) == 1, timeout=5000)


def test_the_report_says_where_and_nothing_of_anybody(
    qtbot: QtBot, hook: UncaughtExceptions
) -> None:
    """Not what the exception says, nor whose directory the program is in; the box stays."""

    def fail() -> None:
        try:
            _raise("the teacher said: secret")
        except RuntimeError:
            int("another secret")

    _later(fail)
    qtbot.waitUntil(lambda: len(_boxes()) == 1, timeout=5000)
    (copy,) = [button for button in _boxes()[0].buttons() if "Copy" in button.text()]
    copy.click()
    copied = QApplication.clipboard().text()
    for part in ("MiniChat", "Python", "Qt", "in _raise", "in fail", "RuntimeError", "ValueError"):
        assert part in copied
    assert "tests/client_gui/desktop/test_uncaught.py" in copied
    assert "teacher said: secret" not in copied.replace('_raise("the teacher said: secret")', "")
    assert str(Path.home()) not in copied
    assert str(Path(__file__).parents[3]) not in copied
    assert len(_boxes()) == 1


def test_what_an_exception_says_is_not_in_the_report() -> None:
    """It may be what somebody wrote."""
    said = "".join(["what ", "somebody ", "wrote"])
    try:
        _raise(said)
    except RuntimeError as error:
        copied = report(RuntimeError, error, error.__traceback__)
    assert said not in copied


def test_a_mistake_in_a_thread_of_qt_is_shown_by_this_one(
    qtbot: QtBot, hook: UncaughtExceptions
) -> None:
    """Such as the one that reads from the server."""

    class Reader(QThread):
        def run(self) -> None:
            _raise("in the reader")

    reader = Reader()
    reader.start()
    assert reader.wait(5000)
    qtbot.waitUntil(lambda: len(_boxes()) == 1, timeout=5000)
    assert "in the reader" in _boxes()[0].detailedText()


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
