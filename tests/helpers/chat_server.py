"""A tiny scripted chat server for tests of the client: it notes what comes, and answers as told.

It runs in one thread, which :meth:`ChatServer.close` always joins. It knows the protocol through
``wire`` and nothing else; what a test does not script, :func:`polite` answers.
"""

import contextlib
import selectors
import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType

from wire.codec import decode, encode
from wire.framing import LineReader
from wire.messages import (
    Chat,
    Device,
    Devices,
    Goodbye,
    History,
    LogIn,
    LoginResult,
    LogOut,
    Message,
    OnlineUser,
    Ping,
    Result,
    RevokeDevice,
    Who,
)

_READ_SIZE = 65536
_SEND_TIMEOUT = 10.0
_JOIN_TIMEOUT = 10.0
_TICK = 0.05

PASSWORD = "111111"


class Peer:
    """One client at the server. Its methods may be called from any thread."""

    def __init__(self, server: "ChatServer", sock: socket.socket) -> None:
        self.server = server
        self._socket = sock
        self._sending = threading.Lock()
        self.lines = LineReader()
        self.received: list[Message] = []
        self.username = ""
        sock.settimeout(_SEND_TIMEOUT)

    def send(self, *messages: Message) -> None:
        """Send *messages* in one piece."""
        self.send_bytes(b"".join(encode(message) for message in messages))

    def send_bytes(self, data: bytes) -> None:
        """Send *data* as it is; a client that is gone is none of our business."""
        with self._sending, contextlib.suppress(OSError):
            self._socket.sendall(data)

    def half_close(self) -> None:
        """Say that nothing more will come, and go on reading."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Close the connection in good order."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def reset(self) -> None:
        """Close it with a reset, as a machine that lost its power does."""
        self.server.forget(self)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def of_type(self, kind: type) -> list:
        """What has come that is of *kind*."""
        return [message for message in list(self.received) if isinstance(message, kind)]

    def fileno(self) -> int:
        """For the selector."""
        return self._socket.fileno()

    def read(self) -> bytes:
        """What has come, or nothing at the end."""
        try:
            return self._socket.recv(_READ_SIZE)
        except OSError:
            return b""

    def finish(self) -> None:
        """Give the descriptor back."""
        self._socket.close()


Script = Callable[[Peer, Message], None]


class ChatServer:
    """Listens on a free port of the loopback interface while it is entered."""

    def __init__(self, script: Script | None = None, family: int = socket.AF_INET) -> None:
        self.script: Script = script or polite
        self.peers: list[Peer] = []
        """Every client there has been, in the order of their coming."""
        self.seq = 0
        self.tokens: dict[str, str] = {}
        """By user name: what a login with the password brings, and is as good from then on."""
        self._listener = socket.socket(family, socket.SOCK_STREAM)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
        self._listener.listen()
        self._listener.setblocking(False)
        self.port: int = self._listener.getsockname()[1]
        self._open: list[Peer] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fake-chat-server")

    def __enter__(self) -> "ChatServer":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def peer(self) -> Peer:
        """The client that came last."""
        return self.peers[-1]

    def logged_in(self) -> list[Peer]:
        """The clients that are here and logged in."""
        with self._lock:
            return [peer for peer in self._open if peer.username]

    def next_seq(self) -> int:
        """The number of the next message of the lobby."""
        self.seq += 1
        return self.seq

    def stop_listening(self) -> None:
        """Refuse clients from now on, and send away those that are here."""
        self._listener.close()
        with self._lock:
            open_peers = list(self._open)
        for peer in open_peers:
            peer.close()

    def forget(self, peer: Peer) -> None:
        """*peer* is closed by hand."""
        with self._lock:
            self._open.remove(peer)

    def close(self) -> None:
        """End the thread and close every socket."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(_JOIN_TIMEOUT)
        self._listener.close()
        for peer in self._open:
            peer.finish()
        assert not self._thread.is_alive(), "the fake server does not stop"

    # --- in the thread ---------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            for ready in self._ready():
                if isinstance(ready, Peer):
                    self._serve(ready)
                else:
                    self._accept()

    def _ready(self) -> list[object]:
        """Whatever can be read now. A new selector each time is slow, simple, and never stale."""
        with self._lock:
            readable: list = [peer for peer in [*self._open, self._listener] if peer.fileno() >= 0]
        with selectors.DefaultSelector() as selector:
            for one in readable:
                # A test may close it between the two lines.
                with contextlib.suppress(OSError, ValueError):
                    selector.register(one, selectors.EVENT_READ)
            return [key.fileobj for key, _ in selector.select(_TICK)]

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            peer = Peer(self, self._listener.accept()[0])
            with self._lock:
                self._open.append(peer)
            self.peers.append(peer)

    def _serve(self, peer: Peer) -> None:
        data = peer.read()
        if not data:
            with self._lock:
                if peer in self._open:
                    self._open.remove(peer)
                    peer.finish()
            return
        peer.lines.feed(data)
        while (frame := peer.lines.next_frame()) is not None:
            message = decode(frame)
            peer.received.append(message)
            self.script(peer, message)

    def answer_politely(self, peer: Peer, message: Message) -> None:
        """Do what a server does that has nothing against anybody."""
        match message:
            case LogIn(username, "", _, token) if token:
                if self.tokens.get(username) == token:
                    peer.username = username
                    peer.send(LoginResult("1", f"nick-{username}", username))
                else:
                    peer.send(LoginResult("0", "", "", "wrong-token", "log in with the password"))
            case LogIn(username, password, _) if password == PASSWORD:
                peer.username = username
                token = self.tokens.get(username, "")
                peer.send(LoginResult("1", f"nick-{username}", username, token))
            case LogIn():
                peer.send(LoginResult("0", "", "", "wrong-login", "wrong user name or password"))
            case Chat(_, _, room, cid):
                peer.send(Result("0002", "ok", cid, room, self.next_seq(), 1_700_000_000_000))
            case Devices():
                peer.send(Device(7, "test", 1, 1, "1"), Result("0025", "ok"))
            case RevokeDevice():
                self.tokens.pop(peer.username, None)
                peer.send(Result("0026", "ok"), Goodbye("revoked", "", 0))
                peer.close()
            case Ping(token):
                peer.send(Result("0003", "ok", token))
            case History(room):
                peer.send(Result("0006", "ok", "", room))
            case Who():
                here = sorted({other.username for other in self.logged_in()})
                peer.send(*(OnlineUser(name, f"nick-{name}") for name in here))
                peer.send(Result("0005", "ok", "", str(len(here))))
            case LogOut():
                peer.send(Result("0004", "ok"))
                peer.close()


def polite(peer: Peer, message: Message) -> None:
    """The script of a server without any other."""
    peer.server.answer_politely(peer, message)
