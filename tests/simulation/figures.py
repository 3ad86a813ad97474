"""What many worlds came to: sums, and the seeds that failed with the first thing found in each."""

from collections import Counter
from dataclasses import dataclass, field

from tests.simulation import disk, logged, plan, store
from tests.simulation.world import COMING_BACK, Verdict

FAULTS = (
    *plan.HAPPENINGS,
    *disk.FAULTS,
    "lane full",
    "chat busy",
    "chat unavailable",
    "old cid, same text",
    "old cid, other text",
    "goodbye silent",
    logged.SLOW_READER,
    store.CRASH,
    "moved between rooms",
    "login by token",
    "token refused",
    "bytes split",
)
"""Everything that goes wrong, or is done wrong, in some of the worlds."""

HOUR = 3600


@dataclass
class Figures:
    """Sums over seeds.

    Attributes:
        failed: the first violation of each seed that has one.
    """

    seeds: int = 0
    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    failed: dict[int, str] = field(default_factory=dict)

    def add(self, verdict: Verdict) -> None:
        self.seeds += 1
        self.seconds += verdict.seconds
        self.counts += verdict.counts
        if verdict.violations:
            self.failed[verdict.seed] = verdict.violations[0]

    def join(self, other: "Figures") -> None:
        self.seeds += other.seeds
        self.seconds += other.seconds
        self.counts += other.counts
        self.failed |= other.failed

    def lines(self) -> list[str]:
        """The figures for reading."""
        sums = {
            "seeds": self.seeds,
            "steps": self.counts["steps"],
            "simulated hours": round(self.seconds / HOUR),
            "acknowledgements": self.counts["chat ok"],
            "everybody had to come back": self.counts[COMING_BACK],
            **{f"  {fault}": self.counts[fault] for fault in FAULTS},
            "violations": len(self.failed),
        }
        return [f"{value:12,}  {name}" for name, value in sums.items()]
