"""Framing: the frames are a function of the stream alone, however it is cut, and little is held."""

import tracemalloc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wire import framing
from wire.framing import LineReader, QuietReader
from wire.limits import MAX_FRAME, MAX_LINE

# Small ones, so that short examples go over them.
SMALL_FRAME = 8
SMALL_LINE = 20

# What is dense in line ends and in what some take for line ends.
BYTES = st.lists(
    st.sampled_from(
        [b"\n", b"\r", b"\r\n", b"a", b"|", b"\\", b"\0", b"\v", b"\f", b"\x1c", b"\xff"]
    )
    | st.sampled_from(["\u0085".encode(), "\u2028".encode(), "早".encode(), b"x" * 7, b"y" * 19]),
    max_size=40,
).map(b"".join)

CASES = [
    (b"", []),
    (b"\n", []),
    (b"\r\n", []),
    (b"\n\n\n", []),
    (b"a", []),
    (b"a\n", [b"a"]),
    (b"a\r\n", [b"a"]),
    (b"a\r\r\n", [b"a\r"]),
    (b"a\rb\n", [b"a\rb"]),
    (b"\r\na\n", [b"a"]),
    (b"a\n\nb\n", [b"a", b"b"]),
    (b"0001|user1|111111\n0002|user1|hello\n", [b"0001|user1|111111", b"0002|user1|hello"]),
    ("a\u2028b\u0085c\n".encode(), ["a\u2028b\u0085c".encode()]),
    (b"a\vb\fc\x1cd\x1de\x85f\n", [b"a\vb\fc\x1cd\x1de\x85f"]),
    (b"a\0b\n", [b"a\0b"]),
]


@contextmanager
def small_limits() -> Iterator[None]:
    """Frames of SMALL_FRAME bytes, lines of SMALL_LINE."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(framing, "_CUT", SMALL_FRAME + 1)
        patch.setattr(framing, "MAX_LINE", SMALL_LINE)
        yield


def expected(stream: bytes) -> tuple[list[bytes], bool]:
    """The frames of *stream* and whether it ends in an overflow, said as simply as can be."""
    frames = []
    *lines, rest = stream.split(b"\n")
    for line in lines:
        if len(line) > SMALL_LINE:
            return frames, True
        if len(line) > SMALL_FRAME + 1:
            frames.append(line[: SMALL_FRAME + 1])
        elif frame := line.removesuffix(b"\r"):
            frames.append(frame)
    return frames, len(rest) > SMALL_LINE


def fed(reader: LineReader | QuietReader, pieces: Iterable[bytes]) -> list[bytes]:
    """The frames that come out when *pieces* are fed one after the other."""
    frames = []
    for piece in pieces:
        reader.feed(piece)
        frames += taken(reader)
    return frames


def taken(reader: LineReader | QuietReader) -> list[bytes]:
    """The frames that *reader* has."""
    frames = list(iter(reader.next_frame, None))
    assert not reader.pending
    return frames


def quiet(reader: LineReader | QuietReader) -> list[bytes]:
    """The frames that come out when the line is quiet."""
    reader.quiet()
    return taken(reader)


def cut(stream: bytes, places: Iterable[int]) -> list[bytes]:
    """*stream* in pieces, cut at *places*."""
    ends = [0, *sorted(place % (len(stream) + 1) for place in places), len(stream)]
    return [stream[a:b] for a, b in pairwise(ends)]


@pytest.mark.parametrize(("stream", "frames"), CASES)
def test_each_case_whole_byte_by_byte_and_with_a_tail(stream: bytes, frames: list[bytes]) -> None:
    """The three ways in which a stream may come."""
    assert fed(LineReader(), [stream]) == frames
    assert fed(LineReader(), [stream[i : i + 1] for i in range(len(stream))]) == frames
    if not stream.endswith(b"a"):
        reader = LineReader()
        assert fed(reader, [stream + b"tail"]) == frames
        assert fed(reader, [b"\n"]) == [b"tail"]


@given(BYTES, st.lists(st.integers(0, 10_000), max_size=12))
@example(b"a" * 9 + b"\r\n", [9])
@example(b"a" * 8 + b"\r\r\n", [9, 10])
@example(b"a" * 20 + b"\nb\n", [20])
@example(b"a" * 21 + b"\nb\n", [20])
def test_any_split_gives_the_frames_of_the_whole(stream: bytes, places: list[int]) -> None:
    """Split anywhere, joined anyhow; also over both limits."""
    frames, overflowed = expected(stream)
    with small_limits():
        for pieces in ([stream], cut(stream, places), cut(stream, range(len(stream)))):
            reader = LineReader()
            assert fed(reader, pieces) == frames
            assert reader.overflowed == overflowed


@given(st.binary(max_size=60), st.lists(st.integers(0, 100), max_size=6))
def test_any_bytes_at_all(stream: bytes, places: list[int]) -> None:
    """Not only those that look like a protocol."""
    with small_limits():
        assert fed(LineReader(), cut(stream, places)) == expected(stream)[0]


def test_the_longest_frame_and_one_byte_more() -> None:
    """With the real limits: what is over comes out just over, and what follows is served."""
    reader = LineReader()
    longest, longer = b"a" * MAX_FRAME, b"b" * (MAX_FRAME + 1)
    assert fed(reader, [longest + b"\r\n" + longer + b"\n" + b"c" * MAX_LINE + b"\nd\n"]) == [
        longest,
        longer,
        b"c" * (MAX_FRAME + 1),
        b"d",
    ]
    assert not reader.overflowed


def test_a_line_without_end_ends_the_stream() -> None:
    """The frames before it come out, and then nothing any more."""
    reader = LineReader()
    assert fed(reader, [b"a\n" + b"b" * MAX_LINE]) == [b"a"]
    assert not reader.overflowed
    assert fed(reader, [b"b"]) == []
    assert reader.overflowed
    assert fed(reader, [b"\nc\n"]) == []
    assert reader.overflowed


def held(reader: LineReader | QuietReader) -> bytearray:
    """What *reader* keeps of a frame whose end has not come."""
    return reader._partial._held if reader._partial is not None else bytearray()


@pytest.mark.parametrize("reader", [LineReader(), QuietReader()])
def test_what_is_held_is_bounded(reader: LineReader | QuietReader) -> None:
    """However much comes without a line end, no more than a frame is kept."""
    for _ in range(3 * MAX_LINE // 1000):
        fed(reader, [b"x" * 1000])
        assert len(held(reader)) <= MAX_FRAME + 1


@pytest.mark.parametrize("reader", [LineReader(), QuietReader()])
def test_what_is_held_is_not_copied_again(reader: LineReader | QuietReader) -> None:
    """Time is linear: what is held stays one buffer, which grows in place, until its frame ends."""
    pieces = [bytes([65 + i % 26]) * 100 for i in range(300)]
    fed(reader, [b"X"])
    buffer = held(reader)
    for piece in pieces:
        fed(reader, [piece])
        assert held(reader) is buffer
    assert buffer == b"X" + b"".join(pieces)


@pytest.mark.parametrize("make", [LineReader, QuietReader])
def test_tiny_pieces_take_no_more_memory(make: type[LineReader | QuietReader]) -> None:
    """A frame that trickles in is held as its bytes, not as thousands of objects."""
    reader = make()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for n in range(MAX_FRAME // 2):
            reader.feed(b"%c%c" % (65 + n % 26, 97 + n % 26))
            assert reader.next_frame() is None
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 2 * MAX_FRAME


def test_empty_reads_hold_nothing() -> None:
    """Many line ends and nothing else leave nothing behind."""
    reader = LineReader()
    fed(reader, [b"\n" * 1000])
    reader.feed(b"")
    assert held(reader) == b""


def test_an_idle_reader_holds_nothing() -> None:
    """Nothing of what it was fed, nor a buffer that it had: thousands of connections are idle."""
    reader, new = LineReader(), LineReader()
    fed(reader, [b"x" * 1000, b"y\n" + b"z" * 1000 + b"\n"])
    assert [getattr(reader, name) for name in LineReader.__slots__] == [
        getattr(new, name) for name in LineReader.__slots__
    ]
    assert not hasattr(reader, "__dict__")


@given(BYTES, st.lists(st.integers(0, 10_000), max_size=12))
def test_frames_may_be_taken_late(stream: bytes, places: list[int]) -> None:
    """What is fed before the frames are taken waits its turn."""
    with small_limits():
        reader = LineReader()
        for piece in cut(stream, places):
            reader.feed(piece)
        assert taken(reader) == expected(stream)[0]


def test_frames_wait_until_they_are_asked_for() -> None:
    """One at a time, and whether there may be more can be asked."""
    reader = LineReader()
    assert not reader.pending
    reader.feed(b"a\nb\n")
    assert reader.pending
    assert reader.next_frame() == b"a"
    assert reader.pending
    assert reader.next_frame() == b"b"
    assert not reader.pending
    assert reader.next_frame() is None


def test_quiet_ends_no_line() -> None:
    """A person who types slowly loses nothing."""
    reader = LineReader()
    fed(reader, [b"00"])
    assert quiet(reader) == []
    assert fed(reader, [b"01\n"]) == [b"0001"]


# --- frames that nothing ends


@pytest.mark.parametrize(
    ("stream", "frames"),
    [
        (b"", []),
        (b"\r\n", []),
        (b"0001|user1|111111", [b"0001|user1|111111"]),
        (b"0002|user1|a\nb", [b"0002|user1|a\nb"]),
        (b"0002|user1|a\r\n", [b"0002|user1|a"]),
        ("0002|user1|a\u2028".encode(), ["0002|user1|a\u2028".encode()]),
    ],
)
def test_a_quiet_line_ends_a_frame(stream: bytes, frames: list[bytes]) -> None:
    """Whole and byte by byte; and then the next one begins."""
    for pieces in ([stream], cut(stream, range(len(stream)))):
        reader = QuietReader()
        assert fed(reader, pieces) == []
        assert quiet(reader) == frames
        assert quiet(reader) == []
        fed(reader, [b"next"])
        assert quiet(reader) == [b"next"]


@given(BYTES, st.lists(st.integers(0, 10_000), max_size=8))
@example(b"a" * 8 + b"\n" + b"b", [])
@example(b"a" * 8 + b"\r\nb", [])
def test_any_split_gives_the_same_quiet_frame(stream: bytes, places: list[int]) -> None:
    """And a frame that is over the limit stays over it: it must not pass as a shorter one."""
    with small_limits():
        reader = QuietReader()
        fed(reader, cut(stream, places))
        (frame,) = quiet(reader) or [b""]
        assert reader.overflowed == (len(stream) > SMALL_LINE)
    if len(stream) > SMALL_LINE:
        assert frame == b""
    elif len(stream) > SMALL_FRAME + 1:
        assert frame == stream[: SMALL_FRAME + 1]
    else:
        assert frame == stream.rstrip(b"\r\n")


def test_a_quiet_frame_without_end_ends_the_stream() -> None:
    """Nothing comes any more."""
    reader = QuietReader()
    fed(reader, [b"x" * (MAX_LINE + 1)])
    assert reader.overflowed
    fed(reader, [b"0001|user1|111111"])
    assert quiet(reader) == []
    assert reader.overflowed
