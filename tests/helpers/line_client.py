"""A client of a few lines, as a script or a stranger would write one: bytes out, lines in.

It blocks, with a bound on every wait. That something does *not* come is never shown by waiting: a
round trip is made, and what had been sent before its answer would have come before it.
"""

import socket
import struct
import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TypeVar

# Seconds that a machine under load may take for an answer.
ANSWER_SECONDS = 30.0

RECEIVE_SIZE = 65_536

# Of a frame that was not expected: enough to know it by.
SHOWN_CHARACTERS = 500

# Events that come at any time and belong to no conversation: who came and went, and where.
PRESENCE = ("2002", "2003", "2004", "2005")

T = TypeVar("T")


class ClosedError(Exception):
    """The server has ended the connection."""


class LineClient:
    """One connection. Frames are received as their fields, still escaped."""

    def __init__(
        self, address: tuple[str, int], *, receive_buffer: int | None = None, nodelay: bool = False
    ) -> None:
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self._socket = socket.socket(family)
        self._received = b""
        self._settle(address, receive_buffer, nodelay)

    def _settle(self, address: tuple[str, int], receive_buffer: int | None, nodelay: bool) -> None:
        self._socket.settimeout(ANSWER_SECONDS)
        if receive_buffer is not None:  # counts only before the connection is made
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        if nodelay:
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._socket.connect(address)
        except OSError:
            self._socket.close()
            raise

    def __enter__(self) -> "LineClient":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def set_timeout(self, seconds: float) -> None:
        """How long any send or receive may take from now on."""
        self._socket.settimeout(seconds)

    # --- out

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def send_line(self, *fields: str) -> None:
        """Send one frame of *fields*, which are escaped already."""
        self.send("|".join(fields).encode() + b"\n")

    def send_bytewise(self, data: bytes) -> None:
        """Send each byte by itself; with ``nodelay``, in a packet of its own."""
        for byte in data:
            self.send(bytes((byte,)))

    # --- in

    def receive(self, size: int = RECEIVE_SIZE) -> bytes:
        """What one receive gives, of frames or pieces of them.

        Raises ClosedError at the end.
        """
        if self._received:
            data, self._received = self._received[:size], self._received[size:]
            return data
        try:
            data = self._socket.recv(size)
        except ConnectionError as error:
            raise ClosedError(str(error)) from error
        if not data:
            raise ClosedError
        return data

    def receive_raw_frame(self, receive_size: int = RECEIVE_SIZE) -> str:
        """The next line, without its end."""
        pieces = []
        while not (pieces and b"\n" in pieces[-1]):
            pieces.append(self.receive(receive_size))
        line, _, self._received = b"".join(pieces).partition(b"\n")
        return line.decode()

    def receive_frame(self) -> list[str]:
        """The fields of the next frame that is not about who came and went."""
        while True:
            fields = self.receive_raw_frame().split("|")
            if fields[0] not in PRESENCE:
                return fields

    def receive_until_closed(self) -> list[list[str]]:
        """All frames that still come, until the server ends the connection."""
        frames = []
        while True:
            try:
                frames.append(self.receive_frame())
            except ClosedError:
                return frames

    def expect(self, *fields: str) -> list[str]:
        """The next frame, which must begin with *fields*."""
        frame = self.receive_frame()
        came = f"{frame}"[:SHOWN_CHARACTERS]
        assert frame[: len(fields)] == list(fields), f"{came} came instead"
        return frame

    # --- conversations

    def log_in(self, user: str, client: str = "", password: str = "111111") -> None:
        """Log in, as a full client if *client* is given."""
        self.send_line("0001", user, password, *([client] if client else []))
        self.expect("1001", "1", user.replace("user", "itcast"), user)

    def say(self, user: str, text: str, cid: str = "") -> None:
        self.send_line("0002", user, text, "", cid)

    def ping(self, token: str = "token") -> list[list[str]]:
        """Make a round trip, and return what came before its answer. For full clients."""
        self.send_line("0003", token)
        frames = []
        while (frame := self.receive_frame())[:4] != ["1000", "0003", "ok", token]:
            frames.append(frame)
        return frames

    def expect_nothing(self) -> None:
        """See by a round trip that nothing has been sent. For full clients."""
        frames = self.ping("nothing-before")
        assert not frames, f"{frames} came"

    # --- the end

    def half_close(self) -> None:
        """Say the last word, and go on listening."""
        self._socket.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        """Vanish without a goodbye: the connection is reset."""
        on_with_no_time = struct.pack("hh" if hasattr(socket, "WSADATA") else "ii", 1, 0)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, on_with_no_time)
        self._socket.close()

    def close(self) -> None:
        self._socket.close()


def in_parallel(works: Iterable[Callable[[], T]]) -> list[T]:
    """Call each in a thread of its own; return what they returned, or raise what one raised."""
    works = list(works)
    results: list[T | BaseException] = [AssertionError("it did not end")] * len(works)

    def work_on(index: int, work: Callable[[], T]) -> None:
        try:
            results[index] = work()
        except BaseException as error:  # noqa: BLE001 -- raised again in the test's own thread
            results[index] = error

    threads = [threading.Thread(target=work_on, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    good = []
    for result in results:
        if isinstance(result, BaseException):
            raise result
        good.append(result)
    return good
