"""The steps of the doctor."""

import pytest

from client_gui.doctor import (
    CLOCK_TOLERANCE_MS,
    Check,
    Examination,
    Step,
    Verdict,
    clock_step,
    report,
)


def _verdict(examination: Examination, check: Check) -> Verdict:
    return next(step.verdict for step in examination.steps() if step.check is check)


def is_over(examination: Examination) -> bool:
    """Whether every step has ended."""
    going_on = (Verdict.WAITING, Verdict.RUNNING)
    return not any(step.verdict in going_on for step in examination.steps())


def test_steps_stand_in_order() -> None:
    """All of them, from the beginning."""
    examination = Examination()
    assert [step.check for step in examination.steps()] == list(Check)
    assert {step.verdict for step in examination.steps()} == {Verdict.WAITING}
    assert not is_over(examination)


def test_what_needs_a_step_that_failed_is_not_begun() -> None:
    """The steps of this computer are."""
    examination = Examination()
    examination.begin(Check.NAME)
    assert _verdict(examination, Check.NAME) is Verdict.RUNNING
    examination.end(Step(Check.NAME, Verdict.OK))
    examination.end(Step(Check.PORT, Verdict.WRONG, "refused"))
    for check in (Check.PROTOCOL, Check.LOGIN):
        assert _verdict(examination, check) is Verdict.UNKNOWN
    for check in (Check.CLOCK, Check.KEYRING, Check.STORE):
        assert _verdict(examination, check) is Verdict.WAITING
        examination.end(Step(check, Verdict.WRONG))
    assert is_over(examination)


@pytest.mark.parametrize(
    ("ahead", "verdict", "reason"),
    [
        (None, Verdict.UNKNOWN, "unknown"),
        (CLOCK_TOLERANCE_MS, Verdict.OK, ""),
        (-CLOCK_TOLERANCE_MS, Verdict.OK, ""),
        (CLOCK_TOLERANCE_MS + 1, Verdict.WRONG, "behind"),
        (-CLOCK_TOLERANCE_MS - 1, Verdict.WRONG, "ahead"),
    ],
)
def test_clocks_may_differ_a_little(ahead: int | None, verdict: Verdict, reason: str) -> None:
    """The word is about ours."""
    step = clock_step(ahead)
    assert (step.verdict, step.reason) == (verdict, reason)


def test_the_report_has_a_line_for_each_step() -> None:
    """With the word and the time."""
    lines = [
        (Step(Check.NAME, Verdict.OK, "", 0.014), "The name", "It is known."),
        (Step(Check.PORT, Verdict.WRONG, "refused", 2), "The port", "Nothing listens."),
    ]
    assert report(["MiniChat 1", "Server: x:1"], lines) == (
        "MiniChat 1\nServer: x:1\n"
        "1. The name: OK, 0.01 s. It is known.\n"
        "2. The port: WRONG (refused), 2.00 s. Nothing listens.\n"
    )
