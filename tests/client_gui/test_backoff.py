"""The waits between attempts: growing, jittered, bounded."""

import pytest

from client_gui.backoff import LONGEST_ASKED_WAIT, LONGEST_WAIT, STABLE_AFTER, Backoff


class Clock:
    """Seconds, moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_waits_double_up_to_a_bound() -> None:
    """With the jitter at its top."""
    backoff = Backoff(lambda: 1.0, Clock())
    waits = [backoff.next_wait() for _ in range(40)]
    assert waits[:7] == [1, 2, 4, 8, 16, 32, LONGEST_WAIT]
    assert set(waits[6:]) == {LONGEST_WAIT}


def test_jitter_takes_any_share_of_a_wait() -> None:
    """Full jitter: from nothing to the whole."""
    shares = iter([0.0, 0.25])
    backoff = Backoff(lambda: next(shares), Clock())
    assert [backoff.next_wait(), backoff.next_wait()] == [0.0, 0.5]


@pytest.mark.parametrize(("asked", "waited"), [(7, 7), (10**18, LONGEST_ASKED_WAIT)])
def test_a_server_may_ask_for_a_wait_within_bounds(asked: int, waited: float) -> None:
    """Whatever number it sends."""
    assert Backoff(lambda: 0.0, Clock()).next_wait(asked) == waited


def test_only_a_login_that_lasted_begins_anew() -> None:
    """A server that drops everybody right after the login is not hammered."""
    clock = Clock()
    backoff = Backoff(lambda: 1.0, clock)
    backoff.next_wait()
    backoff.logged_in()
    clock.now += STABLE_AFTER - 1
    assert backoff.next_wait() == 2
    backoff.logged_in()
    clock.now += STABLE_AFTER
    assert backoff.next_wait() == 1
