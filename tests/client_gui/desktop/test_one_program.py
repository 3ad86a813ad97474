"""A second start, of which most tests play the first program, and some both in processes."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt5.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from client_gui.desktop import one_program
from client_gui.desktop.one_program import (
    MAX_CALLERS,
    MAX_REQUEST,
    Identity,
    OneProgram,
    Starting,
    raise_another,
    socket_name,
)
from client_gui.desktop.placement import SEATS, Seat

MILLISECONDS = 20_000
ANN = Identity("a:1", "ann")


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the seats are: of a person that nobody else is. Paths of sockets are short."""
    return str(tmp_path)


class First:
    """A program that runs."""

    def __init__(self, directory: str, account: Identity = ANN) -> None:
        self.seat = Seat(directory)
        self.program = OneProgram(directory, self.seat)
        self.raised = 0
        self.account = account
        self.program.serve(lambda: self.account, self.bring_up)

    def bring_up(self) -> None:
        self.raised += 1

    def end(self) -> None:
        self.program.close()
        self.seat.leave()


@pytest.fixture
def first(qapp: object, directory: str) -> Iterator[First]:
    """Ann's."""
    first = First(directory)
    yield first
    first.end()


def _start(qtbot: QtBot, directory: str, wanted: Identity) -> bool:
    """Ask as a second program does, which waits; so it is done in another thread."""
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(raise_another(directory, wanted)))
    thread.start()
    qtbot.waitUntil(lambda: bool(answers), timeout=MILLISECONDS)
    thread.join()
    return answers[0]


@pytest.mark.parametrize(
    ("wanted", "raised"),
    [
        (Identity(), True),
        (Identity("a:1"), True),
        (Identity("", "Ann"), True),
        (ANN, True),
        (Identity("b:1"), False),
        (Identity("", "ben"), False),
        (Identity("b:1", "ann"), False),
    ],
)
def test_a_second_start_raises_the_first_if_it_is_about_it(
    qtbot: QtBot, directory: str, first: First, wanted: Identity, raised: bool
) -> None:
    """Whoever names nobody means whoever is there."""
    assert _start(qtbot, directory, wanted) is raised
    assert first.raised == raised


def test_among_several_the_one_that_is_meant_is_raised(
    qtbot: QtBot, directory: str, first: First
) -> None:
    """Each has a seat of its own."""
    other = First(directory, Identity("a:1", "ben"))
    assert _start(qtbot, directory, Identity("", "ben"))
    assert (first.raised, other.raised) == (0, 1)
    other.end()


def test_where_nothing_runs_nothing_is_waited_for(qapp: object, directory: str) -> None:
    """A start is not slower for it; nor are there traces of one that has ended."""
    assert raise_another(directory, Identity()) is False
    First(directory).end()
    assert raise_another(directory, Identity()) is False


def test_other_people_are_others(directory: str) -> None:
    """Another home directory is another name; so is another seat."""
    names = {socket_name(d, seat) for d in (directory, directory + "x") for seat in range(SEATS)}
    assert len(names) == 2 * SEATS


@pytest.mark.skipif(os.name == "nt", reason="a named pipe is no file")
def test_nobody_else_can_connect(directory: str, first: First) -> None:
    """It is a file that only its owner may use."""
    assert Path(socket_name(directory, 0)).stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="a named pipe goes with its process")
def test_a_socket_that_was_left_behind_is_taken_over(qtbot: QtBot, directory: str) -> None:
    """Its program was killed."""
    name = socket_name(directory, 0)
    script = (
        "import os, sys; from PyQt5.QtNetwork import QLocalServer as S; from PyQt5.QtCore import "
        "QCoreApplication as A; a = A([]); s = S(); s.listen(sys.argv[1]) or sys.exit(1); "
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, name], check=True, timeout=60)
    assert Path(name).exists()
    assert raise_another(directory, Identity()) is False
    first = First(directory)
    assert _start(qtbot, directory, Identity())
    first.end()


def test_a_program_that_hangs_is_not_waited_for_long(
    qapp: object, directory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has the socket, and does not answer: all together have one time."""
    monkeypatch.setattr(one_program, "WAIT_MS", 50)
    server = QLocalServer()
    assert server.listen(socket_name(directory, 0))
    assert raise_another(directory, Identity()) is False
    server.close()


def test_a_program_that_ends_meanwhile_is_none(qtbot: QtBot, directory: str) -> None:
    """It hangs up without an answer."""
    server = QLocalServer()
    assert server.listen(socket_name(directory, 0))
    server.newConnection.connect(lambda: server.nextPendingConnection().abort())
    assert not _start(qtbot, directory, Identity())
    server.close()


@pytest.mark.parametrize(
    "request_",
    [
        b"\n",
        b"{}\n",
        b"[" * 4_000 + b"\n",
        b"\xff\xfe\n",
        b'{"server": 1, "user": "ann"}\n',
        b"x" * (MAX_REQUEST + 1),
        json.dumps({"server": "a:1"}).encode() + b"\n",
    ],
)
def test_a_request_that_is_none_is_hung_up_on(
    qtbot: QtBot, directory: str, first: First, request_: bytes
) -> None:
    """And raises nothing; the next one is served."""
    caller = QLocalSocket()
    caller.connectToServer(socket_name(directory, 0))
    assert caller.waitForConnected(MILLISECONDS)
    caller.write(request_)
    caller.flush()
    qtbot.waitUntil(lambda: caller.state() == QLocalSocket.UnconnectedState, timeout=MILLISECONDS)
    assert first.raised == 0
    assert bytes(caller.readAll()) == b""
    assert _start(qtbot, directory, ANN)


def test_those_who_say_nothing_are_hung_up_on(
    qtbot: QtBot, directory: str, first: First, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while, and there are never many."""
    monkeypatch.setattr(one_program, "WAIT_MS", 50)
    callers = [QLocalSocket() for _ in range(MAX_CALLERS + 5)]
    for caller in callers:
        caller.connectToServer(socket_name(directory, 0))
    qtbot.waitUntil(
        lambda: all(caller.state() == QLocalSocket.UnconnectedState for caller in callers),
        timeout=MILLISECONDS,
    )
    assert len(first.program._callers) == 0


def test_without_a_seat_nobody_is_displaced(qtbot: QtBot, directory: str, first: First) -> None:
    """The ninth program has no name; the first keeps its own."""
    seats = [Seat(directory) for _ in range(SEATS - 1)]
    ninth = First(directory, Identity("", "ninth"))
    assert not ninth.seat.own
    assert _start(qtbot, directory, ANN)
    ninth.end()
    for seat in seats:
        seat.leave()


def test_starts_happen_one_after_the_other(
    directory: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """But one that does not come to its end keeps nobody from starting."""
    with Starting(directory):
        pass
    assert not caplog.records
    monkeypatch.setattr(one_program, "WAIT_MS", 20)
    with Starting(directory), Starting(directory):
        assert "another start" in caplog.text


def test_of_many_that_start_at_once_one_is_the_first(tmp_path: Path) -> None:
    """The others find it."""
    script = (
        "import sys\n"
        "from PyQt5.QtCore import QCoreApplication\n"
        "from client_gui.desktop.one_program import *\n"
        "from client_gui.desktop.placement import Seat\n"
        "app = QCoreApplication([])\n"
        "directory = sys.argv[1]\n"
        "with Starting(directory):\n"
        "    if raise_another(directory, Identity()):\n"
        "        print('raised'); sys.exit()\n"
        "    program = OneProgram(directory, Seat(directory))\n"
        "raised = []\n"
        "def raise_():\n"
        "    raised.append(1)\n"
        "    if len(raised) == int(sys.argv[2]): app.quit()\n"
        "program.serve(Identity, raise_)\n"
        "app.exec()\n"
        "program.close()\n"
        "print('first')\n"
    )
    count = 4
    command = [sys.executable, "-c", script, str(tmp_path), str(count - 1)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    said = sorted(process.communicate(timeout=90)[0].strip() for process in processes)
    assert said == ["first", *["raised"] * (count - 1)]
