"""What can be wrong with a connection, step by step; no Qt, no socket. The words are elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

CLOCK_TOLERANCE_MS = 2 * 60 * 1000
"""Milliseconds that two clocks may differ: nobody sees it in the times of messages."""


class Check(Enum):
    """What is looked at, in this order; what needs the one before stops with it."""

    NAME = 0
    """Whether the server's name leads to an address."""
    PORT = 1
    """Whether something answers there."""
    PROTOCOL = 2
    """Whether what answers is MiniChat."""
    LOGIN = 3
    """Whether the login is accepted."""
    CLOCK = 4
    """Whether the server's clock and ours agree."""
    KEYRING = 5
    """Whether one can be remembered."""
    STORE = 6
    """Whether what was said is kept on this computer."""


_NETWORK = (Check.NAME, Check.PORT, Check.PROTOCOL, Check.LOGIN)


class Verdict(Enum):
    """How a step has ended."""

    WAITING = 0
    RUNNING = 1
    OK = 2
    WRONG = 3
    UNKNOWN = 4
    """It could not be looked at, because of a step before, or because nobody has logged in."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. *reason* is a word of ours or of the server's."""

    check: Check
    verdict: Verdict = Verdict.WAITING
    reason: str = ""
    seconds: float = 0.0
    """How long it took."""


class Examination:
    """All steps of one look at the connection."""

    def __init__(self) -> None:
        self._steps = {check: Step(check) for check in Check}

    def steps(self) -> tuple[Step, ...]:
        """In their order."""
        return tuple(self._steps.values())

    def begin(self, *checks: Check) -> None:
        """These are being looked at."""
        for check in checks:
            self._steps[check] = Step(check, Verdict.RUNNING)

    def end(self, step: Step) -> None:
        """*step* has ended; where it is wrong, those of the network behind it are never begun."""
        self._steps[step.check] = step
        if step.verdict is Verdict.WRONG and step.check in _NETWORK:
            for check in _NETWORK[_NETWORK.index(step.check) + 1 :]:
                self._steps[check] = Step(check, Verdict.UNKNOWN, "before")


def clock_step(ahead: int | None) -> Step:
    """What it means that the server is *ahead* by so many milliseconds; None: nothing is known."""
    if ahead is None:
        return Step(Check.CLOCK, Verdict.UNKNOWN, "unknown")
    if abs(ahead) <= CLOCK_TOLERANCE_MS:
        return Step(Check.CLOCK, Verdict.OK)
    return Step(Check.CLOCK, Verdict.WRONG, "behind" if ahead > 0 else "ahead")


def report(heading: Iterable[str], lines: Iterable[tuple[Step, str, str]]) -> str:
    """The report to be copied: *lines* are the steps with their titles and sentences."""
    steps = [
        f"{number}. {title}: {step.verdict.name}"
        + (f" ({step.reason})" if step.reason else "")
        + f", {step.seconds:.2f} s. {sentence}"
        for number, (step, title, sentence) in enumerate(lines, 1)
    ]
    return "\n".join([*heading, *steps, ""])
