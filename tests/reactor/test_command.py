"""What must be true of a session before a command is called."""

import pytest

from reactor.command import NO_COMMAND, Command, Needs


@pytest.mark.parametrize(
    ("needs", "logged_out", "logged_in"),
    [
        (Needs.NOTHING, None, None),
        (Needs.LOGIN, "login-first", None),
        (Needs.NO_LOGIN, None, "already-logged-in"),
    ],
)
def test_needs(needs: Needs, logged_out: str | None, logged_in: str | None) -> None:
    """Each says whom it refuses, and why."""
    command = Command(lambda *_: None, needs)
    refusals = [command.refusal(is_logged_in) for is_logged_in in (False, True)]
    assert [refusal and refusal[0] for refusal in refusals] == [logged_out, logged_in]


def test_what_nobody_sends_to_a_server_is_always_refused() -> None:
    """Whoever sends it."""
    for is_logged_in in (False, True):
        refusal = NO_COMMAND.refusal(is_logged_in)
        assert refusal is not None
        assert refusal[0] == "unknown-code"
