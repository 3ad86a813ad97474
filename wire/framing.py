"""Bytes as they arrive → whole frames.

Strategy: a frame is a line. What arrives stays as it came, and frames are cut off its front one at
a time, when they are asked for: thousands of tiny frames in one read cost nothing before their
turn. Only a line that has not ended is held apart, in one buffer that grows. So every byte is
copied a constant number of times however the stream is cut up, what is held takes the memory of
its bytes and not of its pieces, and the result is a function of the stream alone:

1. The same bytes, split anywhere and joined anyhow, give the same frames.
2. Never more than ``MAX_FRAME + 1`` bytes of a line are held. A longer line comes out cut to
   exactly that length, one byte over the limit, so that :func:`wire.codec.decode` refuses it;
   what follows it is served.
3. A line longer than ``MAX_LINE`` ends the stream: ``overflowed`` becomes true, the frames before
   it have been returned, and nothing is returned any more.
4. Only LF ends a line. (``str.splitlines`` would also cut at U+0085, U+2028 and others, which
   people may type; that is why this works on bytes.) One CR before the LF is dropped; an empty line
   is nobody's frame and is skipped.
"""

import re

from wire.limits import MAX_FRAME, MAX_LINE

_CUT = MAX_FRAME + 1

_EMPTY_LINES = re.compile(rb"(?:\r?\n)*")


class _PartialFrame:
    """The beginning of a frame: at most ``_CUT`` bytes of it, and its whole length."""

    __slots__ = ("_held", "length")

    def __init__(self) -> None:
        self._held = bytearray()
        self.length = 0

    def add(self, piece: bytes) -> None:
        self.length += len(piece)
        self._held += piece[: _CUT - len(self._held)]

    def take(self) -> bytes:
        """Return what is held, cut to ``_CUT`` bytes, without a final CR; and start anew."""
        if self.length == len(self._held) and self._held.endswith(b"\r"):
            del self._held[-1]
        frame = bytes(self._held)
        self._held.clear()
        self.length = 0
        return frame


class LineReader:
    """Frames that end with a line feed: everything but the line-less clients.

    Take all frames of one read before feeding the next: what is left is copied to its front. When
    all are taken, nothing is kept of them: most connections are idle.

    Attributes:
        overflowed: a line has outgrown MAX_LINE; there are no more frames.
    """

    __slots__ = ("_data", "_partial", "_position", "overflowed")

    def __init__(self) -> None:
        self.overflowed = False
        self._data = b""
        self._position = 0
        self._partial: _PartialFrame | None = None  # only while a line is cut by the end of a read

    @property
    def pending(self) -> bool:
        """Whether more frames may be had without feeding anything."""
        return self._position < len(self._data)

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the stream."""
        if not self.overflowed:
            self._data = self._data[self._position :] + data
            self._position = 0

    def next_frame(self) -> bytes | None:
        """Return the next whole frame, or None if there is none yet."""
        while self._position < len(self._data):
            end = self._data.find(b"\n", self._position)
            if end < 0:
                self._hold(self._data[self._position :])
                self._forget_data()
                return None
            frame = self._line(self._data[self._position : end])
            self._position = end + 1
            if self.overflowed or self._position == len(self._data):
                self._forget_data()
            if frame:
                return frame
            self._skip_empty_lines()
        return None

    def quiet(self) -> None:
        """The line is quiet, which means nothing here: only its end ends it."""

    def _line(self, piece: bytes) -> bytes:
        """The frame of a line whose last, and as a rule only, piece this is; perhaps none."""
        if self._partial is None and len(piece) <= _CUT:
            return piece.removesuffix(b"\r")
        partial = self._hold(piece)
        self._partial = None
        return b"" if self.overflowed else partial.take()

    def _hold(self, piece: bytes) -> _PartialFrame:
        partial = self._partial = self._partial or _PartialFrame()
        partial.add(piece)
        self.overflowed = partial.length > MAX_LINE
        return partial

    def _skip_empty_lines(self) -> None:
        """At once, for there may be a read full of them."""
        empty = _EMPTY_LINES.match(self._data, self._position)
        if empty is not None:
            self._position = empty.end()

    def _forget_data(self) -> None:
        self._data = b""
        self._position = 0


class QuietReader:
    """Frames that nothing ends, from clients of the seed's kind: a frame is what has come in when
    the line has been quiet for a moment. How long a moment is, the owner of the clock decides; it
    calls :meth:`quiet`. A line feed inside a frame is part of it; at its end it is dropped.

    Attributes:
        overflowed: a frame has outgrown MAX_LINE; there are no more.
    """

    __slots__ = ("_frames", "_partial", "overflowed")

    def __init__(self) -> None:
        self.overflowed = False
        self._partial = _PartialFrame()
        self._frames: list[bytes] = []  # one, or a few: each took a moment of quiet

    @property
    def pending(self) -> bool:
        """Whether a frame may be had without feeding anything."""
        return bool(self._frames)

    def feed(self, data: bytes) -> None:
        """Take the next bytes. Before the line is quiet no frame is complete."""
        if not self.overflowed:
            self._partial.add(data)
            self.overflowed = self._partial.length > MAX_LINE

    def next_frame(self) -> bytes | None:
        """Return the next frame that a quiet has ended, or None."""
        return self._frames.pop(0) if self._frames else None

    def quiet(self) -> None:
        """The line is quiet: what has come in is a frame."""
        if self.overflowed:
            return
        cut = self._partial.length > _CUT
        frame = self._partial.take()
        if not cut:  # one that was cut must stay over the limit, or it would pass as a shorter one
            frame = frame.rstrip(b"\r\n")
        if frame:
            self._frames.append(frame)
