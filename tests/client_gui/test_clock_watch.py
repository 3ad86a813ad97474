"""Two clocks."""

import pytest

from client_gui.clock_watch import ClockWatch

HOUR = 3_600_000


@pytest.mark.parametrize(
    ("time", "sent", "heard", "ahead"),
    [
        (1_000, 990, 1_010, 0),
        (1_000 + HOUR, 990, 1_010, HOUR - 10),
        (1_000 - HOUR, 990, 1_010, 10 - HOUR),
        (1_000, 990, 1_000 + HOUR, 0),
    ],
    ids=["agree", "ahead", "behind", "an answer that came late"],
)
def test_only_what_is_certain_counts(time: int, sent: int, heard: int, ahead: int) -> None:
    """It was taken between being sent and being heard of."""
    watch = ClockWatch()
    watch.took(time, sent, heard)
    assert watch.ahead() == ahead


def test_nothing_is_known_at_first() -> None:
    """And the last answer counts."""
    watch = ClockWatch()
    assert watch.ahead() is None
    watch.took(HOUR, 0, 10)
    watch.took(5, 0, 10)
    assert watch.ahead() == 0
