"""What a room has for its members in one turn, as bytes."""

import random

import pytest

from reactor.dialects import BASIC, FULL, LINELESS, Dialect
from reactor.lines import Line, Lines
from reactor.records import Account
from wire.messages import ChatMessage, OnlineCount, Result


class Member:
    """One who keeps what it is told."""

    def __init__(self, dialect: Dialect = FULL) -> None:
        self.dialect = dialect
        self.user = Account(1, "user1", "user1")
        self.pieces: list[bytes | memoryview] = []

    def write(self, data: bytes | memoryview) -> None:
        if data:
            self.pieces.append(data)


def _message(seq: int) -> ChatMessage:
    return ChatMessage("nick", f"text {seq}", "user1", "lobby", seq)


def _acknowledgement(seq: int) -> Result:
    return Result("0002", "ok", seq=seq)


def _line(seq: int, sender: Member | None) -> Line:
    return Line(_message(seq), sender, _acknowledgement(seq), seq)


@pytest.mark.parametrize("dialect", [FULL, BASIC, LINELESS])
def test_senders_are_told_everything_in_order(dialect: Dialect) -> None:
    """Their own lines as acknowledgements, wherever those are among the others."""
    chance = random.Random(7)
    for count in (1, 2, 3, 10, 100):
        senders = [Member(dialect) for _ in range(4)]
        who = [chance.choice([*senders, None]) for _ in range(count)]
        lines = Lines([_line(seq, sender) for seq, sender in enumerate(who, 1)])
        for member in lines.by_sender:
            lines.write_to_sender(member)
            wanted = [
                dialect.encode(_acknowledgement(seq) if sender is member else _message(seq))
                for seq, sender in enumerate(who, 1)
            ]
            assert b"".join(member.pieces) == b"".join(wanted)


def test_what_lies_between_a_senders_lines_is_not_copied() -> None:
    """A hundred senders would make a hundred copies of it."""
    sender, other = Member(), Member()
    lines = Lines([_line(seq, sender if seq == 50 else other) for seq in range(1, 101)])
    (whole,) = lines.wholes(FULL)
    lines.write_to_sender(sender)
    before, _, after = sender.pieces
    assert isinstance(before, memoryview)
    assert isinstance(after, memoryview)
    assert before.obj is whole
    assert after.obj is whole


def test_what_somebody_need_not_be_told_is_left_out_for_them() -> None:
    """An announcement that leaves one out has nothing in its place."""
    sender = Member()
    lines = Lines([Line(OnlineCount(1), None, None), Line(OnlineCount(2), sender, None)])
    lines.write_to_sender(sender)
    assert b"".join(sender.pieces) == FULL.encode(OnlineCount(1))


def test_who_has_left_is_told_what_became_of_their_lines() -> None:
    """And nothing else."""
    sender = Member()
    lines = Lines([_line(1, None), _line(2, sender), _line(3, None), _line(4, sender)])
    lines.write_acknowledgements(sender)
    assert b"".join(sender.pieces) == b"".join(FULL.encode(_acknowledgement(seq)) for seq in (2, 4))
