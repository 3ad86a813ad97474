"""What a room has for its members in one turn, as bytes.

It is encoded once for each dialect: one bytes object for all members who share it. A sender has
their acknowledgements at the places where the others have their messages; what lies in between is
cut out of the same bytes and not copied.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol

from reactor.dialects import Dialect
from reactor.records import Account
from reactor.seam import Seam
from wire.messages import Message


class Member(Protocol):
    """A session, as a room sees it."""

    dialect: Dialect

    @property
    def user(self) -> Account: ...

    def write(self, data: bytes | memoryview) -> None: ...


class Line(NamedTuple):
    """What *sender* is told, and what everybody else is; None is nothing. *seq* is 0 of what has no
    number."""

    message: Message | None
    sender: Member | None
    acknowledgement: Message | None
    seq: int = 0


class _Encoding:
    """The lines in one dialect.

    Attributes:
        wholes: what those are told who sent nothing, in as few pieces as may be.
        pieces: the same line by line.
    """

    __slots__ = ("_starts", "pieces", "wholes")

    def __init__(self, lines: Sequence[Line], dialect: Dialect) -> None:
        encode = dialect.encode
        self.pieces = [b"" if it.message is None else encode(it.message) for it in lines]
        self.wholes = [b"".join(self.pieces)] if dialect.joins else self.pieces
        self._starts: list[int] = []

    def between(self, line: int, end: int) -> Sequence[bytes | memoryview]:
        """Return what tells the lines from number *line* on, before number *end*."""
        if line == end:
            return ()
        if self.wholes is self.pieces:
            return self.pieces[line:end]
        if not self._starts:
            self._starts = list(accumulate(map(len, self.pieces), initial=0))
        return (memoryview(self.wholes[0])[self._starts[line] : self._starts[end]],)


class Lines:
    """The *lines* of a turn, for whoever is to be told.

    Attributes:
        by_sender: the places of each sender's lines.
    """

    __slots__ = ("_encodings", "_lines", "by_sender")

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._encodings: dict[Dialect, _Encoding] = {}
        self.by_sender: dict[Member, list[int]] = {}
        for place, line in enumerate(lines):
            if line.sender is not None:
                self.by_sender.setdefault(line.sender, []).append(place)

    def wholes(self, dialect: Dialect) -> Sequence[bytes]:
        """Return what tells everything to somebody who has sent nothing of it."""
        return self._encoding(dialect).wholes

    def write_to_sender(self, member: Member) -> None:
        """Tell *member*, who has sent some of the lines, everything."""
        encoding = self._encoding(member.dialect)
        told = 0
        for first, end in _runs(self.by_sender[member]):
            for piece in (*encoding.between(told, first), *self._answers(first, end, member)):
                member.write(piece)
            told = end
        for piece in encoding.between(told, len(self._lines)):
            member.write(piece)

    def write_through(self, seam: Seam, member: Member) -> None:
        """Tell *member* what has a number through the *seam*, but the acknowledgements as ever."""
        pieces = self._encoding(member.dialect).pieces
        for place, (line, piece) in enumerate(zip(self._lines, pieces, strict=True)):
            if line.sender is member:
                member.write(self._answer(place, member))
            elif line.seq:
                seam.hear(line.seq, piece)
            else:
                member.write(piece)

    def write_acknowledgements(self, sender: Member) -> None:
        """Tell *sender*, who has left, what became of their lines."""
        for first, end in _runs(self.by_sender[sender]):
            for piece in self._answers(first, end, sender):
                sender.write(piece)

    def _answers(self, first: int, end: int, sender: Member) -> Sequence[bytes]:
        """Return what tells *sender* what became of these lines, which are all theirs."""
        answers = [self._answer(place, sender) for place in range(first, end)]
        return [b"".join(answers)] if sender.dialect.joins else answers

    def _answer(self, place: int, sender: Member) -> bytes:
        answer = self._lines[place].acknowledgement
        return b"" if answer is None else sender.dialect.encode(answer)

    def _encoding(self, dialect: Dialect) -> _Encoding:
        encoding = self._encodings.get(dialect)
        if encoding is None:
            encoding = self._encodings[dialect] = _Encoding(self._lines, dialect)
        return encoding


def _runs(places: list[int]) -> Iterator[tuple[int, int]]:
    """The beginnings and ends of what follows each other without a gap in *places*."""
    first = end = places[0]
    for place in places:
        if place != end:
            yield first, end
            first = place
        end = place + 1
    yield first, end
