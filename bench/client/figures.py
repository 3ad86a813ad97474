"""What is measured, how much of it, and how it is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.client.stalls import Stalls


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    rows: int
    starts: int
    frames: int
    singles: int
    batch: int
    missed: int
    people: int
    rooms: int
    seconds: int
    compared: int


WHOLE = Size(100_000, 5, 300, 1_000, 10_000, 100_000, 5_000, 1_000, 60, 10_000)
SHORT = Size(1_000, 1, 10, 10, 200, 1_000, 100, 20, 1, 100)


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    name: str
    value: float
    unit: str
    stalls: Stalls | None = None


def table(figures: Sequence[Figure]) -> str:
    """The figures in columns; the stalls in milliseconds."""
    lines = [f"{'':<48} {'':>22}   {'late':>6} {'event':>6} {'busy':>6}"]
    for figure in figures:
        told = f"{figure.value:,.1f} {figure.unit}"
        worst = figure.stalls
        stalls = "" if worst is None else f"{worst.late:6.0f} {worst.event:6.0f} {worst.busy:6.0f}"
        lines.append(f"{figure.name:<48} {told:>22}   {stalls}".rstrip())
    return "\n".join(lines)
