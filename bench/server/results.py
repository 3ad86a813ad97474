"""What the scenes leave, and how it is told: medians, spread, and ratios to MiniChat."""

import math
import statistics
from collections.abc import Sequence
from typing import NamedTuple

FIRST = "minichat"
"""What the others are compared with; if it was not measured, the first that was."""


class Column(NamedTuple):
    """A figure that a scene measures. *compared*: ratios are worth telling."""

    name: str
    unit: str
    digits: int = 2
    compared: bool = False


class Result(NamedTuple):
    """What one round left of one case, such as a cell of the fan-out, with one server."""

    case: str
    server: str
    figures: dict[str, float]
    error: str = ""
    note: str = ""


class Summary(NamedTuple):
    """A figure over all rounds; NaN if there was none."""

    median: float
    least: float
    most: float


def summary(results: Sequence[Result], name: str) -> Summary:
    """The median and the spread of one figure."""
    values = [
        value for each in results if not math.isnan(value := each.figures.get(name, math.nan))
    ]
    if not values:
        return Summary(math.nan, math.nan, math.nan)
    return Summary(statistics.median(values), min(values), max(values))


def of(results: Sequence[Result], case: str, server: str) -> list[Result]:
    """All rounds of one case with one server."""
    return [each for each in results if (each.case, each.server) == (case, server)]


def told(results: Sequence[Result], columns: Sequence[Column]) -> str:
    """All tables of one scene."""
    parts = [_compared(results, column) for column in columns if column.compared]
    return "\n\n".join([*parts, _all(results, columns)])


def _compared(results: Sequence[Result], column: Column) -> str:
    """A line for each case, the servers side by side: medians, and how many times MiniChat's."""
    servers, cases = _names(results, "server"), _names(results, "case")
    lines = [["", *servers]]
    for case in cases:
        medians = [summary(of(results, case, server), column.name).median for server in servers]
        ours = medians[servers.index(FIRST)] if FIRST in servers else medians[0]
        lines.append([case, *(_ratio(each, ours, column.digits) for each in medians)])
    return f"{column.name}, {column.unit}; times {FIRST}'s\n{_aligned(lines)}"


def _ratio(value: float, ours: float, digits: int) -> str:
    if math.isnan(value):
        return "–"
    times = f" ×{value / ours:.2f}" if ours and not math.isnan(ours) else ""
    return f"{value:,.{digits}f}{times}"


def _all(results: Sequence[Result], columns: Sequence[Column]) -> str:
    """A line for each case and server: every figure with its spread, errors and notes."""
    lines = [["", "", *(f"{column.name}, {column.unit}" for column in columns), ""]]
    for case in _names(results, "case"):
        for server in _names(results, "server"):
            rounds = of(results, case, server)
            if rounds:
                lines.append([case, server, *(_spread(rounds, each) for each in columns)])
                lines[-1].append("; ".join(_remarks(rounds)))
    return _aligned(lines)


def _spread(results: Sequence[Result], column: Column) -> str:
    median, least, most = summary(results, column.name)
    if math.isnan(median):
        return "–"
    shown = [f"{value:,.{column.digits}f}" for value in (median, least, most)]
    return shown[0] if least == most else f"{shown[0]} ({shown[1]}..{shown[2]})"


def _remarks(results: Sequence[Result]) -> list[str]:
    """Each error and each note once, with how often it was so if it was not always."""
    texts = [text for each in results for text in (each.error, each.note) if text]
    return [
        text if (count := texts.count(text)) == len(results) else f"{text} ({count} of them)"
        for text in dict.fromkeys(texts)
    ]


def _names(results: Sequence[Result], of_what: str) -> list[str]:
    return list(dict.fromkeys(getattr(each, of_what) for each in results))


def _aligned(lines: list[list[str]]) -> str:
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if place in (0, len(widths)) else text.rjust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
