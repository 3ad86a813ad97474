"""What the doctor says."""

import pytest

from client_gui.doctor import Check, Step, Verdict
from client_gui.doctor_words import check_title, step_words, verdict_words
from client_gui.events import Failure

SERVER = "chat.example.org:8090"


def test_every_step_and_verdict_has_words_of_its_own() -> None:
    """Nothing is called like something else."""
    assert len({check_title(check) for check in Check}) == len(Check)
    assert len({verdict_words(verdict) for verdict in Verdict}) == len(Verdict)


@pytest.mark.parametrize("check", list(Check))
@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.WAITING])
def test_every_outcome_is_a_sentence(check: Check, verdict: Verdict) -> None:
    """With the server in place of its mark, whatever the reason is."""
    for reason in ("", "before", "nobody", "new-word", *(failure.value for failure in Failure)):
        words = step_words(Step(check, verdict, reason), SERVER)
        assert words.endswith((".", "?", "…"))
        assert "%1" not in words


@pytest.mark.parametrize(
    ("check", "reason"),
    [
        (Check.NAME, "no-such-host"),
        (Check.NAME, "timed-out"),
        (Check.PORT, "refused"),
        (Check.PORT, "timed-out"),
        (Check.PORT, "unreachable"),
        (Check.PROTOCOL, "no-answer"),
        (Check.PROTOCOL, "not-minichat"),
        (Check.LOGIN, "wrong-login"),
        (Check.LOGIN, "wrong-token"),
        (Check.LOGIN, "too-many-tries"),
        (Check.CLOCK, "ahead"),
        (Check.CLOCK, "behind"),
        (Check.KEYRING, "none"),
        (Check.KEYRING, "silent"),
        (Check.STORE, "in-use"),
    ],
)
def test_what_can_be_wrong_has_words_of_its_own(check: Check, reason: str) -> None:
    """Not those that stand for everything else."""
    words = step_words(Step(check, Verdict.WRONG, reason), SERVER)
    assert words != step_words(Step(check, Verdict.WRONG, "new-word"), SERVER)
