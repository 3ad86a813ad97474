"""Calls that may hang."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from client_gui.desktop import side_thread as module
from client_gui.desktop.side_thread import MAX_CALLS, SideThread

_WAIT_MS = 10_000
_LONG = 60.0


@pytest.fixture
def side(qtbot: QtBot) -> Iterator[SideThread]:
    """Ended with the test."""
    side = SideThread("test-side")
    yield side
    assert side.close()


@pytest.fixture
def gate(side: SideThread) -> Iterator[threading.Event]:
    """Opened at the end of the test, before the thread is."""
    gate = threading.Event()
    yield gate
    gate.set()


def test_the_answer_comes_in_the_thread_of_the_window(qtbot: QtBot, side: SideThread) -> None:
    """And the call was in another."""
    answers: list[tuple] = []
    side.call(
        threading.get_ident,
        lambda ident: answers.append((ident, threading.get_ident())),
        _LONG,
        None,
    )
    qtbot.waitUntil(lambda: bool(answers), timeout=_WAIT_MS)
    ((there, here),) = answers
    assert here == threading.get_ident() != there


def test_calls_run_in_order(qtbot: QtBot, side: SideThread) -> None:
    """One after the other."""
    answers: list[int] = []
    for number in range(5):
        side.call(lambda number=number: number, answers.append, _LONG, None)
    qtbot.waitUntil(lambda: len(answers) == 5, timeout=_WAIT_MS)
    assert answers == [0, 1, 2, 3, 4]


def test_a_call_that_hangs_is_answered_for(
    qtbot: QtBot, side: SideThread, gate: threading.Event
) -> None:
    """Once, also when it ends after all; what waited too long behind it is never called."""
    answers: list[str] = []
    called: list[str] = []
    side.call(lambda: gate.wait() and "at last", answers.append, 0.01, "late")
    side.call(lambda: called.append("second"), answers.append, 0.01, "late")
    qtbot.waitUntil(lambda: answers == ["late", "late"], timeout=_WAIT_MS)
    gate.set()
    side.call(lambda: "third", answers.append, _LONG, "late")
    qtbot.waitUntil(lambda: len(answers) == 3, timeout=_WAIT_MS)
    assert answers == ["late", "late", "third"]
    assert called == []


def test_only_so_many_wait(qtbot: QtBot, side: SideThread, gate: threading.Event) -> None:
    """The others hear it at once."""
    answers: list[str] = []
    for _ in range(MAX_CALLS):
        side.call(gate.wait, answers.append, _LONG, "late")
    assert answers == []
    side.call(gate.wait, answers.append, _LONG, "late")
    assert answers == ["late"]


def test_the_end_of_the_program_waits_for_no_call_that_hangs(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nobody is answered after it."""
    monkeypatch.setattr(module, "CLOSE_WITHIN", 0.01)
    side, gate = SideThread("test-side"), threading.Event()
    answers: list[str] = []
    side.call(gate.wait, answers.append, _LONG, "late")
    assert not side.close()
    gate.set()
    side._thread.join()
    assert answers == []


def test_a_thread_that_hangs_does_not_hold_what_is_qts(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would go in the wrong thread."""
    monkeypatch.setattr(module, "CLOSE_WITHIN", 0.01)
    side, gate = SideThread("test-side"), threading.Event()
    side.call(gate.wait, lambda _: None, _LONG, "late")
    assert not side.close()
    thread, left = side._thread, weakref.ref(side)
    del side
    gc.collect()
    assert left() is None
    gate.set()
    thread.join()


def test_nothing_called_needs_no_end(qtbot: QtBot) -> None:
    """No thread was started; what is called afterwards is late."""
    side = SideThread("test-side")
    assert side.close()
    answers: list[str] = []
    side.call(lambda: "x", answers.append, _LONG, "late")
    assert answers == ["late"]
