"""The soak: its slope, and a short run of all of it. No figure is judged here."""

import pytest

from bench.server.soak import main, slope


def test_the_slope_is_that_of_an_hour() -> None:
    """Of what grows, falls or stays; without a spread in time there is none."""
    assert slope([0, 1800, 3600], [10, 15, 20]) == pytest.approx(10)
    assert slope([0, 1800, 3600], [20, 15, 10]) == pytest.approx(-10)
    assert slope([0, 1800, 3600], [5, 9, 5]) == pytest.approx(0)
    assert slope([1.0], [5]) == 0.0


@pytest.mark.slow
def test_a_short_soak(capsys: pytest.CaptureFixture[str]) -> None:
    """Everybody is there, samples are printed, and nobody was lost."""
    assert main(["--minutes", "0.02", "--sample", "0.5", "--visits", "5"]) == 0
    told = capsys.readouterr().out
    assert "threads: from" in told
    assert "others lost: 0" in told
    assert "messages twice: 0" in told
