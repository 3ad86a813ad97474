"""Saying that one is writing; what becomes of it is tested with the notices."""

from reactor.typing_notices import DELAY
from tests.helpers.chat import Stage


def test_in_a_room_of_ones_own(stage: Stage) -> None:
    """Only those who are in it are told."""
    ann, bob, carl = (stage.full(f"user{n}") for n in (1, 2, 3))
    ann.says("0011|Attic")
    stage.settle()
    bob.says("0012|Attic")
    stage.settle()
    stage.advance(1)
    for client in (ann, bob, carl):
        client.told()
    ann.says("0023|Attic")
    stage.advance(DELAY)
    assert bob.told() == ["2006|#2|user1|itcast1"]
    assert ann.told() == carl.told() == []
