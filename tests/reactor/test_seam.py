"""Where what was missed and what is said meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reactor import seam as seam_module
from reactor.seam import Seam


class Told:
    """A seam, and the numbers that its member is told."""

    def __init__(self) -> None:
        self.seqs: list[int] = []
        self.seam = Seam(lambda data: self.seqs.append(int(data)))

    def hear(self, *seqs: int) -> None:
        for seq in seqs:
            self.seam.hear(seq, b"%d" % seq)


@pytest.fixture
def told() -> Told:
    return Told()


def test_shut(told: Told) -> None:
    """Nothing is told, and nothing kept."""
    told.hear(1, 2)
    told.seam.listen()
    assert told.seam.open(2) == 2
    assert told.seqs == []


def test_what_is_said_while_a_page_is_read(told: Told) -> None:
    """Is told behind the page, without what the page has brought."""
    told.seam.listen()
    told.hear(4, 5, 6, 7)
    assert told.seqs == []
    assert told.seam.open(5) == 7
    assert told.seqs == [6, 7]
    told.hear(8)
    assert told.seqs == [6, 7, 8]
    assert told.seam.done


def test_what_the_page_has_brought_and_is_said_later(told: Told) -> None:
    """Is dropped; the work is done with the floor itself."""
    told.seam.listen()
    told.seam.open(5)
    told.hear(3, 4)
    assert not told.seam.done
    told.hear(5)
    assert told.seam.done
    told.hear(6)
    assert told.seqs == [6]


def test_nothing_said(told: Told) -> None:
    """The next number behind the floor is told, and it is done."""
    told.seam.listen()
    assert told.seam.open(5) == 5
    assert not told.seam.done
    told.hear(6)
    assert told.seqs == [6]
    assert told.seam.done


def test_listening_anew(told: Told) -> None:
    """Forgets what was kept: the page that is asked for now brings it."""
    told.seam.listen()
    told.hear(1, 2)
    told.seam.listen()
    told.hear(3)
    assert told.seam.open(2) == 3
    assert told.seqs == [3]


def test_overflowing(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept has a bound; beyond it everything is dropped, until the next page."""
    monkeypatch.setattr(seam_module, "KEPT_BYTES", 3)
    told.seam.listen()
    told.hear(1, 2, 3)
    assert not told.seam.overflowed
    told.hear(4, 5)
    assert told.seam.overflowed
    told.seam.listen()
    assert not told.seam.overflowed
    told.hear(6, 7, 8)
    assert told.seam.open(5) == 8
    assert told.seqs == [6, 7, 8]


@given(
    before=st.integers(0, 5),
    kept=st.integers(0, 10),
    floor=st.integers(0, 15),
    behind=st.integers(0, 10),
)
def test_the_seam_is_not_seen(before: int, kept: int, floor: int, behind: int) -> None:
    """Wherever the page ends: what was published before it was asked for is always in it."""
    last = before + kept + behind
    floor = min(max(floor, before), last)
    told = Told()
    told.seam.listen()
    told.hear(*range(before + 1, before + kept + 1))
    told.seqs = list(range(1, floor + 1))  # the page
    assert told.seam.open(floor) == max(floor, before + kept if kept else 0)
    told.hear(*range(before + kept + 1, last + 1))
    assert told.seqs == list(range(1, last + 1))
