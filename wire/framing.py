"""Bytes as they arrive → whole frames.

Strategy: a frame is a line. What arrives is cut with one ``split``; only a line that has not ended
is held, as the list of its pieces, and joined once when it ends. So every byte is copied a constant
number of times however the stream is cut up, and the result is a function of the stream alone:

1. The same bytes, split anywhere and joined anyhow, give the same frames.
2. Never more than ``MAX_FRAME + 1`` bytes of a line are held. A longer line comes out cut to
   exactly that length, one byte over the limit, so that :func:`wire.messages.decode` refuses it;
   what follows it is served.
3. A line longer than ``MAX_LINE`` ends the stream: ``overflowed`` becomes true, the frames before
   it have been returned, and nothing is returned any more.
4. Only LF ends a line. (``str.splitlines`` would also cut at U+0085, U+2028 and others, which
   people may type; that is why this works on bytes.) One CR before the LF is dropped; an empty line
   is nobody's frame and is skipped.
"""

from wire.limits import MAX_FRAME, MAX_LINE

_CUT = MAX_FRAME + 1


class _PartialFrame:
    """The beginning of a frame: at most ``_CUT`` bytes of it, and its whole length."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._held = 0
        self.length = 0

    def add(self, piece: bytes) -> None:
        self.length += len(piece)
        if piece and self._held < _CUT:
            kept = piece[: _CUT - self._held]
            self._pieces.append(kept)
            self._held += len(kept)

    def take(self) -> bytes:
        """Return what is held, cut to ``_CUT`` bytes, without a final CR; and start anew."""
        frame = b"".join(self._pieces)
        if self.length == self._held and frame.endswith(b"\r"):
            frame = frame[:-1]
        self._pieces.clear()
        self._held = self.length = 0
        return frame


class LineReader:
    """Frames that end with a line feed: everything but the line-less clients."""

    def __init__(self) -> None:
        self.overflowed = False
        self._partial = _PartialFrame()

    def feed(self, data: bytes) -> list[bytes]:
        """Take the next bytes of the stream; return the frames that they complete, in order."""
        frames: list[bytes] = []
        if self.overflowed:
            return frames
        *lines, rest = data.split(b"\n")
        for line in lines:
            if not self._hold(line):
                return frames
            frame = self._partial.take()
            if frame:
                frames.append(frame)
        self._hold(rest)
        return frames

    def quiet(self) -> list[bytes]:
        """The line is quiet, which ends no line: there is never a frame."""
        return []

    def _hold(self, piece: bytes) -> bool:
        self._partial.add(piece)
        self.overflowed = self._partial.length > MAX_LINE
        return not self.overflowed


class QuietReader:
    """Frames that nothing ends, from clients of the seed's kind: a frame is what has come in when
    the line has been quiet for a moment. How long a moment is, the owner of the clock decides; it
    calls :meth:`quiet`. A line feed inside a frame is part of it; at its end it is dropped.
    """

    def __init__(self) -> None:
        self.overflowed = False
        self._partial = _PartialFrame()

    def feed(self, data: bytes) -> list[bytes]:
        """Take the next bytes. Before the line is quiet no frame is complete."""
        if not self.overflowed:
            self._partial.add(data)
            self.overflowed = self._partial.length > MAX_LINE
        return []

    def quiet(self) -> list[bytes]:
        """The line is quiet: return the frame that has come in, if any."""
        if self.overflowed:
            return []
        cut = self._partial.length > _CUT
        frame = self._partial.take()
        if not cut:  # one that was cut must stay over the limit, or it would pass as a shorter one
            frame = frame.rstrip(b"\r\n")
        return [frame] if frame else []
