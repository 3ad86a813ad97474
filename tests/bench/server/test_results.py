"""Medians, spread and ratios, as they are told."""

import math

from bench.server.results import Column, Result, summary, told

COLUMNS = (Column("cpu", "µs", 2, compared=True), Column("rate", "/s", 0))


def _result(server: str, cpu: float, error: str = "") -> Result:
    return Result("100/1/1", server, {} if error else {"cpu": cpu, "rate": 1000}, error)


def test_a_summary_is_the_median_and_the_spread() -> None:
    """Rounds that failed have no part in it."""
    some = [_result("minichat", each) for each in (5.0, 1.0, 2.0)]
    assert summary([*some, _result("minichat", 0, "lost")], "cpu") == (2.0, 1.0, 5.0)
    assert all(map(math.isnan, summary([], "cpu")))


def test_others_are_told_as_times_of_minichat() -> None:
    """Whatever the order; the spread stands beside each."""
    rows = [_result("redis", 1.0), _result("minichat", 2.0), _result("redis", 4.0)]
    text = told(rows, COLUMNS).split("\n")
    assert text[0] == "cpu, µs; times minichat's"
    assert text[2].split() == ["100/1/1", "2.50", "×1.25", "2.00", "×1.00"]
    assert "2.50 (1.00..4.00)" in text[5]
    assert "1,000" in text[5]


def test_an_error_is_told_beside_what_failed() -> None:
    """Once, and how often it was so."""
    rows = [_result("redis", 1.0), _result("redis", 0, "lost"), _result("redis", 0, "lost")]
    assert "lost (2 of them)" in told(rows, COLUMNS)
