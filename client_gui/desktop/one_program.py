"""A second start brings the window of the first to the front, and ends.

1. The programs of one person (of one home directory, to be exact) sit on seats (``placement``), and
   each listens on a local socket that has the name of its seat. Nobody else may connect to it.
2. A start without arguments is about any of them. One that names a server or a user is about the
   program that is there as this user; if there is none, it opens a window of its own, as does
   ``--new-window``. So several people, or one with several accounts, sit at one machine.
3. Two that start at the same moment do so one after the other: the second finds the first.
4. A first one that hangs is waited for ``WAIT_MS``; then there are two. One that was killed leaves
   a socket behind, which the next one on its seat takes away.
"""

import hashlib
import json
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QLockFile, QObject, QTimer, pyqtSlot
from PyQt5.QtNetwork import QLocalServer, QLocalSocket

from client_gui.desktop.placement import SEATS, Seat
from wire.names import key

WAIT_MS = 3_000
"""Milliseconds for all other programs together: one that has just started may still be busy."""

MAX_REQUEST = 4_096
"""Bytes of a request: two names, whatever characters they have."""

MAX_CALLERS = 8
"""Connections at a time: more than programs that start by hand."""

_LONGEST_PATH = 100
"""Bytes that the path of a socket may have on every system, with some to spare."""

_RAISED, _ANOTHER = b"raised\n", b"another\n"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, where; what is empty is anybody, or anywhere."""

    server: str = ""
    user: str = ""

    def is_meant_by(self, wanted: "Identity") -> bool:
        """Whether *wanted* is about this one."""
        server = wanted.server in ("", self.server)
        return server and (not wanted.user or key(wanted.user) == key(self.user))


def socket_name(directory: str, seat: int) -> str:
    """Return where the program on *seat*, whose seats are in *directory*, can be asked."""
    digest = hashlib.sha256(os.fsencode(Path(directory).resolve())).hexdigest()
    name = f"minichat-{digest[:16]}-{seat}"
    if os.name != "nt":
        for private in (os.environ.get("XDG_RUNTIME_DIR"), directory):
            path = Path(private, name) if private and Path(private).is_dir() else None
            if path is not None and len(os.fsencode(path)) <= _LONGEST_PATH:
                return str(path)
    return name


def raise_another(directory: str, wanted: Identity) -> bool:
    """Whether a program that *wanted* is about runs, and has come to the front. Waits ``WAIT_MS``
    at the most."""
    deadline = time.monotonic() + WAIT_MS / 1000
    return any(
        _answer(socket_name(directory, seat), wanted, deadline) == _RAISED for seat in range(SEATS)
    )


def _answer(name: str, wanted: Identity, deadline: float) -> bytes:
    """What the program that listens as *name* says; nothing if there is none, or it hangs."""

    def left() -> int:
        return max(1, int((deadline - time.monotonic()) * 1000))

    socket = QLocalSocket()
    socket.setReadBufferSize(MAX_REQUEST)
    socket.connectToServer(name)
    if not socket.waitForConnected(left()):
        return b""
    socket.write(json.dumps({"server": wanted.server, "user": wanted.user}).encode() + b"\n")
    while not socket.canReadLine() and time.monotonic() < deadline:
        if not socket.waitForReadyRead(left()):
            break
    # Nothing, where the other one has ended meanwhile.
    answer = bytes(socket.readLine(MAX_REQUEST) or b"")
    socket.abort()
    return answer


class Starting:
    """One start at a time, of all programs whose seats are in *directory*: a context."""

    def __init__(self, directory: str) -> None:
        Path(directory).mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(Path(directory) / "starting.lock"))
        # A process that is gone holds nothing; one that lives does, however slow it is.
        self._lock.setStaleLockTime(0)

    def __enter__(self) -> None:
        if not self._lock.tryLock(WAIT_MS):
            _log.warning("another start of the program does not come to its end; going on")

    def __exit__(self, *_raised: object) -> None:
        self._lock.unlock()


class OneProgram(QObject):
    """The side of the program that runs. It listens from here on, and answers once it serves. Give
    back with :meth:`close`.
    """

    def __init__(self, directory: str, seat: Seat) -> None:
        """Our *seat* is one of those in *directory*."""
        super().__init__()
        self._account = Identity
        self._bring_up: Callable[[], object] = lambda: None
        self._callers: set[QLocalSocket] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.UserAccessOption)
        self._server.setMaxPendingConnections(MAX_CALLERS)
        if seat.own:
            self._listen(socket_name(directory, seat.number))

    def serve(self, account: Callable[[], Identity], bring_up: Callable[[], object]) -> None:
        """Answer those who ask: *account* is whom our window is about."""
        self._account, self._bring_up = account, bring_up
        self._server.newConnection.connect(self._on_connected)
        self._on_connected()

    def _listen(self, name: str) -> None:
        # The seat is ours, so whoever had this name was killed.
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            reason = self._server.errorString()
            _log.warning("a second start will not find this one: %s", reason)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()
        for caller in list(self._callers):
            caller.abort()

    @pyqtSlot()
    def _on_connected(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.setReadBufferSize(MAX_REQUEST)
            self._callers.add(caller)
            caller.disconnected.connect(lambda caller=caller: self._forget(caller))
            caller.readyRead.connect(lambda caller=caller: self._read(caller))
            if len(self._callers) > MAX_CALLERS:
                caller.abort()
                continue
            QTimer(caller, singleShot=True, interval=WAIT_MS, timeout=caller.abort).start()
            self._read(caller)

    def _forget(self, caller: QLocalSocket) -> None:
        self._callers.discard(caller)
        caller.deleteLater()

    def _read(self, caller: QLocalSocket) -> None:
        if not caller.canReadLine():
            if caller.bytesAvailable() >= MAX_REQUEST:
                caller.abort()
            return
        wanted = _account(bytes(caller.readLine(MAX_REQUEST)))
        if wanted is None:
            caller.abort()
            return
        is_meant = self._account().is_meant_by(wanted)
        caller.write(_RAISED if is_meant else _ANOTHER)
        caller.flush()
        caller.disconnectFromServer()
        if is_meant:
            self._bring_up()


def _account(line: bytes) -> Identity | None:
    """The account in a request; None if it is none."""
    try:
        match json.loads(line):
            case {"server": str(server), "user": str(user)}:
                return Identity(server, user)
    except (ValueError, RecursionError):
        pass
    return None
